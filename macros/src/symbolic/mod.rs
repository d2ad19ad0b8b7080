//! The partial derivatives of a function that is one scalar expression, as formulas for its documentation.
//!
//! Takes a lowered function; returns a line per differentiated parameter, such as `∂f/∂y = x·cos(y)`, or nothing where
//! the function has control flow, other types than scalars, or formulas too long to be read. The formulas come from the
//! rule table, through the same rewrites as generated code.

mod notation;
#[cfg(test)]
mod tests;

use crate::ir::{Expr, Function, Passing, Pattern, Stmt, Ty, Var, VarMap, Wrt};
use crate::rules::Prim;
use crate::simplify::simplify_expr;

/// The longest formula, in characters.
const LONGEST: usize = 120;
/// The largest expression that is derived, in operations.
const LARGEST: usize = 40;

/// The lines for the documentation of `grad`.
pub fn symbolic_gradient(function: &Function) -> Vec<String> {
    let Some(value) = one_expression(function) else { return Vec::new() };
    let name = function.name.to_string();
    let lines: Option<Vec<String>> = function
        .params
        .iter()
        .filter(|param| param.wrt == Wrt::Active)
        .map(|param| {
            let mut terms = Vec::new();
            adjoint(&value, Expr::float(1.0), param.var, &mut terms);
            let mut partial = terms.into_iter().reduce(|sum, term| sum + term).unwrap_or(Expr::float(0.0));
            simplify_expr(&mut partial);
            let formula = notation::formula(&function.vars, &partial)?;
            let param = &function.vars[param.var].name;
            (formula.chars().count() <= LONGEST).then(|| format!("- `∂{name}/∂{param} = {formula}`"))
        })
        .collect();
    lines.unwrap_or_default()
}

/// The body as one expression of the parameters.
fn one_expression(function: &Function) -> Option<Expr> {
    let scalar = |param: &&crate::ir::Param| {
        param.wrt != Wrt::Active || param.passing == Passing::Value && function.vars[param.var].ty.is_float()
    };
    if !function.params.iter().all(|param| scalar(&param)) || !matches!(function.ret_ty, Ty::Float(_)) {
        return None;
    }
    let mut values = VarMap::new();
    for stmt in &function.body.stmts {
        let Stmt::Let(Pattern::Var(var), value) = stmt else { return None };
        if function.vars[*var].mutable {
            return None;
        }
        values.insert(*var, written_out(value, &values)?);
    }
    written_out(function.body.result.as_ref()?, &values)
}

/// An expression with the definitions of what it reads in their place.
fn written_out(expr: &Expr, values: &VarMap<Expr>) -> Option<Expr> {
    let value = match expr {
        Expr::Float(..) => expr.clone(),
        Expr::Opaque(opaque)
            if opaque.cheap && opaque.writes.is_empty() && !opaque.reads.iter().any(|var| values.contains_key(var)) =>
        {
            expr.clone()
        }
        Expr::Var(var) => values.get(var).cloned().unwrap_or_else(|| expr.clone()),
        Expr::Load(place) if place.is_whole() => values.get(&place.root).cloned().unwrap_or(Expr::Var(place.root)),
        Expr::Prim(prim, args) => {
            Expr::Prim(*prim, args.iter().map(|arg| written_out(arg, values)).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    (operations(&value) <= LARGEST).then_some(value)
}

fn operations(expr: &Expr) -> usize {
    let mut count = usize::from(!expr.is_atom());
    expr.for_each_child(&mut |child| count += operations(child));
    count
}

/// Collects the terms of the partial derivative of an expression that has the cotangent `seed`.
fn adjoint(expr: &Expr, seed: Expr, wrt: Var, terms: &mut Vec<Expr>) {
    match expr {
        Expr::Var(var) if *var == wrt => terms.push(seed),
        Expr::Prim(prim, args) if expr.reads(wrt) => {
            for (arg, partial) in args.iter().zip(prim.partials(args, expr)) {
                if arg.reads(wrt)
                    && let Some(contribution) = partial.apply(seed.clone())
                {
                    adjoint(arg, without_guards(contribution), wrt, terms);
                }
            }
        }
        _ => {}
    }
}

/// In a formula the product with a singular factor is a product.
fn without_guards(mut expr: Expr) -> Expr {
    if let Expr::Prim(prim @ Prim::StrongMul, _) = &mut expr {
        *prim = Prim::Mul;
    }
    simplify_expr(&mut expr);
    expr
}
