//! Residuals: how the reverse sweep gets at primal values.
//!
//! Never saved is what is cheap to evaluate again from what is there: arithmetic, comparisons, loads of what nothing
//! overwrites, counters, and in a loop functions of what does not change in it. Saved on a stack is everything else that an
//! inner block needs; outside of loops a scalar goes into a variable of the function's top level, so that straight-line code
//! needs no storage.

use super::counters::Counters;
use super::{Mode, Reverse};
use crate::analysis::work::is_light;
use crate::ir::{Access, Block, Expr, FloatTy, MatrixOp, Pattern, Place, Role, Room, Stmt, Ty, Var};
use crate::rules::Prim;
use std::collections::BTreeSet;

impl Reverse<'_> {
    /// An operand as the reverse sweep can read it; what is overwritten or moved before is copied by the forward sweep.
    pub fn kept_operand(&mut self, pre: &mut Vec<Stmt>, operand: &Expr) -> Expr {
        let (Expr::Borrow(place, _) | Expr::Snapshot(place)) = operand else { return operand.clone() };
        let root = place.root;
        let lasts = self.lasts(root);
        let refilled = place.is_whole() && self.is_refilled(root);
        // it is read between what is undone of the statements around this one
        if let Some(back) = self.restored_place(place) {
            return Expr::Borrow(back, false);
        }
        let held = refilled || self.is_available(root) || self.is_untouched_inside(root);
        // what holds references is put together again
        let again = self.is_put_together_again(root) && !(self.runs_together() && self.storage.is_moved(root));
        if held && lasts || again {
            return Expr::Borrow(place.clone(), false);
        }
        let kept = self.kept_variable(root, "_kept", self.vars.place_type(place).owned());
        // a copy of a payload may be a reference still
        let copy = match !lasts && place.is_in_payload() {
            true => crate::emit::copy_behind(place, &self.vars),
            false => Expr::Snapshot(place.clone()),
        };
        pre.push(Stmt::Let(Pattern::Var(kept), copy));
        Expr::Borrow(Place::of(kept), false)
    }

    /// Whether the reverse sweep puts a variable that holds references together once more. What changes is not what it was then.
    pub fn is_put_together_again(&self, var: Var) -> bool {
        self.storage.lends(var) && self.storage.is_constant(var)
    }

    /// Whether the reverse sweep may read a variable itself, which a pullback must not where it may be a reference.
    fn lasts(&self, var: Var) -> bool {
        self.mode == Mode::Fused || !self.storage.may_borrow(var)
    }

    /// A variable of the block at hand, in which the forward sweep keeps something for the reverse sweep.
    pub fn kept_variable(&mut self, of: Var, suffix: &str, ty: Ty) -> Var {
        let kept = self.vars.derived(of, suffix, Role::Residual, false);
        self.vars[kept].ty = ty;
        self.define(kept);
        kept
    }

    /// The block at hand defines a variable.
    pub fn define(&mut self, var: Var) {
        if let Some(level) = self.levels.last_mut() {
            level.defined.insert(var);
        }
    }

    /// Whether a variable is defined in a loop or a branch around the statement at hand.
    pub fn is_inner(&self, var: Var) -> bool {
        self.levels.iter().skip(1).any(|level| level.defined.contains(&var))
    }

    /// Whether nothing changes a variable of an inner block, so that its reverse has it as it was.
    pub fn is_untouched_inside(&self, var: Var) -> bool {
        self.is_inner(var) && self.storage.is_constant(var) && !self.vars[var].mutable
    }

    /// Whether the reverse sweep has an operand of a variable of the top level, or brings it back.
    pub fn is_there(&self, operand: &Expr) -> bool {
        match operand {
            Expr::Float(..) => true,
            Expr::Var(var) => self.is_available(*var),
            Expr::Borrow(place, _) | Expr::Snapshot(place) | Expr::Load(place) => {
                let root = place.root;
                let held = self.is_available(root) || (place.is_whole() && self.is_refilled(root));
                self.restored_place(place).is_some() || (held && self.lasts(root))
            }
            _ => false,
        }
    }

    /// Whether a variable of the top level holds in the reverse sweep what it holds now.
    pub fn is_available(&self, var: Var) -> bool {
        let info = &self.vars[var];
        if info.access == Access::Shared {
            return true;
        }
        let outer = self.levels.first().is_some_and(|level| level.defined.contains(&var));
        let captured = self.mode == Mode::Split
            && (info.access == Access::Mutable || (self.storage.is_returned(var) && !info.ty.is_scalar()));
        outer && !captured && !self.storage.is_moved(var) && self.storage.is_settled(var, self.top)
    }

    /// Makes the primal values of an inner block available to its reverse: returns the forward block with what it saves,
    /// and the reverse statements after those that evaluate again or pop.
    pub fn resolve_needs(&mut self, forward: Block, mut reverse: Vec<Stmt>) -> (Block, Vec<Stmt>) {
        let Some(level) = self.levels.last() else { return (forward, reverse) };
        let (defined, in_loop) = (level.defined.clone(), level.in_loop);
        // what is read of a variable comes from the copy that the block keeps of it, which has to be there then
        let copies: Vec<(Var, Var)> = self.restored.iter().map(|(var, (back, _))| (*var, *back)).collect();
        for (var, back) in copies.iter().filter(|(_, back)| defined.contains(back)) {
            reverse.iter_mut().for_each(|stmt| stmt.rename(*var, *back));
        }
        let mut needed = BTreeSet::new();
        for stmt in &reverse {
            stmt.collect_reads(&mut needed);
        }
        needed.retain(|var| defined.contains(var));
        let mut prologue = Vec::new();
        let mut stmts = Vec::new();
        let (none, mut counters) = (Counters::default(), self.counted_directly(&reverse));
        let (steady, lent) = (self.steady_values(&forward.stmts), self.lent_values(&forward.stmts));
        for stmt in forward.stmts.into_iter().rev() {
            let wanted: Vec<Var> = stmt.defines().into_iter().filter(|var| needed.contains(var)).collect();
            let again = match &stmt {
                Stmt::Let(Pattern::Var(var), value)
                    if wanted.contains(var)
                        && copies.iter().all(|(_, back)| back != var)
                        && (steady.contains(var)
                            || self.is_last_read(*var, value)
                            || self.is_repeatable(value, &none)) =>
                {
                    Some((*var, value.clone()))
                }
                Stmt::Let(Pattern::Var(var), value) if wanted.contains(var) && lent.contains(var) => {
                    Some((*var, self.with_copied_parts(value)))
                }
                _ => None,
            };
            if let Some((var, value)) = again {
                value.for_each_read(&mut |read| {
                    if defined.contains(&read) {
                        needed.insert(read);
                    }
                });
                if self.reads_operands_themselves(var, &value, &mut reverse) {
                    stmts.push(stmt);
                    continue;
                }
                prologue.push(Stmt::Let(Pattern::Var(var), self.read_back(&value)));
                stmts.push(stmt);
                continue;
            }
            if self.repeats_between_steps(&stmt, !wanted.is_empty(), &mut counters) {
                stmts.push(stmt);
                continue;
            }
            for var in wanted {
                stmts.push(self.save(var, in_loop, &mut prologue, &mut reverse));
            }
            stmts.push(stmt);
        }
        // both were collected from the last statement to the first
        stmts.reverse();
        prologue.reverse();
        let reverse = match reverse.is_empty() {
            true => reverse,
            false => counters.move_steps(prologue.into_iter().chain(reverse).collect()),
        };
        (Block { stmts, result: forward.result }, reverse)
    }

    /// Where the operands of a sum are evaluated again, and nothing changes them, its rule reads them itself.
    fn reads_operands_themselves(&self, kept: Var, value: &Expr, reverse: &mut [Stmt]) -> bool {
        let Expr::Matrix(MatrixOp::Keep(name), operands) = value else { return false };
        let fixed = |operand: &Expr| match operand {
            Expr::Borrow(place, false) => place.is_whole() && self.is_untouched_inside(place.root),
            other => matches!(other, Expr::Float(..)),
        };
        if !operands.iter().all(fixed) {
            return false;
        }
        let mut change = |expr: &mut Expr| read_operands(expr, kept, name, operands);
        reverse.iter_mut().for_each(|stmt| stmt.for_each_expr_inside_mut(&mut change));
        true
    }

    /// What a loop computes in every iteration from what does not change in it: both sweeps have it once, as the compiler moves such functions
    /// out of a loop.
    fn steady_values(&self, stmts: &[Stmt]) -> BTreeSet<Var> {
        let mut steady = BTreeSet::new();
        let Some(outside) = self.levels.iter().rposition(|level| level.is_loop) else { return steady };
        for stmt in stmts {
            if let Stmt::Let(Pattern::Var(var), value) = stmt
                && self.vars[*var].ty.is_float()
                && !self.vars[*var].mutable
                && self.is_steady(value, outside, &steady)
            {
                steady.insert(*var);
            }
        }
        steady
    }

    fn is_steady(&self, value: &Expr, outside: usize, steady: &BTreeSet<Var>) -> bool {
        use Prim::{Cos, Exp, Exp2, Ln, Log2, Log10, Powf, Powi, Sin, Sqrt};
        match value {
            Expr::Float(..) => true,
            Expr::Var(var) => {
                // a counter of a loop is defined in no block
                let before = self.levels[..outside].iter().any(|level| level.defined.contains(var));
                steady.contains(var) || (before && self.vars[*var].is_fixed_scalar())
            }
            Expr::Prim(prim, operands) => {
                let moves = matches!(prim, Cos | Exp | Exp2 | Ln | Log2 | Log10 | Powf | Powi | Sin | Sqrt);
                (moves || prim.is_cheap()) && operands.iter().all(|operand| self.is_steady(operand, outside, steady))
            }
            Expr::Cast(operand, _) => self.is_steady(operand, outside, steady),
            Expr::Opaque(opaque) => {
                opaque.as_variable().is_some_and(|var| self.is_steady(&Expr::Var(var), outside, steady))
            }
            _ => false,
        }
    }

    /// Whether evaluating an expression again in the reverse sweep is right and cheap; these integers have the value that they had then.
    pub fn is_repeatable(&self, value: &Expr, counters: &Counters) -> bool {
        let here = match value {
            Expr::Float(..) => true,
            Expr::Var(var) => !self.vars[*var].mutable && self.vars[*var].ty.is_scalar(),
            Expr::Load(place) => {
                let root = place.root;
                self.is_available(root)
                    || self.vars[root].is_fixed_scalar()
                    || self.has_elements_refilled(root)
                    || self.is_place_brought_back(place)
            }
            Expr::Prim(prim, _) => prim.is_cheap(),
            Expr::Cast(..) | Expr::Select(..) => true,
            Expr::Array { .. } | Expr::Tuple(_) => value.holds_references(),
            Expr::Borrow(place, false) => self.is_available(place.root),
            Expr::Snapshot(place) if self.vars.place_type(place).is_scalar() && place.is_whole() => {
                self.vars[place.root].is_fixed_scalar()
            }
            // to copy the copy would be no less work
            Expr::Snapshot(place) if self.vars.place_type(place) == Ty::Unknown => {
                return self.is_operand_repeatable(value, counters);
            }
            Expr::Matrix(op, operands) => {
                return is_light(&self.vars, op, operands)
                    && operands.iter().all(|operand| self.is_operand_repeatable(operand, counters));
            }
            Expr::Opaque(opaque) => {
                opaque.cheap
                    && opaque.writes.is_empty()
                    && opaque.reads.iter().all(|var| {
                        let counted = self.is_brought_back(*var) || counters.contains(*var);
                        self.is_available(*var) || self.vars[*var].is_fixed_scalar() || counted
                    })
            }
            _ => false,
        };
        let mut repeatable = here;
        value.for_each_child(&mut |child| repeatable &= self.is_repeatable(child, counters));
        repeatable
    }

    /// Whether the reverse sweep has an element that got a name in a list that it reads at its end.
    fn is_last_read(&self, name: Var, value: &Expr) -> bool {
        let Expr::Load(place) = value else { return false };
        self.reads_at_end(place) && self.lasting.holds_as(name, place) && self.has_indices(place, &Counters::default())
    }

    /// Whether an operand of an operator is there in the reverse sweep.
    fn is_operand_repeatable(&self, operand: &Expr, counters: &Counters) -> bool {
        match operand {
            Expr::Borrow(place, false) | Expr::Snapshot(place) => {
                let root = place.root;
                let there = self.lasts(root) && (self.is_untouched_inside(root) || self.is_available(root));
                (there || self.is_place_brought_back(place)) && self.has_indices(place, counters)
            }
            _ => self.is_repeatable(operand, counters),
        }
    }

    /// Whether the indices of a place can be evaluated again.
    pub fn has_indices(&self, place: &Place, counters: &Counters) -> bool {
        let mut all = true;
        place.for_each_index(&mut |index| all &= self.is_repeatable(index, counters));
        all
    }

    /// Saves a variable; returns the statement of the forward sweep.
    fn save(&mut self, var: Var, in_loop: bool, prologue: &mut Vec<Stmt>, reverse: &mut [Stmt]) -> Stmt {
        let ty = self.vars[var].ty.clone();
        if !in_loop && ty.is_scalar() {
            return self.save_in_variable(var, ty, prologue);
        }
        let stack = self.vars.derived(var, "_saved", Role::Residual, true);
        self.vars[stack].access = Access::Owned;
        self.vars[stack].ty = Ty::Unknown;
        let room = if in_loop { Room::Growing } else { Room::One };
        self.prelude.push(Stmt::Let(Pattern::Var(stack), Expr::NewStack(room)));
        let rewind = self.vars.derived(var, "_rewind", Role::Residual, true);
        self.vars[rewind].access = Access::Owned;
        self.vars[rewind].ty = Ty::Unknown;
        self.vars[rewind].name = self.vars[stack].name.clone();
        self.rewinds.push(Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)));
        if ty.is_scalar() {
            prologue.push(Stmt::Let(Pattern::Var(var), Expr::Pop(rewind)));
            return Stmt::Save { stack, value: Expr::Var(var) };
        }
        // a reference into the stack takes the place of the value
        let popped = self.vars.derived(var, "_popped", Role::Residual, false);
        self.vars[popped].access = Access::Shared;
        self.vars[popped].name = self.vars[var].name.clone();
        reverse.iter_mut().for_each(|stmt| stmt.rename(var, popped));
        prologue.iter_mut().for_each(|stmt| stmt.rename(var, popped));
        prologue.push(Stmt::Let(Pattern::Var(popped), Expr::Pop(rewind)));
        let is_pullback = self.vars[var].role == Role::Pullback;
        let value = if is_pullback { Expr::Var(var) } else { Expr::Snapshot(Place::of(var)) };
        Stmt::Save { stack, value }
    }

    /// In a branch outside of loops: a variable of the top level keeps the scalar.
    fn save_in_variable(&mut self, var: Var, ty: Ty, prologue: &mut Vec<Stmt>) -> Stmt {
        let kept = self.vars.derived(var, "_kept", Role::Residual, true);
        self.vars[kept].access = Access::Owned;
        self.prelude.push(Stmt::Let(Pattern::Var(kept), start_value(&ty)));
        prologue.push(Stmt::Let(Pattern::Var(var), Expr::Load(Place::of(kept))));
        Stmt::Assign(Place::of(kept), Expr::Var(var))
    }
}

/// The linear maps of what is kept of operands as those of the operator.
fn read_operands(expr: &mut Expr, kept: Var, name: &'static str, operands: &[Expr]) {
    if let Expr::Linear { op, operands: known, .. } = expr
        && *op == MatrixOp::Keep(name)
        && known.iter().any(|known| known.as_reference().is_some_and(|place| place.root == kept))
    {
        (*op, *known) = (MatrixOp::Operator(name), operands.to_vec());
    }
    expr.for_each_child_mut(&mut |child| read_operands(child, kept, name, operands));
}

/// Any value of a scalar type; it is overwritten before it is read.
fn start_value(ty: &Ty) -> Expr {
    match ty {
        Ty::Float(FloatTy::Param(_) | FloatTy::Inferred | FloatTy::F64 | FloatTy::F32) => Expr::float(0.0),
        Ty::Bool => super::control::bool_literal(false),
        _ => super::control::integer_zero(),
    }
}
