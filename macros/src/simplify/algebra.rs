//! Rewrites of one expression: a named table, applied from the leaves to the root.
//!
//! Exact in IEEE arithmetic up to the sign of a zero, unless a rule says otherwise. `0 * x -> 0` is not among them: it
//! would hide an infinity or a NaN.

use super::terms::collect_like_terms;
use crate::ir::Expr;
use crate::rules::Prim;

/// A rewrite: the new expression, or the old one where it does not apply.
type Rule = fn(Prim, &[Expr]) -> Option<Expr>;

/// The table. The first rule that applies wins, and its result is tried again.
const RULES: &[(&str, Rule)] = &[
    ("fold constants", fold_constants),
    ("neutral element", neutral_element),
    ("double negation", double_negation),
    ("sum with a negative", sum_with_negative),
    ("product with a negative", product_with_negative),
    ("like terms", collect_like_terms),
    ("power of two first", power_of_two_first),
    ("product with a reciprocal", product_with_reciprocal),
    ("unit seed", unit_seed),
];

/// Simplifies an expression in place; whether anything changed.
pub fn simplify_expr(expr: &mut Expr) -> bool {
    let mut changed = false;
    expr.for_each_child_mut(&mut |child| changed |= simplify_expr(child));
    while let Some(better) = rewrite(expr) {
        *expr = better;
        changed = true;
        expr.for_each_child_mut(&mut |child| {
            simplify_expr(child);
        });
    }
    changed
}

fn rewrite(expr: &Expr) -> Option<Expr> {
    match expr {
        Expr::Prim(prim, args) => RULES.iter().find_map(|(_, rule)| rule(*prim, args)),
        Expr::Select(_, then, otherwise) if then == otherwise && then.is_atom() => Some((**then).clone()),
        _ => None,
    }
}

fn negative(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Prim(Prim::Neg, args) => args.first(),
        _ => None,
    }
}

fn float(value: f64) -> Expr {
    Expr::float(value)
}

/// Constants of which the result has no rounding error in any float type.
fn fold_constants(prim: Prim, args: &[Expr]) -> Option<Expr> {
    if args.iter().any(Expr::has_suffix) {
        return None;
    }
    let exact = |value: f64| value.is_finite() && f64::from(value as f32) == value;
    let values: Vec<f64> = args.iter().map(Expr::as_float).collect::<Option<_>>()?;
    let value = match (prim, values.as_slice()) {
        (Prim::Add, [a, b]) => a + b,
        (Prim::Sub, [a, b]) => a - b,
        (Prim::Mul, [a, b]) => a * b,
        (Prim::Neg, [a]) => -a,
        _ => return None,
    };
    (values.iter().copied().all(exact) && exact(value)).then(|| float(value))
}

/// `x + 0`, `x - 0`, `0 - x`, `x * 1`, `x * -1`, `x / 1`
fn neutral_element(prim: Prim, args: &[Expr]) -> Option<Expr> {
    let [a, b] = args else { return None };
    match prim {
        Prim::Add if a.is(0.0) => Some(b.clone()),
        Prim::Add | Prim::Sub if b.is(0.0) => Some(a.clone()),
        Prim::Sub if a.is(0.0) => Some(b.clone().negate()),
        Prim::Mul if a.is(1.0) => Some(b.clone()),
        Prim::Mul | Prim::Div if b.is(1.0) => Some(a.clone()),
        Prim::Mul if a.is(-1.0) => Some(b.clone().negate()),
        Prim::Mul | Prim::Div if b.is(-1.0) => Some(a.clone().negate()),
        _ => None,
    }
}

/// `-(-x)`, `-(a - b)`
fn double_negation(prim: Prim, args: &[Expr]) -> Option<Expr> {
    match (prim, args) {
        (Prim::Neg, [Expr::Prim(Prim::Neg, inner)]) => inner.first().cloned(),
        (Prim::Neg, [Expr::Prim(Prim::Sub, inner)]) => match inner.as_slice() {
            [a, b] => Some(b.clone() - a.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// `a + -b`, `-a + b`, `a - -b`, `-a - b`
fn sum_with_negative(prim: Prim, args: &[Expr]) -> Option<Expr> {
    let [a, b] = args else { return None };
    match prim {
        Prim::Add => match (negative(a), negative(b)) {
            (_, Some(b)) => Some(a.clone() - b.clone()),
            (Some(a), None) => Some(b.clone() - a.clone()),
            _ => None,
        },
        Prim::Sub => match (negative(a), negative(b)) {
            (_, Some(b)) => Some(a.clone() + b.clone()),
            (Some(a), None) => Some((a.clone() + b.clone()).negate()),
            _ => None,
        },
        _ => None,
    }
}

/// `-a * b`, `a * -b`, `-a / b`, `a / -b`, `strong_mul(a, -b)`: the sign moves out, to where a sum absorbs it.
fn product_with_negative(prim: Prim, args: &[Expr]) -> Option<Expr> {
    let [a, b] = args else { return None };
    if !matches!(prim, Prim::Mul | Prim::Div | Prim::StrongMul) {
        return None;
    }
    let product = |a: &Expr, b: &Expr| Expr::Prim(prim, vec![a.clone(), b.clone()]);
    match (negative(a), negative(b)) {
        (Some(a), _) => Some(product(a, b).negate()),
        (None, Some(b)) => Some(product(a, b).negate()),
        _ if a.has_suffix() || b.has_suffix() => None,
        _ => match (a.as_float(), b.as_float()) {
            (Some(value), None) if value < 0.0 => Some(product(&float(-value), b).negate()),
            (None, Some(value)) if value < 0.0 => Some(product(a, &float(-value)).negate()),
            _ => None,
        },
    }
}

/// `2 (a b) -> 2 a b`, `(2 a) * 2 -> 4 a`: scaling by a power of two rounds nothing (short of overflow).
fn power_of_two_first(prim: Prim, args: &[Expr]) -> Option<Expr> {
    let power = |expr: &Expr| expr.as_float().filter(|value| [0.25, 0.5, 2.0, 4.0, 8.0].contains(value));
    let [a, b] = args else { return None };
    if prim != Prim::Mul {
        return None;
    }
    if let (None, Some(scale)) = (a.as_float(), power(b)) {
        return Some(float(scale) * a.clone());
    }
    match (power(a), b) {
        (Some(scale), Expr::Prim(Prim::Mul, inner)) => match inner.as_slice() {
            [first, second] => Some(float(scale) * first.clone() * second.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// `a (1 / b) -> a / b`: one rounding error instead of two.
fn product_with_reciprocal(prim: Prim, args: &[Expr]) -> Option<Expr> {
    match (prim, args) {
        (Prim::Mul, [a, Expr::Prim(Prim::Div, inner)]) => match inner.as_slice() {
            [one, divisor] if one.is(1.0) => Some(a.clone() / divisor.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// `strong_mul(1, f) -> f`
fn unit_seed(prim: Prim, args: &[Expr]) -> Option<Expr> {
    match (prim, args) {
        (Prim::StrongMul, [seed, factor]) if seed.is(1.0) => Some(factor.clone()),
        _ => None,
    }
}
