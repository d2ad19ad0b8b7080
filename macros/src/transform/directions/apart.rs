//! Forward mode with tangents of its own for each argument, beside one primal.
//!
//! Takes a function of several differentiated arguments; returns its statements with a tangent along each argument of what
//! depends on that argument, and of nothing else. Neighbours whose columns fit into one set of directions count as one
//! argument; there is a second form in which more of them do, for where columns share colours. The columns of different
//! arguments have then no part in each other's work: what is computed from one argument alone carries the directions of this
//! argument, where a tangent that all share would carry zeros in the lanes of the others. The primal runs once, as far as a
//! tangent needs it: its result is nobody's.
//!
//! It is forward mode of the function along its first argument, of the result along the second, and so on: each time what
//! the body computes already is held constant, so that it stays as it is. A call whose arguments depend on two of the
//! arguments would run once for each and is an obstacle, as is what is written through `&mut`.

use super::{Directions, along_directions, with_respect_to};
use crate::analysis::activity::find_activity;
use crate::analysis::work::Work;
use crate::ir::{Block, Expr, Function, Passing, Role, Ty, VarMap, Wrt};
use crate::simplify::simplify_tangents;
use crate::transform::forward::{Pushforward, forward_function};

/// The lanes of a small set of directions for one argument, as the runtime has it.
const LANES: usize = 4;

/// The columns of neighbours for which such a set may do as well, since columns share colours: those of a shift, one of which
/// is in each row.
const NEAR: usize = 6;

/// The statements; their result is `[tangent along the first argument, ..]`.
#[derive(Clone)]
pub struct Apart {
    /// The statements.
    pub pushforward: Pushforward,
    /// The parameters that count as one argument.
    pub groups: Vec<Vec<usize>>,
    /// What a set of directions for each argument costs.
    pub work: Work,
}

/// The statements where there are several arguments that nothing stands in the way of.
pub fn pushed_apart(function: &Function, simplified: bool) -> Option<Apart> {
    pushed_by(groups(function, LANES), function, simplified)
}

/// The same for fewer sets, where neighbours have more columns than a set has lanes, but perhaps no more colours.
pub fn pushed_near(function: &Function, simplified: bool) -> Option<Apart> {
    let near = groups(function, NEAR);
    if near.len() == groups(function, LANES).len() { None } else { pushed_by(near, function, simplified) }
}

fn pushed_by(groups: Vec<Vec<usize>>, function: &Function, simplified: bool) -> Option<Apart> {
    if groups.len() < 2 || function.params.iter().any(|param| param.passing == Passing::Mutable) {
        return None;
    }
    let mut current = function.clone();
    let (mut dots, mut tangents) = (vec![None; function.params.len()], Vec::new());
    for group in &groups {
        let along = with_respect_to(&current, group);
        let Pushforward { vars, mut body, dots: own, tangents: made } =
            forward_function(&along, &find_activity(&along)).ok()?;
        let of_primals = made.keys().all(|var| !matches!(vars[*var].role, Role::Tangent(_)));
        let Some(Expr::Tuple(mut pair)) = body.result.take().filter(|_| of_primals) else { return None };
        tangents.extend(pair.pop());
        body.result = pair.pop();
        group.iter().for_each(|index| dots[*index] = own[*index]);
        (current.vars, current.body) = (vars, body);
    }
    if lends_for_writing(&current.body) {
        return None;
    }
    current.body.result = Some(Expr::Array { items: tangents, heap: false });
    let mut pushforward = Pushforward { vars: current.vars, body: current.body, dots, tangents: VarMap::new() };
    if simplified {
        simplify_tangents(&mut pushforward);
    }
    let Directions { pushforward, work, .. } = along_directions(function, &pushforward).ok()?;
    Some(Apart { pushforward, groups, work })
}

/// The differentiated parameters: neighbours together that have no more columns than that.
fn groups(function: &Function, most: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<usize>, Option<usize>)> = Vec::new();
    for (index, param) in function.params.iter().enumerate().filter(|(_, param)| param.wrt == Wrt::Active) {
        let size = literal_size(&function.vars[param.var].ty, &param.declared);
        let together = groups.last().and_then(|(_, before)| Some((*before)? + size?)).filter(|size| *size <= most);
        match (groups.last_mut(), together) {
            (Some((group, columns)), Some(size)) => {
                group.push(index);
                *columns = Some(size);
            }
            _ => groups.push((vec![index], size)),
        }
    }
    groups.into_iter().map(|(group, _)| group).collect()
}

/// How many floats a type has, where that is written out.
fn literal_size(ty: &Ty, declared: &syn::Type) -> Option<usize> {
    match (ty, declared) {
        (Ty::Float(_), _) => Some(1),
        (Ty::Array(item), syn::Type::Array(array)) => {
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(len), .. }) = &array.len else { return None };
            literal_size(item, &array.elem)?.checked_mul(len.base10_parse().ok()?)
        }
        (Ty::Tuple(parts), syn::Type::Tuple(declared)) => {
            parts.iter().zip(&declared.elems).map(|(ty, declared)| literal_size(ty, declared)).sum()
        }
        _ => None,
    }
}

/// Whether a callee writes to what it is lent: its primal and its tangent have to be written together.
fn lends_for_writing(body: &Block) -> bool {
    let mut found = false;
    body.for_each_stmt(&mut |stmt| {
        stmt.for_each_expr(&mut |expr| {
            if let Expr::Pushforward { call, .. } = expr {
                found |= call.args.iter().any(|arg| matches!(arg, Expr::Borrow(_, true)));
            }
        });
    });
    found
}
