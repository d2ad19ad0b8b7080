//! Straight-line code as a list of operations on scalars.
//!
//! Takes a lowered function and runs it with operations as values: tuples and arrays are taken apart, mutable variables
//! stand for what was last assigned, loops with known bounds are unrolled. Returns the operations with the statements
//! that compute them. What does not depend on the inputs is computed by the same statements and is no part of the graph.
//! What cannot be followed is refused where it stands.

mod branch;
mod call;
mod components;
mod node;
mod operations;
mod places;

use super::index::integer;
use super::{Costs, Obstacle};
use crate::ir::{
    Block, Expr, FloatTy, Function, MatrixOp, Opaque, Passing, Pattern, Place, Range, Role, Stmt, Tokens, Var, VarMap,
    Vars, Wrt,
};
use crate::refusal::Refusal;
use crate::rules::Prim;
pub use node::{Node, Operand, Operation, bare, name_of_partial};
use proc_macro2::Span;
use std::collections::BTreeSet;

/// More operations are no small function.
const MOST_NODES: usize = 1_000;
/// The most iterations of all loops together.
const MOST_ITERATIONS: usize = 1_000;

/// What a trace is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The published counts: repeated operations are nodes of their own.
    Published,
    /// A Jacobian in the best order.
    Asked,
    /// A Jacobian where that is less work than sweeps, and cannot fail to compile.
    Unasked,
}

/// The operations of one function.
pub struct Trace {
    /// Its variables, and new ones.
    pub vars: Vars,
    /// What computes the nodes.
    pub stmts: Vec<Stmt>,
    /// In an order in which they can be computed.
    pub nodes: Vec<Node>,
    /// The components of the differentiated parameters.
    pub inputs: Vec<usize>,
    /// The components of the result; nothing for one that does not depend on the inputs.
    pub outputs: Vec<Option<usize>>,
    /// The result.
    pub value: Expr,
    /// What the branches inside cost.
    pub inner: Costs,
    /// The functions that are called outside of branches. A function that calls itself does so in a branch.
    pub callees: Vec<Tokens>,
    /// How many nodes there ever were, those inside of branches included.
    pub operations: usize,
    purpose: Purpose,
    /// Variables with a `let` of their own among the statements. In an unrolled loop it is that of the first iteration.
    defined: BTreeSet<Var>,
    /// Variables that copied source may read, because they hold here what they hold in the function.
    readable: BTreeSet<Var>,
    values: VarMap<Value>,
    integers: VarMap<i64>,
    iterations: usize,
    /// Where the function stands, for want of a better place.
    span: Span,
}

#[derive(Clone, Debug)]
enum Value {
    Scalar(Operand),
    Parts(Vec<Value>),
}

impl Value {
    /// The number of components, and at least 1.
    fn size(&self) -> usize {
        match self {
            Self::Scalar(_) => 1,
            Self::Parts(parts) => parts.iter().map(Self::size).sum::<usize>().max(1),
        }
    }
}

impl Trace {
    /// Runs a function.
    pub fn of(function: &Function, purpose: Purpose) -> Result<Self, Obstacle> {
        let mut trace = Self {
            vars: function.vars.clone(),
            stmts: Vec::new(),
            nodes: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            value: Expr::Tuple(Vec::new()),
            inner: Costs::default(),
            callees: Vec::new(),
            operations: 0,
            purpose,
            defined: BTreeSet::new(),
            readable: BTreeSet::new(),
            values: VarMap::new(),
            integers: VarMap::new(),
            iterations: 0,
            span: function.name.span(),
        };
        for param in &function.params {
            let info = &trace.vars[param.var];
            let (span, ty, mutable) = (info.span, info.ty.clone(), info.mutable);
            if param.passing == Passing::Mutable {
                return Err((span, Refusal::CrossCountry("a `&mut` parameter")));
            }
            if param.wrt == Wrt::Active {
                let value = trace
                    .input(Place::of(param.var), &ty, &param.declared)
                    .ok_or((span, Refusal::CrossCountry("a parameter whose components cannot be counted here")))?;
                trace.values.insert(param.var, value);
            }
            if !mutable {
                trace.readable.insert(param.var);
            }
        }
        let result = trace.block(&function.body)?;
        let result = result.ok_or_else(|| trace.refusal("no result"))?;
        trace.outputs(&result, &function.ret_ty)?;
        let value = trace.rebuilt(&result, &function.ret_ty, &mut Vec::new());
        trace.value = value.ok_or_else(|| trace.refusal("a result whose components cannot be counted here"))?;
        Ok(trace)
    }

    /// The outputs that depend on an input.
    pub fn ends(&self) -> Vec<usize> {
        self.outputs.iter().flatten().copied().collect()
    }

    fn refusal(&self, what: &'static str) -> Obstacle {
        (self.span, Refusal::CrossCountry(what))
    }

    /// Another vertex for the same value, whose edge is one.
    fn copied(&mut self, node: usize) -> usize {
        let Node { value, name, .. } = self.nodes[node].clone();
        self.nodes.push(Node { value, name, operation: Operation::Copy(node), active: true });
        self.nodes.len() - 1
    }

    fn node(&mut self, node: Node) -> Operand {
        self.nodes.push(node);
        self.operations += 1;
        Operand::Node(self.nodes.len() - 1)
    }

    /// The value of a block.
    fn block(&mut self, block: &Block) -> Result<Option<Value>, Obstacle> {
        for stmt in &block.stmts {
            self.stmt(stmt)?;
        }
        block.result.as_ref().map(|result| self.value(result, None)).transpose()
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<(), Obstacle> {
        match stmt {
            Stmt::Let(Pattern::Var(var), Expr::Opaque(opaque)) => self.source(*var, opaque),
            Stmt::Let(Pattern::Var(var), Expr::Call(call)) => self.call(*var, call),
            Stmt::Let(pattern, value) => {
                let wish = match pattern {
                    Pattern::Var(var) => Some(*var),
                    _ => None,
                };
                let value = self.value(value, wish)?;
                if let (Some(var), Value::Scalar(operand)) = (wish, &value)
                    && self.may_define(var)
                {
                    let value = self.expr(operand);
                    self.define(var, value);
                }
                self.bind(pattern, value)
            }
            Stmt::Declare(_) => Ok(()),
            Stmt::Assign(place, value) => {
                let value = self.value(value, None)?;
                *self.place_mut(place)? = value;
                Ok(())
            }
            Stmt::Add(place, value) => {
                // `place -= value` adds the negative
                let (prim, value) = match value {
                    Expr::Prim(Prim::Neg, args) => (Prim::Sub, &args[0]),
                    value => (Prim::Add, value),
                };
                let value = self.operand(value)?;
                let old = self.scalar_at(place)?;
                *self.place_mut(place)? = Value::Scalar(self.operation(prim, vec![old, value], None)?);
                Ok(())
            }
            Stmt::For { var, range, body } => self.unroll(*var, range, body),
            Stmt::If { result, cond, then, otherwise } => self.branch(*result, cond, then, otherwise),
            Stmt::While { header, .. } => {
                let span = header.result.as_ref().map_or(self.span, |cond| self.site(cond));
                Err((span, Refusal::CrossCountry("a loop whose bounds are no literals")))
            }
            Stmt::Do(Expr::Opaque(opaque)) => {
                let source = Expr::Opaque(self.readable(opaque)?);
                self.stmts.push(Stmt::Do(source));
                Ok(())
            }
            Stmt::Do(expr) => Err((self.site(expr), Refusal::CrossCountry("a call"))),
            _ => Err(self.refusal("elements that move")),
        }
    }

    /// Where an expression stands, as far as that is known.
    fn site(&self, expr: &Expr) -> Span {
        let mut found = match expr {
            Expr::Opaque(opaque) => Some(opaque.site.0),
            Expr::Call(call) => Some(call.site.0),
            Expr::Var(var) => Some(self.vars[*var].span),
            _ => None,
        };
        expr.for_each_child(&mut |child| {
            if let (None, Expr::Opaque(_) | Expr::Call(_)) = (found, child) {
                found = Some(self.site(child));
            }
        });
        found.unwrap_or(self.span)
    }

    /// Inactive source that has a name.
    fn source(&mut self, var: Var, opaque: &Opaque) -> Result<(), Obstacle> {
        // by its own names: the counter of an unrolled loop has another one in the copy
        let value = integer(&Expr::Opaque(opaque.clone()), &self.integers);
        let source = Expr::Opaque(self.readable(opaque)?);
        match value {
            Some(value) if !self.vars[var].mutable => self.integers.insert(var, value),
            _ => self.integers.remove(&var),
        };
        let own = if self.may_define(var) { var } else { self.vars.derived(var, "", Role::Temporary, false) };
        self.define(own, source);
        self.values.insert(var, Value::Scalar(Operand::Other(Expr::Var(own))));
        Ok(())
    }

    /// Source is copied; variables that have been assigned again have other names here.
    fn readable(&mut self, opaque: &Opaque) -> Result<Opaque, Obstacle> {
        let refused = || (opaque.site.0, Refusal::CrossCountry("code that reads parts of what varies, or changes it"));
        if !opaque.writes.is_empty() {
            return Err(refused());
        }
        let mut copy = Expr::Opaque(opaque.clone());
        for var in opaque.reads.iter().filter(|var| !self.readable.contains(var)).copied().collect::<Vec<Var>>() {
            let counter = self.integers.get(&var).and_then(|value| i32::try_from(*value).ok());
            let value = match (self.values.get(&var), counter) {
                (Some(Value::Scalar(operand)), _) => self.expr(operand),
                (None, Some(counter)) => Expr::integer(counter),
                _ => return Err(refused()),
            };
            let name = match value {
                Expr::Var(name) => name,
                value => {
                    let name = self.fresh(Some(var), &value);
                    self.define(name, value);
                    name
                }
            };
            copy.rename(var, name);
        }
        match copy {
            Expr::Opaque(copy) => Ok(copy),
            _ => Err(refused()),
        }
    }

    fn bind(&mut self, pattern: &Pattern, value: Value) -> Result<(), Obstacle> {
        match (pattern, value) {
            (Pattern::Wild, _) => {}
            (Pattern::Var(var), value) => {
                self.values.insert(*var, value);
            }
            (Pattern::Tuple(patterns), Value::Parts(parts)) if patterns.len() == parts.len() => {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.bind(pattern, part)?;
                }
            }
            _ => return Err(self.refusal("a pattern")),
        }
        Ok(())
    }

    /// The value of an expression, under the name of the variable that it is bound to.
    fn value(&mut self, expr: &Expr, wish: Option<Var>) -> Result<Value, Obstacle> {
        Ok(match expr {
            Expr::Var(var) => self.read(&Place::of(*var))?,
            Expr::Load(place) | Expr::Borrow(place, false) | Expr::Snapshot(place) => self.read(place)?,
            Expr::Prim(prim, args) => {
                let operands = args.iter().map(|arg| self.operand(arg)).collect::<Result<_, _>>()?;
                Value::Scalar(self.operation(*prim, operands, wish)?)
            }
            Expr::Tuple(items) | Expr::Array { items, heap: false } => {
                Value::Parts(items.iter().map(|item| self.value(item, None)).collect::<Result<_, _>>()?)
            }
            Expr::Repeat { item, len, heap: false } => {
                let len = integer(len, &self.integers).and_then(|len| usize::try_from(len).ok());
                let len = len.ok_or_else(|| self.refusal("an array whose length is no literal"))?;
                let item = self.value(item, None)?;
                if len.saturating_mul(item.size()) > MOST_NODES {
                    return Err(self.refusal("an array of this size"));
                }
                Value::Parts(vec![item; len])
            }
            Expr::Float(..) => Value::Scalar(Operand::Other(expr.clone())),
            Expr::Opaque(opaque) => {
                let source = Expr::Opaque(self.readable(opaque)?);
                if opaque.cheap {
                    return Ok(Value::Scalar(Operand::Other(source)));
                }
                let var = self.fresh(None, &source);
                self.define(var, source);
                Value::Scalar(Operand::Other(Expr::Var(var)))
            }
            Expr::Call(_) => return Err((self.site(expr), Refusal::CrossCountry(call::UNTYPED))),
            Expr::Select(cond, ..) => return Err((self.site(cond), Refusal::CrossCountry("a branch"))),
            // what was of no known type is a scalar after all
            Expr::Matrix(MatrixOp::Operator(name), args) if self.are_scalars(args) => {
                let prim = match *name {
                    "add" => Prim::Add,
                    "sub" => Prim::Sub,
                    "mul" => Prim::Mul,
                    "div" => Prim::Div,
                    "neg" => Prim::Neg,
                    _ => Prim::Rem,
                };
                let operands = args.iter().map(|arg| self.operand(arg)).collect::<Result<_, _>>()?;
                Value::Scalar(self.operation(prim, operands, wish)?)
            }
            Expr::Matrix(..) => {
                let span = wish.map_or(self.span, |var| self.vars[var].span);
                return Err((span, Refusal::CrossCountry("an operation on whole matrices or of unknown types")));
            }
            Expr::Cast(_, FloatTy::F64 | FloatTy::F32 | FloatTy::Param(_) | FloatTy::Inferred) => {
                return Err((self.site(expr), Refusal::CrossCountry("a cast between float types")));
            }
            Expr::Array { .. } | Expr::Repeat { .. } => return Err(self.refusal("a `Vec`")),
            _ => return Err(self.refusal("a struct or an enum")),
        })
    }

    /// Whether all of these are certainly floats.
    fn are_scalars(&mut self, args: &[Expr]) -> bool {
        args.iter().all(|arg| {
            matches!(self.value(arg, None), Ok(Value::Scalar(Operand::Node(_) | Operand::Other(Expr::Float(..)))))
        })
    }

    fn operand(&mut self, expr: &Expr) -> Result<Operand, Obstacle> {
        let value = self.value(expr, None)?;
        self.scalar(value)
    }

    /// A loop over a range that is known.
    fn unroll(&mut self, var: Var, range: &Range, body: &Block) -> Result<(), Obstacle> {
        let site = self.site(&range.high);
        let refused = || (site, Refusal::CrossCountry("a loop whose bounds are no literals"));
        let bound = |this: &Self, expr: &Expr| integer(expr, &this.integers).ok_or_else(refused);
        let (low, high) = (bound(self, &range.low)?, bound(self, &range.high)?);
        if range.step.is_some() || range.last.is_some() {
            return Err(refused());
        }
        let high = if range.inclusive { high.checked_add(1).ok_or_else(refused)? } else { high };
        let mut indices: Vec<i64> = (low..high.max(low)).take(MOST_ITERATIONS + 1).collect();
        self.iterations += indices.len();
        if self.iterations > MOST_ITERATIONS {
            return Err((site, Refusal::CrossCountry("a loop with so many iterations")));
        }
        if range.reversed {
            indices.reverse();
        }
        let outside = self.readable.clone();
        for index in indices {
            self.integers.insert(var, index);
            self.block(body)?;
            self.readable.clone_from(&outside);
        }
        self.integers.remove(&var);
        Ok(())
    }
}
