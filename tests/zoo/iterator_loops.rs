//! `for` loops over iterators, closures with effects, and iterators over nested data.

use std::collections::BTreeMap;

pub struct Table {
    pub rows: Vec<Vec<f64>>,
    pub weights: Vec<f64>,
}

zoo! {
    pub fn for_each_item(xs: &[f64], ys: &mut [f64]) {
        xs.iter().zip(ys.iter_mut()).for_each(|(x, y)| *y += x * x);
        let mut total = 0.0;
        ys.iter().for_each(|y| total += y);
        ys.iter_mut().rev().for_each(|y| *y *= total);
    }

    pub fn mutated_in_place(xs: &mut [f64], k: f64) {
        for x in xs.iter_mut() {
            *x = x.sin() * k;
        }
        for (i, x) in xs.iter_mut().enumerate() {
            *x *= i as f64 + k;
        }
        for c in xs.chunks_mut(2) {
            c[0] *= k;
        }
        for c in xs.chunks_exact_mut(2) {
            let t = c[0];
            c[0] = c[1] * t;
            c[1] = t;
        }
    }

    pub fn loops_over_chains(xs: &[f64], ys: &[f64]) -> f64 {
        let mut s = 0.1;
        for y in xs.iter().map(|x| x * x) {
            s += y.sin() * s;
        }
        for (i, w) in xs.windows(2).enumerate() {
            s += w[0] * w[1] * i as f64;
        }
        for x in xs.iter().filter(|x| **x > 0.0) {
            s *= x;
        }
        for (x, y) in xs.iter().skip(1).zip(ys.iter().rev()) {
            s += x * y;
        }
        for x in xs.iter().chain(ys) {
            s = s * x + 1.0;
        }
        for pair in xs.iter().zip(ys) {
            s += pair.0 * pair.1;
        }
        for x in xs.iter().step_by(2).rev() {
            s += s * x;
        }
        s
    }

    pub fn loops_with_exits(xs: &[f64]) -> f64 {
        let mut s = 1.0;
        for x in xs.iter().filter(|x| **x > 0.0) {
            if s > 2.0 {
                break;
            }
            if *x < 0.2 {
                continue;
            }
            s += x * s;
        }
        for (i, c) in xs.chunks(2).enumerate() {
            if i == 2 {
                return s * c[0];
            }
            s += c[0];
        }
        s
    }

    pub fn owned_sources(x: f64) -> f64 {
        let values = [x, x * x, x.sin()];
        let a: f64 = values.into_iter().map(|v| v * v).sum();
        let b = [x, 2.0 * x].iter().fold(1.0, |p, v| p * v);
        let c: f64 = vec![x; 3].iter().zip(values).map(|(u, v)| u * v).sum();
        let mut d = 0.0;
        for v in values {
            d += v * x;
        }
        a + b * c - d
    }

    pub fn with_effects(xs: &[f64]) -> f64 {
        let mut running = 0.0;
        let total: f64 = xs
            .iter()
            .map(|x| {
                running += x;
                running * x
            })
            .sum();
        total * running
    }

    pub fn effects_backwards(xs: &[f64]) -> f64 {
        let mut running = 0.4;
        let total = xs.iter().map(|x| { running *= x; running + x }).rev().fold(0.2, |s, y| s * y + 1.0);
        total * running
    }

    pub fn nested_rows(rows: &[Vec<f64>], w: &[f64]) -> f64 {
        rows.iter().map(|row| row.iter().zip(w).map(|(a, b)| a * b).sum::<f64>().tanh()).sum()
    }

    pub fn arrays_of_arrays(m: &[[f64; 2]; 3]) -> f64 {
        let mut s = 0.0;
        for row in m {
            for v in row.iter() {
                s += v * v * s + v;
            }
        }
        m.iter().map(|[a, b]| a * b).sum::<f64>() * s
    }

    #[options(wrt(x))]
    pub fn inactive_table(x: f64, table: &Table) -> f64 {
        table.rows.iter().zip(&table.weights).map(|(row, w)| row.iter().map(|a| a * x).sum::<f64>() * w).sum()
    }

    // what is iterated without a derivative stays as it is
    #[options(wrt(x))]
    pub fn inactive_data(x: f64, names: &BTreeMap<String, f64>, tables: &[Table]) -> f64 {
        let total: f64 = names.values().map(|v| v * 2.0).sum();
        let mut t = 0.0;
        for (name, v) in names.iter() {
            if name.len() > 2 {
                t += v;
            }
        }
        let count: usize = tables.iter().map(|table| table.rows.len()).sum();
        let best = tables.iter().map(|table| table.weights[0]).fold(0.0, f64::max);
        let mut sorted: Vec<f64> = tables.iter().map(|table| table.weights[0]).collect();
        sorted.sort_by(|a, b| a.total_cmp(b));
        let text: Vec<String> = tables.iter().map(|table| format!("{}", table.rows.len())).collect();
        let some = tables.iter().filter_map(|table| table.weights.last()).sum::<f64>();
        (x * total).sin() + count as f64 * x + best * t + sorted[0] * x * text.len() as f64 + some
    }

    pub fn lists_of_indices(xs: &[f64], lists: &[Vec<usize>]) -> f64 {
        let longest = lists.iter().map(|list| list.len()).max().unwrap_or(0);
        let flat: Vec<usize> = lists.iter().flatten().copied().collect();
        let s: f64 = flat.iter().map(|&i| xs[i] * xs[i]).sum();
        let near = lists.iter().map(|list| list.iter().map(|&i| xs[i]).sum::<f64>()).fold(0.2, |a, b| a * 0.5 + b);
        s * longest as f64 + near
    }

    pub fn signed_range(xs: &[f64], n: i32) -> f64 {
        let s: f64 = (0..n).map(|i| xs[i as usize].powi(i)).sum();
        let t: f64 = (1..=n).rev().map(|k| xs[0] / k as f64).sum();
        s * t
    }

    pub fn integers_of_floats(xs: &[f64]) -> f64 {
        let positive: Vec<usize> = xs.iter().enumerate().filter(|(_, x)| **x > 0.0).map(|(i, _)| i).collect();
        let large = (0..xs.len()).filter(|&i| xs[i] > 0.2).count();
        let up = xs.windows(2).all(|w| w[0] <= w[1]);
        let s: f64 = positive.iter().map(|&i| xs[i] * xs[i]).sum();
        if up { s } else { s * large as f64 }
    }
}

#[test]
fn for_loops() {
    let xs = vec![0.3, -0.6, 0.9, 0.5, 1.1];
    map_laws!(for_each_item(xs: &xs.clone(), ys: &mut vec![0.1, 0.2, 0.3]));
    map_laws!(mutated_in_place(xs: &mut xs.clone(), k: 0.7));
    laws!(loops_over_chains(xs: &xs.clone(), ys: &vec![0.8, -0.1, 0.6]));
    laws!(loops_with_exits(xs: &xs.clone()));
    laws!(loops_with_exits(xs: &vec![0.3, 5.0, 0.4]));
    laws!(owned_sources(x: 0.7));
}

#[test]
fn closures_with_effects() {
    let xs = vec![0.3, -0.6, 0.9];
    laws!(with_effects(xs: &xs.clone()));
    laws!(effects_backwards(xs: &xs.clone()));
}

#[test]
fn nested_data() {
    laws!(nested_rows(rows: &vec![vec![0.3, -0.6], vec![0.9, 0.2]], w: &vec![0.5, 1.5]));
    laws!(arrays_of_arrays(m: &[[0.3, -0.6], [0.9, 0.2], [0.4, 0.1]]));
    let table = Table { rows: vec![vec![0.3, -0.6], vec![0.9]], weights: vec![0.5, 1.5] };
    laws!(inactive_table(x: 0.7, _: &table));
    let names = BTreeMap::from([("a".to_owned(), 0.5), ("long".to_owned(), 0.7)]);
    laws!(inactive_data(x: 0.7, _: &names, _: std::slice::from_ref(&table)));
    let lists = [vec![0, 2], vec![1]];
    laws!(lists_of_indices(xs: &vec![0.3, -0.6, 0.9], _: &lists));
    laws!(signed_range(xs: &vec![0.3, -0.6, 0.9], _: 3));
    laws!(integers_of_floats(xs: &vec![0.3, -0.6, 0.9]));
}
