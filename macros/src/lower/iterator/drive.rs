//! The loops that an iterator becomes: one for each segment, with the stages around what is done with an item.

use super::{Flow, Segment, Stage, Unknown};
use crate::ir::{Block, Expr, Place, Range, Stmt, Ty, Var};
use crate::lower::closure::Callable;
use crate::lower::{Lowerer, Value};
use crate::refusal::Refusal;
use proc_macro2::Span;
use syn::spanned::Spanned;

/// What is done with an item.
type Body<'b, 'l> = &'b mut dyn FnMut(&mut Lowerer<'l>, Value);

impl<'l> Lowerer<'l> {
    /// `for pattern in chain { body }`
    pub fn chain_loop(&mut self, node: &syn::ExprForLoop) {
        let before = self.out.len();
        let flow = match self.iterated(&node.expr) {
            Ok(flow) => flow,
            Err(unknown) => {
                self.out.truncate(before);
                return self.copied_loop(node, unknown);
            }
        };
        let jumps = node.body.stmts.iter().any(super::super::jump::stmt_jumps);
        if jumps && flow.segments.len() > 1 {
            self.out.truncate(before);
            let unknown = Unknown { site: node.expr.span(), refusal: Refusal::JumpOutOfChain };
            return self.copied_loop(node, unknown);
        }
        for Segment { items, range, stages } in flow.segments {
            let var = self.vars.temporary("k", Ty::Int, Span::call_site());
            let body = self.loop_body(node.label.as_ref(), |this| {
                let item = this.item_at(&items, &Expr::Var(var));
                this.pass(&stages, item, &mut |this, item| {
                    this.bind_argument(&node.pat, item);
                    this.lower_stmts(&node.body.stmts, false);
                });
            });
            self.push_loop(var, range, body);
        }
    }

    /// A loop that is not understood: copied if nothing active is in it.
    fn copied_loop(&mut self, node: &syn::ExprForLoop, unknown: Unknown) {
        let expr = syn::Expr::ForLoop(node.clone());
        let value = self.copied(&expr, Ty::Inert, Refusal::Iterator);
        let value = value.because(unknown);
        self.out.push(Stmt::Do(value.expr));
    }

    /// Does something with every item, in order.
    pub fn for_each_item(&mut self, flow: Flow, body: Body<'_, 'l>) {
        for Segment { items, range, stages } in flow.segments {
            let var = self.vars.temporary("k", Ty::Int, Span::call_site());
            let block = self.lower_nested(|this| {
                let item = this.item_at(&items, &Expr::Var(var));
                this.pass(&stages, item, body);
                None
            });
            self.push_loop(var, range, block);
        }
    }

    fn push_loop(&mut self, var: Var, range: Range, body: Block) {
        self.out.push(Stmt::For { var, range, body });
    }

    /// What happens to an item on its way.
    fn pass(&mut self, stages: &[Stage], item: Value, body: Body<'_, 'l>) {
        let Some((stage, rest)) = stages.split_first() else { return body(self, item) };
        match stage {
            Stage::Map(callable) => {
                let item = self.apply(callable, vec![item]);
                self.pass(rest, item, body);
            }
            Stage::Copied => {
                let item = self.copied_item(item);
                self.pass(rest, item, body);
            }
            Stage::Filter(callable) => {
                let item = self.named_item(item);
                let cond = self.holds(callable, vec![lent(item.clone())]);
                self.passed_if(cond, rest, item, None, body);
            }
            Stage::Enumerate(counter) => {
                let item = self.held(item);
                let index = self.bound_integer("index", "a", &[&Expr::Var(*counter)]);
                self.count(*counter);
                let ty = Ty::Tuple(vec![Ty::Int, item.ty]);
                self.pass(rest, Value::new(Expr::Tuple(vec![index, item.expr]), ty), body);
            }
            Stage::Take(counter, count) => {
                let item = self.held(item);
                let cond = self.integer("a < b", &[&Expr::Var(*counter), count]);
                self.passed_if(cond, rest, item, Some(*counter), body);
            }
            Stage::Skip(counter, count) => {
                let item = self.held(item);
                let cond = self.bound_flag("a < b", &[&Expr::Var(*counter), count]);
                let then = self.lower_nested(|this| {
                    this.count(*counter);
                    None
                });
                let otherwise = self.lower_nested(|this| {
                    this.pass(rest, item, body);
                    None
                });
                self.out.push(Stmt::If { result: None, cond, then, otherwise });
            }
        }
    }

    fn passed_if(&mut self, cond: Expr, rest: &[Stage], item: Value, counter: Option<Var>, body: Body<'_, 'l>) {
        let then = self.lower_nested(|this| {
            if let Some(counter) = counter {
                this.count(counter);
            }
            this.pass(rest, item, body);
            None
        });
        self.out.push(Stmt::If { result: None, cond, then, otherwise: Block::default() });
    }

    fn bound_flag(&mut self, source: &str, operands: &[&Expr]) -> Expr {
        let value = self.integer(source, operands);
        Expr::Var(self.bind_temporary(Value::new(value, Ty::Bool)))
    }

    /// The value of a predicate, as an expression that may be evaluated once.
    pub fn holds(&mut self, callable: &Callable, args: Vec<Value>) -> Expr {
        let value = self.apply(callable, args);
        match value.expr {
            Expr::Opaque(opaque) => Expr::Opaque(opaque),
            expr => self.atom(Value::new(expr, Ty::Bool)),
        }
    }

    /// An item that a reference can be taken of: a place, or parts that are places.
    pub fn named_item(&mut self, item: Value) -> Value {
        let ty = item.ty.clone();
        match item.expr {
            Expr::Borrow(..) | Expr::Load(_) => item,
            Expr::Tuple(parts) => {
                let types = super::super::pattern::part_types(&ty, parts.len());
                let parts = parts.into_iter().zip(types);
                let parts = parts.map(|(part, ty)| self.named_item(Value::new(part, ty)).expr).collect();
                Value::new(Expr::Tuple(parts), ty)
            }
            Expr::Var(var) if !self.vars[var].mutable => item,
            _ => Value::new(Expr::Var(self.bind_temporary(item)), ty),
        }
    }
}

/// A reference to an item.
pub fn lent(item: Value) -> Value {
    let expr = match item.expr {
        Expr::Var(var) => Expr::Borrow(Place::of(var), false),
        Expr::Load(place) => Expr::Borrow(place, false),
        Expr::Tuple(parts) => {
            Expr::Tuple(parts.into_iter().map(|part| lent(Value::new(part, Ty::Unknown)).expr).collect())
        }
        expr => expr,
    };
    Value::new(expr, item.ty)
}

impl Value {
    /// Says why source that is copied through is not understood, at the place where that begins.
    pub fn because(mut self, unknown: Unknown) -> Self {
        if let Expr::Opaque(opaque) = &mut self.expr {
            opaque.site = crate::ir::Site(unknown.site);
            opaque.refusal = Some(unknown.refusal);
        }
        self
    }
}
