//! Reverse mode: the forward sweep with what it saves, and the reverse sweep.
//!
//! Takes a lowered function with its activity and storage; returns the statements of both sweeps. For `z = op(x, y)` the
//! reverse sweep adds `z_bar ∂op/∂x` to `x_bar`, statement by statement from the last to the first (Griewank & Walther,
//! Evaluating Derivatives, 2008, §3.2).
//!
//! A variable that is defined once has its cotangent as a sum of expressions, written where its definition is reversed;
//! a *cell* has a cotangent variable that is incremented. A primal value that the reverse sweep needs is still in its
//! variable, or is evaluated again, or was saved ([`residuals`]).

mod adjoint;
mod bars;
mod call;
mod checkpoint;
mod residuals;
mod reuse;
mod snapshots;
mod structural;

use crate::analysis::activity::Activity;
use crate::analysis::induction::analyse_induction;
use crate::analysis::storage::Storage;
use crate::ir::{Access, Block, Expr, Function, Passing, Pattern, Place, Projection, Role, Stmt, Ty, Var, Vars, Wrt};
use bars::Cotangent;
pub use checkpoint::checkpointed;
use proc_macro2::Span;
use reuse::reuse_values;
use std::collections::{BTreeMap, BTreeSet};

/// How the two sweeps are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One function runs both; the caller lends a buffer for every differentiated parameter.
    Fused,
    /// The reverse sweep is a closure that owns the residuals; borrowed arguments are passed again.
    Split,
}

/// Both sweeps.
#[derive(Clone, Debug)]
pub struct Sweeps {
    /// The variables.
    pub vars: Vars,
    /// The forward sweep.
    pub forward: Vec<Stmt>,
    /// The primal's result.
    pub result: Option<Expr>,
    /// The reverse sweep.
    pub reverse: Vec<Stmt>,
    /// The cotangent of the result, where there is one.
    pub seed: Var,
    /// The cotangent buffer of each differentiated parameter.
    pub bars: Vec<Option<Var>>,
    /// What the reverse sweep captures, if it runs the forward sweep again; otherwise all that the forward sweep defines.
    pub again: Option<Vec<Var>>,
}

impl Sweeps {
    /// Whether the reverse sweep reads what a loop or a branch saved.
    pub fn has_stacks(&self) -> bool {
        let mut found = false;
        self.forward.iter().for_each(|stmt| {
            let mut check = |expr: &Expr| found |= matches!(expr, Expr::NewStack(_));
            stmt.for_each_expr(&mut |expr| check(expr));
            for block in stmt.blocks() {
                block.for_each_stmt(&mut |inner| inner.for_each_expr(&mut |expr| check(expr)));
            }
        });
        found
    }
}

/// One block on the way to the statement at hand.
struct Level {
    defined: BTreeSet<Var>,
    /// What the block changes.
    written: BTreeSet<Var>,
    in_loop: bool,
    /// Zero cotangents that the forward sweep keeps, each to be made behind the last statement that settles the shape.
    zeros: BTreeMap<Var, Stmt>,
}

struct Reverse<'a> {
    function: &'a Function,
    activity: &'a Activity,
    storage: &'a Storage,
    mode: Mode,
    vars: Vars,
    levels: Vec<Level>,
    cotangents: BTreeMap<Var, Cotangent>,
    /// Cotangents that an inner block increments, to be declared in the block that defines their primal.
    requested: Vec<(Var, Vec<Expr>)>,
    /// Declarations at the start of the forward sweep.
    prelude: Vec<Stmt>,
    /// Starts of the reverse sweep over the stacks.
    rewinds: Vec<Stmt>,
    /// Integers that the reverse sweep brings back itself, with the variable that it does so in.
    brought_back: BTreeMap<Var, Var>,
    /// The statement of the top level that is being reversed.
    top: usize,
    bars: Vec<Option<Var>>,
}

/// Reverses a function.
pub fn reverse_function(function: &Function, activity: &Activity, storage: &Storage, mode: Mode) -> Sweeps {
    let mut reverse = Reverse {
        function,
        activity,
        storage,
        mode,
        vars: function.vars.clone(),
        levels: Vec::new(),
        cotangents: BTreeMap::new(),
        requested: Vec::new(),
        prelude: Vec::new(),
        rewinds: Vec::new(),
        brought_back: BTreeMap::new(),
        top: 0,
        bars: Vec::new(),
    };
    reverse.lend_buffers();
    reverse.bring_back();
    let seed = reverse.vars.temporary("result_bar", function.ret_ty.clone(), Span::call_site());
    let (forward, mut sweep) = reverse.block(&function.body, Some(Expr::Var(seed)), false);
    reverse.return_values(&mut sweep);
    if mode == Mode::Split {
        reverse.borrow_again(&forward.stmts, &mut sweep);
    }
    let Reverse { vars, prelude, rewinds, bars, .. } = reverse;
    let forward_stmts = prelude.into_iter().chain(forward.stmts).collect();
    let reverse_stmts = rewinds.into_iter().chain(sweep).collect();
    Sweeps { vars, forward: forward_stmts, result: forward.result, reverse: reverse_stmts, seed, bars, again: None }
}

impl Reverse<'_> {
    fn is_active(&self, var: Var) -> bool {
        self.activity.is_active(var)
    }

    /// Lets the reverse sweep undo what loops add to integers. Where both sweeps run in one function, loops may be fused
    /// and then have the integer itself.
    fn bring_back(&mut self) {
        if self.mode == Mode::Fused {
            return;
        }
        for var in analyse_induction(self.function) {
            let back = self.vars.derived(var, "_back", Role::Residual, true);
            self.vars[back].access = Access::Owned;
            self.rewinds.push(Stmt::Let(Pattern::Var(back), Expr::Load(Place::of(var))));
            self.brought_back.insert(var, back);
        }
    }

    /// Gives every differentiated parameter the buffer that the caller lends.
    fn lend_buffers(&mut self) {
        for param in &self.function.params {
            let bar = (param.wrt == Wrt::Active).then(|| {
                let bar = self.vars.derived(param.var, "_bar", Role::Cotangent(param.var), true);
                self.vars[bar].access = Access::Mutable;
                bar
            });
            self.bars.push(bar);
        }
    }

    /// The position of the parameter that a variable is.
    fn param_of(&self, var: Var) -> Option<usize> {
        self.function.params.iter().position(|param| param.var == var)
    }

    /// Whether the cotangent of a parameter is directly the caller's buffer: nothing overwrites the parameter, or its
    /// final value is the caller's too.
    fn accumulates_in_buffer(&self, var: Var) -> bool {
        self.param_of(var).is_some_and(|index| {
            let param = &self.function.params[index];
            let constant = self.storage.is_constant(var) && self.storage.is_cell(var);
            param.passing != Passing::Value || constant
        })
    }

    /// Reverses a block whose value has the cotangent `seed`.
    fn block(&mut self, block: &Block, seed: Option<Expr>, is_loop: bool) -> (Block, Vec<Stmt>) {
        let mut defined: BTreeSet<Var> = block.stmts.iter().flat_map(Stmt::defines).collect();
        if self.levels.is_empty() {
            defined.extend(self.function.params.iter().map(|param| param.var));
        }
        let in_loop = is_loop || self.levels.last().is_some_and(|level| level.in_loop);
        let cells: Vec<Var> =
            defined.iter().copied().filter(|var| self.is_active(*var) && self.storage.is_cell(*var)).collect();
        let mut written = BTreeSet::new();
        for stmt in &block.stmts {
            stmt.for_each_write(&mut |var| {
                written.insert(var);
            });
        }
        self.levels.push(Level { defined, written, in_loop, zeros: BTreeMap::new() });
        let mut out = Vec::new();
        for cell in cells {
            self.declare_cell(cell, block, &mut out);
        }
        let mut groups = Vec::new();
        if let (Some(result), Some(seed)) = (&block.result, seed) {
            self.seed_result(&mut out, result, seed);
        }
        for (index, stmt) in block.stmts.iter().enumerate().rev() {
            if self.levels.len() == 1 {
                self.top = index;
            }
            let mut forward = Vec::new();
            self.stmt(stmt, &mut forward, &mut out);
            // the zero cotangent has the shape that the variable has at the end of its block
            let mut settled = stmt.defines();
            stmt.for_each_write(&mut |var| settled.push(var));
            if let Some(level) = self.levels.last_mut() {
                forward.extend(settled.iter().filter_map(|var| level.zeros.remove(var)));
            }
            groups.push(forward);
        }
        // zeros of parameters that the function overwrites
        let zeros = self.levels.last_mut().map(|level| std::mem::take(&mut level.zeros));
        groups.push(zeros.unwrap_or_default().into_values().collect());
        let forward = Block { stmts: groups.into_iter().rev().flatten().collect(), result: block.result.clone() };
        reuse_values(&self.vars, &forward.stmts, &mut out);
        let resolved = if self.levels.len() > 1 { self.resolve_needs(forward, out) } else { (forward, out) };
        self.levels.pop();
        resolved
    }

    /// The value of a block has the cotangent `seed`.
    fn seed_result(&mut self, out: &mut Vec<Stmt>, result: &Expr, seed: Expr) {
        if !self.activity.flows_active(result) {
            return;
        }
        match (result, &seed) {
            (Expr::Tuple(parts), Expr::Var(seed)) => {
                for (index, part) in parts.iter().enumerate() {
                    let place = Place::of(*seed).project(Projection::Field(index.to_string()));
                    self.seed_result(out, part, Expr::Load(place));
                }
            }
            (Expr::Tuple(parts), Expr::Load(place)) => {
                for (index, part) in parts.iter().enumerate() {
                    let place = place.clone().project(Projection::Field(index.to_string()));
                    self.seed_result(out, part, Expr::Load(place));
                }
            }
            _ => self.adjoint(&mut Vec::new(), out, result, seed, None),
        }
    }

    fn stmt(&mut self, stmt: &Stmt, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        match stmt {
            Stmt::Let(pattern, Expr::Call(call)) => self.call(pattern.clone(), call, forward, out),
            Stmt::Do(Expr::Call(call)) => self.call(Pattern::Wild, call, forward, out),
            Stmt::Let(Pattern::Var(var), value) => self.definition(*var, value, forward, out),
            Stmt::Let(pattern, value) => {
                let seed = self.take_pattern(pattern, out);
                let mut pre = Vec::new();
                if let Some(seed) = seed.filter(|_| self.activity.flows_active(value)) {
                    self.adjoint(&mut pre, out, value, seed, None);
                }
                forward.extend(pre);
                forward.push(stmt.clone());
            }
            Stmt::Assign(place, value) => self.assignment(place, value, forward, out),
            Stmt::Structural(structural) => self.structural(structural, forward, out),
            Stmt::Add(place, value) => self.increment(place, value, forward, out),
            Stmt::If { result, cond, then, otherwise } => {
                self.branch(*result, cond, [then, otherwise], forward, out);
            }
            Stmt::For { var, range, body } if range.checkpoint.is_some() => {
                self.checkpointed_loop(*var, range, body, forward, out);
            }
            Stmt::For { var, range, body } => {
                let (mut body, reversed) = self.block(body, None, true);
                if reversed.is_empty() {
                    forward.push(Stmt::For { var: *var, range: range.clone(), body });
                    return;
                }
                let leaves = matches!(body.stmts.last(), Some(Stmt::BreakIf(_)));
                let count = leaves.then(|| self.count(&mut body, forward));
                forward.push(Stmt::For { var: *var, range: range.clone(), body });
                let last = count.map(|count| Box::new(self.counted(count, forward)));
                self.declare_requested(out);
                let range = crate::ir::Range { reversed: !range.reversed, last, ..range.clone() };
                out.push(Stmt::For { var: *var, range, body: Block::of(reversed) });
            }
            Stmt::While { header, body } => self.while_loop(header, body, forward, out),
            other => forward.push(other.clone()),
        }
    }

    /// `let var = value;`
    fn definition(&mut self, var: Var, value: &Expr, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let is_cell = self.storage.is_cell(var);
        let mut pre = Vec::new();
        let mut value = value.clone();
        if self.is_active(var) && self.activity.flows_active(&value) {
            let mut result = Some(Expr::Var(var));
            if (is_cell || self.leaves(var, &value)) && self.uses_result(&value) {
                result = Some(self.bind_result(&mut pre, &mut value));
            }
            let seed = if is_cell { self.cell_value(var) } else { self.take(var, out) };
            if let Some(seed) = seed {
                // a bound result is the cell's first value
                let source = match (pre.last(), &result) {
                    (Some(Stmt::Let(_, source)), Some(Expr::Var(bound))) if *bound != var => source.clone(),
                    _ => value.clone(),
                };
                self.adjoint(&mut pre, out, &source, seed, result);
            }
        }
        forward.extend(pre);
        forward.push(Stmt::Let(Pattern::Var(var), value));
    }

    /// `place = value;`: the cotangent of the old value is zero.
    fn assignment(&mut self, place: &Place, value: &Expr, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let mut value = value.clone();
        let mut pre = Vec::new();
        if self.is_active(place.root) {
            let bar = self.bar_place(place);
            let scalar = self.vars.place_type(place).is_float() || matches!(value, Expr::Prim(..) | Expr::Cast(..));
            let zero = match () {
                () if scalar => Expr::float(0.0),
                () if self.may_change_shape(place, &value) => self.zero_of_old(place, &mut pre),
                () => Expr::ZeroLike(Box::new(Expr::Borrow(bar.clone(), false))),
            };
            if self.activity.flows_active(&value) {
                let source = value.clone();
                let result = self.uses_result(&value).then(|| self.bind_result(&mut pre, &mut value));
                let seed = self.vars.derived(place.root, "_bar", Role::Cotangent(place.root), false);
                self.vars[seed].ty = self.vars.place_type(place);
                self.vars[seed].access = Access::Owned;
                let read = if scalar { Expr::Load(bar.clone()) } else { Expr::Snapshot(bar.clone()) };
                out.push(Stmt::Let(Pattern::Var(seed), read));
                out.push(Stmt::Assign(bar, zero));
                self.adjoint(&mut pre, out, &source, Expr::Var(seed), result);
            } else {
                out.push(Stmt::Assign(bar, zero));
            }
        }
        forward.extend(pre);
        forward.push(Stmt::Assign(place.clone(), value));
    }

    /// Whether `place += value` may move a point by a vector, so that the cotangents differ in type.
    fn is_displacement(&self, place: &Place, value: &Expr) -> bool {
        let vector = match value {
            Expr::Matrix(crate::ir::MatrixOp::Operator("neg"), operands) => operands.first(),
            other => Some(other),
        };
        self.vars.place_type(place) == Ty::Unknown
            && vector.is_some_and(|vector| matches!(self.type_of(vector), Ty::Matrix(_)))
    }

    /// Whether an assignment may leave a value of another length, or another variant, in a place.
    fn may_change_shape(&self, place: &Place, value: &Expr) -> bool {
        match self.vars.place_type(place) {
            Ty::Vec(_) | Ty::Option(_) => true,
            Ty::Unknown => place.is_whole() || !self.has_fixed_shape(value),
            Ty::Matrix(_) => place.is_whole(),
            _ => false,
        }
    }

    /// Whether all values of the type of an expression have the same shape.
    fn has_fixed_shape(&self, value: &Expr) -> bool {
        let is_fixed = |ty: &Ty| ty.is_scalar() || *ty == Ty::Inert;
        match value {
            Expr::Var(var) => is_fixed(&self.vars[*var].ty),
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => {
                is_fixed(&self.vars.place_type(place))
            }
            // `None` is not the variant that was there
            Expr::Opaque(opaque) => opaque.cheap && !opaque.names_variant(),
            Expr::Float(..) | Expr::Prim(..) | Expr::Cast(..) => true,
            _ => false,
        }
    }

    /// The zero cotangent of what is overwritten, which the forward sweep keeps.
    fn zero_of_old(&mut self, place: &Place, pre: &mut Vec<Stmt>) -> Expr {
        let zero = self.vars.derived(place.root, "_zero", Role::Residual, false);
        self.vars[zero].access = Access::Owned;
        self.vars[zero].ty = Ty::Unknown;
        if let Some(level) = self.levels.last_mut() {
            level.defined.insert(zero);
        }
        pre.push(Stmt::Let(Pattern::Var(zero), Expr::ZeroLike(Box::new(Expr::Borrow(place.clone(), false)))));
        Expr::Snapshot(Place::of(zero))
    }

    /// `place += value;`: the cotangent of the place is that of the value too.
    fn increment(&mut self, place: &Place, value: &Expr, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        if let Some(back) = self.brought_back.get(&place.root) {
            out.push(Stmt::Add(Place::of(*back), value.clone().negate()));
        }
        let mut value = value.clone();
        let mut pre = Vec::new();
        if self.is_active(place.root) && self.activity.flows_active(&value) {
            let source = value.clone();
            let inner = match &mut value {
                Expr::Prim(crate::rules::Prim::Neg, args) if args.len() == 1 => &mut args[0],
                other => other,
            };
            let result = if uses_result(inner) { Some(self.bind_result(&mut pre, inner)) } else { None };
            let bar = self.bar_place(place);
            let seed = self.vars.derived(place.root, "_bar", Role::Cotangent(place.root), false);
            self.vars[seed].ty = self.vars.place_type(place);
            self.vars[seed].access = Access::Owned;
            let scalar = self.vars.place_type(place).is_float() || matches!(source, Expr::Prim(..) | Expr::Cast(..));
            let read = match scalar {
                true => Expr::Load(bar),
                false if self.is_displacement(place, &source) => crate::rules::matrix::displacement(bar),
                false => Expr::Snapshot(bar),
            };
            out.push(Stmt::Let(Pattern::Var(seed), read));
            self.adjoint(&mut pre, out, &source, Expr::Var(seed), result);
        }
        forward.extend(pre);
        forward.push(Stmt::Add(place.clone(), value));
    }

    fn branch(
        &mut self,
        result: Option<Var>,
        cond: &Expr,
        blocks: [&Block; 2],
        forward: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
    ) {
        let seed = result.filter(|var| self.is_active(*var)).and_then(|var| self.take(var, out));
        let [(then, then_out), (otherwise, otherwise_out)] = blocks.map(|block| self.block(block, seed.clone(), false));
        let reversed = !then_out.is_empty() || !otherwise_out.is_empty();
        let cond = if reversed { self.repeatable(cond, Ty::Bool, "branch", forward) } else { cond.clone() };
        if reversed {
            self.declare_requested(out);
            out.push(Stmt::If {
                result: None,
                cond: cond.clone(),
                then: Block::of(then_out),
                otherwise: Block::of(otherwise_out),
            });
        }
        forward.push(Stmt::If { result, cond, then, otherwise });
    }

    /// The reverse sweep runs the body as often as the forward sweep counted. The header runs once more than the body.
    fn while_loop(&mut self, header: &Block, body: &Block, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let (header, header_out) = self.block(header, None, true);
        let (mut body, body_out) = self.block(body, None, true);
        if header_out.is_empty() && body_out.is_empty() {
            forward.push(Stmt::While { header, body });
            return;
        }
        let leaves = match body.stmts.last() {
            Some(Stmt::BreakIf(cond)) => Some(cond.clone()),
            _ => None,
        };
        let count = self.count(&mut body, forward);
        forward.push(Stmt::While { header, body });
        let steps = self.counted(count, forward);
        self.declare_requested(out);
        // the header has run once more, unless the loop was left from its body
        let header_once = match leaves.filter(|_| !header_out.is_empty()) {
            Some(cond) => {
                let cond = self.repeatable(&cond, Ty::Bool, "left", forward);
                let last = Block::of(header_out.clone());
                vec![Stmt::If { result: None, cond, then: Block::default(), otherwise: last }]
            }
            None => header_out.clone(),
        };
        let counter = self.vars.temporary("_", Ty::Int, Span::call_site());
        let range = crate::ir::Range {
            low: usize_literal(0),
            high: steps,
            inclusive: false,
            step: None,
            reversed: false,
            last: None,
            part: None,
            checkpoint: None,
        };
        out.extend(header_once);
        let body = body_out.into_iter().chain(header_out).collect();
        out.push(Stmt::For { var: counter, range, body: Block::of(body) });
    }

    /// Lets a loop count its iterations.
    fn count(&mut self, body: &mut Block, forward: &mut Vec<Stmt>) -> Var {
        let count = self.vars.temporary("iterations", Ty::Int, Span::call_site());
        self.vars[count].mutable = true;
        body.stmts.insert(0, Stmt::Increment(count));
        forward.push(Stmt::Let(Pattern::Var(count), usize_literal(0)));
        count
    }

    /// The number of iterations that a loop has counted, as the reverse sweep reads it.
    fn counted(&mut self, count: Var, forward: &mut Vec<Stmt>) -> Expr {
        let steps = self.vars.temporary("steps", Ty::Int, Span::call_site());
        if let Some(level) = self.levels.last_mut() {
            level.defined.insert(steps);
        }
        forward.push(Stmt::Let(Pattern::Var(steps), Expr::Load(Place::of(count))));
        Expr::Var(steps)
    }

    /// An inert expression that the reverse sweep may evaluate again, or the variable that keeps its value.
    fn repeatable(&mut self, expr: &Expr, ty: Ty, name: &str, forward: &mut Vec<Stmt>) -> Expr {
        let repeatable = match expr {
            Expr::Opaque(opaque) => {
                opaque.cheap && opaque.writes.is_empty() && opaque.reads.iter().all(|var| self.is_fixed_scalar(*var))
            }
            Expr::Var(var) => self.is_fixed_scalar(*var),
            _ => expr.is_atom(),
        };
        if repeatable {
            return expr.clone();
        }
        let var = self.vars.temporary(name, ty, Span::call_site());
        if let Some(level) = self.levels.last_mut() {
            level.defined.insert(var);
        }
        forward.push(Stmt::Let(Pattern::Var(var), expr.clone()));
        Expr::Var(var)
    }

    fn is_fixed_scalar(&self, var: Var) -> bool {
        let info = &self.vars[var];
        !info.mutable && info.access == Access::Owned && info.ty.is_scalar()
    }

    fn uses_result(&self, value: &Expr) -> bool {
        uses_result(value)
    }

    /// Whether a matrix goes to where the reverse sweep cannot read it: into another value, or to the caller.
    fn leaves(&self, var: Var, value: &Expr) -> bool {
        let returned = self.mode == Mode::Split && self.storage.is_returned(var);
        matches!(value, Expr::Matrix(..)) && !self.vars[var].ty.is_scalar() && (returned || self.storage.is_moved(var))
    }

    /// Gives the value of an assignment a name, for rules that use the result.
    fn bind_result(&mut self, pre: &mut Vec<Stmt>, value: &mut Expr) -> Expr {
        let ty = match value {
            Expr::Prim(..) => Ty::Float(crate::ir::FloatTy::Inferred),
            _ => Ty::Unknown,
        };
        let is_scalar = ty.is_scalar();
        let var = self.vars.temporary("t", ty, Span::call_site());
        if let Some(level) = self.levels.last_mut() {
            level.defined.insert(var);
        }
        // what the rule reads must not move into the variable
        let copy = if is_scalar { Expr::Var(var) } else { Expr::Snapshot(Place::of(var)) };
        pre.push(Stmt::Let(Pattern::Var(var), std::mem::replace(value, copy)));
        Expr::Var(var)
    }
}

/// Whether the derivative of an operation reads its result.
fn uses_result(value: &Expr) -> bool {
    match value {
        Expr::Prim(prim, args) => {
            let result = Var(usize::MAX);
            prim.partials(args, &Expr::Var(result))
                .into_iter()
                .any(|partial| partial.apply(Expr::float(1.0)).is_some_and(|expr| expr.reads(result)))
        }
        Expr::Matrix(op, _) => op.uses_result(),
        _ => false,
    }
}

/// A count.
pub fn usize_literal(value: usize) -> Expr {
    Expr::constant(proc_macro2::Literal::usize_suffixed(value).into())
}

/// A zero of an integer type that inference finds.
fn integer_zero() -> Expr {
    Expr::constant(proc_macro2::Literal::usize_unsuffixed(0).into())
}

fn bool_literal(value: bool) -> Expr {
    Expr::constant(proc_macro2::Ident::new(if value { "true" } else { "false" }, Span::call_site()).into())
}
