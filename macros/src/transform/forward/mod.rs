//! Forward mode: beside every statement the one for its tangent.
//!
//! Takes a lowered function with its activity; returns a body whose result is the pair of value and tangent. For
//! `z = op(x, y)`, `z_dot = ∂op/∂x x_dot + ∂op/∂y y_dot` (Griewank & Walther, Evaluating Derivatives, 2008, §3.1).

mod call;
mod tangent;

use super::tangent_of_sweeps::SweepFacts;
use crate::analysis::activity::Activity;
use crate::ir::{
    Access, Block, Construct, Expr, Function, Passing, Pattern, Place, Role, Stmt, Structural, Ty, Var, VarMap, Vars,
    Wrt,
};
use std::collections::BTreeSet;

/// The function that computes value and tangent.
#[derive(Clone)]
pub struct Pushforward {
    /// The variables.
    pub vars: Vars,
    /// The body; its result is `(value, tangent)`, or nothing.
    pub body: Block,
    /// The tangent of each differentiated parameter.
    pub dots: Vec<Option<Var>>,
    /// The tangent of each variable that has one.
    pub tangents: VarMap<Var>,
}

pub(super) struct Forward<'a> {
    pub activity: &'a Activity,
    pub vars: Vars,
    pub dots: VarMap<Var>,
    /// What there is to know where the sweeps of reverse mode are differentiated.
    pub sweeps: Option<SweepFacts>,
    /// Variables whose tangents the body computes already, where it is a body of forward mode itself.
    pub known: BTreeSet<Var>,
    /// Operands of the statement behind them, whose tangents may read what that statement defines.
    pub operands: BTreeSet<Var>,
    /// Those that are differentiated with strong zeros.
    pub strong_operands: BTreeSet<Var>,
    late: Vec<Stmt>,
    /// Arrays of constants, as the items of others are. Their lengths are constants too, unlike that of a vector.
    arrays: VarMap<Expr>,
    /// Operations whose derivative is not known.
    pub missing: BTreeSet<String>,
    /// Whether the factor of a singular partial is being differentiated.
    strong: bool,
    /// Whether what comes out is differentiated again.
    pub is_raised_again: bool,
}

/// Transforms a function. An error names what has no tangent here, which is a mistake of the compiler's.
pub fn forward_function(function: &Function, activity: &Activity) -> Result<Pushforward, String> {
    let mut forward = Forward::new(activity, function.vars.clone(), None);
    let (dots, prelude) = forward.params(function);
    let mut body = forward.block(&function.body);
    if let Some(result) = body.result.take() {
        let mut dot = forward.result_tangent(&result);
        forward.zeros_first(&result, &mut dot, &mut body.stmts);
        body.result = Some(Expr::Tuple(vec![result, dot]));
    }
    body.stmts.splice(0..0, prelude);
    if let Some(missing) = forward.missing.first() {
        return Err(format!(
            "internal error of chainrule: {missing} has no tangent; please report it with this function"
        ));
    }
    Ok(Pushforward { vars: forward.vars, body, dots, tangents: forward.dots })
}

impl<'a> Forward<'a> {
    pub fn new(activity: &'a Activity, vars: Vars, sweeps: Option<SweepFacts>) -> Self {
        Self {
            activity,
            vars,
            dots: VarMap::new(),
            sweeps,
            known: BTreeSet::new(),
            operands: BTreeSet::new(),
            strong_operands: BTreeSet::new(),
            late: Vec::new(),
            arrays: VarMap::new(),
            missing: BTreeSet::new(),
            strong: false,
            is_raised_again: false,
        }
    }
}

impl Forward<'_> {
    /// The tangents of the parameters, and those that start from zero.
    pub fn params(&mut self, function: &Function) -> (Vec<Option<Var>>, Vec<Stmt>) {
        let dots = function
            .params
            .iter()
            .map(|param| {
                (param.wrt == Wrt::Active).then(|| {
                    let dot = self.dot(param.var);
                    self.vars[dot].access = match param.passing {
                        Passing::Value => Access::Owned,
                        Passing::Shared => Access::Shared,
                        Passing::Mutable => Access::Mutable,
                    };
                    dot
                })
            })
            .collect();
        // a parameter that is excluded or inert may still be overwritten with something active
        let overwritten =
            function.params.iter().filter(|param| param.wrt != Wrt::Active && self.activity.is_active(param.var));
        let mut prelude = Vec::new();
        for param in overwritten {
            let dot = self.dot(param.var);
            let zero = self.zero_of(&Place::of(param.var));
            prelude.push(Stmt::Let(Pattern::Var(dot), zero));
        }
        (dots, prelude)
    }

    /// The tangent variable of a primal.
    pub fn dot(&mut self, var: Var) -> Var {
        if let Some(dot) = self.dots.get(&var) {
            return *dot;
        }
        let mutable = self.vars[var].mutable;
        // the tangent of `x_dot` is `x_dot_2`
        let (mut base, mut order) = (var, 1);
        while let Role::Tangent(of) = self.vars[base].role {
            (base, order) = (of, order + 1);
        }
        let suffix = if order == 1 { "_dot".to_owned() } else { format!("_dot_{order}") };
        let dot = self.vars.derived(base, &suffix, Role::Tangent(var), mutable);
        self.vars[dot].ty = self.vars[var].ty.clone();
        // a sweep reads residuals through references, and their tangents likewise
        let is_reference = self.sweeps.is_some() && self.vars[var].role != Role::Primal;
        self.vars[dot].access = if is_reference { self.vars[var].access } else { Access::Owned };
        self.dots.insert(var, dot);
        dot
    }

    pub fn dot_place(&mut self, place: &Place) -> Place {
        let dot = self.dot(place.root);
        place.rooted(dot)
    }

    pub fn block(&mut self, block: &Block) -> Block {
        let mut out = Vec::new();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let(Pattern::Var(var), value) if self.operands.contains(var) => {
                    out.push(stmt.clone());
                    let mut tangents = Vec::new();
                    self.strong = self.strong_operands.contains(var);
                    self.definition(&Pattern::Var(*var), value, &mut tangents);
                    self.strong = false;
                    tangents.retain(|tangent| tangent != stmt);
                    self.late.extend(tangents);
                    continue;
                }
                Stmt::Let(..) => {}
                _ => out.append(&mut self.late),
            }
            self.stmt(stmt, &mut out);
            out.append(&mut self.late);
        }
        out.append(&mut self.late);
        Block { stmts: out, result: block.result.clone() }
    }

    fn stmt(&mut self, stmt: &Stmt, out: &mut Vec<Stmt>) {
        match stmt {
            // of another argument (`directions::apart`)
            Stmt::Let(pattern, Expr::Pushforward { .. }) if self.known.is_empty() && self.sweeps.is_none() => {
                if pattern.vars().iter().any(|var| self.activity.is_active(*var)) {
                    self.missing.insert("a call along two arguments".to_owned());
                }
                out.push(stmt.clone());
            }
            Stmt::Let(pattern, Expr::Pushforward { call, markers, dots }) => {
                let raised = self.raised_call(pattern, call, markers, dots, out);
                out.push(raised);
            }
            straight if self.is_known(straight) => out.push(straight.clone()),
            Stmt::Let(pattern, Expr::Call(call)) => self.call(pattern, call, out),
            Stmt::Do(Expr::Call(call)) => self.call(&Pattern::Wild, call, out),
            Stmt::Let(Pattern::Var(var), value @ Expr::Construct(construct)) if self.activity.is_active(*var) => {
                self.construction(*var, value, construct, out);
            }
            Stmt::Let(pattern, value) => self.definition(pattern, value, out),
            Stmt::Declare(var) => {
                out.push(stmt.clone());
                if self.activity.is_active(*var) {
                    out.push(Stmt::Declare(self.dot(*var)));
                }
            }
            Stmt::Assign(place, value) => self.assignment(place, value, out),
            Stmt::Structural(structural) => self.structural(structural, out),
            Stmt::Add(place, value) => {
                if self.activity.is_active(place.root) && self.activity.flows_active(value) {
                    let value = self.named_results(value, out);
                    let dot = self.tangent(&value, None);
                    let place_dot = self.dot_place(place);
                    if let Some(dot) = dot {
                        out.push(Stmt::Add(place_dot, dot));
                    }
                    out.push(Stmt::Add(place.clone(), value));
                } else {
                    out.push(stmt.clone());
                }
            }
            Stmt::If { result, cond, then, otherwise } => {
                let tangent = result.filter(|var| self.activity.is_active(*var) && !self.known.contains(var));
                let tangent = tangent.map(|var| self.dot(var));
                let [then, otherwise] = [then, otherwise].map(|block| {
                    let mut block = self.block(block);
                    if let (Some(dot), Some(value)) = (tangent, &block.result) {
                        let value = self.result_tangent(&value.clone());
                        block.stmts.push(Stmt::Assign(Place::of(dot), value));
                    }
                    block
                });
                out.extend(tangent.map(Stmt::Declare));
                out.push(Stmt::If { result: *result, cond: cond.clone(), then, otherwise });
            }
            Stmt::For { var, range, body } => {
                let body = self.block(body);
                out.push(Stmt::For { var: *var, range: range.clone(), body });
            }
            Stmt::While { header, body } => {
                let (header, body) = (self.block(header), self.block(body));
                out.push(Stmt::While { header, body });
            }
            Stmt::Save { .. } | Stmt::Linearize { .. } | Stmt::Pullback { .. } | Stmt::IfActive { .. } => {
                self.sweep_stmt(stmt, out);
            }
            other => out.push(other.clone()),
        }
    }

    pub fn definition(&mut self, pattern: &Pattern, value: &Expr, out: &mut Vec<Stmt>) {
        let active = pattern.vars().into_iter().any(|var| self.activity.is_active(var));
        if !active {
            if let (Pattern::Var(var), Expr::Repeat { heap: false, .. } | Expr::Array { heap: false, .. }) =
                (pattern, value)
            {
                self.arrays.insert(*var, value.clone());
            }
            out.push(Stmt::Let(pattern.clone(), value.clone()));
            return;
        }
        let tangent = match (pattern, self.activity.flows_active(value)) {
            (Pattern::Var(var), true) => {
                let result = result_of(*var, &self.vars);
                self.tangent(value, Some(result))
            }
            (_, true) => Some(self.result_tangent(value)),
            _ => None,
        };
        // the tangent of what is moved has to be read before
        let reads_first = matches!(value, Expr::Var(_) | Expr::Tuple(_) | Expr::Array { .. } | Expr::Repeat { .. });
        let primal = Stmt::Let(pattern.clone(), value.clone());
        let dots = self.dot_pattern(pattern);
        let tangent = match (tangent, pattern) {
            (Some(tangent), _) => tangent,
            (None, Pattern::Var(var)) => self.zero_beside(*var, value),
            (None, pattern) => {
                let parts = pattern.vars().into_iter().map(|var| self.zero_of(&Place::of(var))).collect();
                Expr::Tuple(parts)
            }
        };
        if reads_first && !matches!(tangent, Expr::ZeroLike(_)) {
            out.append(&mut self.late);
            out.extend([Stmt::Let(dots, tangent), primal]);
        } else {
            out.push(primal);
            out.append(&mut self.late);
            out.push(Stmt::Let(dots, tangent));
        }
    }

    /// `let v = Path { field: x, .. };`: the tangent has the shape of the value, and the parts' tangents in it.
    fn construction(&mut self, var: Var, value: &Expr, construct: &Construct, out: &mut Vec<Stmt>) {
        let base =
            construct.base.as_ref().filter(|base| self.activity.is_active(base.root)).map(|base| self.dot_place(base));
        let (mut dots, mut zeros) = (Vec::new(), Vec::new());
        for (step, _, part) in &construct.fields {
            if self.flows(part) {
                // a reference to an array may have become one to a slice
                let resized = base.is_none() && part.as_reference().is_some_and(|place| self.may_be_array(place));
                dots.push((step.clone(), self.result_tangent(part), resized));
            } else if base.is_some() {
                zeros.push(step.clone());
            }
        }
        let dot = self.dot(var);
        self.vars[dot].mutable = true;
        out.push(Stmt::Let(Pattern::Var(var), value.clone()));
        let start = base.map_or_else(|| Expr::ZeroLike(Box::new(Expr::Borrow(Place::of(var), false))), Expr::Snapshot);
        out.push(Stmt::Let(Pattern::Var(dot), start));
        for (step, tangent, resized) in dots {
            let part = Place::of(dot).project(step);
            out.push(if resized { Stmt::Add(part, tangent) } else { Stmt::Assign(part, tangent) });
        }
        for step in zeros {
            let place = Place::of(var).project(step.clone());
            let zero = self.zero_of(&place);
            out.push(Stmt::Assign(Place::of(dot).project(step), zero));
        }
    }

    fn may_be_array(&self, place: &Place) -> bool {
        matches!(self.vars.place_type(place), Ty::Array(_) | Ty::Unknown)
    }

    /// What moves elements is linear: the same happens to the tangents.
    fn structural(&mut self, structural: &Structural, out: &mut Vec<Stmt>) {
        let active = structural.roots().any(|root| self.activity.is_active(root));
        if active {
            let value = structural.value.as_ref().map(|value| match self.tangent(value, None) {
                Some(tangent) if structural.op.row().by_reference => tangent,
                _ => self.result_tangent(value),
            });
            let places = structural.places.iter().map(|place| self.dot_place(place)).collect();
            let result = structural.result.filter(|var| self.activity.is_active(*var)).map(|var| self.dot(var));
            out.push(Stmt::Structural(Structural { places, value, result, ..structural.clone() }));
        }
        out.push(Stmt::Structural(structural.clone()));
    }

    pub fn dot_pattern(&mut self, pattern: &Pattern) -> Pattern {
        match pattern {
            Pattern::Var(var) if self.activity.is_active(*var) => Pattern::Var(self.dot(*var)),
            Pattern::Tuple(parts) => Pattern::Tuple(parts.iter().map(|part| self.dot_pattern(part)).collect()),
            _ => Pattern::Wild,
        }
    }

    fn assignment(&mut self, place: &Place, value: &Expr, out: &mut Vec<Stmt>) {
        if !self.activity.is_active(place.root) {
            out.push(Stmt::Assign(place.clone(), value.clone()));
            return;
        }
        if let Some(start) = self.start(place, value) {
            let place_dot = self.dot_place(place);
            out.extend([Stmt::Assign(place.clone(), value.clone()), Stmt::Assign(place_dot, start)]);
            return;
        }
        let value = self.named_results(value, out);
        let tangent = self.tangent(&value, None);
        let place_dot = self.dot_place(place);
        match tangent {
            // before the operands change
            Some(tangent) => out.push(Stmt::Assign(place_dot, tangent)),
            None => {
                let zero = self.zero_of(place);
                out.push(Stmt::Assign(place.clone(), value));
                out.push(Stmt::Assign(place_dot, zero));
                return;
            }
        }
        out.push(Stmt::Assign(place.clone(), value));
    }
}

/// How a rule reads a result.
fn result_of(var: Var, vars: &Vars) -> Expr {
    if vars[var].ty.is_scalar() { Expr::Var(var) } else { Expr::Borrow(Place::of(var), false) }
}
