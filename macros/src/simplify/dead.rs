//! Dead code: definitions that nothing reads, writes that nothing reads afterwards, residuals that nothing pops.
//!
//! One backward walk with the set of live variables. In a loop everything that the loop reads is live throughout. What
//! has an effect, or comes from the user's statements as copied source, stays.

use super::Unit;
use crate::ir::{Access, Block, Expr, Pattern, Place, Room, Stmt, Structural, Var, Vars};
use crate::rules::structural::StructuralOp;
use std::collections::BTreeSet;

type Live = BTreeSet<Var>;

/// Removes what is dead; whether anything was.
pub fn remove(unit: &mut Unit<'_>) -> bool {
    let mut local = BTreeSet::new();
    unit.block.for_each_stmt(&mut |stmt| {
        local.extend(stmt.defines().into_iter().filter(|var| unit.vars[*var].access == Access::Owned));
    });
    let mut dead = Dead { vars: unit.vars, local, written: BTreeSet::new(), changed: false };
    dead.block(unit.block, &unit.kept);
    let stacks = dead_stacks(unit.block);
    let changed = dead.changed | !stacks.is_empty();
    remove_stacks(&mut unit.block.stmts, &stacks);
    changed
}

/// Removes variables of its own that a block only adds to, as to a sum or a list, and never reads, where they are of this kind.
pub fn remove_sums(block: &mut Block, is_sum: &dyn Fn(Var) -> bool) {
    loop {
        let (mut read, mut declared) = (BTreeSet::new(), BTreeSet::new());
        block.result.iter().for_each(|result| {
            result.collect_reads(&mut read);
        });
        block.for_each_stmt(&mut |stmt| {
            let result = stmt.blocks().into_iter().filter_map(|inner| inner.result.as_ref());
            result.for_each(|result| result.collect_reads(&mut read));
            stmt.for_each_expr(&mut |expr| expr.collect_reads(&mut read));
            match stmt {
                Stmt::Let(Pattern::Var(var), value) if value.is_pure() || is_empty(value) => {
                    declared.insert(*var);
                }
                Stmt::Add(_, value) | Stmt::Assign(_, value) if value.is_pure() => {}
                Stmt::Structural(structural) if is_pure_push(structural) => {}
                other if !other.blocks().is_empty() => {}
                other => other.for_each_write(&mut |var| {
                    read.insert(var);
                }),
            }
        });
        let unread: BTreeSet<Var> = declared.into_iter().filter(|var| is_sum(*var) && !read.contains(var)).collect();
        if unread.is_empty() {
            return;
        }
        remove_writes(&mut block.stmts, &unread);
    }
}

/// A list without elements, perhaps with room for some.
fn is_empty(value: &Expr) -> bool {
    matches!(value, Expr::Opaque(opaque) if opaque.is_empty_value() && opaque.writes.is_empty())
}

/// Whether an element enters a list, and that is all.
fn is_pure_push(structural: &Structural) -> bool {
    let mut pure = structural.op == StructuralOp::Push && structural.result.is_none();
    structural.for_each_expr(&mut |expr| pure &= expr.is_pure());
    pure
}

fn remove_writes(stmts: &mut Vec<Stmt>, vars: &BTreeSet<Var>) {
    stmts.retain(|stmt| match stmt {
        Stmt::Let(Pattern::Var(var), _) => !vars.contains(var),
        Stmt::Add(place, value) | Stmt::Assign(place, value) => !vars.contains(&place.root) || !value.is_pure(),
        Stmt::Structural(structural) => !structural.roots().any(|root| vars.contains(&root)),
        _ => true,
    });
    for block in stmts.iter_mut().flat_map(Stmt::blocks_mut) {
        remove_writes(&mut block.stmts, vars);
    }
}

/// Removes from both sweeps the residuals that the reverse sweep has no use for.
pub fn remove_residuals(forward: &mut Vec<Stmt>, reverse: &mut Vec<Stmt>) {
    let block = Block::of(reverse.clone());
    let mut stacks = dead_stacks(&block);
    // stacks whose rewinding has already disappeared with its last reader
    let mut rewound = BTreeSet::new();
    block.collect_reads(&mut rewound);
    let mut note = |stmt: &Stmt| {
        if let Stmt::Let(Pattern::Var(stack), Expr::NewStack(room)) = stmt
            && !rewound.contains(stack)
            // the schedule of a loop with checkpoints goes on by itself
            && !matches!(room, Room::Loop(range) if range.checkpoint.is_some())
        {
            stacks.insert(*stack);
        }
    };
    forward.iter().for_each(|stmt| stmt.for_each_stmt(&mut note));
    remove_stacks(forward, &stacks);
    remove_stacks(reverse, &stacks);
}

/// Stacks, and their rewinds, that are popped into variables that nothing reads.
fn dead_stacks(block: &Block) -> BTreeSet<Var> {
    let mut reads = BTreeSet::new();
    block.collect_reads(&mut reads);
    let mut dead = BTreeSet::new();
    block.for_each_stmt(&mut |stmt| match stmt {
        Stmt::Let(Pattern::Var(var), Expr::Pop(rewind)) if !reads.contains(var) => {
            dead.insert(*rewind);
        }
        _ => {}
    });
    let mut stacks = BTreeSet::new();
    block.for_each_stmt(&mut |stmt| match stmt {
        Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)) if dead.contains(rewind) || !reads.contains(rewind) => {
            stacks.extend([*rewind, *stack]);
        }
        _ => {}
    });
    stacks
}

/// Removes stacks, their rewinds, and all that is saved and popped there.
pub fn remove_stacks(stmts: &mut Vec<Stmt>, stacks: &BTreeSet<Var>) {
    stmts.retain(|stmt| match stmt {
        Stmt::Let(Pattern::Var(var), Expr::NewStack(_) | Expr::Rewind(_)) => !stacks.contains(var),
        Stmt::Let(_, Expr::Pop(rewind)) => !stacks.contains(rewind),
        Stmt::Save { stack, .. } => !stacks.contains(stack),
        Stmt::Assign(place, Expr::NewStack(_)) => !stacks.contains(&place.root),
        _ => true,
    });
    for block in stmts.iter_mut().flat_map(Stmt::blocks_mut) {
        remove_stacks(&mut block.stmts, stacks);
    }
}

struct Dead<'a> {
    vars: &'a Vars,
    /// What the statements define themselves: nobody outside sees what is written to it.
    local: BTreeSet<Var>,
    /// What the statements seen so far, those behind, still write: its declaration stays.
    written: BTreeSet<Var>,
    changed: bool,
}

impl Dead<'_> {
    /// Removes dead statements; returns what is live at the start of the block.
    fn block(&mut self, block: &mut Block, after: &Live) -> Live {
        let mut live = after.clone();
        if let Some(result) = &block.result {
            result.collect_reads(&mut live);
        }
        let mut stmts = Vec::with_capacity(block.stmts.len());
        for mut stmt in std::mem::take(&mut block.stmts).into_iter().rev() {
            let declared = self.drop_unread_choice(&mut stmt, &mut live);
            if self.is_needed(&mut stmt, &mut live) {
                stmts.push(stmt);
            } else {
                self.changed = true;
            }
            stmts.extend(declared);
        }
        stmts.reverse();
        block.stmts = stmts;
        live
    }

    /// Drops the value of a choice that nobody reads; returns the declaration that what is written later needs.
    fn drop_unread_choice(&mut self, stmt: &mut Stmt, live: &mut Live) -> Option<Stmt> {
        let Stmt::If { result, then, otherwise, .. } = stmt else { return None };
        let var = (*result)?;
        let pure = [&*then, &*otherwise].iter().all(|block| block.result.as_ref().is_none_or(Expr::is_pure));
        if live.remove(&var) || !pure {
            return None;
        }
        *result = None;
        then.result = None;
        otherwise.result = None;
        self.changed = true;
        self.written.contains(&var).then_some(Stmt::Declare(var))
    }

    fn is_used(&self, var: Var, live: &Live) -> bool {
        live.contains(&var) || self.written.contains(&var)
    }

    fn is_needed(&mut self, stmt: &mut Stmt, live: &mut Live) -> bool {
        match stmt {
            Stmt::Let(pattern, value) => {
                let needed = !value.is_pure() || pattern.vars().iter().any(|var| self.is_used(*var, live));
                pattern.vars().iter().for_each(|var| {
                    live.remove(var);
                });
                if !needed {
                    return false;
                }
            }
            Stmt::Assign(place, value) => {
                if self.is_unseen(place, value, live) {
                    return false;
                }
                self.written.insert(place.root);
                if place.is_whole() && self.local.contains(&place.root) {
                    live.remove(&place.root);
                }
            }
            Stmt::Structural(structural) => {
                let mut unseen = structural.result.is_none_or(|var| !self.is_used(var, live));
                structural.for_each_expr(&mut |expr| unseen &= expr.is_pure());
                unseen &= structural.roots().all(|root| {
                    let own = self.vars[root].access == Access::Owned && self.local.contains(&root);
                    own && !live.contains(&root)
                });
                if unseen {
                    return false;
                }
                self.written.extend(structural.roots());
                structural.result.iter().for_each(|var| {
                    live.remove(var);
                });
            }
            Stmt::Add(place, value) if self.is_unseen(place, value, live) => return false,
            Stmt::Declare(var) => return live.remove(var) || self.written.contains(var),
            Stmt::If { result, cond, then, otherwise } => {
                let (then_live, other_live) = (self.block(then, live), self.block(otherwise, live));
                live.extend(then_live);
                live.extend(other_live);
                let empty = then.stmts.is_empty() && otherwise.stmts.is_empty();
                if result.is_none() && empty && cond.is_pure() {
                    return false;
                }
                cond.collect_reads(live);
                return true;
            }
            Stmt::IfActive { body, bar, .. } => {
                live.insert(*bar);
                let inner = self.block(body, live);
                live.extend(inner);
                return !body.stmts.is_empty();
            }
            Stmt::For { .. } | Stmt::While { .. } => {
                stmt.collect_reads(live);
                let around = live.clone();
                for inner in stmt.blocks_mut() {
                    let at_start = self.block(inner, &around);
                    live.extend(at_start);
                }
                return !matches!(stmt, Stmt::For { range, body, .. } if body.stmts.is_empty()
                    && range.low.is_pure() && range.high.is_pure() && range.step.is_none());
            }
            Stmt::Do(value) if value.is_pure() => return false,
            _ => {}
        }
        stmt.collect_reads(live);
        true
    }

    /// Whether nothing reads afterwards what is written to a place.
    fn is_unseen(&self, place: &Place, value: &Expr, live: &Live) -> bool {
        let mut pure = value.is_pure();
        place.for_each_index(&mut |index| pure &= index.is_pure());
        let owned = self.vars[place.root].access == Access::Owned;
        pure && owned && self.local.contains(&place.root) && !live.contains(&place.root)
    }
}
