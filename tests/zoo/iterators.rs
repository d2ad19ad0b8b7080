//! Iterators: sources and adapters, and sums and products of what they give.

/// `x / (1 + x^2)`
#[chainrule::differentiable]
pub fn saturated(x: f64) -> f64 {
    x / (1.0 + x * x)
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
