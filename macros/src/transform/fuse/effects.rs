//! What a statement reads, overwrites and increments.

use crate::ir::{Bar, Block, Call, Expr, Pattern, Place, Stmt, Var, VarMap};
use std::collections::BTreeSet;

/// The effects of a statement, nested blocks included.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// Read.
    pub reads: BTreeSet<Var>,
    /// Changed in another way than by adding to it.
    pub writes: BTreeSet<Var>,
    /// Added to.
    pub sums: BTreeSet<Var>,
    /// Defined in the block of the statement.
    pub defines: BTreeSet<Var>,
}

impl Effects {
    /// Collects the effects of a statement.
    pub fn of(stmt: &Stmt, calls: &Calls) -> Self {
        let mut effects = Self { defines: stmt.defines().into_iter().collect(), ..Self::default() };
        effects.stmt(stmt, calls);
        effects
    }

    fn stmt(&mut self, stmt: &Stmt, calls: &Calls) {
        stmt.for_each_expr(&mut |expr| {
            expr.collect_reads(&mut self.reads);
            expr.for_each_change(&mut |var| {
                self.writes.insert(var);
            });
        });
        match stmt {
            Stmt::Add(place, _) => {
                self.sums.insert(place.root);
            }
            Stmt::Assign(place, _) => {
                self.writes.insert(place.root);
            }
            Stmt::Structural(structural) => {
                self.reads.extend(structural.roots());
                self.writes.extend(structural.roots());
            }
            Stmt::Increment(var) => {
                self.writes.insert(*var);
            }
            Stmt::Save { stack, .. } => {
                self.writes.insert(*stack);
            }
            Stmt::IfActive { bar, .. } => {
                self.writes.insert(*bar);
            }
            Stmt::Pullback { pullback, bars, .. } => {
                for (index, bar) in bars.iter().enumerate() {
                    if let Bar::Lend(place) | Bar::Part(_, place) = bar {
                        if calls.overwrites(pullback, index) {
                            self.reads.insert(place.root);
                            self.writes.insert(place.root);
                        } else {
                            self.sums.insert(place.root);
                        }
                    }
                }
            }
            _ => {}
        }
        for block in stmt.blocks() {
            block.stmts.iter().for_each(|inner| self.stmt(inner, calls));
            if let Some(result) = &block.result {
                result.collect_reads(&mut self.reads);
                result.for_each_change(&mut |var| {
                    self.writes.insert(var);
                });
            }
        }
    }

    /// The effects on everything but these variables.
    pub fn without(&self, vars: &BTreeSet<Var>) -> Self {
        let rest = |set: &BTreeSet<Var>| set.difference(vars).copied().collect();
        Self {
            reads: rest(&self.reads),
            writes: rest(&self.writes),
            sums: rest(&self.sums),
            defines: rest(&self.defines),
        }
    }

    /// Adds the effects of another statement.
    pub fn extend(&mut self, other: &Self) {
        self.reads.extend(&other.reads);
        self.writes.extend(&other.writes);
        self.sums.extend(&other.sums);
        self.defines.extend(&other.defines);
    }

    /// Whether two statements may change places.
    pub fn commutes(&self, other: &Self) -> bool {
        self.leaves_alone(other) && other.leaves_alone(self)
    }

    fn leaves_alone(&self, other: &Self) -> bool {
        let disjoint = |a: &BTreeSet<Var>, b: &BTreeSet<Var>| a.is_disjoint(b);
        let touched = [&other.reads, &other.writes, &other.sums, &other.defines];
        touched.iter().all(|set| disjoint(&self.writes, set) && disjoint(&self.defines, set))
            && disjoint(&self.sums, &other.reads)
    }

    /// Whether a variable occurs at all.
    pub fn touches(&self, var: Var) -> bool {
        [&self.reads, &self.writes, &self.sums, &self.defines].iter().any(|set| set.contains(&var))
    }
}

/// The calls behind pullbacks. A pullback overwrites the cotangents of what its callee may write.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    by_pullback: VarMap<Call>,
}

impl Calls {
    /// Finds every linearised call, and the names under which its pullback is called.
    pub fn of(block: &Block) -> Self {
        let mut calls = Self::default();
        let (mut saved, mut rewinds, mut popped) = (VarMap::new(), VarMap::new(), Vec::new());
        block.for_each_stmt(&mut |stmt| match stmt {
            Stmt::Linearize { pullback, call, .. } => {
                calls.by_pullback.insert(*pullback, call.clone());
            }
            Stmt::Save { stack, value: Expr::Var(var) } => {
                saved.insert(*stack, *var);
            }
            Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)) => {
                rewinds.insert(*rewind, *stack);
            }
            Stmt::Let(Pattern::Var(var), Expr::Pop(rewind)) => popped.push((*var, *rewind)),
            Stmt::Let(Pattern::Var(var), Expr::Borrow(Place { root, path }, false)) if path.is_empty() => {
                if let Some(call) = calls.by_pullback.get(root).cloned() {
                    calls.by_pullback.insert(*var, call);
                }
            }
            _ => {}
        });
        for (var, rewind) in popped {
            let pullback = rewinds.get(&rewind).and_then(|stack| saved.get(stack));
            if let Some(call) = pullback.and_then(|pullback| calls.by_pullback.get(pullback)).cloned() {
                calls.by_pullback.insert(var, call);
            }
        }
        calls
    }

    /// The call that a pullback reverses.
    pub fn get(&self, pullback: &Expr) -> Option<&Call> {
        match pullback {
            Expr::Var(var) => self.by_pullback.get(var),
            _ => None,
        }
    }

    /// Whether a pullback overwrites the cotangent of an argument; of an unknown pullback it is assumed.
    pub fn overwrites(&self, pullback: &Expr, index: usize) -> bool {
        let arg = self.get(pullback).and_then(|call| call.args.get(index));
        arg.is_none_or(|arg| matches!(arg, Expr::Borrow(_, true)))
    }
}
