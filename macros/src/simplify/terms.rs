//! Like terms of a sum: `a b + c + b a -> 2 a b + c`.
//!
//! Factors and terms change their order, so the last bit may differ from the unsimplified sum.

use crate::ir::Expr;
use crate::rules::Prim;

/// A sum with fewer terms, if two of them are the same product.
pub fn collect_like_terms(prim: Prim, args: &[Expr]) -> Option<Expr> {
    if !matches!(prim, Prim::Add | Prim::Sub) {
        return None;
    }
    let terms = terms_of(&Expr::Prim(prim, args.to_vec()));
    let mut collected: Vec<(f64, bool, Expr)> = Vec::new();
    for (negative, term) in terms {
        match collected.iter_mut().find(|(_, sign, known)| *sign == negative && is_same_product(known, &term)) {
            Some((count, ..)) => *count += 1.0,
            None => collected.push((1.0, negative, term)),
        }
    }
    if collected.iter().all(|(count, ..)| *count == 1.0) {
        return None;
    }
    // a positive term first, so that the sum needs no negation
    if let Some(positive) = collected.iter().position(|(_, negative, _)| !negative) {
        collected[..=positive].rotate_right(1);
    }
    collected
        .into_iter()
        .map(|(count, negative, term)| (negative, if count == 1.0 { term } else { Expr::float(count) * term }))
        .fold(None, |sum: Option<Expr>, (negative, term)| {
            Some(match (sum, negative) {
                (Some(sum), true) => sum - term,
                (Some(sum), false) => sum + term,
                (None, true) => term.negate(),
                (None, false) => term,
            })
        })
}

/// The terms of a sum, with `true` for those that are subtracted.
pub fn terms_of(sum: &Expr) -> Vec<(bool, Expr)> {
    let mut terms = Vec::new();
    flatten(sum, false, &mut terms);
    terms
}

fn flatten(expr: &Expr, negative: bool, terms: &mut Vec<(bool, Expr)>) {
    match expr {
        Expr::Prim(Prim::Add, args) => args.iter().for_each(|arg| flatten(arg, negative, terms)),
        Expr::Prim(Prim::Neg, args) => args.iter().for_each(|arg| flatten(arg, !negative, terms)),
        Expr::Prim(Prim::Sub, args) => {
            for (arg, sign) in args.iter().zip([negative, !negative]) {
                flatten(arg, sign, terms);
            }
        }
        other => terms.push((negative, other.clone())),
    }
}

/// Whether two products have the same factors.
fn is_same_product(a: &Expr, b: &Expr) -> bool {
    if !a.is_pure() || a.as_float().is_some() {
        return false;
    }
    let (mut of_a, mut of_b) = (Vec::new(), Vec::new());
    factors(a, &mut of_a);
    factors(b, &mut of_b);
    of_a.len() == of_b.len()
        && of_a.into_iter().all(|factor| match of_b.iter().position(|other| *other == factor) {
            Some(at) => {
                of_b.swap_remove(at);
                true
            }
            None => false,
        })
}

fn factors<'a>(expr: &'a Expr, out: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Prim(Prim::Mul, args) => args.iter().for_each(|arg| factors(arg, out)),
        other => out.push(other),
    }
}
