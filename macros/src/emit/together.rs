//! A scalar and its tangent that a branch chooses, as one definition.

use super::Emitter;
use super::stmt::ParamNames;
use crate::ir::{Block, Expr, Pattern, Place, Stmt, Var};
use crate::simplify::{changes, touches};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    /// `let (y, y_dot) = if cond { (a, a_dot) } else { (b, b_dot) };` for `let mut y_dot; let y = if cond { y_dot = a_dot; a } ..`, where the
    /// tangent is assigned last. Other types than scalars might be copied once more.
    pub fn chosen_together(&self, stmts: &[Stmt], params: &ParamNames) -> Option<TokenStream> {
        let [Stmt::Declare(dot), Stmt::If { result: Some(value), cond, then, otherwise }, rest @ ..] = stmts else {
            return None;
        };
        let plain = |var: Var| self.vars[var].ty.is_float() && self.annotation(var).is_none();
        if self.direction.is_some() || !plain(*dot) || !plain(*value) {
            return None;
        }
        let (then, otherwise) = (with_tangent(then, *dot)?, with_tangent(otherwise, *dot)?);
        let choice = self.choice(true, cond, &then, &otherwise, params);
        let mutable = changes(rest, *dot).then(|| quote!(mut));
        let (value, dot) = (self.pattern(&Pattern::Var(*value)), self.name(*dot));
        Some(quote!(let (#value, #mutable #dot) = #choice;))
    }
}

/// The block with the value that it last assigns to a variable beside its own, if it has nothing else to do with it.
fn with_tangent(block: &Block, dot: Var) -> Option<Block> {
    let (last, before) = block.stmts.split_last()?;
    let (Stmt::Assign(place, tangent), Some(value)) = (last, &block.result) else { return None };
    let unused = before.iter().all(|stmt| !touches(stmt, dot)) && !value.reads(dot) && !tangent.reads(dot);
    // a sum is a block of its own, which does not read well in a pair
    if *place != Place::of(dot) || !unused || !value.is_pure() || matches!(tangent, Expr::Sum(_)) {
        return None;
    }
    // `else if`: what the inner branch gives are both
    if let [Stmt::Declare(inner), Stmt::If { result: Some(chosen), cond, then, otherwise }] = before
        && value.is_var(*chosen)
        && tangent.is_var(*inner)
        && let (Some(then), Some(otherwise)) = (with_tangent(then, *inner), with_tangent(otherwise, *inner))
    {
        let stmt = Stmt::If { result: Some(*chosen), cond: cond.clone(), then, otherwise };
        return Some(Block { stmts: vec![stmt], result: Some(value.clone()) });
    }
    let result = Expr::Tuple(vec![value.clone(), tangent.clone()]);
    Some(Block { stmts: before.to_vec(), result: Some(result) })
}
