//! Partial derivatives of what partial derivatives are made of, so that the table is closed under differentiation.
//!
//! The conventions at singular points carry over: what is zero at the origin stays zero there in every order, and a zero
//! seed wins over what is infinite.

use super::Partial::{Singular, Strong, Times, Zero};
use super::{Form, Partial, Prim};
use crate::ir::Expr;

pub fn form(prim: Prim) -> Option<Form> {
    Some(match prim {
        Prim::PowiPartial => Form::Helper("powi_partial"),
        Prim::PowfPartial => Form::Helper("powf_partial"),
        Prim::RecipOrZero => Form::Helper("recip_or_zero"),
        _ => return None,
    })
}

pub fn partials(prim: Prim, args: &[Expr], z: &Expr) -> Option<Vec<Partial>> {
    let arg = |i: usize| args[i].clone();
    let both = |prim| Expr::Prim(prim, args.to_vec());
    let two = || Expr::float(2.0);
    // the order of a derivative is a literal of ours
    let order = |i: usize| args.get(i).and_then(super::elementary::integer).unwrap_or_default();
    Some(match prim {
        // a zero on either side wins
        Prim::StrongMul => vec![Singular(arg(1)), Strong(arg(0))],
        Prim::PowiDx => vec![Singular(powi_partial(args, 2)), Zero],
        Prim::PowiPartial => vec![Singular(powi_partial(args, order(2) + 1)), Zero, Zero],
        Prim::PowfDx => vec![Singular(powf_partial(args, 2, 0)), Singular(powf_partial(args, 1, 1))],
        Prim::PowfDp => vec![Singular(powf_partial(args, 1, 1)), Singular(powf_partial(args, 0, 2))],
        Prim::PowfPartial => {
            let (by_x, by_p) = (order(2), order(3));
            let partial = |by_x, by_p| Singular(powf_partial(args, by_x, by_p));
            vec![partial(by_x + 1, by_p), partial(by_x, by_p + 1), Zero, Zero]
        }
        // h = √(x² + y²), c = x/h, s = y/h: ∂c/∂x = s²/h, ∂c/∂y = -c s/h, and 0 at the origin
        Prim::HypotDx => {
            let s = || both(Prim::HypotDy);
            vec![Times(s() * s() * recip_of_hypot(args)), Times(-(z.clone() * s() * recip_of_hypot(args)))]
        }
        Prim::HypotDy => {
            let c = || both(Prim::HypotDx);
            vec![Times(-(z.clone() * c() * recip_of_hypot(args))), Times(c() * c() * recip_of_hypot(args))]
        }
        // r = 1/h, and 0 at 0: dr/dh = -r²
        Prim::RecipOrZero => vec![Times(-(z.clone() * z.clone()))],
        // a = x/(x² + y²), b = -y/(x² + y²): ∂a/∂y = 2 a b, ∂a/∂x = b² - a², and b follows from a by exchange
        Prim::Atan2Dy => {
            let b = || both(Prim::Atan2Dx);
            vec![Times(two() * z.clone() * b()), Times(b() * b() - z.clone() * z.clone())]
        }
        Prim::Atan2Dx => {
            let a = || both(Prim::Atan2Dy);
            vec![Times(z.clone() * z.clone() - a() * a()), Times(-(two() * a() * z.clone()))]
        }
        // the quotients and signs are locally constant; their jumps have no derivative
        Prim::RemDy | Prim::RemEuclidDy | Prim::AbsDx | Prim::CopysignDx => vec![Zero; args.len()],
        Prim::MaxTakesFirst | Prim::MinTakesFirst | Prim::ClampTakesValue | Prim::Less => vec![Zero; args.len()],
        _ => return None,
    })
}

fn recip_of_hypot(args: &[Expr]) -> Expr {
    Expr::Prim(Prim::RecipOrZero, vec![Expr::Prim(Prim::Hypot, args.to_vec())])
}

/// `∂ᵏ xⁿ / ∂xᵏ`
fn powi_partial(args: &[Expr], by_x: i32) -> Expr {
    Expr::Prim(Prim::PowiPartial, vec![args[0].clone(), args[1].clone(), Expr::integer(by_x)])
}

/// `∂ᵏ⁺ᵐ xᵖ / ∂xᵏ ∂pᵐ`
fn powf_partial(args: &[Expr], by_x: i32, by_p: i32) -> Expr {
    let orders = [by_x, by_p].map(Expr::integer);
    Expr::Prim(Prim::PowfPartial, args[..2].iter().cloned().chain(orders).collect())
}
