//! Powers, exponentials, logarithms, trigonometric and hyperbolic functions.
//!
//! The result `z` is reused where it saves a call: `exp`, `tan`, `tanh`, `sqrt`. Where a partial is infinite on the edge
//! of the domain, a zero seed wins over it (CONVENTIONS: the strong zero).

use super::Partial::{One, Singular, Times, Zero};
use super::{Form, Partial, Prim};
use crate::ir::Expr;
use std::f64::consts::{LN_2, LN_10};

pub fn form(prim: Prim) -> Option<Form> {
    Some(match prim {
        Prim::Sqrt => Form::Method("sqrt"),
        Prim::Cbrt => Form::Method("cbrt"),
        Prim::Hypot => Form::Method("hypot"),
        Prim::Exp => Form::Method("exp"),
        Prim::Exp2 => Form::Method("exp2"),
        Prim::ExpM1 => Form::Method("exp_m1"),
        Prim::Ln => Form::Method("ln"),
        Prim::Log => Form::Method("log"),
        Prim::Log2 => Form::Method("log2"),
        Prim::Log10 => Form::Method("log10"),
        Prim::Ln1p => Form::Method("ln_1p"),
        Prim::Sin => Form::Method("sin"),
        Prim::Cos => Form::Method("cos"),
        Prim::Tan => Form::Method("tan"),
        Prim::Asin => Form::Method("asin"),
        Prim::Acos => Form::Method("acos"),
        Prim::Atan => Form::Method("atan"),
        Prim::Atan2 => Form::Method("atan2"),
        Prim::Sinh => Form::Method("sinh"),
        Prim::Cosh => Form::Method("cosh"),
        Prim::Tanh => Form::Method("tanh"),
        Prim::Asinh => Form::Method("asinh"),
        Prim::Acosh => Form::Method("acosh"),
        Prim::Atanh => Form::Method("atanh"),
        Prim::Powi => Form::Method("powi"),
        Prim::Powf => Form::Method("powf"),
        Prim::PowiDx => Form::Helper("powi_dx"),
        Prim::PowfDx => Form::Helper("powf_dx"),
        Prim::PowfDp => Form::Helper("powf_dp"),
        Prim::HypotDx => Form::Helper("hypot_dx"),
        Prim::HypotDy => Form::Helper("hypot_dy"),
        Prim::Atan2Dy => Form::Helper("atan2_dy"),
        Prim::Atan2Dx => Form::Helper("atan2_dx"),
        _ => return None,
    })
}

pub fn partials(prim: Prim, args: &[Expr], z: &Expr) -> Option<Vec<Partial>> {
    let x = || args[0].clone();
    let y = || args[1].clone();
    let z = || z.clone();
    let c = Expr::float;
    let of = |prim| Expr::Prim(prim, vec![args[0].clone()]);
    let both = |prim| Expr::Prim(prim, args.to_vec());
    Some(match prim {
        Prim::Sqrt => vec![Singular(c(0.5) / z())],
        Prim::Cbrt => vec![Singular(c(1.0) / (c(3.0) * z() * z()))],
        Prim::Hypot => vec![Times(both(Prim::HypotDx)), Times(both(Prim::HypotDy))],
        Prim::Exp => vec![Times(z())],
        Prim::Exp2 => vec![Times(z() * c(LN_2))],
        // not z + 1, which cancels for x << 0
        Prim::ExpM1 => vec![Times(of(Prim::Exp))],
        Prim::Ln => vec![Singular(c(1.0) / x())],
        // log_b(x) = ln x / ln b
        Prim::Log => {
            let ln_base = || Expr::Prim(Prim::Ln, vec![y()]);
            vec![Singular(c(1.0) / (x() * ln_base())), Singular(-(z() / (y() * ln_base())))]
        }
        Prim::Log2 => vec![Singular(c(1.0) / (x() * c(LN_2)))],
        Prim::Log10 => vec![Singular(c(1.0) / (x() * c(LN_10)))],
        Prim::Ln1p => vec![Singular(c(1.0) / (c(1.0) + x()))],
        Prim::Sin => vec![Times(of(Prim::Cos))],
        Prim::Cos => vec![Times(-of(Prim::Sin))],
        Prim::Tan => vec![Times(c(1.0) + z() * z())],
        Prim::Asin => vec![Singular(c(1.0) / one_minus_square(&args[0]))],
        Prim::Acos => vec![Singular(c(-1.0) / one_minus_square(&args[0]))],
        Prim::Atan => vec![Times(c(1.0) / (c(1.0) + x() * x()))],
        Prim::Atan2 => vec![Times(both(Prim::Atan2Dy)), Times(both(Prim::Atan2Dx))],
        Prim::Sinh => vec![Times(of(Prim::Cosh))],
        Prim::Cosh => vec![Times(of(Prim::Sinh))],
        Prim::Tanh => vec![Times(c(1.0) - z() * z())],
        // 1/sqrt(x² + 1), where x² may overflow
        Prim::Asinh => vec![Times(c(1.0) / Expr::Prim(Prim::Hypot, vec![x(), c(1.0)]))],
        Prim::Acosh => {
            let root = |shifted| Expr::Prim(Prim::Sqrt, vec![shifted]);
            vec![Singular(c(1.0) / (root(x() - c(1.0)) * root(x() + c(1.0))))]
        }
        Prim::Atanh => vec![Singular(c(1.0) / ((c(1.0) - x()) * (c(1.0) + x())))],
        Prim::Powi => {
            let slope =
                integer(&args[1]).and_then(|n| monomial_slope(f64::from(n), || Expr::integer(n - 1), prim, args));
            vec![slope.unwrap_or_else(|| Singular(both(Prim::PowiDx))), Zero]
        }
        Prim::Powf => {
            let slope = args[1].as_float().and_then(|p| monomial_slope(p, || c(p - 1.0), prim, args));
            vec![slope.unwrap_or_else(|| Singular(both(Prim::PowfDx))), Singular(both(Prim::PowfDp))]
        }
        _ => return None,
    })
}

/// `sqrt(1 - x²)`, factored so that it does not cancel near ±1.
fn one_minus_square(x: &Expr) -> Expr {
    let one = || Expr::float(1.0);
    Expr::Prim(Prim::Sqrt, vec![(one() - x.clone()) * (one() + x.clone())])
}

/// `n x^(n-1)` for a literal whole exponent `n >= 0`, where it is finite and needs no guard.
fn monomial_slope(n: f64, less_one: impl Fn() -> Expr, power: Prim, args: &[Expr]) -> Option<Partial> {
    let x = || args[0].clone();
    match n {
        0.0 => Some(Zero),
        1.0 => Some(One),
        2.0 => Some(Times(Expr::float(2.0) * x())),
        n if n > 2.0 && n.fract() == 0.0 => Some(Times(Expr::float(n) * Expr::Prim(power, vec![x(), less_one()]))),
        _ => None,
    }
}

/// The integer literal that stands in copied source.
pub fn integer(expr: &Expr) -> Option<i32> {
    match expr {
        Expr::Opaque(opaque) => {
            let text = opaque.tokens.0.to_string();
            text.strip_suffix("i32").unwrap_or(&text).replace('_', "").parse().ok()
        }
        _ => None,
    }
}
