//! Iterators that go on for ever, until another one ends.

zoo! {
    pub fn weights_in_turn(x: &[f64], w: &[f64]) -> f64 {
        let products: f64 = x.iter().zip(w.iter().cycle()).map(|(a, b)| a * b * b).sum();
        products + w.iter().cycle().zip(x.iter().rev().enumerate()).map(|(a, (i, b))| a * b * i as f64).sum::<f64>()
    }

    pub fn some_of_them(x: &[f64], n: usize) -> f64 {
        let mut t = 1.0;
        for (i, a) in x.iter().cycle().skip(1).take(n).enumerate() {
            t = t * a + i as f64;
        }
        let v: Vec<f64> = x.iter().cycle().step_by(2).take(4).copied().collect();
        t + v.iter().map(|a| a.sin()).sum::<f64>() + (0..2).cycle().take(n).map(|i| x[i] * x[i]).sum::<f64>()
    }

    // around in a circle
    pub fn polygon(x: &[f64]) -> f64 {
        let area: f64 = x.chunks(2).zip(x.chunks(2).cycle().skip(1)).map(|(p, q)| p[0] * q[1] - p[1] * q[0]).sum();
        0.5 * area
    }

    // without any item there is nothing to repeat
    pub fn of_nothing(x: &[f64], none: &[f64]) -> f64 {
        let s: f64 = none.iter().cycle().zip(x).map(|(a, b)| a * b).sum();
        let t: f64 = none.iter().cycle().take(5).product();
        s + t * x[0]
    }

    pub fn repeated(x: &[f64], n: usize) -> f64 {
        let k = x[0] * x[1];
        let s: f64 = std::iter::repeat(k).zip(x).map(|(a, b)| a * b * b).sum();
        s * std::iter::repeat_n(x[1], n).product::<f64>() + std::iter::repeat(1.5).take(n).zip(x).map(|(a, b)| a / b).sum::<f64>()
    }
}

#[test]
fn cycles() {
    let x = vec![0.7, 1.3, 0.4, 0.9, 1.1, 0.6];
    laws!(weights_in_turn(x: &x.clone(), w: &vec![0.5, 0.3]));
    laws!(weights_in_turn(x: &vec![0.7, 0.2], w: &vec![0.5, 0.3, 0.8]));
    laws!(some_of_them(x: &x.clone(), _: 8));
    laws!(some_of_them(x: &x.clone(), _: 0));
    laws!(polygon(x: &x.clone()));
    laws!(of_nothing(x: &x.clone(), none: &Vec::<f64>::new()));
    laws!(of_nothing(x: &x.clone(), none: &vec![0.3]));
    laws!(repeated(x: &x.clone(), _: 3));
    laws!(repeated(x: &x.clone(), _: 0));
}
