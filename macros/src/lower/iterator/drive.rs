//! The loops that an iterator becomes: one for each segment, with the stages around what is done with an item.

use super::{Flow, Result, Segment, Stage, Unknown};
use crate::ir::{Block, Expr, Place, Range, Stmt, Ty, Var};
use crate::lower::closure::Callable;
use crate::lower::scrutinee::Scrutinee;
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
                match self.parts_of_text(&node.expr) {
                    Some(parts) => parts,
                    None => return self.copied_loop(node, unknown),
                }
            }
        };
        let jumps = node.body.stmts.iter().any(super::super::jump::stmt_jumps);
        if jumps && flow.has_inner_loops() {
            self.out.truncate(before);
            let unknown = Unknown { site: node.expr.span(), refusal: Refusal::JumpOutOfChain };
            return self.copied_loop(node, unknown);
        }
        let mut passed = Ok(());
        for (position, Segment { items, range, stages, .. }) in flow.segments.into_iter().enumerate() {
            let var = self.vars.temporary("k", Ty::Int, Span::call_site());
            let body = self.loop_body(node.label.as_ref(), |this| {
                let item = this.item_at(&items, &Expr::Var(var));
                passed = this.pass(&stages, item, &mut |this, item| {
                    this.bind_argument(&node.pat, item);
                    this.lower_stmts(&node.body.stmts, false);
                });
            });
            self.push_segment(var, range, &stages, body, position);
            if passed.is_err() {
                break;
            }
        }
        if let Err(unknown) = passed {
            self.out.truncate(before);
            self.copied_loop(node, unknown);
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
    pub fn for_each_item(&mut self, flow: Flow, body: Body<'_, 'l>) -> Result<()> {
        let mut passed = Ok(());
        for (position, Segment { items, range, stages, .. }) in flow.segments.into_iter().enumerate() {
            let var = self.vars.temporary("k", Ty::Int, Span::call_site());
            let block = self.lower_nested(|this| {
                let item = this.item_at(&items, &Expr::Var(var));
                passed = this.pass(&stages, item, body);
                None
            });
            self.push_segment(var, range, &stages, block, position);
            passed?;
            passed = Ok(());
        }
        passed
    }

    /// The loop over a segment. What has ended does not begin again.
    fn push_segment(&mut self, var: Var, range: Range, stages: &[Stage], mut body: Block, position: usize) {
        let ended: Vec<Var> = stages.iter().filter_map(Stage::ending).collect();
        if !ended.is_empty() {
            let left = match body.stmts.last() {
                Some(Stmt::BreakIf(_)) => body.stmts.pop(),
                _ => None,
            };
            let ended = self.flags(ended.iter().copied(), true);
            body.stmts.push(Stmt::BreakIf(match left {
                Some(Stmt::BreakIf(left)) => self.integer("a || b", &[&left, &ended]),
                _ => ended,
            }));
        }
        let whole = Stmt::For { var, range, body };
        if ended.is_empty() || position == 0 {
            return self.out.push(whole);
        }
        let cond = self.flags(ended, false);
        self.out.push(Stmt::If { result: None, cond, then: Block::of(vec![whole]), otherwise: Block::default() });
    }

    /// What happens to an item on its way.
    fn pass(&mut self, stages: &[Stage], item: Value, body: Body<'_, 'l>) -> Result<()> {
        let Some((stage, rest)) = stages.split_first() else {
            body(self, item);
            return Ok(());
        };
        match stage {
            Stage::Map(callable) => {
                let item = self.apply(callable, vec![item]);
                self.pass(rest, item, body)
            }
            Stage::Copied => {
                let item = self.copied_item(item);
                self.pass(rest, item, body)
            }
            Stage::FilterMap(callable) => {
                let option = self.apply(callable, vec![item]);
                self.pass_payload(option, rest, None, body)
            }
            Stage::MapWhile(ended, callable) => {
                let option = self.apply(callable, vec![item]);
                self.pass_payload(option, rest, Some(*ended), body)
            }
            Stage::Scan(ended, state, callable) => {
                let ty = self.vars[*state].ty.clone();
                let state = Value::new(Expr::Borrow(Place::of(*state), true), ty);
                let option = self.apply(callable, vec![state, item]);
                self.pass_payload(option, rest, Some(*ended), body)
            }
            Stage::TakeWhile(ended, callable) => {
                let item = self.named_item(item);
                let cond = self.holds(callable, vec![lent(item.clone())]);
                let otherwise = Block::of(vec![Stmt::Assign(Place::of(*ended), crate::lower::constant("true"))]);
                self.passed_or(cond, otherwise, |this| this.pass(rest, item, body))
            }
            Stage::SkipWhile(passed, callable) => {
                let item = self.named_item(item);
                let before = self.lower_nested(|this| {
                    let cond = this.holds(callable, vec![lent(item.clone())]);
                    let set = Stmt::Assign(Place::of(*passed), this.integer("!a", &[&cond]));
                    this.out.push(set);
                    None
                });
                let cond = self.flags([*passed], false);
                self.out.push(Stmt::If { result: None, cond, then: before, otherwise: Block::default() });
                let cond = self.flags([*passed], true);
                self.passed_or(cond, Block::default(), |this| this.pass(rest, item, body))
            }
            Stage::Flatten if matches!(item.ty, Ty::Option(_)) => self.pass_payload(item, rest, None, body),
            Stage::Flatten => {
                let flow = self.flow_of_item(item);
                self.for_each_inner(flow, rest, body)
            }
            Stage::FlatMap(callable) => {
                let flow = self.sequence_from(callable, item)?;
                self.for_each_inner(flow, rest, body)
            }
            Stage::Filter(callable) => {
                let item = self.named_item(item);
                let cond = self.holds(callable, vec![lent(item.clone())]);
                self.passed_if(cond, rest, item, None, body)
            }
            Stage::Enumerate(counter) => {
                let item = self.held(item);
                let index = self.bound_integer("index", "a", &[&Expr::Var(*counter)]);
                self.count(*counter);
                let ty = Ty::Tuple(vec![Ty::Int, item.ty]);
                self.pass(rest, Value::new(Expr::Tuple(vec![index, item.expr]), ty), body)
            }
            Stage::Take(counter, count) => {
                let item = self.held(item);
                let cond = self.integer("a < b", &[&Expr::Var(*counter), count]);
                self.passed_if(cond, rest, item, Some(*counter), body)
            }
            Stage::Skip(counter, count) => {
                let item = self.held(item);
                let cond = self.bound_flag("a < b", &[&Expr::Var(*counter), count]);
                let then = self.lower_nested(|this| {
                    this.count(*counter);
                    None
                });
                let mut passed = Ok(());
                let otherwise = self.lower_nested(|this| {
                    passed = this.pass(rest, item, body);
                    None
                });
                self.out.push(Stmt::If { result: None, cond, then, otherwise });
                passed
            }
        }
    }

    fn passed_if(
        &mut self,
        cond: Expr,
        rest: &[Stage],
        item: Value,
        counter: Option<Var>,
        body: Body<'_, 'l>,
    ) -> Result<()> {
        self.passed_or(cond, Block::default(), |this| {
            if let Some(counter) = counter {
                this.count(counter);
            }
            this.pass(rest, item, body)
        })
    }

    fn passed_or(&mut self, cond: Expr, otherwise: Block, pass: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mut passed = Ok(());
        let then = self.lower_nested(|this| {
            passed = pass(this);
            None
        });
        self.out.push(Stmt::If { result: None, cond, then, otherwise });
        passed
    }

    /// What is in an `Option`, if there is something; otherwise the chain may end.
    fn pass_payload(&mut self, option: Value, rest: &[Stage], ended: Option<Var>, body: Body<'_, 'l>) -> Result<()> {
        let ty = match option.ty.clone() {
            Ty::Option(item) => Ty::Option(item),
            _ => Ty::Option(Box::new(Ty::Unknown)),
        };
        let place = match option.expr {
            Expr::Load(place) | Expr::Borrow(place, _) => place,
            _ => Place::of(self.bind_temporary(Value::new(option.expr, ty.clone()))),
        };
        let option = Scrutinee { place, ty, by_reference: false, present: None, parts: None, references: Vec::new() };
        let cond = self.test_of_variant(&option, "Some");
        let ended = ended.map(|ended| Stmt::Assign(Place::of(ended), crate::lower::constant("true")));
        self.passed_or(cond, Block::of(ended.into_iter().collect()), |this| {
            let item = this.payload_of(&option, "Some");
            let item = this.held(item);
            this.pass(rest, item, body)
        })
    }

    /// The items of an item.
    fn flow_of_item(&mut self, item: Value) -> Flow {
        match item.expr {
            Expr::Borrow(place, mutable) => self.elements_of(place, false, mutable),
            Expr::Load(place) => self.elements_of(place, false, false),
            _ => {
                let place = Place::of(self.bind_temporary(item));
                self.elements_of(place, true, false)
            }
        }
    }

    fn for_each_inner(&mut self, flow: Flow, rest: &[Stage], body: Body<'_, 'l>) -> Result<()> {
        let mut passed = Ok(());
        self.for_each_item(flow, &mut |this, item| {
            let ok = this.pass(rest, item, body);
            if passed.is_ok() {
                passed = ok;
            }
        })?;
        passed
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
