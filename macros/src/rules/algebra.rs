//! Arithmetic on expressions, so that the rows of the table read as mathematics.

use super::Prim;
use crate::ir::Expr;
use std::ops::{Add, Div, Mul, Neg, Sub};

impl Add for Expr {
    type Output = Expr;
    fn add(self, rhs: Expr) -> Expr {
        Expr::Prim(Prim::Add, vec![self, rhs])
    }
}

impl Sub for Expr {
    type Output = Expr;
    fn sub(self, rhs: Expr) -> Expr {
        Expr::Prim(Prim::Sub, vec![self, rhs])
    }
}

impl Mul for Expr {
    type Output = Expr;
    fn mul(self, rhs: Expr) -> Expr {
        Expr::Prim(Prim::Mul, vec![self, rhs])
    }
}

impl Div for Expr {
    type Output = Expr;
    fn div(self, rhs: Expr) -> Expr {
        Expr::Prim(Prim::Div, vec![self, rhs])
    }
}

impl Neg for Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        self.negate()
    }
}
