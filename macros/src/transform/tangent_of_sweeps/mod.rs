//! Second order: forward mode of the sweeps of reverse mode.
//!
//! Takes the sweeps of a function; returns the same sweeps with a tangent beside every value: of a cotangent, of a
//! residual and of the stack that keeps it. With the seed one, the tangents of the cotangents are `H v` (Griewank &
//! Walther, Evaluating Derivatives, 2008, §5.1: forward over reverse). The rules are those of forward mode; here are the
//! statements and expressions that only reverse mode writes.

mod curvature;
mod operands;
mod varied;

use super::forward::Forward;
use super::reverse::Sweeps;
use crate::analysis::activity::Activity;
use crate::ir::{
    Bar, Block, ByType, Call, Curvature, Expr, Function, Marker, MatrixOp, Pattern, Place, PullbackDots, Role, Stmt,
    Ty, Var, VarMap, Vars, Wrt,
};
pub use curvature::elementwise_curvature;
use operands::name_operands;
use varied::varied_in_sweeps;

/// The sweeps with tangents.
#[derive(Clone)]
pub struct TangentSweeps {
    /// The variables.
    pub vars: Vars,
    /// The forward sweep.
    pub forward: Vec<Stmt>,
    /// Value and tangent.
    pub result: Option<Expr>,
    /// The reverse sweep.
    pub reverse: Vec<Stmt>,
    /// The cotangent of the result, and its tangent.
    pub seed: (Var, Option<Var>),
    /// The tangent of each differentiated parameter.
    pub dots: Vec<Option<Var>>,
    /// The cotangent of each differentiated parameter, and its tangent.
    pub bars: Vec<Option<(Var, Var)>>,
    /// What the reverse sweep captures, if it runs the forward sweep again.
    pub again: Option<Vec<Var>>,
}

/// What has to be known of the sweeps while they are differentiated.
pub struct SweepFacts {
    /// The number of parameters: the tangent of the buffer of parameter `i` has the number `params + i`.
    params: usize,
    /// The markers of the borrowed arguments of each pullback.
    markers: VarMap<Vec<Marker>>,
}

/// Differentiates the sweeps. An error names the operations whose second derivative is not known.
pub fn differentiate_sweeps(
    function: &Function,
    activity: &Activity,
    sweeps: &Sweeps,
    moving_seed: bool,
) -> Result<TangentSweeps, Vec<String>> {
    let mut sweeps = sweeps.clone();
    let mut varied = varied_in_sweeps(function, activity, &sweeps, moving_seed);
    name_operands(&mut sweeps, activity, &mut varied);
    let activity = activity.with(&varied);
    let facts = SweepFacts { params: function.params.len(), markers: markers_of_pullbacks(&sweeps) };
    let mut forward = Forward::new(&activity, sweeps.vars, Some(facts));
    let (dots, mut prelude) = forward.params(function);
    let seed_dot = moving_seed.then(|| forward.dot(sweeps.seed));
    let bars = sweeps.bars.iter().map(|bar| bar.map(|bar| (bar, forward.dot(bar)))).collect();
    let stmts = forward.block(&Block::of(sweeps.forward)).stmts;
    prelude.extend(stmts);
    let result = sweeps.result.map(|result| {
        let dot = forward.result_tangent(&result);
        Expr::Tuple(vec![result, dot])
    });
    let reverse = forward.block(&Block::of(sweeps.reverse)).stmts;
    let again = sweeps.again.map(|again| {
        let dots = again.iter().filter_map(|var| forward.dots.get(var).copied()).collect::<Vec<Var>>();
        [again, dots].concat()
    });
    if !forward.missing.is_empty() {
        return Err(forward.missing.into_iter().collect());
    }
    let vars = forward.vars;
    Ok(TangentSweeps { vars, forward: prelude, result, reverse, seed: (sweeps.seed, seed_dot), dots, bars, again })
}

/// The sweeps of a function of which only `H v` is wanted: the cotangents start from zero in variables of its own, the
/// seed is one, and the value is the tangents of the cotangents.
pub fn hessian_vector_product(
    function: &Function,
    activity: &Activity,
    sweeps: &Sweeps,
    one: Expr,
) -> Result<TangentSweeps, Vec<String>> {
    let mut sweeps = sweeps.clone();
    let mut zeros = Vec::new();
    for (param, bar) in function.params.iter().zip(&sweeps.bars) {
        let Some(bar) = *bar else { continue };
        sweeps.vars[bar].access = crate::ir::Access::Owned;
        sweeps.vars[bar].mutable = true;
        let zero = match param.wrt {
            Wrt::Active if function.vars[param.var].ty.is_float() => Expr::float(0.0),
            _ => Expr::ZeroLike(Box::new(Expr::Borrow(Place::of(param.var), false))),
        };
        zeros.push(Stmt::Let(Pattern::Var(bar), zero));
    }
    sweeps.forward.splice(0..0, zeros);
    // whether there is a gradient is told by a value that may be a failure
    let outcome = sweeps.result.take().filter(|_| !function.ret_ty.is_float());
    let mut product = differentiate_sweeps(function, activity, &sweeps, false)?;
    product.vars[product.seed.0].role = Role::Residual;
    product.forward.insert(0, Stmt::Let(Pattern::Var(product.seed.0), one));
    let mut parts: Vec<Expr> = product.bars.iter().flatten().map(|(_, dot)| Expr::Var(*dot)).collect();
    let parts = if parts.len() == 1 { parts.pop() } else { Some(Expr::Tuple(parts)) };
    product.result = match (outcome, parts) {
        (Some(outcome), Some(parts)) => Some(Expr::Tuple(vec![outcome, parts])),
        (_, parts) => parts,
    };
    Ok(product)
}

/// The markers of the arguments that each pullback is lent again, also where it was kept on a stack.
fn markers_of_pullbacks(sweeps: &Sweeps) -> VarMap<Vec<Marker>> {
    let mut markers: VarMap<Vec<Marker>> = VarMap::new();
    // a stack is filled before it is rewound, and rewound before it is popped
    let mut note = |stmt: &Stmt| match stmt {
        Stmt::Linearize { pullback, call, active, .. } => {
            markers.insert(*pullback, markers_of_borrows(call, active));
        }
        Stmt::Save { stack: into, value: Expr::Var(from) }
        | Stmt::Let(Pattern::Var(into), Expr::Rewind(from) | Expr::Pop(from) | Expr::Var(from)) => {
            if let Some(known) = markers.get(from).cloned() {
                markers.insert(*into, known);
            }
        }
        _ => {}
    };
    sweeps.forward.iter().chain(&sweeps.reverse).for_each(|stmt| stmt.for_each_stmt(&mut note));
    markers
}

fn markers_of_borrows(call: &Call, active: &[Marker]) -> Vec<Marker> {
    active.iter().enumerate().filter(|(index, _)| call.is_lent_again(*index)).map(|(_, marker)| *marker).collect()
}

impl Forward<'_> {
    /// Statements of the sweeps.
    pub fn sweep_stmt(&mut self, stmt: &Stmt, out: &mut Vec<Stmt>) {
        match stmt {
            Stmt::Save { stack, value } => {
                out.push(stmt.clone());
                if self.activity.is_active(*stack) {
                    let value = self.result_tangent(value);
                    let stack = self.dot(*stack);
                    out.push(Stmt::Save { stack, value });
                }
            }
            Stmt::Linearize { pattern, pullback, call, active, .. } => {
                let mut dots = Vec::new();
                for (index, (arg, marker)) in call.args.iter().zip(active).enumerate() {
                    dots.push(match self.active_tangent(arg, *marker, out) {
                        Some(Expr::Borrow(place, _)) => Some(self.lent_beside(call, index, place, out)),
                        dot => dot,
                    });
                }
                let dot_pattern = self.dot_pattern(pattern);
                out.push(Stmt::Linearize {
                    pattern: Pattern::Tuple(vec![pattern.clone(), dot_pattern]),
                    pullback: *pullback,
                    call: call.clone(),
                    active: active.clone(),
                    dots: Some(dots),
                });
            }
            Stmt::Pullback { pullback, args, seed, bars, .. } => {
                let known = match (pullback, &self.sweeps) {
                    (Expr::Var(var), Some(facts)) => facts.markers.get(var).cloned(),
                    _ => None,
                };
                let markers = known.unwrap_or_else(|| vec![Marker::Active; args.len()]);
                let args_dots =
                    args.iter().zip(markers).map(|(arg, marker)| (marker, self.active_tangent(arg, marker, out)));
                let args_dots = args_dots.collect();
                let seed_dot = self.result_tangent(seed);
                let bar_dots = bars.iter().map(|bar| self.bar_dot(bar)).collect();
                out.push(Stmt::Pullback {
                    pullback: pullback.clone(),
                    args: args.clone(),
                    seed: seed.clone(),
                    bars: bars.clone(),
                    dots: Some(Box::new(PullbackDots { args: args_dots, seed: seed_dot, bars: bar_dots })),
                });
            }
            Stmt::IfActive { param, bar, body } => {
                let body = self.block(body);
                let (dot, params) = (self.dot(*bar), self.sweeps.as_ref().map_or(0, |facts| facts.params));
                let inner = Stmt::IfActive { param: params + param, bar: dot, body };
                out.push(Stmt::IfActive { param: *param, bar: *bar, body: Block::of(vec![inner]) });
            }
            other => out.push(other.clone()),
        }
    }

    /// The tangent of an argument in which the callee is active.
    fn active_tangent(&mut self, arg: &Expr, marker: Marker, out: &mut Vec<Stmt>) -> Option<Expr> {
        (marker != Marker::Inactive).then(|| self.lent_tangent(arg, out))
    }

    fn bar_dot(&mut self, bar: &Bar) -> Bar {
        match bar {
            Bar::None => Bar::None,
            Bar::Lend(place) => Bar::Lend(self.dot_place(place)),
            Bar::Part(index, place) => {
                let params = self.sweeps.as_ref().map_or(0, |facts| facts.params);
                Bar::Part(params + index, self.dot_place(place))
            }
        }
    }

    /// A place that the sweeps set to zero, or a stack that they empty: its tangent likewise.
    pub fn start(&mut self, place: &Place, value: &Expr) -> Option<Expr> {
        match value {
            Expr::ZeroLike(of) if **of == Expr::Borrow(place.clone(), false) => {
                let dot = self.dot_place(place);
                Some(Expr::ZeroLike(Box::new(Expr::Borrow(dot, false))))
            }
            Expr::NewStack(_) => Some(value.clone()),
            _ => None,
        }
    }

    /// Expressions that only the sweeps contain.
    pub fn sweep_tangent(&mut self, value: &Expr, result: Option<&Expr>) -> Option<Expr> {
        match value {
            Expr::Pop(stack) => Some(Expr::Pop(self.dot(*stack))),
            Expr::Rewind(stack) => Some(Expr::Rewind(self.dot(*stack))),
            Expr::Sum(terms) => {
                let dots: Vec<Expr> = terms.iter().filter_map(|term| self.tangent(term, None)).collect();
                sum(dots)
            }
            Expr::SumElements { items, zero } => {
                let items = Box::new(self.tangent(items, None)?);
                Some(Expr::SumElements { items, zero: zero.clone() })
            }
            Expr::Linear { op, slope, operands, seed } => {
                let (mut terms, mut last) = (Vec::new(), Vec::new());
                let by_type = self.depends_on_types(op, operands);
                if let Some(dot) = self.tangent(seed, None) {
                    let seed = Box::new(dot);
                    terms.push(Expr::Linear { op: op.clone(), slope: *slope, operands: operands.clone(), seed });
                }
                for by in 0..op.arity(operands.len()) {
                    let Some(dot) = self.tangent(&operands[by], None) else { continue };
                    let moved = Curvature {
                        op: op.clone(),
                        slope: *slope,
                        operands: operands.clone(),
                        seed: (**seed).clone(),
                        by,
                        dot,
                        by_type,
                    };
                    // a term that may be nothing is added to others
                    let terms = if moved.may_be_nothing() { &mut last } else { &mut terms };
                    match moved.terms(result.unwrap_or(value)) {
                        Ok(more) => terms.extend(more),
                        Err(operation) => {
                            self.missing.insert(operation);
                        }
                    }
                }
                terms.extend(last);
                sum(terms)
            }
            Expr::Curvature(curvature) if curvature.by_type == ByType::Zero => None,
            Expr::Curvature(curvature) => {
                self.missing.insert(curvature.operation());
                None
            }
            _ => None,
        }
    }
}

impl Forward<'_> {
    /// The second derivative of an operator of values whose types are not visible is that of their types.
    fn depends_on_types(&self, op: &MatrixOp, operands: &[Expr]) -> ByType {
        let unknown = op.multiplies() && operands.iter().any(|operand| self.vars.type_of(operand) == Ty::Unknown);
        match (unknown, self.is_raised_again) {
            (false, _) => ByType::No,
            (true, false) => ByType::Yes,
            (true, true) => ByType::Zero,
        }
    }
}

fn sum(mut terms: Vec<Expr>) -> Option<Expr> {
    if terms.len() > 1 { Some(Expr::Sum(terms)) } else { terms.pop() }
}

/// The type of a temporary that holds the value of an expression.
fn temporary_type(value: &Expr) -> Ty {
    match value {
        Expr::Prim(..) | Expr::Cast(..) | Expr::Select(..) => Ty::Float(crate::ir::FloatTy::Inferred),
        _ => Ty::Unknown,
    }
}
