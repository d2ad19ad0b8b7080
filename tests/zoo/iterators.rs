//! Iterators: sources, adapters, consumers, and `for` loops over them.

use std::collections::BTreeMap;

/// `x / (1 + x^2)`
#[chainrule::differentiable]
pub fn saturated(x: f64) -> f64 {
    x / (1.0 + x * x)
}

#[chainrule::differentiable]
pub fn weighted(acc: f64, x: f64) -> f64 {
    acc * 0.5 + x * x
}

pub struct Table {
    pub rows: Vec<Vec<f64>>,
    pub weights: Vec<f64>,
}

zoo! {
    pub fn sum_of_map(xs: &[f64], a: f64) -> f64 {
        xs.iter().map(|x| (x - a).powi(2)).sum()
    }

    pub fn sums(xs: &[f64]) -> f64 {
        let total: f64 = xs.iter().sum();
        let squares = xs.iter().map(|&x| x * x).sum::<f64>();
        let copied: f64 = xs.iter().copied().sum();
        total * squares - copied
    }

    pub fn single_precision(xs: &[f32]) -> f32 {
        let total: f32 = xs.iter().sum();
        total * xs.iter().map(|x| x.sin()).product::<f32>()
    }

    pub fn products(xs: &[f64]) -> f64 {
        let p: f64 = xs.iter().product();
        p + xs.iter().map(|x| 1.0 + x * x).product::<f64>()
    }

    pub fn dot(xs: &[f64], ys: &[f64]) -> f64 {
        xs.iter().zip(ys.iter()).map(|(x, y)| x * y).sum()
    }

    pub fn dot_of_values(xs: &[f64], ys: &[f64; 3]) -> f64 {
        xs.iter().zip(ys).map(|(&x, &y)| x * y.exp()).sum::<f64>()
    }

    pub fn three_zipped(xs: &[f64], ys: &[f64], zs: &[f64]) -> f64 {
        xs.iter().zip(ys).zip(zs.iter().rev()).map(|((x, y), z)| x * y * z).sum()
    }

    pub fn weighted_positions(xs: &[f64]) -> f64 {
        xs.iter().enumerate().map(|(i, x)| i as f64 * x * x).sum()
    }

    pub fn over_range(xs: &[f64], n: usize) -> f64 {
        let forward: f64 = (0..n).map(|i| xs[i] * xs[n - 1 - i]).sum();
        let inclusive: f64 = (1..=n - 1).map(|i| xs[i].sin() * i as f64).sum();
        let backward = (0..n).rev().fold(0.0, |s, i| s * 0.5 + xs[i]);
        forward + inclusive * backward
    }

    pub fn stepped_range(xs: &[f64]) -> f64 {
        let even: f64 = (0..xs.len()).step_by(2).map(|i| xs[i]).product();
        let odd: f64 = xs.iter().skip(1).step_by(2).map(|x| x * x).sum();
        let back: f64 = xs.iter().step_by(2).rev().fold(1.0, |s, x| s * x + x);
        let other = xs.iter().rev().step_by(2).fold(1.0, |s, x| s * x - x);
        even * odd + back * other
    }

    pub fn index_of_integers(xs: &[f64], picks: &[usize]) -> f64 {
        picks.iter().map(|&i| xs[i] * xs[i]).sum::<f64>() + picks.iter().map(|i| xs[*i]).fold(1.0, |p, x| p * x)
    }

    pub fn inert_chain(xs: &[f64], picks: &[usize]) -> f64 {
        let count: usize = picks.iter().map(|i| i + 1).sum();
        let large = picks.iter().filter(|&&i| i > 0).count();
        let total = (0..picks.len()).map(|i| i as f64 * 0.5).sum::<f64>();
        let first = xs.iter().position(|x| *x > 0.0).unwrap();
        let all = xs.iter().all(|x| *x < 100.0);
        let some = xs.iter().any(|&x| x < 0.0);
        let s = xs[first] * count as f64 + xs[0] * large as f64 * total;
        if all && some { s * xs[1] } else { s }
    }

    pub fn filtered(xs: &[f64], keep: &[bool]) -> f64 {
        let kept: f64 = xs.iter().zip(keep).filter(|(_, k)| **k).map(|(x, _)| x * x).sum();
        let positive: f64 = xs.iter().filter(|x| **x > 0.0).map(|x| x.ln()).sum();
        let small = xs.iter().copied().filter(|&x| x < 0.8).fold(1.0, |p, x| p * x);
        let even: f64 = (0..xs.len()).filter(|i| i % 2 == 0).map(|i| xs[i]).sum();
        kept + positive * small + even
    }

    pub fn filtered_twice(xs: &[f64]) -> f64 {
        xs.iter()
            .enumerate()
            .filter(|(i, _)| i % 2 == 0)
            .map(|(i, x)| x * (i as f64 + 1.0))
            .filter(|y| *y > 0.2)
            .enumerate()
            .map(|(j, y)| y.powi(2) * (j + 1) as f64)
            .sum()
    }

    pub fn filtered_then_counted(xs: &[f64]) -> f64 {
        let taken: f64 = xs.iter().filter(|x| **x > 0.0).take(2).map(|x| x * x).sum();
        let skipped: f64 = xs.iter().filter(|&&x| x > 0.0).skip(1).map(|x| x.sin()).sum();
        let back = xs.iter().filter(|x| **x > 0.0).rev().fold(0.3, |s, x| s * x + x);
        taken * skipped + back
    }

    pub fn reversed(xs: &[f64]) -> f64 {
        let a = xs.iter().rev().fold(0.0, |s, x| s * 0.5 + x);
        let b = xs.iter().enumerate().rev().fold(0.0, |s, (i, x)| s * x + i as f64);
        let c = xs.iter().rev().enumerate().fold(0.0, |s, (i, x)| s * x + i as f64 * x);
        let d = xs.iter().rev().rev().fold(0.1, |s, x| (s * x).sin());
        a + b * c - d
    }

    pub fn reversed_zip(xs: &[f64], ys: &[f64]) -> f64 {
        let a = xs.iter().zip(ys).rev().fold(0.0, |s, (x, y)| s * x + y);
        let b = xs.iter().rev().zip(ys.iter()).fold(0.0, |s, (x, y)| s * y + x);
        a * b
    }

    pub fn skipped_and_taken(xs: &[f64], n: usize) -> f64 {
        let a: f64 = xs.iter().skip(1).take(2).sum();
        let b: f64 = xs.iter().take(n).skip(1).map(|x| x * x).sum();
        let c: f64 = xs.iter().skip(n).map(|x| x.exp()).sum();
        let d = xs.iter().skip(1).rev().skip(1).fold(1.0, |s, x| s * x + 1.0);
        let e: f64 = xs.iter().zip(xs.iter().skip(1)).map(|(x, next)| (next - x).powi(2)).sum();
        a * b + c * d + e
    }

    pub fn in_chunks(xs: &[f64], k: usize) -> f64 {
        let a: f64 = xs.chunks(2).map(|c| c.iter().product::<f64>()).sum();
        let b: f64 = xs.chunks_exact(k).map(|c| c[0] * c[k - 1]).sum();
        let c = xs.chunks(k).rev().fold(0.2, |s, c| s * c[0] + c[c.len() - 1]);
        a * b + c
    }

    pub fn over_windows(xs: &[f64]) -> f64 {
        let a: f64 = xs.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
        let b: f64 = xs.windows(3).map(|w| w[0] - 2.0 * w[1] + w[2]).map(|d| d * d).sum();
        let none: f64 = xs.windows(100).map(|w| w[0]).sum();
        a + b * xs[0] + none
    }

    pub fn chained(xs: &[f64], ys: &[f64]) -> f64 {
        let a: f64 = xs.iter().chain(ys).map(|x| x * x).sum();
        let b = xs.iter().chain(ys.iter()).rev().fold(0.3, |s, x| s * x + 1.0);
        let c: f64 = xs.iter().chain(ys).enumerate().map(|(i, x)| i as f64 * x).sum();
        let d = xs.iter().chain(ys).skip(2).fold(1.0, |p, x| p * x);
        let e = xs.iter().chain(ys).take(4).fold(1.0, |p, x| p * x + x);
        let f: f64 = std::iter::once(a).chain(xs.iter().copied()).map(|x| x.sin()).sum();
        a * b + c * d + e + f
    }

    pub fn folded(xs: &[f64]) -> f64 {
        let horner = xs.iter().fold(0.0, |y, c| y * 0.7 + c);
        let plain = xs.iter().copied().fold(1.0, weighted);
        horner * plain
    }

    pub fn folded_pair(xs: &[f64]) -> f64 {
        let (mean, moment) = xs.iter().fold((0.0, 0.0), |(m, s), x| (m + x, s + x * x));
        let pair = xs.iter().fold((1.0, 2.0), |p, x| (p.1 * x, p.0 + x));
        let swapped = xs.iter().fold((1.0, xs[0]), |(a, b), &x| (b * x, a));
        moment - mean * mean + pair.0 * pair.1 + swapped.0 * swapped.1
    }

    pub fn folded_state(xs: &[f64], n: usize) -> f64 {
        let (s, count) = xs.iter().fold((0.5, 0), |(s, k), x| if k < n { (s * x, k + 1) } else { (s + x, k) });
        s * count as f64
    }

    pub fn largest(xs: &[f64]) -> f64 {
        let a = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let b = xs.iter().cloned().fold(f64::INFINITY, |m, x| m.min(x));
        let c = xs.iter().copied().fold(0.0, f64::max);
        let d = xs.iter().copied().fold(0.0, |m: f64, x| m.max(x.abs()));
        a * b + c * d
    }

    pub fn selected(xs: &[f64]) -> f64 {
        let a = xs.iter().max_by(|a, b| a.total_cmp(b)).unwrap();
        let b = *xs.iter().min_by(|a, b| a.partial_cmp(b).unwrap()).unwrap();
        let c = xs.iter().copied().max_by(|a, b| a.total_cmp(b)).expect("not empty");
        let d = xs.iter().copied().min_by(f64::total_cmp).unwrap();
        a * b + c * d * d
    }

    pub fn selected_by_key(xs: &[f64], ys: &[f64]) -> f64 {
        let (i, x) = xs.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
        let at = ys.iter().enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(i, _)| i).unwrap();
        let far = xs.iter().map(|x| (x - 0.4).abs()).max_by(|a, b| a.total_cmp(b)).unwrap();
        let pair = xs.iter().zip(ys).min_by(|a, b| a.1.partial_cmp(b.1).unwrap()).unwrap();
        x * ys[i] + xs[at] * far + pair.0 * pair.1
    }

    pub fn ends(xs: &[f64]) -> f64 {
        let last = xs.iter().last().unwrap();
        let first = xs.iter().next().unwrap();
        let second = xs.iter().copied().nth(1).unwrap();
        let reduced = xs.iter().copied().reduce(|a, b| a * 0.5 + b).unwrap();
        let largest = xs.iter().copied().reduce(f64::max).unwrap();
        last * first + second * reduced - largest * last
    }

    pub fn collected(xs: &[f64], a: f64) -> f64 {
        let squares: Vec<f64> = xs.iter().map(|x| x * x).collect();
        let shifted = squares.iter().map(|s| s - a).collect::<Vec<_>>();
        let backwards: Vec<f64> = xs.iter().rev().copied().collect();
        let mut s = 0.0;
        for i in 0..xs.len() {
            s += squares[i] * shifted[i] * backwards[i];
        }
        s
    }

    pub fn collected_result(xs: &[f64], a: f64) -> Vec<f64> {
        xs.iter().map(|x| a * x.sin()).collect()
    }

    pub fn collected_chain(xs: &[f64], ys: &[f64]) -> Vec<f64> {
        let all: Vec<f64> = xs.iter().skip(1).chain(ys).map(|x| x * xs[0]).collect();
        all
    }

    pub fn collected_filtered(xs: &[f64]) -> f64 {
        let positive: Vec<f64> = xs.iter().filter(|x| **x > 0.0).map(|x| x.ln()).collect();
        let odd: Vec<f64> = xs.iter().copied().filter(|&x| x < 1.0).enumerate().map(|(i, x)| x * i as f64).skip(1).collect();
        positive.iter().sum::<f64>() * odd[0] + odd.iter().map(|o| o * o).sum::<f64>()
    }

    pub fn collected_pairs(xs: &[f64]) -> f64 {
        let pairs: Vec<(f64, f64)> = xs.iter().map(|x| (x * x, x.sin())).collect();
        let indexed = xs.iter().copied().enumerate().collect::<Vec<_>>();
        pairs.iter().zip(&indexed).map(|(p, (i, x))| p.0 * p.1 * x * *i as f64).sum()
    }

    pub fn collected_rows(xs: &[f64], n: usize) -> f64 {
        let rows: Vec<Vec<f64>> = (0..n).map(|i| xs.iter().map(|x| x * i as f64).collect()).collect();
        let copies: Vec<Vec<f64>> = xs.windows(2).map(|w| w.to_vec()).collect();
        rows.iter().map(|row| row.iter().sum::<f64>().sin()).sum::<f64>() * copies[0][1]
    }

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

    pub fn functions_by_name(xs: &[f64]) -> f64 {
        let a: f64 = xs.iter().copied().map(f64::sin).sum();
        let b: f64 = xs.iter().copied().map(saturated).product();
        let soft = |x: f64| (1.0 + x.exp()).ln();
        let c: f64 = xs.iter().copied().map(soft).sum();
        a * b + c
    }

    pub fn nested_chains(xs: &[f64], n: usize) -> f64 {
        let outer: f64 = (0..n).map(|i| (0..i).map(|j| xs[i] * xs[j]).sum::<f64>()).sum();
        let kernel = |r: f64| (-0.5 * r * r).exp();
        let pairs: f64 = xs.iter().map(|x| xs.iter().map(|y| kernel(x - y)).sum::<f64>().ln()).sum();
        outer * pairs
    }

    pub fn softmax(xs: &[f64]) -> Vec<f64> {
        let top = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shifted: Vec<f64> = xs.iter().map(|x| (x - top).exp()).collect();
        let total: f64 = shifted.iter().sum();
        shifted.iter().map(|e| e / total).collect()
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

    pub fn generic_scalar<T: num_traits::Float>(xs: &[T], a: T) -> T {
        xs.iter().fold(T::zero(), |s, &x| s * a + x)
    }
}

#[test]
fn sums_and_products() {
    let xs = vec![0.3, -0.6, 0.9];
    laws!(sum_of_map(xs: &xs.clone(), a: 0.4));
    laws!(sum_of_map(xs: &Vec::<f64>::new(), a: 0.4));
    laws!(sums(xs: &xs.clone()));
    laws!(products(xs: &xs.clone()));
    laws!(single_precision(xs: &vec![0.5f32, 1.25, 0.75]));
    laws!(dot(xs: &xs.clone(), ys: &vec![0.5, 0.2, 0.8, 100.0]));
    laws!(dot_of_values(xs: &xs.clone(), ys: &[0.5, 0.2, 0.8]));
    laws!(three_zipped(xs: &xs.clone(), ys: &vec![0.5, 0.2], zs: &vec![1.5, 0.2, 0.8]));
    laws!(weighted_positions(xs: &xs.clone()));
    laws!(functions_by_name(xs: &xs.clone()));
    laws!(nested_chains(xs: &xs.clone(), _: 3));
}

#[test]
fn of_ranges() {
    laws!(over_range(xs: &vec![0.3, -0.6, 0.9, 1.2], _: 4));
    laws!(stepped_range(xs: &vec![0.3, -0.6, 0.9, 1.2, 0.7]));
    laws!(stepped_range(xs: &vec![0.3, -0.6, 0.9, 1.2]));
    laws!(index_of_integers(xs: &vec![0.3, -0.6, 0.9], _: &[2, 0, 2]));
    laws!(inert_chain(xs: &vec![-0.3, 0.6, 0.9], _: &[2, 0, 2]));
}

#[test]
fn adapters() {
    let xs = vec![0.3, -0.6, 0.9, 0.5, 1.4];
    laws!(filtered(xs: &xs.clone(), _: &[true, false, true, true, false]));
    laws!(filtered_twice(xs: &xs.clone()));
    laws!(filtered_then_counted(xs: &xs.clone()));
    laws!(reversed(xs: &xs.clone()));
    laws!(reversed_zip(xs: &xs.clone(), ys: &vec![0.8, -0.1, 0.6]));
    laws!(skipped_and_taken(xs: &xs.clone(), _: 3));
    laws!(skipped_and_taken(xs: &xs.clone(), _: 30));
    laws!(in_chunks(xs: &xs.clone(), _: 2));
    laws!(in_chunks(xs: &xs.clone(), _: 3));
    laws!(over_windows(xs: &xs.clone()));
    laws!(chained(xs: &xs.clone(), ys: &vec![0.8, -0.1, 0.6]));
    laws!(chained(xs: &vec![0.7], ys: &vec![0.8, -0.1, 0.6]));
}

#[test]
fn folds() {
    let xs = vec![0.3, -0.6, 0.9, 0.5];
    laws!(folded(xs: &xs.clone()));
    laws!(folded_pair(xs: &xs.clone()));
    laws!(folded_state(xs: &xs.clone(), _: 2));
    laws!(largest(xs: &xs.clone()));
    laws!(generic_scalar(xs: &xs.clone(), a: 0.3));
}

#[test]
fn selections() {
    let xs = vec![0.3, -0.6, 0.9, 0.5];
    laws!(selected(xs: &xs.clone()));
    laws!(selected_by_key(xs: &xs.clone(), ys: &vec![0.8, -0.1, 0.6, 0.2]));
    laws!(ends(xs: &xs.clone()));
}

#[test]
fn ties_go_to_one_element() {
    // the last of the largest, the first of the smallest, as the standard library picks them
    let ties = [2.0, 1.0, 2.0, 1.0];
    assert_eq!(simplified::selected::value_and_grad(&ties), (4.0, vec![0.0, 6.0, 2.0, 0.0]));
}

#[test]
fn collections() {
    let xs = vec![0.3, -0.6, 0.9];
    laws!(collected(xs: &xs.clone(), a: 0.4));
    laws!(collected_filtered(xs: &xs.clone()));
    laws!(collected_pairs(xs: &xs.clone()));
    laws!(collected_rows(xs: &xs.clone(), _: 3));
    map_laws!(collected_result(xs: &xs.clone(), a: 0.4));
    map_laws!(collected_chain(xs: &xs.clone(), ys: &vec![0.8, -0.1]));
    map_laws!(softmax(xs: &xs.clone()));
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
