//! Rules of methods, of a trait for a type of another crate and of a type of one's own, and of functions of such a type.

use super::custom_rules::simplified::only_x;
use chainrule::Differentiable;
use std::f64::consts::FRAC_2_SQRT_PI;

#[chainrule::differentiable]
pub trait Special: Differentiable {
    fn error_integral(self) -> Self;
    fn weighted(&self, ws: &[f64]) -> f64;
}

#[chainrule::differentiable]
impl Special for f64 {
    #[differentiable(custom_jvp = erf_jvp)]
    fn error_integral(self) -> f64 {
        libm::erf(self)
    }

    #[differentiable(custom_jvp = weighted_jvp, custom_vjp = weighted_vjp)]
    fn weighted(&self, ws: &[f64]) -> f64 {
        ws.iter().map(|w| w * self).sum()
    }
}

#[chainrule::differentiable]
impl Special for f32 {
    #[differentiable(custom_vjp = erff_vjp)]
    fn error_integral(self) -> f32 {
        libm::erff(self)
    }

    fn weighted(&self, ws: &[f64]) -> f64 {
        let mut s = 0.0;
        for w in ws {
            s += w * *self as f64;
        }
        s
    }
}

fn erf_jvp(x: f64, x_dot: f64) -> (f64, f64) {
    (libm::erf(x), FRAC_2_SQRT_PI * (-x * x).exp() * x_dot)
}

fn erff_vjp(x: f32) -> (f32, impl Fn(f32) -> f32) {
    (libm::erff(x), move |bar| FRAC_2_SQRT_PI as f32 * (-x * x).exp() * bar)
}

fn weighted_jvp(x: &f64, ws: &[f64], (x_dot, ws_dot): (&f64, &[f64])) -> (f64, f64) {
    let sum: f64 = ws.iter().sum();
    (x * sum, x_dot * sum + x * ws_dot.iter().sum::<f64>())
}

fn weighted_vjp(x: &f64, ws: &[f64]) -> (f64, impl Fn(f64) -> (f64, Vec<f64>) + use<>) {
    let (x, n, sum) = (*x, ws.len(), ws.iter().sum::<f64>());
    (x * sum, move |bar| (bar * sum, vec![bar * x; n]))
}

/// Type, tangent and rules of a user's own.
#[derive(Differentiable, Clone, Debug, PartialEq)]
pub struct Gauss {
    mean: f64,
    deviation: f64,
}

fn density_vjp(g: &Gauss, x: f64) -> (f64, impl Fn(f64) -> (GaussTangent, f64) + use<>) {
    let (z, deviation) = ((x - g.mean) / g.deviation, g.deviation);
    let y = (-0.5 * z * z).exp() / deviation;
    (y, move |y_bar: f64| {
        let x_bar = -y_bar * y * z / deviation;
        (GaussTangent { mean: -x_bar, deviation: y_bar * y * (z * z - 1.0) / deviation }, x_bar)
    })
}

#[chainrule::differentiable]
impl Gauss {
    #[differentiable(custom_vjp = density_vjp)]
    pub fn density(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.deviation;
        (-0.5 * z * z).exp() / self.deviation
    }

    /// A rule of the block itself, and a method that calls the other one.
    #[differentiable(custom_jvp = Self::forward_of_moved, custom_vjp = Self::reverse_of_moved)]
    pub fn moved(self, by: f64) -> Gauss {
        Gauss { mean: self.mean + by, ..self }
    }

    pub fn ratio(&self, x: f64, by: f64) -> f64 {
        self.density(x) / self.clone().moved(by).density(x)
    }

    #[no_diff]
    fn forward_of_moved(self, by: f64, (dot, by_dot): (GaussTangent, f64)) -> (Gauss, GaussTangent) {
        (self.moved(by), GaussTangent { mean: dot.mean + by_dot, ..dot })
    }

    #[no_diff]
    fn reverse_of_moved(self, by: f64) -> (Gauss, impl Fn(GaussTangent) -> (GaussTangent, f64)) {
        (self.moved(by), |bar| {
            let by_bar = bar.mean;
            (bar, by_bar)
        })
    }
}

zoo! {
    #[options(custom_vjp = density_vjp)]
    pub fn density(g: &Gauss, x: f64) -> f64 {
        let z = (x - g.mean) / g.deviation;
        (-0.5 * z * z).exp() / g.deviation
    }

    pub fn of_densities(gs: &[Gauss], x: f64) -> f64 {
        let mut s = x;
        for g in gs {
            s += density(g, s) * density(&gs[0], x) + only_x(s, &[0.3]);
        }
        s
    }

    pub fn of_a_foreign_type(x: f64, ws: &[f64]) -> f64 {
        (x * ws[0]).error_integral() * x.weighted(&ws[1..]) + ws[1].error_integral() * 2.0_f64.error_integral() + ws[0].weighted(&[x, 1.0])
    }

    pub fn in_single_precision(x: f32) -> f32 {
        x.error_integral() * x
    }

    pub fn through_a_bound<S: Special + Clone>(x: S, ws: &[f64]) -> f64 {
        x.clone().error_integral().weighted(ws) * x.weighted(&ws[..1])
    }

    pub fn of_ones_own(g: &Gauss, x: f64, by: f64) -> f64 {
        let moved = g.clone().moved(by * by);
        g.ratio(x, by) * moved.density(by) + moved.mean
    }
}

#[test]
fn called() {
    laws!(density(g: &Gauss { mean: 0.3, deviation: 0.8 }, x: 0.9));
    laws!(of_densities(gs: &vec![Gauss { mean: 0.3, deviation: 0.8 }, Gauss { mean: -0.3, deviation: 1.8 }], x: 0.9));
    laws!(of_a_foreign_type(x: 0.4, ws: &vec![0.7, 1.2, -0.5]));
    laws!(through_a_bound(x: 0.4_f64, ws: &vec![0.7, 1.2, -0.5]));
    laws!(of_ones_own(g: &Gauss { mean: 0.3, deviation: 0.8 }, x: 0.9, by: 0.2));
    let (x, slope) = (0.4_f32, simplified::in_single_precision::grad(0.4));
    assert!((slope - (libm::erff(x) + x * FRAC_2_SQRT_PI as f32 * (-x * x).exp())).abs() < 1e-6);
    assert_eq!(0.0_f32.error_integral_jvp(2.0), (0.0, 2.0 * FRAC_2_SQRT_PI as f32));
    assert_eq!(0.0_f64.error_integral_vjp().1(2.0), 2.0 * FRAC_2_SQRT_PI);
}
