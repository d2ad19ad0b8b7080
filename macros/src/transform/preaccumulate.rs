//! A function of one float that returns one: reverse mode with its slope, and no other residual.
//!
//! Takes forward mode of the function; returns sweeps of which the forward one is forward mode along 1, and the reverse one
//! multiplies. With a single input that takes no more operations than reverse mode, and no stack for what a loop overwrites
//! ("preaccumulation", Griewank & Walther, Evaluating Derivatives, 2008, §10.2).
//!
//! The slope is a product that has been formed before the seed is known. A strong zero in the middle of it would come too
//! late, so that functions with partials that may be infinite keep their reverse sweep. So do those that call others, about
//! whose partials nothing is known here.

use super::forward::Pushforward;
use super::reverse::{Mode, Sweeps};
use crate::ir::{Access, Block, Expr, Function, Passing, Pattern, Place, Role, Stmt, Var, Vars, Wrt};
use crate::rules::Prim;
use crate::simplify::replace_value;
use proc_macro2::Span;

/// The sweeps; `None` for other functions.
pub fn preaccumulate(function: &Function, pushforward: &Pushforward, mode: Mode) -> Option<Sweeps> {
    let (index, dot) = only_input(function, pushforward)?;
    let Some(Expr::Tuple(pair)) = &pushforward.body.result else { return None };
    let [value, slope] = pair.as_slice() else { return None };
    if !function.ret_ty.is_float() || !multiplies_only(&pushforward.body) {
        return None;
    }
    let Pushforward { mut vars, mut body, .. } = pushforward.clone();
    body.stmts.insert(0, Stmt::Let(Pattern::Var(dot), Expr::float(1.0)));
    let scales = factor_out(&mut vars, &mut body, dot);
    let slope = scales.into_iter().fold(slope.clone(), |slope, scale| slope * Expr::Var(scale));
    let span = Span::call_site();
    let ty = &function.ret_ty;
    let result = vars.temporary(&format!("{}_value", function.name), ty.clone(), span);
    let slope_var = vars.temporary("slope", ty.clone(), span);
    let seed = vars.temporary("result_bar", ty.clone(), span);
    let param = function.params[index].var;
    let bar = vars.derived(param, "_bar", Role::Cotangent(param), true);
    vars[bar].access = Access::Mutable;

    let values = [(result, value.clone()), (slope_var, slope)].map(|(var, value)| Stmt::Let(Pattern::Var(var), value));
    let add = Stmt::Add(Place::of(bar), Expr::Var(slope_var) * Expr::Var(seed));
    Some(Sweeps {
        vars,
        forward: body.stmts.into_iter().chain(values).collect(),
        result: Some(Expr::Var(result)),
        reverse: vec![match mode {
            Mode::Fused => add,
            Mode::Split => Stmt::IfActive { param: index, bar, body: Block::of(vec![add]) },
        }],
        seed,
        bars: (0..function.params.len()).map(|at| (at == index).then_some(bar)).collect(),
        again: None,
    })
}

/// Where every tangent comes from that of one variable, `a` in `f(x) = g(a(x))`, forward mode runs along 1 from there on, and
/// `da/dx` is a factor of the slope. Returns these factors.
fn factor_out(vars: &mut Vars, body: &mut Block, dot: Var) -> Vec<Var> {
    let (mut current, mut scales) = (dot, Vec::new());
    while !vars[current].mutable
        && let Some((at, next, value)) = only_reader(body, current)
        && let Role::Tangent(of) = vars[next].role
    {
        let scale = vars.derived(of, "_slope", Role::Tangent(of), false);
        let mut slope = value;
        replace_value(&mut slope, current, &Expr::float(1.0));
        body.stmts[at] = Stmt::Let(Pattern::Var(next), Expr::float(1.0));
        body.stmts.insert(at, Stmt::Let(Pattern::Var(scale), slope));
        scales.push(scale);
        current = next;
    }
    scales
}

/// The definition that is the only one to read a variable: where it stands, what it defines, and its value.
fn only_reader(body: &Block, var: Var) -> Option<(usize, Var, Expr)> {
    let reads = |stmt: &Stmt| {
        let mut found = false;
        stmt.for_each_read(&mut |read| found |= read == var);
        found
    };
    let mut readers = body.stmts.iter().enumerate().filter(|(_, stmt)| reads(stmt));
    let (at, reader) = readers.next()?;
    let elsewhere = readers.next().is_some() || body.result.as_ref().is_some_and(|result| result.reads(var));
    match reader {
        Stmt::Let(Pattern::Var(next), value @ Expr::Prim(..)) if !elsewhere => Some((at, *next, value.clone())),
        _ => None,
    }
}

/// The position of the only differentiated parameter, a float that is passed by value, and its tangent.
fn only_input(function: &Function, pushforward: &Pushforward) -> Option<(usize, Var)> {
    let mut active = function.params.iter().enumerate().filter(|(_, param)| param.wrt == Wrt::Active);
    let (index, param) = active.next()?;
    let owned = function.params.iter().all(|param| param.passing != Passing::Mutable);
    // the slope is a number of one type: that of the parameter, and of the result
    let scalar = param.passing == Passing::Value && function.vars[param.var].ty == function.ret_ty;
    let dot = pushforward.dots.get(index).copied().flatten()?;
    (active.next().is_none() && owned && scalar).then_some((index, dot))
}

/// Whether tangents only ever meet finite factors that are visible here.
fn multiplies_only(body: &Block) -> bool {
    fn plain(expr: &Expr) -> bool {
        let mut fine = !matches!(
            expr,
            Expr::Prim(Prim::StrongMul, _)
                | Expr::Call(_)
                | Expr::Pushforward { .. }
                | Expr::Matrix(..)
                | Expr::Linear { .. }
                | Expr::Curvature(_)
        );
        expr.for_each_child(&mut |child| fine &= plain(child));
        fine
    }
    let mut fine = true;
    let mut check = |block: &Block| fine &= block.result.as_ref().is_none_or(plain);
    check(body);
    let mut stmts_fine = true;
    body.for_each_stmt(&mut |stmt| {
        stmt.for_each_expr(&mut |expr| stmts_fine &= plain(expr));
        stmt.blocks().into_iter().for_each(&mut check);
    });
    fine && stmts_fine
}
