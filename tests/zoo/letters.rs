//! Names in capitals, as in formulas, where patterns tell constants from variables by their case.
#![allow(non_snake_case)]

const N: usize = 2;
const LIMIT: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Side {
    A,
    B,
}

zoo! {
    pub fn of_slices(xs: &[f64], k: usize, rate: Option<f64>) -> f64 {
        let &[S, K, T_max, ..] = xs else { return xs[0] };
        let mut V = (S - K).powi(2) + T_max;
        if let [A, B0] = xs[1..] {
            V += A * B0;
        }
        match *xs {
            [mut Δ, Y, ..] => {
                Δ += 1.0;
                V += Δ * Y;
            }
            _ => V += 1.0,
        }
        match k {
            0 => V *= 2.0,
            // a constant
            N => V *= S * N as f64,
            LIMIT => V += S,
            // a variable
            M => V *= M as f64,
        }
        if let Some(R) = rate {
            V += R * S;
        }
        V
    }

    pub fn of_variants(x: f64, #[no_diff] side: Side, n: usize) -> f64 {
        use Side::*;
        let y = match side {
            A => x * x,
            B => x.sin(),
        };
        let z = match (side, n) {
            (A, N) => y * N as f64,
            (B, M) | (A, M) => y + x * M as f64,
        };
        if side == A { z * x } else { z }
    }

    pub fn of_a_filter(x: f64, measured: &[f64]) -> f64 {
        let (A, H, Q, R) = (0.9, 1.1, 0.1, 0.2);
        let (mut X, mut P) = (x, x * x);
        for Z in measured {
            (X, P) = (A * X, A * P * A + Q);
            let K = P * H / (H * P * H + R);
            X += K * (Z - H * X);
            P *= 1.0 - K * H;
        }
        X * P
    }
}

#[test]
fn letters() {
    for k in 0..6 {
        laws!(of_slices(xs: &vec![0.3, 0.8, 1.1, 0.7], _: k, rate: Some(0.3)));
        laws!(of_slices(xs: &vec![0.3, 0.8, 1.1], _: k, rate: None));
        laws!(of_slices(xs: &vec![0.3, 0.8], _: k, rate: None));
        for side in [Side::A, Side::B] {
            laws!(of_variants(x: 0.4, _: side, _: k));
        }
    }
    laws!(of_a_filter(x: 0.4, measured: &vec![0.5, 0.9]));
}
