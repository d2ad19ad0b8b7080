//! Functions with kinks and jumps. The derivative at a kink is stated with its reason.

use super::Partial::{One, Times, Unless, When, Zero};
use super::{Form, Partial, Prim};
use crate::ir::Expr;

pub fn form(prim: Prim) -> Form {
    match prim {
        Prim::Abs => Form::Method("abs"),
        Prim::Signum => Form::Method("signum"),
        Prim::Copysign => Form::Method("copysign"),
        Prim::Max => Form::Method("max"),
        Prim::Min => Form::Method("min"),
        Prim::Clamp => Form::Method("clamp"),
        Prim::Floor => Form::Method("floor"),
        Prim::Ceil => Form::Method("ceil"),
        Prim::Round => Form::Method("round"),
        Prim::RoundTiesEven => Form::Method("round_ties_even"),
        Prim::Trunc => Form::Method("trunc"),
        Prim::Fract => Form::Method("fract"),
        Prim::AbsDx => Form::Helper("abs_dx"),
        Prim::CopysignDx => Form::Helper("copysign_dx"),
        Prim::MaxTakesFirst => Form::Helper("max_takes_first"),
        Prim::MinTakesFirst => Form::Helper("min_takes_first"),
        Prim::BySingular => Form::Method("by_singular"),
        Prim::ByStrong => Form::Method("by_strong"),
        Prim::When => Form::Method("when"),
        Prim::Unless => Form::Method("unless"),
        // every other primitive has its row in a file before this one
        _ => Form::Helper("clamp_takes_value"),
    }
}

pub fn partials(prim: Prim, x: &[Expr]) -> Option<Vec<Partial>> {
    let both = |prim| Expr::Prim(prim, x.to_vec());
    let less = |a: usize, b: usize| Expr::Prim(Prim::Less, vec![x[a].clone(), x[b].clone()]);
    Some(match prim {
        // 0 at 0: the mean of the one-sided derivatives, and the gradient of least norm
        Prim::Abs => vec![Times(Expr::Prim(Prim::AbsDx, x.to_vec()))],
        // the jump at 0 has no derivative: 0 as everywhere else
        Prim::Signum => vec![Zero],
        Prim::Copysign => vec![Times(both(Prim::CopysignDx)), Zero],
        // a tie goes to the first operand: one side, so that the weights sum to one
        Prim::Max => vec![When(both(Prim::MaxTakesFirst)), Unless(both(Prim::MaxTakesFirst))],
        Prim::Min => vec![When(both(Prim::MinTakesFirst)), Unless(both(Prim::MinTakesFirst))],
        // on a bound the value counts as inside, as a descent step may leave the bound
        Prim::Clamp => vec![When(both(Prim::ClampTakesValue)), When(less(0, 1)), When(less(2, 0))],
        Prim::Floor | Prim::Ceil | Prim::Round | Prim::RoundTiesEven | Prim::Trunc => vec![Zero],
        Prim::Fract => vec![One],
        _ => return None,
    })
}
