//! How the linear maps of matrix operations change with their operands.
//!
//! A map that does not depend on an operand has no term; one that is linear in it is the same map at the operand's
//! tangent; the others have rules in the runtime (`chainrule::rules::second_order`).

use crate::analysis::activity::Activity;
use crate::ir::{
    Access, Block, ByType, Curvature, Expr, FloatTy, MatrixOp, Pattern, Role, Slope, Stmt, Ty, VarInfo, Vars,
};
use crate::rules::Prim;
use crate::transform::forward::Forward;
use proc_macro2::Span;
use std::collections::BTreeSet;

/// What the second derivative of an operation looks like.
enum Order {
    /// The operation is linear.
    Linear,
    /// It is linear in each operand.
    Bilinear,
    /// `a / b`
    Quotient,
    /// The runtime has a rule.
    Rule,
    /// Nobody has written one.
    Missing,
}

/// Methods by the form of their second derivative. What is not in the list has none.
const LINEAR: &[&str] = &[
    crate::rules::matrix::DISPLACEMENT,
    "cholesky",
    "diagonal",
    "lu",
    "mean",
    "qr",
    "rotation_matrix",
    "rotation_transpose",
    "sum",
    "trace",
    "transpose",
];
const BILINEAR: &[&str] = &["component_mul", "cross", "dot", "kronecker", "tr_mul"];
const RULES: &[&str] = &[
    "component_div",
    "determinant",
    "inverse",
    "ln_determinant",
    "norm",
    "norm_squared",
    "normalize",
    "rotation_2",
    "rotation_3",
    "solve",
    "try_inverse",
];

fn order_of(op: &MatrixOp) -> Order {
    match op {
        MatrixOp::Operator("add" | "sub" | "neg") | MatrixOp::Keep(_) | MatrixOp::Cast(_) => Order::Linear,
        MatrixOp::Operator("mul") => Order::Bilinear,
        MatrixOp::Operator("div") => Order::Quotient,
        MatrixOp::Method { name, .. } if LINEAR.contains(name) => Order::Linear,
        MatrixOp::Method { name, .. } if BILINEAR.contains(name) => Order::Bilinear,
        MatrixOp::Method { name, .. } if RULES.contains(name) => Order::Rule,
        MatrixOp::Map(_) | MatrixOp::MapOfResult(_) => Order::Rule,
        _ => Order::Missing,
    }
}

impl MatrixOp {
    /// The number of operands among so many that a rule is given, the result not counted.
    pub fn arity(&self, given: usize) -> usize {
        if matches!(self, Self::Method { uses_result: true, .. }) { given.saturating_sub(1) } else { given }
    }

    fn name(&self) -> String {
        match self {
            Self::Operator(name) | Self::Keep(name) => format!("operator `{name}`"),
            Self::Method { name, .. } | Self::Shared(name) => match crate::rules::matrix::path_of_function(name) {
                Some(path) => format!("function `{path}`"),
                None => format!("method `{name}`"),
            },
            Self::Cast(_) => "cast".to_owned(),
            Self::Map(_) | Self::MapOfResult(_) => "method `map`".to_owned(),
        }
    }
}

impl Curvature {
    /// The operation, for a message.
    pub fn operation(&self) -> String {
        self.op.name()
    }

    /// The terms of the derivative; `value` is the linear map, applied. An error names the operation.
    pub fn terms(self, value: &Expr) -> Result<Vec<Expr>, String> {
        let (Slope::Push(of) | Slope::Pull(of)) = self.slope;
        match order_of(&self.op) {
            Order::Bilinear | Order::Quotient if self.by_type == ByType::Yes => {
                Ok(vec![Expr::Curvature(Box::new(self))])
            }
            Order::Bilinear | Order::Quotient if self.by_type == ByType::Zero && of == self.by && self.is_plain(of) => {
                Ok(vec![Expr::Curvature(Box::new(self))])
            }
            Order::Linear => Ok(Vec::new()),
            Order::Bilinear if of == self.by => Ok(Vec::new()),
            Order::Bilinear => Ok(vec![self.moved()]),
            Order::Quotient => Ok(self.of_quotient(of, value)),
            Order::Rule => Ok(vec![Expr::Curvature(Box::new(self))]),
            Order::Missing => Err(self.op.name()),
        }
    }

    /// Whether the operation is linear in an operand, in arithmetic.
    fn is_plain(&self, operand: usize) -> bool {
        operand == 0 || self.op != MatrixOp::Operator("div")
    }

    /// The same map, with the tangent in the place of the operand.
    fn moved(self) -> Expr {
        let mut operands = self.operands;
        operands[self.by] = self.dot;
        Expr::Linear { op: self.op, slope: self.slope, operands, seed: Box::new(self.seed) }
    }

    /// `z = a / b`. With `D s = -(s / b) b_dot / b`, the derivative of `s ↦ s / b` along `b_dot`: the map by `a` moves by
    /// `D seed`, and the map by `b`, which is a multiple of `1 / b²`, by `2 D b` of itself.
    fn of_quotient(self, of: usize, value: &Expr) -> Vec<Expr> {
        match (of, self.by) {
            (0, 0) => Vec::new(),
            (_, 0) => vec![self.moved()],
            (0, _) => vec![divisor_moves(self.seed, &self.operands[1], self.dot)],
            _ => {
                let divisor = &self.operands[1];
                let times_divisor = Expr::Linear {
                    op: MatrixOp::Operator("mul"),
                    slope: Slope::Push(0),
                    operands: vec![value.clone(), divisor.clone()],
                    seed: Box::new(value.clone()),
                };
                let once = divisor_moves(times_divisor, divisor, self.dot);
                vec![once.clone(), once]
            }
        }
    }
}

/// `-(s / b) b_dot / b`
fn divisor_moves(value: Expr, divisor: &Expr, dot: Expr) -> Expr {
    Expr::Linear {
        op: MatrixOp::Operator("div"),
        slope: Slope::Push(1),
        operands: vec![value, divisor.clone()],
        seed: Box::new(dot),
    }
}

/// The derivative of `seed φ'(x)` along `x_dot`, for a scalar function of the table: a block over the variables `x`, `seed`
/// and `x_dot`. Where `of_result`, φ' is a function of `z = φ(x)`, and the variables are `z`, `seed` and `z_dot`.
pub fn elementwise_curvature(prim: Prim, of_result: bool) -> (Vars, Block) {
    let mut vars = Vars::default();
    let mut variable = |name: &str, role: Role| {
        vars.add_exactly(VarInfo {
            name: name.to_owned(),
            span: Span::call_site(),
            ty: Ty::Float(FloatTy::Inferred),
            role,
            access: Access::Owned,
            mutable: false,
            annotation: None,
        })
    };
    let names = if of_result { ["z", "x"] } else { ["x", "z"] };
    let [first, second] = names.map(|name| variable(name, Role::Primal));
    let (x, z) = if of_result { (second, first) } else { (first, second) };
    let (seed, slope) = (variable("seed", Role::Residual), variable("slope", Role::Temporary));
    let value = Expr::Prim(prim, vec![Expr::Var(x)]);
    let pushed = prim
        .partials(&[Expr::Var(x)], &Expr::Var(z))
        .into_iter()
        .next()
        .and_then(|partial| partial.apply(Expr::Var(seed)))
        .unwrap_or(Expr::float(0.0));
    let slope_of = Stmt::Let(Pattern::Var(slope), pushed);
    let stmts = if of_result { vec![slope_of] } else { vec![Stmt::Let(Pattern::Var(z), value), slope_of] };
    let activity = Activity::default().with(&BTreeSet::from([first, z, slope]));
    let mut forward = Forward::new(&activity, vars, None);
    let mut block = forward.block(&Block::of(stmts));
    block.result = Some(Expr::Var(forward.dot(slope)));
    let mut vars = forward.vars;
    crate::simplify::simplify_block_of(&mut vars, &mut block);
    (vars, block)
}
