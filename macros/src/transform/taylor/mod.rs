//! Higher derivatives along a curve: forward mode of forward mode, with the tangent of a tangent.
//!
//! Takes the body of forward mode, which computes `z` and `z_dot` along `x(t)`; returns bodies that also compute the second,
//! third, .. derivative by `t`. As the tangent of `z` is known to be `z_dot`, only the statements of the highest order
//! are differentiated, so that a body grows with the square of its order and not with a power of two. What comes out
//! are the derivatives `d^k z / dt^k`; divided by `k!` they are Taylor coefficients (Griewank & Walther, Evaluating
//! Derivatives, 2008, §13.2). The rules are those of forward mode.

mod operands;

use super::forward::{Forward, Pushforward};
use crate::analysis::activity::Activity;
use crate::ir::{Access, Block, Call, Expr, Function, Marker, Passing, Pattern, Stmt, Var, VarMap, Vars};
use crate::simplify::simplify_block_of;
use operands::{Named, name_operands};
use std::collections::BTreeSet;

/// The function that computes a value with its derivatives up to some order.
#[derive(Clone)]
pub struct Taylor {
    /// The variables.
    pub vars: Vars,
    /// The body; its result is `(value, first, second, ..)`, or nothing.
    pub body: Block,
    /// Of each order the derivative of each differentiated parameter.
    pub dots: Vec<Vec<Option<Var>>>,
}

/// The orders from 2 on. An error names the order that is missing and the operations that lack it.
pub fn taylor_functions(
    function: &Function,
    activity: &Activity,
    first: Pushforward,
    simplified: bool,
) -> Result<Vec<Taylor>, (usize, Vec<String>)> {
    let mut orders: Vec<Taylor> = Vec::new();
    let mut named = Named::default();
    let mut highest = Taylor { vars: first.vars, body: first.body, dots: vec![first.dots] };
    let mut tangents = first.tangents;
    for order in 2..=function.order {
        (highest, tangents) =
            raise(function, activity, highest, tangents, &mut named).map_err(|missing| (order, missing))?;
        let mut emitted = highest.clone();
        if simplified {
            simplify_block_of(&mut emitted.vars, &mut emitted.body);
        }
        orders.push(emitted);
    }
    Ok(orders)
}

/// From one order to the next.
fn raise(
    function: &Function,
    activity: &Activity,
    mut lower: Taylor,
    tangents: VarMap<Var>,
    named: &mut Named,
) -> Result<(Taylor, VarMap<Var>), Vec<String>> {
    // what were operands in the order before are known now, and their tangents are the operands
    let newest = |vars: &BTreeSet<Var>| vars.iter().filter_map(|var| tangents.get(var).copied()).collect();
    *named = Named { operands: newest(&named.operands), strong: &newest(&named.strong) | &named.strong };
    let mut varied: BTreeSet<Var> = tangents.iter().flat_map(|(var, tangent)| [*var, *tangent]).collect();
    name_operands(&mut lower.vars, &mut lower.body, &activity.with(&varied), named);
    varied.extend(&named.operands);
    let activity = activity.with(&varied);
    let mut forward = Forward::new(&activity, lower.vars, None);
    forward.operands = named.operands.clone();
    forward.strong_operands = named.strong.clone();
    forward.known = tangents.keys().copied().collect();
    forward.dots = tangents;
    forward.is_raised_again = function.order > 2;
    let newest = lower.dots.last().into_iter().flatten();
    let dots = newest
        .zip(&function.params)
        .map(|(dot, param)| {
            dot.map(|dot| {
                let higher = forward.dot(dot);
                forward.vars[higher].access = match param.passing {
                    Passing::Value => Access::Owned,
                    Passing::Shared => Access::Shared,
                    Passing::Mutable => Access::Mutable,
                };
                higher
            })
        })
        .collect();
    let mut body = forward.block(&lower.body);
    if let Some(Expr::Tuple(parts)) = &mut body.result
        && let Some(last) = parts.last()
    {
        let higher = forward.result_tangent(last);
        parts.push(higher);
    }
    if !forward.missing.is_empty() {
        return Err(forward.missing.into_iter().collect());
    }
    lower.dots.push(dots);
    Ok((Taylor { vars: forward.vars, body, dots: lower.dots }, forward.dots))
}

impl Forward<'_> {
    /// Whether the tangent of what a statement changes is computed already.
    pub fn is_known(&self, stmt: &Stmt) -> bool {
        let known = |var: &Var| self.known.contains(var);
        match stmt {
            Stmt::Let(pattern, _) => pattern.vars().iter().any(known),
            Stmt::Declare(var) => known(var),
            Stmt::Assign(place, _) | Stmt::Add(place, _) => known(&place.root),
            Stmt::Structural(structural) => structural.roots().any(|root| known(&root)),
            _ => false,
        }
    }

    /// `let (y, y_dot) = f::pushforward(..)` with one order more.
    pub fn raised_call(
        &mut self,
        pattern: &Pattern,
        call: &Call,
        markers: &[Marker],
        dots: &[Vec<Option<Expr>>],
        out: &mut Vec<Stmt>,
    ) -> Stmt {
        let mut parts = match pattern {
            Pattern::Tuple(parts) => parts.clone(),
            other => vec![other.clone()],
        };
        if let Some(newest) = parts.last().cloned() {
            parts.push(self.dot_pattern(&newest));
        }
        let newest = dots.last().into_iter().flatten().cloned().collect::<Vec<_>>();
        let higher = newest.iter().map(|dot| dot.as_ref().map(|dot| self.lent_tangent(dot, out))).collect();
        let dots = dots.iter().cloned().chain([higher]).collect();
        Stmt::Let(Pattern::Tuple(parts), Expr::Pushforward { call: call.clone(), markers: markers.to_vec(), dots })
    }
}
