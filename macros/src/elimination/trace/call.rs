//! Calls of differentiable functions: a vertex for each component of the result, with the callee's own Jacobian.
//!
//! ```text
//! let pair: ([f64; 3], OMatrix<_, Const<3>, Const<6>>) = rotate::value_and_jacobian(&rotation, &moved);
//! let (seen, seen_jacobian) = pair;
//! ```
//!
//! The macro cannot see the callee. That its Jacobian has a column for every component of the arguments is checked by
//! rustc, through the type that generated code gives it.

use super::{Node, Obstacle, Operand, Operation, Purpose, Trace, Value};
use crate::emit::elimination::{column_for_each, type_with_jacobian};
use crate::ir::{Call, Callee, Expr, FloatTy, Pattern, Place, Projection, Role, Stmt, Tokens, Ty, Var};
use crate::refusal::Refusal;
use crate::rules::Partial;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What is said of a call whose result may be anything.
pub(super) const UNTYPED: &str = "a call whose result has no written type";

impl Trace {
    /// `let var: R = f(args..);`
    pub(super) fn call(&mut self, var: Var, call: &Call) -> Result<(), Obstacle> {
        let refused = |what| (call.site.0, Refusal::CrossCountry(what));
        if self.purpose == Purpose::Unasked {
            return Err(refused("a call"));
        }
        if call.callee != Callee::Function || call.generics.is_some() {
            return Err(refused("a call of a method or with generic arguments"));
        }
        let declared = self.vars[var].annotation.clone().ok_or_else(|| refused(UNTYPED))?;
        let mut columns = Vec::new();
        let args = call.args.iter().map(|arg| self.argument(arg, call, &mut columns)).collect::<Result<Vec<_>, _>>()?;
        let call_site = call.site;
        let call = Call { args, ..call.clone() };

        let own = if self.may_define(var) { var } else { self.vars.derived(var, "", Role::Primal, false) };
        let pair = self.vars.derived(var, "_and_jacobian", Role::Primal, false);
        let jacobian = self.vars.derived(var, "_jacobian", Role::Primal, false);
        self.vars[jacobian].ty = Ty::Matrix(FloatTy::Inferred);
        let mut row = 0;
        let mut component = |trace: &mut Self, value: Expr, name: String| {
            let entries = columns.iter().enumerate().filter_map(|(column, node)| {
                let index = Box::new(entry(row, column));
                let place = Place::of(jacobian).project(Projection::Index(index));
                Some(((*node)?, Partial::Times(Expr::Load(place))))
            });
            let entries: Vec<(usize, Partial)> = entries.collect();
            row += 1;
            let active = !entries.is_empty();
            trace.node(Node { value, name, operation: Operation::Local(entries), active })
        };
        let ty = self.vars[own].ty.clone();
        let value = self.components(Place::of(own), &ty, &declared, &mut component);
        let value = value.ok_or_else(|| refused("a call whose result cannot be taken apart here"))?;
        self.callees.push(call.path.clone());
        self.vars[pair].annotation = Some(Box::new(type_with_jacobian(&declared, row)));
        self.vars[pair].ty = Ty::Tuple(vec![ty, Ty::Matrix(FloatTy::Inferred)]);
        let method = "::value_and_jacobian".parse::<TokenStream>().unwrap_or_default();
        let path = Tokens(call.path.0.clone().into_iter().chain(method).collect());
        self.define(pair, Expr::Call(Call { path, ..call }));
        self.stmts.push(Stmt::Do(column_for_each(pair, columns.len(), call_site)));
        self.stmts.push(Stmt::Let(Pattern::Tuple(vec![Pattern::Var(own), Pattern::Var(jacobian)]), Expr::Var(pair)));
        self.defined.extend([own, jacobian]);
        self.readable.insert(own);
        self.values.insert(var, value);
        Ok(())
    }

    /// An argument put together again, and the node in each of its components.
    fn argument(&mut self, arg: &Expr, call: &Call, columns: &mut Vec<Option<usize>>) -> Result<Expr, Obstacle> {
        let refused = |what| (call.site.0, Refusal::CrossCountry(what));
        let uncounted = || refused("an argument of a call whose components cannot be counted here");
        match arg {
            Expr::Borrow(_, true) => Err(refused("a call that changes its argument")),
            Expr::Borrow(place, false) => {
                let (value, ty) = (self.read(place)?, self.vars.place_type(place));
                let rebuilt = self.rebuilt(&value, &ty, columns).ok_or_else(uncounted)?;
                // a parameter is passed on
                if place.is_whole() && self.readable.contains(&place.root) {
                    return Ok(arg.clone());
                }
                let copy = self.vars.derived(place.root, "", Role::Temporary, false);
                self.vars[copy].ty = ty;
                self.define(copy, rebuilt);
                Ok(Expr::Borrow(Place::of(copy), false))
            }
            arg => {
                let ty = match arg {
                    Expr::Var(var) => self.vars[*var].ty.clone(),
                    Expr::Load(place) | Expr::Snapshot(place) => self.vars.place_type(place),
                    Expr::Float(..) | Expr::Prim(..) => Ty::Float(FloatTy::Inferred),
                    Expr::Opaque(_) => Ty::Int,
                    _ => Ty::Unknown,
                };
                let value = self.value(arg, None)?;
                self.rebuilt(&value, &ty, columns).ok_or_else(uncounted)
            }
        }
    }

    /// A value put together again; `columns` gets the node in each float.
    pub(super) fn rebuilt(&self, value: &Value, ty: &Ty, columns: &mut Vec<Option<usize>>) -> Option<Expr> {
        match (value, ty) {
            (Value::Scalar(operand), ty) if ty.is_inert() => Some(self.expr(operand)),
            (Value::Scalar(Operand::Node(node)), Ty::Float(_) | Ty::Unknown) => {
                columns.push(Some(*node).filter(|node| self.nodes[*node].active));
                Some(self.nodes[*node].value.clone())
            }
            (Value::Scalar(Operand::Other(expr)), Ty::Float(_)) => {
                columns.push(None);
                Some(expr.clone())
            }
            (Value::Parts(parts), Ty::Array(item)) => {
                let items = parts.iter().map(|part| self.rebuilt(part, item, columns)).collect::<Option<_>>()?;
                Some(Expr::Array { items, heap: false })
            }
            (Value::Parts(parts), Ty::Tuple(types)) if parts.len() == types.len() => {
                let parts = parts.iter().zip(types).map(|(part, ty)| self.rebuilt(part, ty, columns));
                parts.collect::<Option<_>>().map(Expr::Tuple)
            }
            _ => None,
        }
    }
}

/// `(row, column)`
fn entry(row: usize, column: usize) -> Expr {
    let index = format!("{row}, {column}").parse().unwrap_or_default();
    Expr::constant(TokenTree::Group(Group::new(Delimiter::Parenthesis, index)))
}
