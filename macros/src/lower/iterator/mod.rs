//! Iterators: sources, adapters and consumers become counted loops over positions.
//!
//! Takes a chain such as `xs.iter().zip(ys).filter(|(x, _)| **x > 0.0).map(|(x, y)| x * y).sum()`; returns statements of the
//! IR. A chain is one or more [`Segment`]s, each a range of indices with the items at them, and what happens to an item on
//! its way ([`Stage`]). So `zip`, `rev`, `skip`, `chunks` are arithmetic of indices, and the reverse sweep of the loop needs
//! no saved counter. Where the order of evaluation could be told from that of the standard library, because a closure has
//! effects, the chain is not taken apart and active values in it are refused.
//!
//! - [`source`]: what a chain starts from
//! - [`adapter`]: `map`, `zip`, `rev`, ..
//! - [`items`]: the item at an index
//! - [`drive`]: the loops
//! - [`accumulate`], [`select`], [`collect`]: consumers

mod accumulate;
mod adapter;
mod collect;
mod consume;
mod drive;
mod index;
mod items;
mod select;
mod source;

use super::closure::Callable;
use crate::ir::{Expr, Range, Var};
use crate::refusal::Refusal;
use items::Items;
use proc_macro2::Span;
pub use source::positions;
use std::rc::Rc;

/// An iterator that is understood.
#[derive(Clone, Debug)]
pub struct Flow {
    /// One after the other.
    segments: Vec<Segment>,
}

/// Items at the indices of a range, and what happens to each.
#[derive(Clone, Debug)]
pub struct Segment {
    items: Items,
    range: Range,
    stages: Vec<Stage>,
}

/// What happens to an item behind the first `filter`, where positions no longer tell how many items there were.
#[derive(Clone, Debug)]
pub enum Stage {
    /// `map(f)`
    Map(Rc<Callable>),
    /// `filter(f)`
    Filter(Rc<Callable>),
    /// `copied()`
    Copied,
    /// `enumerate()`, with its counter.
    Enumerate(Var),
    /// `skip(n)`, with its counter.
    Skip(Var, Expr),
    /// `take(n)`, with its counter.
    Take(Var, Expr),
}

/// Why a chain is not understood, and where.
#[derive(Debug)]
pub struct Unknown {
    site: Span,
    refusal: Refusal,
}

type Result<T> = std::result::Result<T, Unknown>;

impl Unknown {
    fn new(site: Span, refusal: Refusal) -> Self {
        Self { site, refusal }
    }
}

impl Segment {
    fn new(items: Items, range: Range) -> Self {
        Self { items, range, stages: Vec::new() }
    }
}
