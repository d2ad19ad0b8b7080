//! Gradients that overwrite their buffers: what would be added first to an element of a cotangent is assigned to it.
//!
//! ```text
//! x_bar.set_to_zero();                        x_bar[n - 1..].set_to_zero();
//! for i in 0..n - 1 { x_bar[i] += .. }        for i in 0..n - 1 { x_bar[i] = .. }
//! x_bar[n - 1] += ..                          x_bar[n - 1] += ..
//! ```
//!
//! Takes both sweeps, which add to the buffers that the caller lends; returns both with the seed one, which overwrite
//! them. Applied where the first statement that touches a buffer is a loop at the top level, without calls of differentiated
//! functions, in which every iteration adds to one element of its own, or to a row of its own: the loop assigns, and only
//! the elements beside its range are set to zero before. Other buffers are set to zero as a whole.

use super::reverse::Sweeps;
use crate::analysis::overwrite::Lengths;
use crate::analysis::sum::{Sum, starts_at_zero};
use crate::ir::{Block, Expr, Function, Pattern, Place, Projection, Range, Role, Stmt, Ty, Var};
use crate::rules::Prim;
use crate::simplify::{changes, touches};

/// The gradient that overwrites its buffers, where that is more than setting them to zero.
pub fn overwriting_gradient(function: &Function, sweeps: &Sweeps) -> Option<Sweeps> {
    if !function.ret_ty.is_float() || sweeps.has_requirements() {
        return None;
    }
    let mut sweeps = sweeps.clone();
    let mut stmts = std::mem::take(&mut sweeps.forward);
    stmts.append(&mut sweeps.reverse);
    let lengths = Lengths::of(function);
    let (mut zeros, mut assigned) = (Vec::new(), false);
    for (param, bar) in function.params.iter().zip(&sweeps.bars) {
        let Some(bar) = *bar else { continue };
        let (first, ty) = (stmts.iter().position(|stmt| touches(stmt, bar)), &sweeps.vars[bar].ty);
        if let Some(at) = first
            && ty.is_float()
            && adds_to_all(&stmts[at], bar)
        {
            assign(&mut stmts, &[at]);
        } else if let Some(at) = first
            && has_elements(ty)
            && let Some(Covered { add, low, high }) = covered(&stmts[at], bar)
            && let Stmt::For { range, body, .. } = &mut stmts[at]
        {
            assign(&mut body.stmts, &add);
            let to_the_end = lengths.sequence(&high.expr()) == Some(param.var);
            let rest = rest(range, bar, &low, &high, to_the_end);
            stmts.splice(at..at, rest);
            assigned = true;
        } else {
            zeros.push(set_to_zero(Place::of(bar)));
        }
    }
    stmts.splice(0..0, zeros);
    stmts.insert(0, Stmt::Let(Pattern::Var(sweeps.seed), Expr::float(1.0)));
    sweeps.vars[sweeps.seed].role = Role::Residual;
    sweeps.forward = stmts;
    assigned.then_some(sweeps)
}

/// Whether the elements of a cotangent are floats that can be parted.
fn has_elements(ty: &Ty) -> bool {
    matches!(ty, Ty::Slice(item) | Ty::Vec(item) | Ty::Array(item) if item.is_float())
}

/// Whether a statement adds to a variable as a whole.
fn adds_to_all(stmt: &Stmt, var: Var) -> bool {
    matches!(stmt, Stmt::Add(place, value) if *place == Place::of(var) && !value.reads(var))
}

/// Assigns what the statement at the end of a path through blocks adds.
fn assign(stmts: &mut [Stmt], path: &[usize]) {
    let Some((at, rest)) = path.split_first() else { return };
    if let Stmt::Add(place, value) = &stmts[*at] {
        stmts[*at] = Stmt::Assign(place.clone(), value.clone());
    }
    stmts[*at].blocks_mut().into_iter().for_each(|inner| assign(&mut inner.stmts, rest));
}

/// The elements of a buffer that a loop adds to, each in one iteration.
struct Covered {
    /// The statement, in the body of the loop, or of the loop in it.
    add: Vec<usize>,
    /// The first element, if there is one.
    low: Sum,
    /// The one behind the last.
    high: Sum,
}

/// What is covered of a buffer by a loop.
fn covered(stmt: &Stmt, bar: Var) -> Option<Covered> {
    let Stmt::For { var: index, range, body } = stmt else { return None };
    let (low, high) = bounds(range, body)?;
    let first = body.stmts.iter().position(|stmt| touches(stmt, bar))?;
    let (touching, later) = body.stmts[first..].split_first()?;
    let fixed = |sum: &Sum| !sum.reads().iter().any(|var| var == index || changes(&body.stmts, *var));
    if let Stmt::Add(place, value) = touching {
        let offset = offset(place, *index)?;
        let elements = Elements { bar, index: *index, offset: &offset };
        let alone = later.iter().all(|stmt| elements.hold_all_of(stmt));
        let fine = fixed(&offset) && alone && !value.reads(bar);
        return fine.then(|| Covered { add: vec![first], low: offset.plus(&low), high: offset.plus(&high) });
    }
    // rows behind each other: `bar[offset + index * width ..][.. width]`
    let mut row = covered(touching, bar)?;
    let width = row.high.less(&row.low);
    let (offset, stride) = row.low.product(*index)?;
    let fine = stride == width && starts_at_zero_in(touching) && fixed(&offset) && fixed(&width);
    row.add.insert(0, first);
    let alone = fine && later.iter().all(|stmt| !touches(stmt, bar));
    let times = |bound: &Sum| offset.plus(&bound.times(&width));
    alone.then(|| Covered { add: row.add, low: times(&low), high: times(&high) })
}

/// Whether a loop is one over all integers from zero.
fn starts_at_zero_in(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::For { range, .. } if starts_at_zero(range))
}

/// The bounds of a loop without calls that runs over all integers between them, whatever its iterations do.
fn bounds(range: &Range, body: &Block) -> Option<(Sum, Sum)> {
    let mut plain = range.is_whole() && range.checkpoint.is_none();
    // beside a call, what is saved here is lost in the noise, and not worth a second copy of the sweeps
    body.for_each_stmt(&mut |stmt| {
        plain &= !matches!(stmt, Stmt::BreakIf(_) | Stmt::Linearize { .. } | Stmt::Pullback { .. })
    });
    Some((Sum::of(&range.low)?, Sum::of(&range.high)?)).filter(|_| plain)
}

/// The index of an element without that of the loop.
fn offset(place: &Place, index: Var) -> Option<Sum> {
    match place.path.as_slice() {
        [Projection::Index(at)] => Sum::of(at)?.without(index),
        _ => None,
    }
}

/// The elements `bar[offset + index]`, one an iteration.
struct Elements<'a> {
    bar: Var,
    index: Var,
    offset: &'a Sum,
}

impl Elements<'_> {
    /// Whether a statement touches no other element.
    fn hold_all_of(&self, stmt: &Stmt) -> bool {
        let own = match stmt {
            Stmt::Add(place, _) if place.root == self.bar => self.hold(place),
            Stmt::Add(..) | Stmt::Let(..) | Stmt::If { .. } | Stmt::For { .. } => true,
            other => !touches(other, self.bar),
        };
        let mut fine = own;
        stmt.for_each_expr(&mut |expr| fine &= !expr.reads(self.bar));
        let inner = stmt.blocks().into_iter();
        fine && inner.flat_map(|block| &block.stmts).all(|stmt| self.hold_all_of(stmt))
    }

    fn hold(&self, place: &Place) -> bool {
        offset(place, self.index).is_some_and(|offset| offset == *self.offset)
    }
}

/// Sets the elements that a loop does not cover to zero. If it runs no iteration, that is all of them.
fn rest(range: &Range, bar: Var, low: &Sum, high: &Sum, to_the_end: bool) -> Vec<Stmt> {
    let part = |bounds: Expr| set_to_zero(Place::of(bar).project(Projection::Range(Box::new(bounds))));
    let behind = (!to_the_end).then(|| part(high.to_the_end()));
    let starts = Sum::of(&range.low).is_some_and(|first| first.is_zero() && low.is_zero());
    if starts {
        return behind.into_iter().collect();
    }
    let before = (!low.is_zero()).then(|| part(Sum::default().range_to(low)));
    let runs = Expr::Prim(Prim::Less, vec![range.low.clone(), range.high.clone()]);
    let then = Block::of(before.into_iter().chain(behind).collect());
    let otherwise = Block::of(vec![set_to_zero(Place::of(bar))]);
    vec![Stmt::If { result: None, cond: runs, then, otherwise }]
}

/// `place.set_to_zero();`
fn set_to_zero(place: Place) -> Stmt {
    let itself = Expr::Borrow(place.clone(), false);
    Stmt::Assign(place, Expr::ZeroLike(Box::new(itself)))
}
