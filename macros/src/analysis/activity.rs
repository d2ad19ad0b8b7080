//! Activity: *varied* depends on an input, *useful* influences an output, *active* is both.
//!
//! Takes a lowered function; returns the active variables, and reports what is active but not understood. Only value
//! flow counts: shapes, comparisons and indices carry no derivative. Per variable, not per element, and insensitive to the
//! order of statements, which errs on the side of more work (Hascoët & Pascual, The Tapenade Automatic Differentiation
//! Tool, 2013, §4).

use crate::diagnostics::Diagnostics;
use crate::ir::{
    Access, Block, Call, Expr, Function, MatrixOp, Opaque, Passing, Pattern, Stmt, Structural, Ty, Var, VarMap, Wrt,
};
use crate::refusal::Refusal;
use std::collections::BTreeSet;

/// The result of the analysis.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    varied: BTreeSet<Var>,
    useful: BTreeSet<Var>,
}

impl Activity {
    /// Whether a derivative flows through a variable.
    pub fn is_active(&self, var: Var) -> bool {
        self.varied.contains(&var) && self.useful.contains(&var)
    }

    /// The same, with more variables that are active.
    pub fn with(&self, more: &BTreeSet<Var>) -> Self {
        Self { varied: &self.varied | more, useful: &self.useful | more }
    }

    /// Whether a derivative flows into the value of an expression.
    pub fn flows_active(&self, expr: &Expr) -> bool {
        let mut active = false;
        for_each_flow(expr, &mut |var| active |= self.is_active(var));
        active
    }

    /// Whether a derivative passes a call: from an argument to the result, or to what is lent for writing.
    pub fn is_active_call(&self, pattern: &Pattern, call: &Call) -> bool {
        let into = |arg: &Expr| matches!(arg, Expr::Borrow(place, true) if self.is_active(place.root));
        let arrives = pattern.vars().into_iter().any(|var| self.is_active(var)) || call.args.iter().any(into);
        arrives && call.args.iter().any(|arg| self.flows_active(arg))
    }
}

/// Analyses a function, and reports what is active but not understood. Returns where methods without a rule are called
/// with active values.
pub fn analyse_activity(function: &Function, diagnostics: &mut Diagnostics) -> Vec<proc_macro2::Span> {
    let activity = find_activity(function);
    let mut refusals =
        Refusals { function, activity: &activity, tainted: VarMap::new(), unknown_methods: Vec::new(), diagnostics };
    refusals.function();
    refusals.unknown_methods
}

/// Analyses a function that is understood. A rewrite of the function wants a new analysis.
pub fn find_activity(function: &Function) -> Activity {
    let mut activity = Activity::default();
    for param in function.params.iter().filter(|param| param.wrt == Wrt::Active) {
        activity.varied.insert(param.var);
        if param.passing == Passing::Mutable {
            activity.useful.insert(param.var);
        }
    }
    if let Some(result) = &function.body.result {
        for_each_flow(result, &mut |var| {
            activity.useful.insert(var);
        });
    }
    loop {
        let before = (activity.varied.len(), activity.useful.len());
        let mut spread = Spread { function, activity: &mut activity };
        spread.block(&function.body);
        if before == (activity.varied.len(), activity.useful.len()) {
            break;
        }
    }
    activity
}

/// Calls `f` with the variables whose value enters into that of an expression.
pub fn for_each_flow(expr: &Expr, f: &mut dyn FnMut(Var)) {
    match expr {
        Expr::Var(var) => f(*var),
        Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => f(place.root),
        Expr::Opaque(opaque) => opaque.flows.iter().copied().for_each(f),
        Expr::Select(_, then, otherwise) => [then, otherwise].into_iter().for_each(|part| for_each_flow(part, f)),
        Expr::Repeat { item, .. } => for_each_flow(item, f),
        Expr::ZeroLike(_) | Expr::NewStack(_) | Expr::Matrix(MatrixOp::Keep(_), _) => {}
        Expr::Pop(stack) | Expr::Rewind(stack) => f(*stack),
        Expr::Construct(construct) => {
            construct.fields.iter().for_each(|(_, _, part)| for_each_flow(part, f));
            construct.base.iter().for_each(|base| f(base.root));
        }
        other => other.for_each_child(&mut |child| for_each_flow(child, f)),
    }
}

struct Spread<'a> {
    function: &'a Function,
    activity: &'a mut Activity,
}

impl Spread<'_> {
    fn block(&mut self, block: &Block) {
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
        block.stmts.iter().rev().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let(pattern, value) => self.flow(value, &pattern.vars()),
            Stmt::Assign(place, value) | Stmt::Add(place, value) => self.flow(value, &[place.root]),
            Stmt::Structural(structural) => {
                let roots: Vec<Var> = structural.roots().collect();
                structural.value.iter().for_each(|value| self.flow(value, &roots));
                // what leaves carries on, and places that exchange their values exchange their derivatives
                for place in &structural.places {
                    let into: Vec<Var> = structural.result.into_iter().chain(roots.iter().copied()).collect();
                    self.flow(&Expr::Load(place.clone()), &into);
                }
            }
            Stmt::Do(value) => self.flow(value, &[]),
            Stmt::If { result: Some(result), then, otherwise, .. } => {
                for value in [&then.result, &otherwise.result].into_iter().flatten() {
                    self.flow(value, &[*result]);
                }
            }
            _ => {}
        }
        stmt.blocks().into_iter().for_each(|block| self.block(block));
    }

    /// A value flows into variables, and into what a call or opaque code changes.
    fn flow(&mut self, value: &Expr, into: &[Var]) {
        let mut into = into.to_vec();
        match value {
            Expr::Call(call) => into.extend(call.args.iter().filter_map(|arg| match arg {
                Expr::Borrow(place, true) => Some(place.root),
                _ => None,
            })),
            Expr::Opaque(opaque) => into.extend(&opaque.writes),
            _ => {}
        }
        let mut from = Vec::new();
        for_each_flow(value, &mut |var| from.push(var));
        let can_carry = |var: &Var| !self.function.vars[*var].ty.is_inert();
        if from.iter().any(|var| self.activity.varied.contains(var)) {
            self.activity.varied.extend(into.iter().copied().filter(can_carry));
        }
        if into.iter().any(|var| self.activity.useful.contains(var)) {
            self.activity.useful.extend(from.iter().copied().filter(can_carry));
        }
    }
}

/// The search for active code that is not understood.
struct Refusals<'a> {
    function: &'a Function,
    activity: &'a Activity,
    /// Integers that a cast made from a varied float.
    tainted: VarMap<Var>,
    unknown_methods: Vec<proc_macro2::Span>,
    diagnostics: &'a mut Diagnostics,
}

impl Refusals<'_> {
    fn function(&mut self) {
        for param in &self.function.params {
            let excluded = param.wrt == Wrt::Excluded && param.passing == Passing::Mutable;
            if excluded && self.activity.is_active(param.var) {
                let info = &self.function.vars[param.var];
                self.diagnostics.refuse(info.span, &Refusal::ExcludedWrite(info.name.clone()));
            }
        }
        // until nothing is added: an integer may be tainted later in a loop than it is used
        let mut before = usize::MAX;
        while before != self.tainted.len() {
            before = self.tainted.len();
            self.block(&self.function.body, true);
        }
        self.block(&self.function.body, false);
        if let Some(result) = &self.function.body.result {
            self.value(result, true);
        }
    }

    fn block(&mut self, block: &Block, only_taint: bool) {
        for stmt in &block.stmts {
            if only_taint {
                self.taint(stmt);
            } else {
                self.stmt(stmt);
            }
            for block in stmt.blocks() {
                self.block(block, only_taint);
            }
        }
    }

    /// Notes integers that hold what was a derivative's way.
    fn taint(&mut self, stmt: &Stmt) {
        let (into, value) = match stmt {
            Stmt::Let(pattern, value) => (pattern.vars(), value),
            Stmt::Assign(place, value) | Stmt::Add(place, value) => (vec![place.root], value),
            Stmt::Do(value @ Expr::Opaque(opaque)) => (opaque.writes.clone(), value),
            _ => return,
        };
        let mut dropped = None;
        for_each_opaque(value, &mut |opaque| {
            let cast = opaque.drops.iter().find(|var| self.activity.varied.contains(var)).copied();
            let held = || opaque.flows.iter().find_map(|var| self.tainted.get(var)).copied();
            dropped = dropped.or(cast).or_else(held);
        });
        if let Some(float) = dropped {
            let integers = into.into_iter().filter(|var| self.function.vars[*var].ty == Ty::Int);
            self.tainted.extend(integers.map(|var| (var, float)));
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let useful = |var: &Var| self.activity.useful.contains(var);
        match stmt {
            Stmt::Let(pattern, value) => {
                let wanted = pattern.vars().iter().any(useful);
                self.value(value, wanted);
            }
            Stmt::Assign(place, value) | Stmt::Add(place, value) => {
                let wanted = useful(&place.root);
                self.value(value, wanted);
            }
            Stmt::If { result, then, otherwise, .. } => {
                let wanted = result.iter().any(useful);
                for value in [&then.result, &otherwise.result].into_iter().flatten() {
                    self.value(value, wanted);
                }
            }
            Stmt::Structural(structural) => {
                let wanted = structural.roots().any(|root| useful(&root));
                structural.value.iter().for_each(|value| self.value(value, wanted));
                self.resizing(structural);
            }
            Stmt::Do(Expr::Call(call)) => call.args.iter().for_each(|arg| self.value(arg, true)),
            _ => {}
        }
        stmt.for_each_expr(&mut |expr| {
            for_each_opaque(expr, &mut |opaque| self.writes(opaque));
        });
    }

    /// No derivative may be lost in a value that an output depends on.
    fn value(&mut self, value: &Expr, wanted: bool) {
        if !wanted {
            return;
        }
        for_each_opaque(value, &mut |opaque| {
            let name = |var: &Var| self.function.vars[*var].name.clone();
            if let Some(var) = opaque.flows.iter().find_map(|var| self.tainted.get(var)) {
                self.diagnostics.refuse(opaque.site.0, &Refusal::LossyCast(name(var)));
            }
            let Some(var) = opaque.flows.iter().find(|var| self.activity.varied.contains(var)) else { return };
            note_unknown(opaque, &mut self.unknown_methods);
            let refusal = match &opaque.refusal {
                _ if opaque.drops.contains(var) => Refusal::LossyCast(name(var)),
                Some(refusal) => refusal.clone(),
                None => Refusal::Construct("this expression"),
            };
            self.diagnostics.refuse(opaque.site.0, &refusal);
        });
    }

    /// The cotangent of a `&mut Vec` is lent as a slice.
    fn resizing(&mut self, structural: &Structural) {
        if !structural.op.row().resizes {
            return;
        }
        for place in structural.places.iter().filter(|place| place.is_whole() && self.activity.is_active(place.root)) {
            let info = &self.function.vars[place.root];
            if info.access == Access::Mutable && !matches!(info.ty, Ty::Float(_) | Ty::Array(_) | Ty::Tuple(_)) {
                self.diagnostics.refuse(structural.site.0, &Refusal::ResizedParameter(info.name.clone()));
            }
        }
    }

    /// Code that is not understood must not change what carries a derivative.
    fn writes(&mut self, opaque: &Opaque) {
        if opaque.counts {
            return;
        }
        for var in &opaque.writes {
            if self.activity.is_active(*var) {
                note_unknown(opaque, &mut self.unknown_methods);
                let refusal = match &opaque.refusal {
                    Some(refusal) if refusal.explains_writes() => refusal.clone(),
                    _ => Refusal::OpaqueWrite(self.function.vars[*var].name.clone()),
                };
                self.diagnostics.refuse(opaque.site.0, &refusal);
                return;
            }
        }
    }
}

fn note_unknown(opaque: &Opaque, unknown_methods: &mut Vec<proc_macro2::Span>) {
    if let Some(Refusal::UnknownMethod(_)) = opaque.refusal {
        unknown_methods.push(opaque.site.0);
    }
}

/// Calls `f` with every piece of copied source whose value flows on; indices and conditions do not.
fn for_each_opaque<'a>(expr: &'a Expr, f: &mut dyn FnMut(&'a Opaque)) {
    match expr {
        Expr::Opaque(opaque) => f(opaque),
        Expr::Load(_) | Expr::Borrow(..) | Expr::Snapshot(_) => {}
        Expr::Select(_, then, otherwise) => [then, otherwise].into_iter().for_each(|part| for_each_opaque(part, f)),
        Expr::Repeat { item, .. } => for_each_opaque(item, f),
        other => other.for_each_child(&mut |child| for_each_opaque(child, f)),
    }
}
