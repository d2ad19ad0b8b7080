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
mod borrowed;
mod call;
mod checkpoint;
mod control;
mod counters;
mod definitions;
mod refill;
mod residuals;
mod restore;
mod reuse;
mod snapshots;
mod structural;
mod zeros;

use crate::analysis::activity::Activity;
use crate::analysis::extents::Extents;
use crate::analysis::lasting::Lasting;
use crate::analysis::overwrite::Lengths;
use crate::analysis::restorable::Changes;
use crate::analysis::shapes::Shapes;
use crate::analysis::storage::Storage;
use crate::ir::place::may_be_one;
use crate::ir::{
    Access, Block, Expr, Function, Passing, Pattern, Place, Projection, Role, Stmt, Var, VarMap, Vars, Wrt,
};
use bars::Cotangent;
pub use checkpoint::checkpointed;
use proc_macro2::Span;
use refill::Refill;
use restore::{Restored, worth_restoring};
use reuse::reuse_values;
use std::collections::BTreeSet;

/// How the two sweeps are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One function runs both; the caller lends a buffer for every differentiated parameter.
    Fused,
    /// The reverse sweep is a closure that owns the residuals; borrowed arguments are passed again.
    Split,
}

/// Both sweeps.
#[derive(Clone)]
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
        let mut check = |stmt: &Stmt| stmt.for_each_expr(&mut |expr| found |= matches!(expr, Expr::NewStack(_)));
        self.forward.iter().for_each(|stmt| stmt.for_each_stmt(&mut check));
        found
    }

    /// Whether a loop was fused with its reverse on a condition, where the general form runs otherwise.
    pub fn has_requirements(&self) -> bool {
        self.forward.iter().chain(&self.reverse).any(|stmt| matches!(stmt, Stmt::Require(_)))
    }
}

/// One block on the way to the statement at hand.
struct Level {
    defined: BTreeSet<Var>,
    /// What the block changes, with the field if it is in one.
    written: BTreeSet<(Var, Option<String>)>,
    in_loop: bool,
    /// Whether the block is the body of a loop itself.
    is_loop: bool,
    /// The lists that the reverse of the block may fill again.
    refills: Vec<Refill>,
    /// Zero cotangents that the forward sweep keeps, each to be made behind the last statement that settles the shape.
    zeros: VarMap<Stmt>,
}

impl Level {
    /// Whether the block neither defines nor changes what a place is in.
    fn leaves(&self, place: &Place) -> bool {
        let changes =
            |(var, field): &(Var, Option<String>)| *var == place.root && may_be_one(place.field(), field.as_deref());
        !self.defined.contains(&place.root) && !self.written.iter().any(changes)
    }
}

/// A function with what is known of it, however it is reversed.
pub struct Subject<'a> {
    function: &'a Function,
    activity: &'a Activity,
    storage: &'a Storage,
    extents: Extents,
    shapes: Shapes,
    lengths: Lengths,
    lasting: Lasting,
}

impl<'a> Subject<'a> {
    /// Analyses what only the reverse sweep asks for.
    pub fn of(function: &'a Function, activity: &'a Activity, storage: &'a Storage) -> Self {
        let extents = Extents::of(&function.vars, &function.body);
        let (shapes, lengths, lasting) = (Shapes::of(function), Lengths::of(function), Lasting::of(function));
        Self { function, activity, storage, extents, shapes, lengths, lasting }
    }

    /// What is worth to be brought back, by what a forward sweep saves.
    pub fn worth_restoring(&self, restorable: &VarMap<Changes>, vars: &Vars, forward: &[Stmt]) -> VarMap<Restored> {
        worth_restoring(restorable, &self.lasting, vars, forward)
    }
}

struct Reverse<'a> {
    function: &'a Function,
    activity: &'a Activity,
    storage: &'a Storage,
    extents: &'a Extents,
    shapes: &'a Shapes,
    lengths: &'a Lengths,
    lasting: &'a Lasting,
    mode: Mode,
    vars: Vars,
    levels: Vec<Level>,
    cotangents: VarMap<Cotangent>,
    /// Cotangents that an inner block increments, to be declared in the block that defines their primal.
    requested: Vec<(Var, Vec<Expr>)>,
    /// Declarations at the start of the forward sweep.
    prelude: Vec<Stmt>,
    /// Starts of the reverse sweep over the stacks.
    rewinds: Vec<Stmt>,
    /// Integers that the reverse sweep counts back, with the variable that it does so in.
    counted: VarMap<Var>,
    /// What it restores, likewise, and how much of that.
    restored: VarMap<(Var, Restored)>,
    /// The statement of the top level that is being reversed.
    top: usize,
    bars: Vec<Option<Var>>,
}

/// What the reverse sweep brings back itself, instead of reading what was saved.
#[derive(Default)]
pub struct BroughtBack {
    /// Integers that it counts back.
    pub counters: BTreeSet<Var>,
    /// What it restores.
    pub restored: VarMap<Restored>,
}

impl BroughtBack {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.counters.is_empty() && self.restored.is_empty()
    }
}

/// Reverses a function.
pub fn reverse_function(subject: &Subject<'_>, mode: Mode, brought_back: &BroughtBack) -> Sweeps {
    let Subject { function, activity, storage, extents, shapes, lengths, lasting } = subject;
    let mut reverse = Reverse {
        function,
        activity,
        storage,
        extents,
        shapes,
        lengths,
        lasting,
        mode,
        vars: function.vars.clone(),
        levels: Vec::new(),
        cotangents: VarMap::new(),
        requested: Vec::new(),
        prelude: Vec::new(),
        rewinds: Vec::new(),
        counted: VarMap::new(),
        restored: VarMap::new(),
        top: 0,
        bars: Vec::new(),
    };
    reverse.lend_buffers();
    reverse.bring_back(&brought_back.counters);
    reverse.start_restoring(&brought_back.restored);
    let seed = reverse.vars.temporary("result_bar", function.ret_ty.clone(), Span::call_site());
    let (forward, mut sweep) = reverse.block(&function.body, Some(Expr::Var(seed)), false);
    reverse.return_values(&mut sweep);
    reverse.forget_unread(&mut sweep);
    reverse.read_restored(&mut sweep);
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

    /// Whether the reverse of the statement at hand runs in the scope of its forward sweep.
    fn runs_together(&self) -> bool {
        self.mode == Mode::Fused && self.levels.len() == 1
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
            stmt.for_each_written(&mut |place| {
                written.insert((place.root, place.field().map(str::to_owned)));
            });
        }
        let counters: Vec<Var> = defined.iter().copied().filter(|var| self.counted.contains_key(var)).collect();
        let restored: Vec<Var> = defined.iter().copied().filter(|var| self.restored.contains_key(var)).collect();
        let zeros = VarMap::new();
        self.levels.push(Level { defined, written, in_loop, is_loop, refills: Vec::new(), zeros });
        let refills = self.find_refills(block);
        if let Some(level) = self.levels.last_mut() {
            level.refills = refills;
        }
        let mut out = Vec::new();
        let mut groups = Vec::new();
        let mut ends = self.start_from_the_end(&counters, &mut out);
        ends.extend(self.start_from_copies(&restored, &mut out));
        for cell in cells {
            self.declare_cell(cell, block, &mut out);
        }
        if let (Some(result), Some(seed)) = (&block.result, seed) {
            self.seed_result(&mut out, result, seed);
        }
        for (index, stmt) in block.stmts.iter().enumerate().rev() {
            if self.levels.len() == 1 {
                self.top = index;
            }
            let mut forward = Vec::new();
            self.stmt(stmt, &mut forward, &mut out);
            self.zeros_behind(stmt, &mut forward);
            groups.push(forward);
        }
        // zeros of parameters that the function overwrites
        let zeros = self.levels.last_mut().map(|level| std::mem::take(&mut level.zeros));
        groups.push(zeros.unwrap_or_default().into_values().collect());
        let mut stmts: Vec<Stmt> = groups.into_iter().rev().flatten().collect();
        // an early exit stays the last statement, by which its loop is known
        let end = stmts.len() - usize::from(matches!(stmts.last(), Some(Stmt::BreakIf(_))));
        stmts.splice(end..end, ends);
        let forward = Block { stmts, result: block.result.clone() };
        reuse_values(&self.vars, &forward.stmts, &mut out);
        self.refill(&mut out);
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
            Stmt::For { var, range, body } => self.counted_loop(*var, range, body, forward, out),
            Stmt::While { header, body } => self.while_loop(header, body, forward, out),
            other => forward.push(other.clone()),
        }
    }
}
