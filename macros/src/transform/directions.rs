//! Forward mode for tangents of any type that can be added and multiplied by a float.
//!
//! Takes what forward mode built, for tangents that are floats; returns the same statements so that they also hold where the
//! tangent of a float is a direction: several floats side by side, or a set of columns. Afterwards the tangent stands left of
//! its factor, which is one (`x_dot * (a * b)`, so that all but one multiplication are shared by the directions), and zero
//! tangents, strong zeros and conditions are written as operations of a direction. What is not linear in this sense is an
//! obstacle, with its span.

use super::forward::Pushforward;
use super::tangent_of_sweeps::TangentSweeps;
use crate::elimination::Obstacle;
use crate::ir::{Block, Callee, Expr, FloatTy, Function, MatrixOp, Pattern, Role, Stmt, Ty, Var, Vars, Wrt};
use crate::refusal::Refusal;
use crate::rules::Prim;
use proc_macro2::Span;
use std::collections::BTreeSet;

/// The pushforward along directions, and the float that they are directions of.
#[derive(Clone, Debug)]
pub struct Directions {
    /// The float.
    pub float: FloatTy,
    /// The statements.
    pub pushforward: Pushforward,
}

/// Rewrites a pushforward.
pub fn along_directions(function: &Function, pushforward: &Pushforward) -> Result<Directions, Obstacle> {
    let float = float_of(function)?;
    let mut pushforward = pushforward.clone();
    let body = rewritten(&pushforward.vars, pushforward.body, start_of(function))?;
    pushforward.body = body;
    Ok(Directions { float, pushforward })
}

/// Second order along directions.
#[derive(Clone, Debug)]
pub struct CurvatureAlong {
    /// The float.
    pub float: FloatTy,
    /// Products with the Hessian, where the result is a float.
    pub product: Option<TangentSweeps>,
    /// The split sweeps with tangents, where others call them.
    pub split: Option<TangentSweeps>,
}

/// Rewrites the sweeps with tangents. With `split`, also those that are called.
pub fn curvature_along(
    function: &Function,
    product: Option<&TangentSweeps>,
    split: Option<&TangentSweeps>,
) -> Result<CurvatureAlong, Obstacle> {
    let float = float_of(function)?;
    let product = product.map(|product| sweeps_along(function, product)).transpose()?;
    if split.is_some() && function.recursive {
        let what = "a function that calls itself, beside `order = 2`";
        return Err((function.name.span(), Refusal::Directions(what)));
    }
    let split = split.map(|split| sweeps_along(function, split)).transpose()?;
    Ok(CurvatureAlong { float, product, split })
}

fn sweeps_along(function: &Function, sweeps: &TangentSweeps) -> Result<TangentSweeps, Obstacle> {
    let mut sweeps = sweeps.clone();
    let mut rewrite = Rewrite::new(&sweeps.vars, start_of(function));
    sweeps.forward.iter_mut().chain(&mut sweeps.reverse).try_for_each(|stmt| rewrite.stmt(stmt))?;
    match &mut sweeps.result {
        // value and tangent
        Some(Expr::Tuple(parts)) if sweeps.seed.1.is_some() => rewrite.pair(parts)?,
        Some(product) if sweeps.seed.1.is_none() => rewrite.tangent(product)?,
        _ => {}
    }
    Ok(sweeps)
}

/// Whether the macro knows that everything in the function has a tangent along directions, calls left out.
pub fn is_plain(function: &Function, pushforward: &Pushforward) -> bool {
    let mut calls = false;
    pushforward.body.for_each_stmt(&mut |stmt| {
        stmt.for_each_expr(&mut |expr| calls |= matches!(expr, Expr::Pushforward { .. }));
    });
    let known = pushforward.tangents.keys().all(|var| is_of_floats(&pushforward.vars[*var].ty));
    known && !calls && (is_of_floats(&function.ret_ty) || function.ret_ty.is_inert())
}

fn is_of_floats(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Int | Ty::Bool => true,
        Ty::Tuple(parts) => parts.iter().all(is_of_floats),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) => is_of_floats(item),
        Ty::Inert | Ty::Option(_) | Ty::Matrix(_) | Ty::Rotation(_) | Ty::Unknown => false,
    }
}

/// The one float type of the signature.
fn float_of(function: &Function) -> Result<FloatTy, Obstacle> {
    let mut found: Option<FloatTy> = None;
    let params = function.params.iter().filter(|param| param.wrt == Wrt::Active);
    let typed = params.map(|param| (&function.vars[param.var].ty, function.vars[param.var].span));
    for (ty, span) in typed.chain([(&function.ret_ty, function.name.span())]) {
        let mut floats = Vec::new();
        floats_in(ty, &mut floats).map_err(|what| (span, Refusal::Directions(what)))?;
        for float in floats {
            if found.get_or_insert_with(|| float.clone()) != &float {
                return Err((span, Refusal::Directions("floats of two types")));
            }
        }
    }
    Ok(found.unwrap_or(FloatTy::F64))
}

fn floats_in(ty: &Ty, floats: &mut Vec<FloatTy>) -> Result<(), &'static str> {
    match ty {
        Ty::Float(FloatTy::Param(_)) => Err("a generic float"),
        Ty::Float(float) => {
            floats.push(float.clone());
            Ok(())
        }
        Ty::Tuple(parts) => parts.iter().try_for_each(|part| floats_in(part, floats)),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) => floats_in(item, floats),
        Ty::Matrix(_) | Ty::Rotation(_) => Err("a matrix"),
        Ty::Option(_) => Err("an `Option`"),
        // rustc knows what it is
        Ty::Int | Ty::Bool | Ty::Inert | Ty::Unknown => Ok(()),
    }
}

/// What is at fault for a result without a statement of its own: a parameter of an unknown type, or the function.
fn start_of(function: &Function) -> Span {
    let active = function.params.iter().filter(|param| param.wrt == Wrt::Active);
    let unknown = active.map(|param| &function.vars[param.var]).find(|info| !is_of_floats(&info.ty));
    unknown.map_or(function.name.span(), |info| info.span)
}

fn rewritten(vars: &Vars, mut block: Block, span: Span) -> Result<Block, Obstacle> {
    let mut rewrite = Rewrite::new(vars, span);
    rewrite.block(&mut block)?;
    if let Some(Expr::Tuple(parts)) = &mut block.result {
        rewrite.pair(parts)?;
    }
    Ok(block)
}

struct Rewrite<'v> {
    vars: &'v Vars,
    /// Variables that hold tangents.
    tangents: BTreeSet<Var>,
    /// What is rewritten stands here.
    span: Span,
}

type Rewritten = Result<(), Obstacle>;

impl<'v> Rewrite<'v> {
    fn new(vars: &'v Vars, span: Span) -> Self {
        let tangents = vars.all().filter(|var| matches!(vars[*var].role, Role::Tangent(_))).collect();
        Self { vars, tangents, span }
    }
}

impl Rewrite<'_> {
    /// A value and its tangent.
    fn pair(&self, parts: &mut [Expr]) -> Rewritten {
        match parts {
            [_, tangent] => self.tangent(tangent),
            _ => Ok(()),
        }
    }

    fn obstacle<T>(&self, what: &'static str) -> Result<T, Obstacle> {
        Err((self.span, Refusal::Directions(what)))
    }

    fn block(&mut self, block: &mut Block) -> Rewritten {
        block.stmts.iter_mut().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &mut Stmt) -> Rewritten {
        if let Some(span) = self.span_of(stmt) {
            self.span = span;
        }
        match stmt {
            Stmt::Let(_, Expr::Pushforward { call, dots, .. }) => {
                self.span = call.site.0;
                if call.callee != Callee::Function {
                    return self.obstacle("a call of a method");
                }
                dots.iter_mut().flatten().flatten().try_for_each(|dot| self.tangent(dot))
            }
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
            Stmt::Save { stack, value } if self.tangents.contains(stack) => self.tangent(value),
            Stmt::Save { .. } => self.primal(stmt),
            Stmt::IfActive { body, .. } => self.block(body),
            Stmt::Part { part, bar, .. } => {
                if self.tangents.contains(bar) {
                    self.tangents.insert(*part);
                }
                Ok(())
            }
            Stmt::Linearize { call, dots, .. } => {
                self.span = call.site.0;
                if call.callee != Callee::Function {
                    return self.obstacle("a call of a method");
                }
                dots.iter_mut().flatten().flatten().try_for_each(|dot| self.tangent(dot))
            }
            Stmt::Pullback { dots, .. } => match dots {
                Some(dots) => {
                    dots.args.iter_mut().filter_map(|(_, dot)| dot.as_mut()).try_for_each(|dot| self.tangent(dot))?;
                    self.tangent(&mut dots.seed)
                }
                None => self.primal(stmt),
            },
        }
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
    fn tangent(&self, expr: &mut Expr) -> Rewritten {
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

/// A tangent, multiplied by a factor or divided by something.
struct Scaled {
    seed: Expr,
    factor: Option<Expr>,
    divisor: Option<Expr>,
}

impl Scaled {
    fn times(self, by: Expr) -> Self {
        let factor = match (self.factor, self.divisor) {
            (Some(factor), _) => factor * by,
            (None, Some(divisor)) => by / divisor,
            (None, None) => by,
        };
        Self { seed: self.seed, factor: Some(factor), divisor: None }
    }

    fn over(self, by: Expr) -> Self {
        match (self.factor, self.divisor) {
            (Some(factor), _) => Self { seed: self.seed, factor: Some(factor / by), divisor: None },
            (None, None) => Self { seed: self.seed, factor: None, divisor: Some(by) },
            (None, Some(divisor)) => Self { seed: self.seed / divisor, factor: None, divisor: Some(by) },
        }
    }

    fn expr(self) -> Expr {
        match (self.factor, self.divisor) {
            (Some(factor), _) => self.seed * factor,
            (None, Some(divisor)) => self.seed / divisor,
            (None, None) => self.seed,
        }
    }
}
