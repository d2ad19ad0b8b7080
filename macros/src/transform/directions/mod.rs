//! Both modes for tangents and cotangents of any type that can be added and multiplied by a float.
//!
//! Takes what forward mode, reverse mode or second order built, for tangents that are floats; returns the same statements so
//! that they also hold where the tangent of a float is a direction: several floats side by side, or a set of columns. In
//! reverse mode the cotangents are the tangents: the pullback is linear in them as the pushforward is in its own. Afterwards the tangent stands left of
//! its factor, which is one (`x_dot * (a * b)`, so that all but one multiplication are shared by the directions), and zero
//! tangents, strong zeros and conditions are written as operations of a direction. What is not linear in this sense is an
//! obstacle, with its span.

mod alone;
mod apart;
mod plain;
mod prices;
mod rewrite;
mod scaled;

use super::forward::Pushforward;
use super::pairs::keep_pairs;
use super::reverse::Sweeps;
use super::tangent_of_sweeps::TangentSweeps;
use crate::analysis::work::{Work, work_of};
use crate::elimination::Obstacle;
use crate::ir::{Block, Expr, FloatTy, Function, Role, Vars, Wrt};
use crate::refusal::Refusal;
pub use alone::pushed_alone;
pub use apart::{Apart, pushed_apart, pushed_near};
pub use plain::is_plain;
use plain::{float_of, start_of};
pub use prices::{Prices, width_for};
use proc_macro2::Span;
use rewrite::Rewrite;

/// The pushforward along directions, and the float that they are directions of.
#[derive(Clone)]
pub struct Directions {
    /// The float.
    pub float: FloatTy,
    /// The statements.
    pub pushforward: Pushforward,
    /// The statements where a caller differentiates with respect to one of several arguments alone, with the position of its parameter.
    pub alone: Vec<(usize, Pushforward)>,
    /// The statements with a tangent for each argument.
    pub apart: Option<Apart>,
    /// The same for fewer sets of directions, which do where columns of neighbours share colours.
    pub near: Option<Apart>,
    /// What one set of directions for all arguments costs.
    pub work: Work,
}

impl Directions {
    /// Lets pairs of values and tangents stay where they are: the last step before the statements are emitted.
    pub fn keep_pairs(&mut self) {
        let Self { pushforward, alone, apart, near, .. } = self;
        let alone = alone.iter_mut().map(|(_, pushforward)| pushforward);
        let apart = apart.iter_mut().chain(near).map(|apart| &mut apart.pushforward);
        alone.chain(apart).chain([pushforward]).for_each(keep_pairs);
    }
}

/// The function with these of its differentiated parameters, where the others are constant.
fn with_respect_to(function: &Function, kept: &[usize]) -> Function {
    let mut function = function.clone();
    for (at, param) in function.params.iter_mut().enumerate() {
        if !kept.contains(&at) && param.wrt == Wrt::Active {
            param.wrt = Wrt::Excluded;
        }
    }
    function
}

fn work_along(pushforward: &Pushforward) -> Work {
    work_of(&pushforward.vars, &pushforward.body.stmts, pushforward.body.result.as_ref())
}

/// Rewrites a pushforward.
pub fn along_directions(function: &Function, pushforward: &Pushforward) -> Result<Directions, Obstacle> {
    let float = float_of(function)?;
    let mut pushforward = pushforward.clone();
    let body = rewritten(&pushforward.vars, pushforward.body, start_of(function))?;
    pushforward.body = body;
    let work = work_along(&pushforward);
    Ok(Directions { float, pushforward, alone: Vec::new(), apart: None, near: None, work })
}

/// The sweeps of reverse mode with several cotangents at once, and the float that these are of.
#[derive(Clone)]
pub struct Cotangents {
    /// The float.
    pub float: FloatTy,
    /// The statements. What is a cotangent has the role of a tangent.
    pub sweeps: Sweeps,
}

/// Rewrites the split sweeps of a function without calls. The forward sweep holds no cotangents, except zeros that it keeps
/// for the reverse sweep.
pub fn along_cotangents(function: &Function, split: &Sweeps) -> Result<Cotangents, Obstacle> {
    let float = float_of(function)?;
    let mut sweeps = split.clone();
    let both = Block::of(sweeps.forward.iter().chain(&sweeps.reverse).cloned().collect());
    let mut rewrite = Rewrite::of_cotangents(&sweeps.vars, &both, sweeps.seed, start_of(function));
    sweeps.forward.iter_mut().chain(&mut sweeps.reverse).try_for_each(|stmt| rewrite.stmt(stmt))?;
    for var in rewrite.into_tangents() {
        sweeps.vars[var].role = Role::Tangent(var);
    }
    Ok(Cotangents { float, sweeps })
}

/// Second order along directions.
#[derive(Clone)]
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

fn rewritten(vars: &Vars, mut block: Block, span: Span) -> Result<Block, Obstacle> {
    let mut rewrite = Rewrite::new(vars, span);
    rewrite.block(&mut block)?;
    match &mut block.result {
        Some(Expr::Tuple(parts)) => rewrite.pair(parts)?,
        // tangents by themselves
        Some(tangents @ Expr::Array { .. }) => rewrite.tangent(tangents)?,
        _ => {}
    }
    Ok(block)
}
