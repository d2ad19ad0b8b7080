//! Sums: one that starts from zero starts from its first term, and neighbouring increments of a place become one.
//!
//! Terms may be added in another order than they were; so the last bit of a derivative may differ from the unsimplified
//! one.

use super::Unit;
use super::uses::{changes_any, reads_of, touches};
use crate::ir::{Access, Block, Expr, Pattern, Place, Projection, Role, Stmt, Ty, Var, VarMap, Vars};
use std::collections::BTreeSet;

/// Merges wherever it can; whether it did.
pub fn merge(unit: &mut Unit<'_>) -> bool {
    let Unit { vars, block, kept, zeros } = unit;
    let mut changed = merge_block(block, vars, kept, zeros);
    changed |= freeze(unit);
    changed
}

fn merge_block(block: &mut Block, vars: &mut Vars, kept: &BTreeSet<Var>, zeros: &BTreeSet<Var>) -> bool {
    let mut changed = false;
    let mut index = 0;
    while index < block.stmts.len() {
        let merged = start_from_first_term(block, index, vars, zeros)
            || replace_zero(block, index, vars, zeros)
            || take_over(block, index, vars, kept)
            || join_increments(block, index, vars)
            || join_buffers(block, index);
        changed |= merged;
        index += usize::from(!merged);
    }
    for inner in block.stmts.iter_mut().flat_map(Stmt::blocks_mut) {
        changed |= merge_block(inner, vars, kept, zeros);
    }
    changed
}

/// `let mut v = 0; .. v += e;` becomes `.. let mut v = e;`
fn start_from_first_term(block: &mut Block, index: usize, vars: &Vars, zeros: &BTreeSet<Var>) -> bool {
    let Stmt::Let(Pattern::Var(var), start) = &block.stmts[index] else { return false };
    let var = *var;
    let generated = matches!(vars[var].role, Role::Cotangent(_) | Role::Tangent(_) | Role::Residual);
    let zero = is_zero(start, zeros);
    if !generated || vars[var].access != Access::Owned || !(zero || is_list_of_zeros(start)) {
        return false;
    }
    let Some(first) = block.stmts[index + 1..].iter().position(|stmt| touches(stmt, var)) else { return false };
    let first = index + 1 + first;
    let value = match &block.stmts[first] {
        Stmt::Add(place, value) | Stmt::Assign(place, value) if *place == Place::of(var) => value,
        _ => return false,
    };
    let value = match value {
        // products of matrices see whether shapes fit, so that the zero is not needed for it
        Expr::Var(seed) if both_matrices(vars, var, *seed) => Expr::Snapshot(Place::of(*seed)),
        Expr::Snapshot(place) if place.is_whole() && both_matrices(vars, var, place.root) => value.clone(),
        Expr::Snapshot(place) if place.is_whole() && both_lists(vars, var, place.root) => value.clone(),
        _ if !zero => return false,
        value if vars[var].ty.is_float() || is_owned_tangent(value) => value.clone(),
        _ => return false,
    };
    if value.reads(var) {
        return false;
    }
    block.stmts[first] = Stmt::Let(Pattern::Var(var), value);
    block.stmts.remove(index);
    true
}

fn is_zero(start: &Expr, zeros: &BTreeSet<Var>) -> bool {
    match start {
        Expr::Snapshot(place) => place.is_whole() && zeros.contains(&place.root),
        other => other.is_zero(),
    }
}

fn is_list_of_zeros(start: &Expr) -> bool {
    matches!(start, Expr::Repeat { item, .. } if item.is(0.0) || is_list_of_zeros(item))
}

fn both_matrices(vars: &Vars, a: Var, b: Var) -> bool {
    [a, b].iter().all(|var| matches!(vars[*var].ty, Ty::Matrix(_)))
}

/// Whether both are cotangents and lists of floats, or arrays. The caller's seed is no cotangent: nobody has looked at the length of a list yet.
fn both_lists(vars: &Vars, one: Var, other: Var) -> bool {
    let is_array = |var: Var| matches!(vars[var].ty, Ty::Array(_)) && vars[var].ty.is_copy();
    if is_array(one) && is_array(other) {
        return true;
    }
    let is_list = |var: Var| match &vars[var].ty {
        Ty::Vec(item) => item.is_float() && matches!(vars[var].role, Role::Cotangent(_)),
        _ => false,
    };
    is_list(one) && is_list(other) && vars[other].access == Access::Owned
}

/// The zero tangents that the forward sweep keeps for the reverse sweep, on stacks too.
pub fn zeros_of(vars: &Vars, forward: &Block, reverse: &Block) -> BTreeSet<Var> {
    let mut zeros = BTreeSet::new();
    let mut saved: VarMap<bool> = VarMap::new();
    forward.for_each_stmt(&mut |stmt| match stmt {
        Stmt::Let(Pattern::Var(var), Expr::ZeroLike(_)) if !vars[*var].mutable => {
            zeros.insert(*var);
        }
        Stmt::Save { stack, value } => {
            let zero = matches!(value, Expr::ZeroLike(_)) || is_zero(value, &zeros);
            *saved.get_or_insert_with(*stack, || true) &= zero;
        }
        _ => {}
    });
    let mut rewinds = VarMap::new();
    reverse.for_each_stmt(&mut |stmt| match stmt {
        Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)) => {
            rewinds.insert(*rewind, *stack);
        }
        Stmt::Let(Pattern::Var(var), Expr::Pop(rewind)) => {
            let stack = rewinds.get(rewind).unwrap_or(rewind);
            if saved.get(stack) == Some(&true) {
                zeros.insert(*var);
            }
        }
        _ => {}
    });
    zeros
}

/// Whether an expression is a tangent of its own, of the shape of the sum that it starts.
fn is_owned_tangent(value: &Expr) -> bool {
    matches!(value, Expr::Linear { .. })
}

/// `p = 0; .. p += e;` becomes `.. p = e;`
fn replace_zero(block: &mut Block, index: usize, vars: &Vars, zeros: &BTreeSet<Var>) -> bool {
    let Stmt::Assign(place, zero) = &block.stmts[index] else { return false };
    // a tangent of an unknown type, which is not that of a buffer as a whole
    let lent = place.is_whole() && vars[place.root].access != Access::Owned;
    let view = place.path.iter().any(|step| matches!(step, Projection::View(..) | Projection::Range(_)));
    let unknown = is_zero(zero, zeros) && !lent && !view;
    if !(zero.is(0.0) || unknown) || vars[place.root].role == Role::Primal {
        return false;
    }
    let takes_place = |value: &Expr| zero.is(0.0) || is_owned_tangent(value);
    let mut reads = BTreeSet::new();
    place.for_each_index(&mut |index| reads.append(&mut reads_of(index)));
    for next in index + 1..block.stmts.len() {
        let stmt = &block.stmts[next];
        match stmt {
            Stmt::Add(other, value) if other == place && !value.reads(place.root) && takes_place(value) => {
                block.stmts[next] = Stmt::Assign(place.clone(), value.clone());
                block.stmts.remove(index);
                return true;
            }
            Stmt::Let(..) | Stmt::Add(..) | Stmt::Assign(..) if !touches(stmt, place.root) => {}
            _ => return false,
        }
        if changes_any(stmt, &reads) {
            return false;
        }
    }
    false
}

/// `let mut v = w;`, where `w` is not read any more: `w` goes on.
fn take_over(block: &mut Block, index: usize, vars: &mut Vars, kept: &BTreeSet<Var>) -> bool {
    let (var, source) = match &block.stmts[index] {
        Stmt::Let(Pattern::Var(var), Expr::Var(source)) => (*var, *source),
        Stmt::Let(Pattern::Var(var), Expr::Load(place)) if place.is_whole() => (*var, place.root),
        _ => return false,
    };
    let is_sum = |var: Var| {
        let info = &vars[var];
        matches!(info.role, Role::Cotangent(_) | Role::Tangent(_)) && info.access == Access::Owned && info.ty.is_float()
    };
    let is_ours = block.stmts[..index]
        .iter()
        .any(|stmt| matches!(stmt, Stmt::Let(pattern, _) if pattern.vars().contains(&source)));
    let is_read = block.stmts[index + 1..].iter().any(|stmt| touches(stmt, source))
        || block.result.as_ref().is_some_and(|result| result.reads(source));
    // the other sweep knows it by its name
    let is_known = kept.contains(&var) || kept.contains(&source);
    if is_known || !vars[var].mutable || !is_sum(var) || !is_sum(source) || !is_ours || is_read {
        return false;
    }
    vars[source].mutable = true;
    block.stmts.remove(index);
    block.stmts[index..].iter_mut().for_each(|stmt| stmt.rename(var, source));
    block.result.iter_mut().for_each(|result| result.rename(var, source));
    true
}

/// `p += a; .. p += b;` becomes `.. p += a + b;`
fn join_increments(block: &mut Block, index: usize, vars: &Vars) -> bool {
    let Stmt::Add(place, first) = &block.stmts[index] else { return false };
    if !vars.place_type(place).is_float() || !first.is_pure() || vars[place.root].role == Role::Primal {
        return false;
    }
    let mut reads = reads_of(first);
    place.for_each_index(&mut |index| reads.append(&mut reads_of(index)));
    for next in index + 1..block.stmts.len() {
        match &block.stmts[next] {
            // the second must not read what the first has added: `p += a; p -= p;`
            Stmt::Add(other, second) if other == place && second.is_pure() && !second.reads(place.root) => {
                let sum = first.clone() + second.clone();
                block.stmts[next] = Stmt::Add(place.clone(), sum);
                block.stmts.remove(index);
                return true;
            }
            // increments of other elements commute with this one
            Stmt::Add(other, value) if other.root == place.root && !value.reads(place.root) => {}
            Stmt::Let(..) | Stmt::Add(..) | Stmt::Assign(..) if !touches(&block.stmts[next], place.root) => {}
            _ => return false,
        }
        if changes_any(&block.stmts[next], &reads) {
            return false;
        }
    }
    false
}

/// Two pieces of work for the same lent buffer, one after the other, ask for it once.
fn join_buffers(block: &mut Block, index: usize) -> bool {
    let Stmt::IfActive { bar, body, .. } = &block.stmts[index] else { return false };
    let mut reads = BTreeSet::new();
    body.collect_reads(&mut reads);
    for next in index + 1..block.stmts.len() {
        match &block.stmts[next] {
            Stmt::IfActive { param, bar: other, body: second } if other == bar => {
                let stmts = body.stmts.iter().chain(&second.stmts).cloned().collect();
                block.stmts[next] = Stmt::IfActive { param: *param, bar: *bar, body: Block::of(stmts) };
                block.stmts.remove(index);
                return true;
            }
            stmt @ Stmt::Let(_, value) if value.is_pure() && !touches(stmt, *bar) => {}
            stmt @ Stmt::IfActive { .. } if !touches(stmt, *bar) => {}
            _ => return false,
        }
        if changes_any(&block.stmts[next], &reads) {
            return false;
        }
    }
    false
}

/// What nothing changes any more is not `mut`.
fn freeze(unit: &mut Unit<'_>) -> bool {
    let written = written(unit.block);
    let mut changed = false;
    for var in defined(unit.block) {
        let info = &mut unit.vars[var];
        let generated = matches!(info.role, Role::Cotangent(_) | Role::Tangent(_) | Role::Residual);
        if generated && info.mutable && info.access == Access::Owned && !written.contains(&var) && info.ty.is_float() {
            info.mutable = false;
            changed = true;
        }
    }
    changed
}

/// What the reverse sweep changes is `mut`, whatever the forward sweep does with what it keeps under that name.
pub fn thaw(vars: &mut Vars, reverse: &Block) {
    let written = written(reverse);
    defined(reverse).into_iter().filter(|var| written.contains(var)).for_each(|var| vars[var].mutable = true);
}

fn written(block: &Block) -> BTreeSet<Var> {
    let mut written = BTreeSet::new();
    block.stmts.iter().for_each(|stmt| {
        stmt.for_each_write(&mut |var| {
            written.insert(var);
        });
    });
    written
}

fn defined(block: &Block) -> Vec<Var> {
    let mut vars: Vec<Var> = Vec::new();
    block.for_each_stmt(&mut |stmt| {
        if let Stmt::Let(pattern, _) = stmt {
            vars.extend(pattern.vars());
        }
    });
    vars
}
