//! `for j in .. { g[i] += a; }` as `let mut sum = 0; for j in .. { sum += a; } g[i] += sum;`

use super::{Around, Term, is_steady, register};
use crate::ir::{Block, Expr, Pattern, Place, Stmt, Var, Vars};

/// Sums the terms for elements that are the same in every iteration; how many there are.
pub fn sum(vars: &mut Vars, index: Var, body: &mut Block, terms: &[Term], around: &mut Around) -> usize {
    let mut sums: Vec<(Place, Var)> = Vec::new();
    let mut kept = 0;
    for term in terms {
        if !is_invariant(body, index, &term.place) {
            continue;
        }
        let known = sums.iter().find(|(place, _)| *place == term.place).map(|(_, sum)| *sum);
        let sum = known.unwrap_or_else(|| {
            let sum = register(vars, &term.place, "_sum");
            around.before.push(Stmt::Let(Pattern::Var(sum), Expr::float(0.0)));
            around.after.push(term.add(term.place.clone(), Expr::Var(sum)));
            sums.push((term.place.clone(), sum));
            sum
        });
        body.stmts[term.at] = Stmt::Add(Place::of(sum), term.value.clone());
        kept += 1;
    }
    kept
}

/// Whether a place is the same element in every iteration.
fn is_invariant(body: &Block, index: Var, place: &Place) -> bool {
    let mut invariant = true;
    place.for_each_index(&mut |at| invariant &= !at.reads(index) && is_steady(at, &body.stmts));
    invariant
}
