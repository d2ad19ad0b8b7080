//! Statements whose tangents are floats, so that they hold for any type of tangent.

use super::scaled::Scaled;
use crate::elimination::Obstacle;
use crate::ir::{Block, Call, Callee, Expr, MatrixOp, Pattern, Role, Stmt, Var, Vars};
use crate::refusal::Refusal;
use crate::rules::Prim;
use proc_macro2::Span;
use std::collections::BTreeSet;

/// Rewrites statements one after the other.
pub struct Rewrite<'v> {
    vars: &'v Vars,
    /// Variables that hold tangents.
    tangents: BTreeSet<Var>,
    /// What is rewritten stands here.
    span: Span,
    /// Whether they are the cotangents of reverse mode.
    of_cotangents: bool,
}

/// Nothing, or what stands in the way.
type Rewritten = Result<(), Obstacle>;

impl<'v> Rewrite<'v> {
    /// For statements whose tangents are those of forward mode.
    pub fn new(vars: &'v Vars, span: Span) -> Self {
        let tangents = vars.all().filter(|var| matches!(vars[*var].role, Role::Tangent(_))).collect();
        Self { vars, tangents, span, of_cotangents: false }
    }

    /// For the sweeps of reverse mode, whose cotangents are the tangents.
    pub fn of_cotangents(vars: &'v Vars, sweeps: &Block, seed: Var, span: Span) -> Self {
        let mut tangents: BTreeSet<Var> =
            vars.all().filter(|var| matches!(vars[*var].role, Role::Cotangent(_))).chain([seed]).collect();
        // the zeros that the forward sweep keeps
        sweeps.for_each_stmt(&mut |stmt| match stmt {
            Stmt::Let(pattern, Expr::ZeroLike(_)) => tangents.extend(pattern.vars()),
            Stmt::Save { stack, value: Expr::ZeroLike(_) } => {
                tangents.insert(*stack);
            }
            _ => {}
        });
        Self { vars, tangents, span, of_cotangents: true }
    }

    /// The variables that hold tangents.
    pub fn into_tangents(self) -> BTreeSet<Var> {
        self.tangents
    }
}

impl Rewrite<'_> {
    /// A value and its tangent.
    pub fn pair(&self, parts: &mut [Expr]) -> Rewritten {
        match parts {
            [_, tangent] => self.tangent(tangent),
            _ => Ok(()),
        }
    }

    fn obstacle<T>(&self, what: &'static str) -> Result<T, Obstacle> {
        Err((self.span, Refusal::Directions(what)))
    }

    pub fn block(&mut self, block: &mut Block) -> Rewritten {
        block.stmts.iter_mut().try_for_each(|stmt| self.stmt(stmt))
    }

    pub fn stmt(&mut self, stmt: &mut Stmt) -> Rewritten {
        if let Some(span) = self.span_of(stmt) {
            self.span = span;
        }
        match stmt {
            Stmt::Let(_, Expr::Pushforward { call, dots, .. }) => self.lent_tangents(call, dots.iter_mut().flatten()),
            Stmt::Let(pattern, value) if self.holds_tangents(pattern) || self.reads_tangents(value) => {
                pattern.for_each(&mut |var| {
                    self.tangents.insert(var);
                });
                self.tangent(value)
            }
            // a tangent that is set to zero
            Stmt::Assign(place, Expr::ZeroLike(of)) if **of == Expr::Borrow(place.clone(), false) => Ok(()),
            Stmt::Assign(place, value) | Stmt::Add(place, value) if self.tangents.contains(&place.root) => {
                self.tangent(value)
            }
            Stmt::Structural(structural) if structural.roots().any(|root| self.tangents.contains(&root)) => {
                self.tangents.extend(structural.result);
                structural.value.iter_mut().try_for_each(|value| self.tangent(value))
            }
            Stmt::If { .. } | Stmt::For { .. } | Stmt::While { .. } => {
                self.primal(stmt)?;
                stmt.blocks_mut().into_iter().try_for_each(|block| self.block(block))
            }
            Stmt::Let(..)
            | Stmt::Declare(_)
            | Stmt::Assign(..)
            | Stmt::Add(..)
            | Stmt::Structural(_)
            | Stmt::BreakIf(_)
            | Stmt::Do(_)
            | Stmt::Require(_)
            | Stmt::Increment(_) => self.primal(stmt),
            Stmt::Save { stack, value } if self.tangents.contains(stack) || self.reads_tangents(value) => {
                self.tangents.insert(*stack);
                self.tangent(value)
            }
            Stmt::Save { .. } => self.primal(stmt),
            Stmt::IfActive { body, .. } => self.block(body),
            Stmt::Part { part, bar, .. } => {
                if self.tangents.contains(bar) {
                    self.tangents.insert(*part);
                }
                Ok(())
            }
            Stmt::Linearize { .. } | Stmt::Pullback { .. } if self.of_cotangents => self.obstacle("a call"),
            Stmt::Linearize { call, dots, .. } => self.lent_tangents(call, dots.iter_mut().flatten()),
            Stmt::Pullback { dots, .. } => match dots {
                Some(dots) => {
                    dots.args.iter_mut().filter_map(|(_, dot)| dot.as_mut()).try_for_each(|dot| self.tangent(dot))?;
                    self.tangent(&mut dots.seed)
                }
                None => self.primal(stmt),
            },
        }
    }

    /// The tangents that a callee is lent.
    fn lent_tangents<'d>(&mut self, call: &Call, dots: impl Iterator<Item = &'d mut Option<Expr>>) -> Rewritten {
        self.span = call.site.0;
        if call.callee != Callee::Function {
            return self.obstacle("a call of a method");
        }
        dots.flatten().try_for_each(|dot| self.tangent(dot))
    }

    /// Where a statement comes from.
    fn span_of(&self, stmt: &Stmt) -> Option<Span> {
        let var = match stmt {
            Stmt::Let(pattern, _) => pattern.vars().first().copied(),
            Stmt::Assign(place, _) | Stmt::Add(place, _) => Some(place.root),
            _ => None,
        };
        var.map(|var| self.vars[var].span)
    }

    fn holds_tangents(&self, pattern: &Pattern) -> bool {
        pattern.vars().iter().any(|var| self.tangents.contains(var))
    }

    fn reads_tangents(&self, value: &Expr) -> bool {
        let mut reads = false;
        value.for_each_read(&mut |var| reads |= self.tangents.contains(&var));
        reads
    }

    /// No value, condition or position is computed from a tangent.
    fn primal(&self, stmt: &Stmt) -> Rewritten {
        let mut reads = false;
        stmt.for_each_expr(&mut |expr| reads |= self.reads_tangents(expr));
        if reads { self.obstacle("code that reads tangents") } else { Ok(()) }
    }

    /// A tangent.
    pub fn tangent(&self, expr: &mut Expr) -> Rewritten {
        match expr {
            Expr::Float(value, _) if *value == 0.0 => {
                *expr = Expr::ZeroAlong(Box::new(expr.clone()));
                Ok(())
            }
            Expr::Var(var) if self.tangents.contains(var) => Ok(()),
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => {
                if place.is_in_payload() || place.ends_in_view() {
                    return self.obstacle("what a variant carries or a view shows");
                }
                if self.tangents.contains(&place.root) { Ok(()) } else { self.obstacle("this operation") }
            }
            Expr::Prim(Prim::Add | Prim::Sub | Prim::Neg, terms) => {
                terms.iter_mut().try_for_each(|term| self.tangent(term))
            }
            Expr::Prim(Prim::Mul | Prim::Div, _) => {
                *expr = self.scaled(expr)?.expr();
                Ok(())
            }
            Expr::Prim(Prim::StrongMul, args) => self.strong(args).map(|strong| *expr = strong),
            Expr::Select(cond, then, otherwise) => {
                if self.reads_tangents(cond) {
                    return self.obstacle("code that reads tangents");
                }
                let chosen = self.chosen(cond, then, otherwise);
                match chosen {
                    Some(chosen) => {
                        *expr = chosen;
                        Ok(())
                    }
                    None => [then, otherwise].into_iter().try_for_each(|part| self.tangent(part)),
                }
            }
            Expr::Tuple(parts) | Expr::Array { items: parts, .. } | Expr::Sum(parts) => {
                parts.iter_mut().try_for_each(|part| self.tangent(part))
            }
            Expr::Repeat { item, .. } => self.tangent(item),
            Expr::SumElements { items, zero } => [items, zero].into_iter().try_for_each(|part| self.tangent(part)),
            Expr::Pop(stack) | Expr::Rewind(stack) if self.tangents.contains(stack) => Ok(()),
            Expr::ZeroLike(of) => {
                *expr = Expr::ZeroAlong(of.clone());
                Ok(())
            }
            Expr::NewStack(_) => Ok(()),
            Expr::Opaque(opaque) if opaque.is_empty_value() => Ok(()),
            Expr::Cast(..) | Expr::Linear { op: MatrixOp::Cast(_), .. } => self.obstacle("a cast between float types"),
            Expr::Linear { .. } | Expr::Matrix(..) => {
                self.obstacle("an operation on matrices, or on values whose type is not visible here")
            }
            Expr::Construct(_) => self.obstacle("a value that is put together from parts"),
            _ => self.obstacle("this operation"),
        }
    }

    /// A product or quotient of one tangent with factors.
    fn scaled(&self, expr: &Expr) -> Result<Scaled, Obstacle> {
        match expr {
            Expr::Prim(Prim::Mul, args) => match args.as_slice() {
                [seed, factor] if !self.reads_tangents(factor) => Ok(self.scaled(seed)?.times(factor.clone())),
                [factor, seed] if !self.reads_tangents(factor) => Ok(self.scaled(seed)?.times(factor.clone())),
                _ => self.obstacle("a product of tangents"),
            },
            Expr::Prim(Prim::Div, args) => match args.as_slice() {
                [seed, divisor] if !self.reads_tangents(divisor) => Ok(self.scaled(seed)?.over(divisor.clone())),
                _ => self.obstacle("a quotient of tangents"),
            },
            other => {
                let mut seed = other.clone();
                self.tangent(&mut seed)?;
                Ok(Scaled { seed, factor: None, divisor: None })
            }
        }
    }

    fn strong(&self, args: &[Expr]) -> Result<Expr, Obstacle> {
        let (prim, mut seed, factor) = match args {
            [seed, factor] if !self.reads_tangents(factor) => (Prim::BySingular, seed.clone(), factor.clone()),
            [factor, seed] if !self.reads_tangents(factor) => (Prim::ByStrong, seed.clone(), factor.clone()),
            _ => return self.obstacle("a product of tangents"),
        };
        self.tangent(&mut seed)?;
        Ok(Expr::Prim(prim, vec![seed, factor]))
    }

    /// What depends on a condition of a rule, as that of a maximum, where the tangent can be read in either case.
    fn chosen(&self, cond: &Expr, then: &Expr, otherwise: &Expr) -> Option<Expr> {
        let of_rule = matches!(
            cond,
            Expr::Prim(Prim::MaxTakesFirst | Prim::MinTakesFirst | Prim::ClampTakesValue | Prim::Less, _)
        );
        let (prim, seed) = match (then, otherwise) {
            (seed, zero) if zero.is(0.0) => (Prim::When, seed),
            (zero, seed) if zero.is(0.0) => (Prim::Unless, seed),
            _ => return None,
        };
        let mut seed = seed.clone();
        let readable = of_rule && self.tangent(&mut seed).is_ok();
        readable.then(|| Expr::Prim(prim, vec![seed, cond.clone()]))
    }
}
