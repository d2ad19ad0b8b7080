//! Residuals: constant trip counts, values of the primal that the derivative computes too, the direction of reverse loops.

const LIMIT: usize = 5;

zoo! {
    // residuals of a literal trip count, of one hidden behind a constant, and within an outer loop
    pub fn seven_steps(x: f64, a: f64) -> f64 {
        let mut y = x;
        for i in 0..7 {
            y = (a * y).sin() + y * y / (i as f64 + 2.0);
        }
        y
    }

    pub fn up_to_a_constant(x: f64, a: f64) -> f64 {
        let mut y = x;
        for _ in 1..=LIMIT {
            y = (a * y).sin() + y;
        }
        y
    }

    pub fn inclusive_literals(x: f32, a: f32) -> f32 {
        let mut y = x;
        for _ in 2..=4 {
            y = (a * y).exp().sin() * y;
        }
        y
    }

    pub fn literal_in_a_loop(x: f64, n: usize) -> f64 {
        let mut y = x;
        for i in 0..n {
            for _ in 0..3 {
                y = (x * y).sin() + 0.5 * y;
            }
            if i % 2 == 0 {
                y = y * y;
            }
        }
        y
    }

    // the cosine beside the sine, at the top, in a branch, in a loop
    pub fn rotated(x: f64, y: f64, angle: f64) -> f64 {
        let (s, c) = (angle.sin(), angle.cos());
        (x * c - y * s) * (x * s + y * c)
    }

    pub fn rotated_if_positive(x: f64, y: f64, angle: f64) -> f64 {
        if x > 0.0 {
            let t = angle * y;
            let s = t.sin();
            let c = t.cos();
            x * s * s + c
        } else {
            x * angle
        }
    }

    pub fn rotations(x: &[f64]) -> f64 {
        let mut u = 1.0;
        let mut v = 0.5;
        for i in 0..x.len() {
            let angle = x[i] * x[0];
            let s = angle.sin();
            let c = angle.cos();
            let next = u * c - v * s;
            v = u * s + v * c;
            u = next;
        }
        u * v
    }

    // near miss: the operand is another one by then
    pub fn two_angles(x: f64, y: f64) -> f64 {
        let mut angle = x * y;
        let s = angle.sin();
        angle = angle + y;
        let c = angle.cos();
        s * c * angle.sin()
    }

    // reverse loops that may run upwards
    pub fn scale_all(x: &mut [f64], factor: f64) {
        for i in 0..x.len() {
            x[i] = factor * x[i];
        }
    }

    pub fn add_scaled(x: &[f64], y: &mut [f64], factor: f64) {
        for i in 0..y.len() {
            y[i] += factor * x[i];
        }
    }

    // near misses: the order is the meaning
    pub fn prefix_sums(x: &mut [f64]) {
        for i in 1..x.len() {
            x[i] = x[i] + 0.5 * x[i - 1];
        }
    }

    pub fn push_on(x: &mut [f64], y: &mut [f64]) {
        for i in 0..x.len() - 1 {
            x[i + 1] += 0.3 * x[i];
            y[i] = x[i] * 2.0 + y[i + 1];
        }
    }

    pub fn last_wins(x: &[f64], y: &mut [f64], n: usize) {
        for i in 0..x.len() {
            y[i % n] = 2.0 * x[i];
        }
    }

    pub fn carried_scalar(x: &[f64]) -> f64 {
        let mut state = 1.0;
        for i in 0..x.len() {
            state = 0.5 * state + x[i];
        }
        state
    }

    // residuals in places of their own: up, down, of a parameter that is overwritten, two of them, one after a loop that is none
    pub fn log_of_sum(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i].exp();
        }
        sum.ln() * sum
    }

    pub fn log_of_sum_from_the_end(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in (0..x.len()).rev() {
            sum += x[i].exp() * (i + 1) as f64;
        }
        sum.ln() * sum
    }

    pub fn squashed(x: &[f64], y: &mut [f64]) {
        for i in 0..y.len() {
            y[i] = (x[i] * y[i]).tanh();
        }
    }

    pub fn filtered(x: &[f64], gain: f64) -> f64 {
        let (mut state, mut trend): (f64, f64) = (1.0, 0.0);
        for i in 0..x.len() {
            let ahead = (state + trend).sin();
            trend += gain * (x[i] - ahead);
            state = ahead + gain * trend * x[i];
        }
        state
    }

    pub fn powers_in_single(x: &[f32]) -> f32 {
        let mut product = 1.0;
        for i in 0..x.len() {
            product *= x[i].cos() + product;
        }
        product
    }

    // of a type parameter, which need not have what is not a number
    pub fn squared<T: nalgebra::RealField + Copy>(x: T) -> T {
        x * x
    }

    pub fn squashed_squares<T: nalgebra::RealField + Copy>(x: &[T], y: &mut [T]) {
        for i in 0..x.len() {
            let level = squared(x[i]).tanh();
            y[i] *= level;
        }
    }

    pub fn squashed_powers<T: nalgebra::RealField + Copy>(x: T) -> T {
        let mut y = x;
        for _ in 0..5 {
            let level = squared(y).tanh();
            y *= level + x;
        }
        y
    }

    // near misses: no index, an index of another type, not from zero, a loop that ends early, a branch, a loop in a loop
    pub fn without_an_index(x: f64, n: usize) -> f64 {
        let mut y = x;
        for _ in 0..n {
            y = (x * y).sin() + y;
        }
        y
    }

    pub fn counted_by_another_type(x: f64, n: i32) -> f64 {
        let mut y = x;
        for i in 0..n {
            y = (x * y).sin() + y.powi(i);
        }
        y
    }

    pub fn from_the_second(x: &[f64]) -> f64 {
        let mut y = x[0];
        for i in 1..x.len() {
            y = (x[i] * y).sin() + y;
        }
        y
    }

    pub fn until_it_is_large(x: &[f64], limit: f64) -> f64 {
        let mut y: f64 = 0.5;
        for i in 0..x.len() {
            y = y.exp() * x[i] + y;
            if y > limit {
                break;
            }
        }
        y
    }

    pub fn in_a_branch(x: &[f64]) -> f64 {
        let mut y = 0.5;
        for i in 0..x.len() {
            if x[i] > 0.3 {
                y = (y * x[i]).sin() + y;
            }
        }
        y
    }

    pub fn rows_of(x: &[f64], n: usize) -> f64 {
        let mut total = 1.0;
        for k in 0..n {
            let mut y = 0.5;
            for i in 0..x.len() {
                y = (y * x[i] * total).sin() + y;
            }
            total *= y + x[k];
        }
        total
    }

    // functions of what does not change in the loop, in one loop and in two
    pub fn steady_functions(x: &[f64], rho: f64, scale: f64) -> f64 {
        let mut y = 0.3;
        for i in 0..x.len() {
            y = (1.0 - rho * rho).sqrt() * x[i] + rho * y * (scale * rho).exp();
            for j in 0..2 {
                y += (scale * x[i]).sin() * x[j] * y * scale.ln();
            }
        }
        y
    }

    // .. and of what does: a float of the loop, its counter, an element
    pub fn unsteady_functions(x: &[f64], rho: f64) -> f64 {
        let mut y = 0.3;
        let mut angle = rho;
        for i in 0..x.len() {
            y = (1.0 + angle * angle).sqrt() * y + (i as f64 + 1.5).ln() * x[i];
            angle += 0.1 * y;
            for j in 0..2 {
                y += (x[i] * x[j]).sin() * y * (angle * rho).cos();
                angle *= 0.9;
            }
        }
        y
    }
}

fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.3 + 0.45 * ((i * i + 3) as f64).sin()).collect()
}

#[test]
fn constant_trip_counts() {
    laws!(seven_steps(x: 0.7, a: 1.2));
    laws!(up_to_a_constant(x: 0.7, a: 1.2));
    laws!(inclusive_literals(x: 0.7, a: 0.6));
    laws!(literal_in_a_loop(x: 0.8, _: 3));
}

#[test]
fn values_of_the_primal() {
    laws!(rotated(x: 0.7, y: -0.4, angle: 0.9));
    laws!(rotated_if_positive(x: 0.7, y: -0.4, angle: 0.9));
    laws!(rotated_if_positive(x: -0.7, y: -0.4, angle: 0.9));
    laws!(rotations(x: &point(4)));
    laws!(two_angles(x: 0.7, y: 1.4));
}

#[test]
fn places() {
    for n in [0, 1, 4] {
        laws!(log_of_sum_from_the_end(x: &point(n + 1)));
        laws!(log_of_sum(x: &point(n + 1)));
        map_laws!(squashed(x: &point(n), y: &mut point(n)));
        laws!(filtered(x: &point(n), gain: 0.3));
        laws!(powers_in_single(x: &vec![0.4_f32; n]));
        laws!(without_an_index(x: 0.7, _: n));
        laws!(counted_by_another_type(x: 0.7, _: n as i32));
        laws!(from_the_second(x: &point(n + 1)));
        laws!(in_a_branch(x: &point(n)));
        laws!(rows_of(x: &point(n), _: n));
    }
    map_laws!(squashed_squares(x: &point(3), y: &mut point(3)));
    laws!(squashed_powers(x: 0.7_f64));
    laws!(until_it_is_large(x: &point(6), limit: 3.0));
    laws!(until_it_is_large(x: &point(2), limit: 30.0));
}

#[test]
fn directions() {
    map_laws!(scale_all(x: &mut point(4), factor: 1.5));
    map_laws!(add_scaled(x: &point(4), y: &mut point(4), factor: 1.5));
    map_laws!(prefix_sums(x: &mut point(5)));
    map_laws!(push_on(x: &mut point(4), y: &mut point(4)));
    map_laws!(last_wins(x: &point(5), y: &mut point(3), _: 2));
    laws!(carried_scalar(x: &point(4)));
}

#[test]
fn functions_of_what_does_not_change() {
    for n in [0, 2, 4] {
        let x: Vec<f64> = point(n.max(2))[..n].to_vec();
        laws!(unsteady_functions(x: &x.clone(), rho: 0.6));
        laws!(steady_functions(x: &x.clone(), rho: 0.6, scale: 1.3));
    }
}
