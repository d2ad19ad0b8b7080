//! What ends a chain of iterators: folds, selections, collections.

#[chainrule::differentiable]
pub fn weighted(acc: f64, x: f64) -> f64 {
    acc * 0.5 + x * x
}

zoo! {
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

    pub fn softmax(xs: &[f64]) -> Vec<f64> {
        let top = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shifted: Vec<f64> = xs.iter().map(|x| (x - top).exp()).collect();
        let total: f64 = shifted.iter().sum();
        shifted.iter().map(|e| e / total).collect()
    }

    pub fn generic_scalar<T: num_traits::Float>(xs: &[T], a: T) -> T {
        xs.iter().fold(T::zero(), |s, &x| s * a + x)
    }
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
