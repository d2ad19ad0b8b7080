//! `+ - * /`, remainders and linear conversions.

use super::Partial::{MinusOne, One, Over, Times, Zero};
use super::{Form, Partial, Prim};
use crate::ir::Expr;
use std::f64::consts::PI;

pub fn form(prim: Prim) -> Option<Form> {
    Some(match prim {
        Prim::Add => Form::Infix("+"),
        Prim::Sub => Form::Infix("-"),
        Prim::Mul => Form::Infix("*"),
        Prim::Div => Form::Infix("/"),
        Prim::Rem => Form::Infix("%"),
        Prim::Neg => Form::Negation,
        Prim::RemEuclid => Form::Method("rem_euclid"),
        Prim::DivEuclid => Form::Method("div_euclid"),
        Prim::MulAdd => Form::Method("mul_add"),
        Prim::Recip => Form::Method("recip"),
        Prim::ToDegrees => Form::Method("to_degrees"),
        Prim::ToRadians => Form::Method("to_radians"),
        Prim::RemDy => Form::Helper("rem_dy"),
        Prim::RemEuclidDy => Form::Helper("rem_euclid_dy"),
        Prim::StrongMul => Form::Helper("strong_mul"),
        Prim::Less => Form::Infix("<"),
        _ => return None,
    })
}

pub fn partials(prim: Prim, x: &[Expr], z: &Expr) -> Option<Vec<Partial>> {
    let arg = |i: usize| x[i].clone();
    let z = || z.clone();
    Some(match prim {
        Prim::Add => vec![One, One],
        Prim::Sub => vec![One, MinusOne],
        Prim::Mul => vec![Times(arg(1)), Times(arg(0))],
        // d(x/y)/dy = -x/y² = -z/y
        Prim::Div => vec![Over(arg(1)), Times(-(z() / arg(1)))],
        Prim::Neg => vec![MinusOne],
        // x % y = x - y trunc(x/y): the quotient is locally constant
        Prim::Rem => vec![One, Times(Expr::Prim(Prim::RemDy, x.to_vec()))],
        Prim::RemEuclid => vec![One, Times(Expr::Prim(Prim::RemEuclidDy, x.to_vec()))],
        Prim::DivEuclid => vec![Zero, Zero],
        Prim::MulAdd => vec![Times(arg(1)), Times(arg(0)), One],
        Prim::Recip => vec![Times(-(z() * z()))],
        Prim::ToDegrees => vec![Times(Expr::float(180.0 / PI))],
        Prim::ToRadians => vec![Times(Expr::float(PI / 180.0))],
        _ => return None,
    })
}
