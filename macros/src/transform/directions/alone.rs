//! Forward mode along one argument, where a caller holds the others constant.
//!
//! The general pushforward starts from zero tangents for arguments that are inactive in a call, and calculates with them. A
//! compiler may not leave that out, since `0 * x` is not 0. Here these arguments have no tangents, nor has what depends on
//! them alone: the body for `f(constant, x)` is that of a function of `x`.

use super::{Directions, along_directions, with_respect_to};
use crate::analysis::activity::find_activity;
use crate::ir::{Function, Passing, Wrt};
use crate::simplify::simplify_pushforward;
use crate::transform::forward::{Pushforward, forward_function};

/// With more differentiated arguments than that, a body for each is more code than it is worth.
const MOST: usize = 4;

/// The body for each differentiated argument, if there are several. What is written through `&mut` has a tangent in any case.
pub fn pushed_alone(function: &Function, simplified: bool) -> Vec<(usize, Pushforward)> {
    let active = function.params.iter().enumerate().filter(|(_, param)| param.wrt == Wrt::Active);
    let active: Vec<usize> = active.map(|(index, _)| index).collect();
    let written = function.params.iter().any(|param| param.passing == Passing::Mutable && param.wrt != Wrt::Inert);
    if written || !(2..=MOST).contains(&active.len()) {
        return Vec::new();
    }
    active.into_iter().filter_map(|index| Some((index, alone(function, index, simplified)?))).collect()
}

fn alone(function: &Function, index: usize, simplified: bool) -> Option<Pushforward> {
    let function = with_respect_to(function, &[index]);
    let activity = find_activity(&function);
    let mut pushforward = forward_function(&function, &activity).ok()?;
    if simplified {
        simplify_pushforward(&mut pushforward);
    }
    along_directions(&function, &pushforward).ok().map(|Directions { pushforward, .. }| pushforward)
}
