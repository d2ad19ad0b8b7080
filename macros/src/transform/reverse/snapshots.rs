//! A loop with `#[checkpoint(..)]`: snapshots of its state instead of residuals.
//!
//! Takes the loop; the forward sweep runs it as it is and takes snapshots of the *state*: everything that an iteration
//! writes and that lives longer than it. The reverse sweep goes from the newest snapshot forward, on variables of its own,
//! and records and reverses a few iterations at a time. When is said by the schedule in the runtime (`chainrule::checkpoint`).
//! What the iterations only read, and the function changes elsewhere, is copied once before the loop. Invariant: the
//! iterations that run again see every value that they saw at first.

use super::{Mode, Reverse};
use crate::emit::checkpoint as runtime;
use crate::ir::{Access, Block, Expr, Passing, Pattern, Place, Range, Role, Room, Stmt, Ty, Var};
use std::collections::BTreeSet;

/// A variable of the state and the snapshots of it.
struct State {
    var: Var,
    snapshots: Var,
}

impl Reverse<'_> {
    /// Both sweeps of a loop with checkpoints.
    pub fn checkpointed_loop(
        &mut self,
        var: Var,
        range: &Range,
        body: &Block,
        forward: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
    ) {
        let plain = Range { checkpoint: None, ..range.clone() };
        // the stacks of one block of iterations are made and emptied within the reverse sweep
        let outer = (std::mem::take(&mut self.prelude), std::mem::take(&mut self.rewinds));
        let (recorded, reversed) = self.block(body, None, true);
        let stacks = std::mem::replace(&mut self.prelude, outer.0);
        let rewinds = std::mem::replace(&mut self.rewinds, outer.1);
        if reversed.is_empty() {
            forward.push(Stmt::For { var, range: plain, body: recorded });
            return;
        }
        let (written, read) = outer_variables(var, body);
        let again = self.copies_of_inputs(&read, &written, forward);
        let schedule = self.residual("schedule");
        forward.push(Stmt::Let(Pattern::Var(schedule), Expr::NewStack(Room::Loop(Box::new(range.clone())))));
        let mut states = Vec::new();
        for var in written {
            let name = format!("{}_snapshots", self.vars[var].name.trim_start_matches("r#"));
            let snapshots = self.residual(&name);
            forward.push(Stmt::Let(Pattern::Var(snapshots), runtime::no_snapshots()));
            states.push(State { var, snapshots });
        }
        forward.push(self.run(var, plain.clone(), body, schedule, &states));

        self.declare_requested(out);
        let running = self.copied(schedule, forward, out);
        let states: Vec<State> = states
            .into_iter()
            .map(|state| State { var: state.var, snapshots: self.copied(state.snapshots, forward, out) })
            .collect();
        let mut block = Vec::new();
        let mut renamed = again;
        for state in &states {
            let own = self.restore(state, &mut block);
            renamed.push((state.var, own));
        }
        let part = |from: &str, count: &str, reversed: bool| {
            let part = (runtime::ask(running, from), runtime::ask(running, count));
            Range { reversed: range.reversed != reversed, part: Some(Box::new(part)), ..plain.clone() }
        };
        let mut steps = vec![self.run(var, part("restored", "advance", false), body, running, &states)];
        steps.extend(stacks);
        steps.push(Stmt::For { var, range: part("start", "length", false), body: recorded });
        steps.extend(rewinds);
        steps.push(Stmt::For { var, range: part("done", "length", true), body: Block::of(reversed) });
        for (from, to) in renamed {
            steps.iter_mut().for_each(|stmt| stmt.rename(from, to));
        }
        block.extend(steps);
        let discards = states.iter().map(|state| Stmt::Do(runtime::discard(state.snapshots))).collect();
        block.push(Stmt::If {
            result: None,
            cond: runtime::change(running, "releases"),
            then: Block::of(discards),
            otherwise: Block::default(),
        });
        let header = Block { stmts: Vec::new(), result: Some(runtime::change(running, "next_block")) };
        out.push(Stmt::While { header, body: Block::of(block) });
    }

    /// The loop, or a part of it, which takes snapshots where the schedule says so.
    fn run(&mut self, var: Var, range: Range, body: &Block, schedule: Var, states: &[State]) -> Stmt {
        let counter = self.vars.copy(var);
        let mut body = body.fresh(&mut self.vars);
        body.rename(var, counter);
        let saves = states.iter().map(|state| {
            let value = Expr::Snapshot(Place::of(state.var));
            Stmt::Save { stack: state.snapshots, value }
        });
        let store = Stmt::If {
            result: None,
            cond: runtime::change(schedule, "stores"),
            then: Block::of(saves.collect()),
            otherwise: Block::default(),
        };
        body.stmts.insert(0, store);
        Stmt::For { var: counter, range, body }
    }

    /// A value of the forward sweep that the reverse sweep gets.
    fn residual(&mut self, name: &str) -> Var {
        let var = self.vars.temporary(name, Ty::Unknown, proc_macro2::Span::call_site());
        self.vars[var].role = Role::Residual;
        self.vars[var].mutable = true;
        var
    }

    /// A pullback may run again, and then finds its snapshots as they were. Both sweeps in one function run once.
    fn copied(&mut self, of: Var, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) -> Var {
        if self.mode == Mode::Fused && self.levels.len() == 1 {
            return of;
        }
        // as it is behind the loop; what is around the loop keeps that
        let kept = self.vars.copy(of);
        self.vars[kept].mutable = false;
        forward.push(Stmt::Let(Pattern::Var(kept), Expr::Var(of)));
        self.define(kept);
        let copy = self.vars.copy(of);
        out.push(Stmt::Let(Pattern::Var(copy), Expr::Snapshot(Place::of(kept))));
        copy
    }

    /// What the iterations read and do not write, as the reverse sweep can read it.
    fn copies_of_inputs(
        &mut self,
        read: &BTreeSet<Var>,
        written: &BTreeSet<Var>,
        forward: &mut Vec<Stmt>,
    ) -> Vec<(Var, Var)> {
        let mut copies = Vec::new();
        for var in read.difference(written).copied() {
            // of a loop around this one the counter
            let counter = !self.levels.iter().any(|level| level.defined.contains(&var));
            if counter || self.is_available(var) || self.is_untouched_inside(var) {
                continue;
            }
            let copy = self.kept_variable(var, "_again", self.vars[var].ty.owned());
            forward.push(Stmt::Let(Pattern::Var(copy), Expr::Snapshot(Place::of(var))));
            copies.push((var, copy));
        }
        copies
    }

    /// `let mut state = snapshots.latest();`: returns the variable that stands for the one in the function.
    fn restore(&mut self, state: &State, block: &mut Vec<Stmt>) -> Var {
        let own = self.vars.derived(state.var, "_state", Role::Residual, true);
        self.vars[own].access = Access::Owned;
        self.vars[own].ty = self.vars[state.var].ty.owned();
        block.push(Stmt::Let(Pattern::Var(own), runtime::ask(state.snapshots, "latest")));
        let param = self.function.params.iter().find(|param| param.var == state.var);
        let Some(param) = param.filter(|param| param.passing == Passing::Mutable) else { return own };
        let lent = self.vars.copy(state.var);
        self.vars[lent].annotation = Some(Box::new(super::checkpoint::mutable_reference(&param.declared)));
        block.push(Stmt::Let(Pattern::Var(lent), Expr::Borrow(Place::of(own), true)));
        lent
    }
}

/// The variables from outside of a loop that its body writes, and those that it reads.
fn outer_variables(counter: Var, body: &Block) -> (BTreeSet<Var>, BTreeSet<Var>) {
    let (mut defined, mut written, mut read) = (BTreeSet::from([counter]), BTreeSet::new(), BTreeSet::new());
    body.for_each_stmt(&mut |stmt| {
        defined.extend(stmt.defines());
        if let Stmt::For { var, .. } = stmt {
            defined.insert(*var);
        }
    });
    for stmt in &body.stmts {
        stmt.for_each_write(&mut |var| {
            written.insert(var);
        });
        stmt.collect_reads(&mut read);
    }
    (&written - &defined, &read - &defined)
}
