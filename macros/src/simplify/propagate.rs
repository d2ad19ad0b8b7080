//! Forward substitution: copies are read at their source, and a temporary that is read once is written out there.
//!
//! An expression moves down to its only use if nothing in between changes what it reads, and never into a loop. Names of
//! the user's stay; so do those of their tangents and cotangents where the expression is long.

use super::Unit;
use super::uses::{Count, changes_any, count_uses, reads_of, replace_value, touches, weight};
use crate::ir::{Access, Block, Expr, Pattern, Role, Stmt, Ty, Var, VarMap, Vars};
use crate::rules::Prim;
use std::collections::BTreeSet;

/// The longest expression that takes the place of a temporary, in operations.
const LONGEST: usize = 10;
/// The longest one for the tangent or cotangent of a variable that has a name of the user's.
const LONGEST_NAMED: usize = 3;
/// How often an element of a place is read in the place of a temporary.
const MOST_LOADS: usize = 4;

/// Substitutes wherever it can; whether it did.
pub fn substitute(unit: &mut Unit<'_>) -> bool {
    Propagate { vars: unit.vars, kept: &unit.kept, counts: VarMap::new(), changed: false }.run(unit.block)
}

struct Propagate<'a> {
    vars: &'a Vars,
    kept: &'a BTreeSet<Var>,
    /// The reads of each variable in the block at hand, which is the scope of those that it defines.
    counts: VarMap<Count>,
    changed: bool,
}

impl Propagate<'_> {
    fn run(mut self, block: &mut Block) -> bool {
        self.block(block);
        self.changed
    }

    fn block(&mut self, block: &mut Block) {
        let outer = std::mem::replace(&mut self.counts, count_uses(block));
        let mut index = 0;
        while index < block.stmts.len() {
            if self.split_tuple(block, index) || self.copy(block, index) || self.inline(block, index) {
                self.changed = true;
            } else {
                index += 1;
            }
        }
        self.counts = outer;
        for inner in block.stmts.iter_mut().flat_map(Stmt::blocks_mut) {
            self.block(inner);
        }
    }

    /// `let (a, b) = (x, y);` as two statements.
    fn split_tuple(&self, block: &mut Block, index: usize) -> bool {
        let Stmt::Let(Pattern::Tuple(patterns), Expr::Tuple(values)) = &block.stmts[index] else { return false };
        if patterns.len() != values.len() || !values.iter().all(Expr::is_pure) {
            return false;
        }
        let split: Vec<Stmt> =
            patterns.iter().zip(values).map(|(pattern, value)| Stmt::Let(pattern.clone(), value.clone())).collect();
        block.stmts.splice(index..=index, split);
        true
    }

    /// The variable and the value of a definition that may disappear.
    fn candidate<'b>(&self, stmt: &'b Stmt) -> Option<(Var, &'b Expr, Count)> {
        let Stmt::Let(Pattern::Var(var), value) = stmt else { return None };
        let info = &self.vars[*var];
        let free = !info.mutable && info.access == Access::Owned && info.role != Role::Primal;
        if !free || self.kept.contains(var) || !value.is_pure() {
            return None;
        }
        Some((*var, value, self.counts.get(var).copied().unwrap_or_default()))
    }

    /// `let v = w;`: `w` is read instead, if it does not change while `v` is alive.
    fn copy(&mut self, block: &mut Block, index: usize) -> bool {
        let Some((var, value, count)) = self.candidate(&block.stmts[index]) else { return false };
        let source = match value {
            Expr::Var(source) => *source,
            Expr::Load(place) if place.is_whole() => place.root,
            // a copy of a number is the number
            Expr::Snapshot(place) if place.is_whole() && self.vars[place.root].ty.is_scalar() => place.root,
            Expr::Opaque(opaque) => match opaque.as_variable() {
                Some(source) => source,
                None => return false,
            },
            _ => return false,
        };
        let info = &self.vars[source];
        let own = &self.vars[var].ty;
        let alike = own.is_scalar() || info.ty.is_scalar() || *own == Ty::Unknown || *own == info.ty;
        if info.access != Access::Owned || !alike {
            return false;
        }
        if info.mutable && !self.is_unchanged(block, index, var, source) {
            return false;
        }
        block.stmts.remove(index);
        block.stmts[index..].iter_mut().for_each(|stmt| stmt.rename(var, source));
        block.result.iter_mut().for_each(|result| result.rename(var, source));
        let counts = self.counts.get_or_default(source);
        counts.all += count.all;
        counts.values += count.values;
        true
    }

    /// Whether the source of a copy keeps its value until the copy is read for the last time.
    fn is_unchanged(&self, block: &Block, index: usize, copy: Var, source: Var) -> bool {
        let rest = &block.stmts[index + 1..];
        let in_result = block.result.as_ref().is_some_and(|result| result.reads(copy));
        let last = if in_result { Some(rest.len()) } else { rest.iter().rposition(|stmt| touches(stmt, copy)) };
        let Some(last) = last else { return true };
        let sources = BTreeSet::from([source]);
        rest.iter().enumerate().take(last + 1).all(|(at, stmt)| {
            let reads_first = at == last && matches!(stmt, Stmt::Assign(place, _) if place.is_whole());
            reads_first || !changes_any(stmt, &sources)
        })
    }

    /// `let v = value; .. v ..` with one use, or a few of an element.
    fn inline(&mut self, block: &mut Block, index: usize) -> bool {
        let Some((var, value, count)) = self.candidate(&block.stmts[index]) else { return false };
        if count.all == 0 || count.all != count.values || !self.may_move(var, value, count.all) {
            return false;
        }
        let (value, reads) = (value.clone(), reads_of(value));
        let rest = &block.stmts[index + 1..];
        let mut seen = 0;
        let mut at = Vec::new();
        for (offset, stmt) in rest.iter().enumerate() {
            let here = occurrences(stmt, var);
            if here > 0 {
                // a number costs nothing, in a loop neither
                if !matches!(value, Expr::Float(..))
                    && (!self.can_take(stmt, var, &reads) || self.consumes_any(stmt, &reads))
                {
                    return false;
                }
                at.push(index + 1 + offset);
                seen += here;
            }
            if seen == count.all {
                break;
            }
            if changes_any(stmt, &reads) || self.consumes_any(stmt, &reads) {
                return false;
            }
        }
        if block.result.as_ref().is_some_and(|result| result.reads(var) && self.moves_any(result, &reads)) {
            return false;
        }
        for at in at {
            while replace_in(&mut block.stmts[at], var, &value) {}
        }
        if let Some(result) = &mut block.result {
            while replace_value(result, var, &value) {}
        }
        block.stmts.remove(index);
        for read in reads {
            let counts = self.counts.get_or_default(read);
            // an estimate from above: it is exact again in the next round
            counts.all += count.all - 1;
            counts.values += count.all - 1;
        }
        true
    }

    /// Whether an expression moves one of these variables, before or after it evaluates what could stand in it.
    fn moves_any(&self, expr: &Expr, vars: &BTreeSet<Var>) -> bool {
        let here = matches!(expr, Expr::Var(var) if vars.contains(var) && !self.vars[*var].ty.is_scalar());
        let mut moves = here;
        expr.for_each_child(&mut |child| moves |= self.moves_any(child, vars));
        moves
    }

    /// Whether a statement moves one of these variables.
    fn consumes_any(&self, stmt: &Stmt, vars: &BTreeSet<Var>) -> bool {
        let mut moves = false;
        stmt.for_each_expr_inside(&mut |expr| moves |= self.moves_any(expr, vars));
        moves
    }

    fn may_move(&self, var: Var, value: &Expr, uses: usize) -> bool {
        let named = match self.vars[var].role {
            Role::Tangent(of) | Role::Cotangent(of) => self.vars[of].role == Role::Primal,
            _ => false,
        };
        let weight = weight(value);
        match value {
            Expr::Float(..) => self.vars[var].role != Role::Temporary,
            Expr::Load(place) if uses > 1 => {
                self.vars.place_type(place).is_scalar() && uses <= MOST_LOADS && !named && weight <= 2
            }
            Expr::Load(place) => uses == 1 && self.vars.place_type(place).is_scalar(),
            // what is put together keeps its name, beside which its tangent is built
            Expr::Borrow(..) | Expr::Construct(_) => false,
            Expr::Prim(Prim::Neg, _) if weight == 1 => true,
            Expr::Opaque(_) => uses == 1 && self.vars[var].ty.is_scalar(),
            _ => uses == 1 && weight <= if named { LONGEST_NAMED } else { LONGEST },
        }
    }

    /// Whether a statement may evaluate, in place of the variable, an expression with these reads.
    fn can_take(&self, stmt: &Stmt, var: Var, reads: &BTreeSet<Var>) -> bool {
        match stmt {
            Stmt::Assign(place, value) | Stmt::Add(place, value) if self.vars.place_type(place).is_float() => {
                // the value is evaluated before the place is written
                let mut changes = false;
                value.for_each_change(&mut |changed| changes |= reads.contains(&changed));
                !changes
            }
            Stmt::If { .. } | Stmt::IfActive { .. } => {
                !changes_any(stmt, reads) && stmt.blocks().into_iter().all(|inner| !is_in_loop(inner, var))
            }
            Stmt::For { body, .. } => occurrences_in(body, var) == 0,
            Stmt::While { .. } => false,
            stmt => !changes_any(stmt, reads),
        }
    }
}

/// Whether a loop inside the block reads the variable.
fn is_in_loop(block: &Block, var: Var) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        Stmt::For { body, .. } => occurrences_in(body, var) > 0,
        Stmt::While { .. } => occurrences(stmt, var) > 0,
        stmt => stmt.blocks().into_iter().any(|inner| is_in_loop(inner, var)),
    })
}

fn occurrences(stmt: &Stmt, var: Var) -> usize {
    let mut count = 0;
    stmt.for_each_read(&mut |read| count += usize::from(read == var));
    count
}

fn occurrences_in(block: &Block, var: Var) -> usize {
    let mut count = 0;
    block.for_each_read(&mut |read| count += usize::from(read == var));
    count
}

fn replace_in(stmt: &mut Stmt, var: Var, by: &Expr) -> bool {
    let mut replaced = false;
    stmt.for_each_expr_mut(&mut |expr| replaced |= replace_value(expr, var, by));
    for inner in stmt.blocks_mut() {
        for stmt in &mut inner.stmts {
            replaced |= replace_in(stmt, var, by);
        }
        if let Some(result) = &mut inner.result {
            replaced |= replace_value(result, var, by);
        }
    }
    replaced
}
