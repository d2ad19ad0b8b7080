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
use crate::ir::{Expr, Opaque, Range, Var};
use crate::refusal::Refusal;
use items::Items;
use proc_macro2::Span;
pub use source::positions;
use std::rc::Rc;

/// An iterator that is understood.
#[derive(Clone)]
pub struct Flow {
    /// One after the other.
    segments: Vec<Segment>,
}

/// An iterator that has a name, and may be asked for again.
#[derive(Clone)]
pub struct Chain {
    flow: Flow,
    /// The same as it is copied through.
    pub source: Opaque,
}

/// Items at the indices of a range, and what happens to each.
#[derive(Clone)]
pub struct Segment {
    items: Items,
    range: Range,
    stages: Vec<Stage>,
    /// Whether it goes on for ever, if it has any item at all: `cycle()`, until something bounds it.
    endless: bool,
}

/// What happens to an item behind the first `filter`, where positions no longer tell how many items there were.
#[derive(Clone)]
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
    /// `filter_map(f)`
    FilterMap(Rc<Callable>),
    /// `skip_while(f)`, with the flag that is set when an item has passed.
    SkipWhile(Var, Rc<Callable>),
    /// `take_while(f)`, with the flag that ends it.
    TakeWhile(Var, Rc<Callable>),
    /// `map_while(f)`, with the flag that ends it.
    MapWhile(Var, Rc<Callable>),
    /// `scan(state, f)`, with the flag that ends it.
    Scan(Var, Var, Rc<Callable>),
    /// `flatten()`
    Flatten,
    /// `flat_map(f)`
    FlatMap(Rc<Callable>),
}

impl Stage {
    /// The flag that ends the chain, if one may.
    fn ending(&self) -> Option<Var> {
        match self {
            Self::TakeWhile(ended, _) | Self::MapWhile(ended, _) | Self::Scan(ended, ..) => Some(*ended),
            _ => None,
        }
    }

    /// Whether an item may become several.
    fn multiplies(&self) -> bool {
        matches!(self, Self::Flatten | Self::FlatMap(_))
    }

    /// Whether something is counted or kept along the items.
    fn has_state(&self) -> bool {
        let counts = matches!(self, Self::Enumerate(_) | Self::Skip(..) | Self::Take(..) | Self::SkipWhile(..));
        counts || self.ending().is_some()
    }

    /// Whether the items before are needed to know the next one, so that they cannot be asked for twice.
    fn is_sequential(&self) -> bool {
        self.multiplies() || self.ending().is_some() || matches!(self, Self::FilterMap(_) | Self::SkipWhile(..))
    }

    fn callable(&self) -> Option<&Rc<Callable>> {
        match self {
            Self::Map(callable)
            | Self::Filter(callable)
            | Self::FilterMap(callable)
            | Self::SkipWhile(_, callable)
            | Self::TakeWhile(_, callable)
            | Self::MapWhile(_, callable)
            | Self::Scan(_, _, callable)
            | Self::FlatMap(callable) => Some(callable),
            Self::Copied | Self::Enumerate(_) | Self::Skip(..) | Self::Take(..) | Self::Flatten => None,
        }
    }
}

/// Why a chain is not understood, and where.
#[derive(Debug)]
pub struct Unknown {
    site: Span,
    refusal: Refusal,
}

/// A chain, or why it is not understood.
pub type Result<T> = std::result::Result<T, Unknown>;

impl Unknown {
    /// This refusal, at this place.
    pub fn new(site: Span, refusal: Refusal) -> Self {
        Self { site, refusal }
    }
}

impl Segment {
    fn new(items: Items, range: Range) -> Self {
        Self { items, range, stages: Vec::new(), endless: false }
    }
}
