//! Cross-country elimination: the Jacobian of straight-line code with few multiplications.
//!
//! Takes a lowered function; returns statements that compute the entries of its Jacobian, and what they and the
//! alternatives cost. The chain rule on a computational graph is the elimination of its intermediate vertices: a vertex
//! goes, and every path of two edges through it becomes an edge with the product of the two partials. The result does
//! not depend on the order, but the number of multiplications does. Forward and reverse mode are two orders, and often
//! the best lies between.
//!
//! ```text
//! trace       IR -> operations on scalars, aggregates taken apart, loops of constant bounds unrolled; branches and
//!             calls become vertices with local Jacobians
//! graph       operations -> vertices, and edges by the worth of their partials
//! reduce      the vertices that some best order eliminates first
//! order       what an order costs; forward, reverse and least Markowitz degree
//! anneal      the search for a cheaper one
//! accumulate  the order -> statements of the IR
//! share       what is computed twice -> once
//! regroup     literal factors and sums in other groups, where that saves operations
//! ```
//!
//! Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., ch. 9 and 10; Naumann, *Optimal accumulation of
//! Jacobian matrices by elimination methods on the dual computational graph*, Math. Program. 99 (2004).

mod accumulate;
mod anneal;
mod bits;
mod graph;
mod index;
mod order;
mod partials;
mod reduce;
mod regroup;
mod share;
#[cfg(test)]
mod tests;
mod trace;

use crate::analysis::work::work_of;
use crate::ir::{Block, Expr, Function, Tokens, Vars};
use crate::refusal::Refusal;
use crate::rules::Partial;
use crate::simplify::simplify_block_of;
use graph::Graph;
use partials::Edges;
use proc_macro2::Span;
use trace::{Purpose, Trace};

/// The multiplications that four orders take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// From the inputs on: forward mode.
    pub forward: usize,
    /// From the outputs back: reverse mode.
    pub reverse: usize,
    /// Always a vertex of least degree, the earliest among equals.
    pub markowitz: usize,
    /// The best that was found.
    pub chosen: usize,
}

impl Costs {
    /// Both.
    fn plus(self, other: Self) -> Self {
        self.with(other, |a, b| a + b)
    }

    /// The dearer one.
    fn or_more(self, other: Self) -> Self {
        self.with(other, usize::max)
    }

    fn with(self, other: Self, f: fn(usize, usize) -> usize) -> Self {
        Self {
            forward: f(self.forward, other.forward),
            reverse: f(self.reverse, other.reverse),
            markowitz: f(self.markowitz, other.markowitz),
            chosen: f(self.chosen, other.chosen),
        }
    }
}

/// The Jacobian of one function.
pub struct Elimination {
    /// The variables of the statements.
    pub vars: Vars,
    /// The statements; their value is the tuple of the entries, with the value of the function as the last.
    pub block: Block,
    /// Statements for the entries alone, where these need fewer operations without the value. Their value is the tuple of the
    /// entries.
    pub alone: Option<Block>,
    /// Row and column of each entry. All others are zero.
    pub entries: Vec<(usize, usize)>,
    /// How many rows and columns there are.
    pub size: (usize, usize),
    /// What it costs, where the function asks for that.
    pub costs: Option<Prices>,
}

impl Elimination {
    /// The operations of the statements and of the entries, all but those of literal worth.
    pub fn work(&self) -> usize {
        work_of(&self.vars, &self.block.stmts, self.block.result.as_ref()).shared
    }
}

/// What a Jacobian costs.
#[derive(Clone, Debug)]
pub struct Prices {
    /// Repeated operations once, factors of one for nothing.
    pub shared: Costs,
    /// The body as it is written, by the rule of the published tables.
    pub published: Costs,
    /// The functions whose Jacobians it multiplies with, as often as they are called. Their costs come on top.
    pub callees: Vec<Tokens>,
}

/// Why a function has no graph, or no tangents along directions, and where that shows.
pub type Obstacle = (Span, Refusal);

/// Accumulates the Jacobian of a function in the best order that is found.
pub fn eliminate(function: &Function, simplified: bool) -> Result<Elimination, Obstacle> {
    let written = Trace::of(function, Purpose::Published)?;
    let (published, _) = order::costs(&Graph::as_written(&written));
    let published = published.plus(written.inner);
    let trace = Trace::of(function, Purpose::Asked)?;
    let edges = partials::local(&trace, 0);
    let graph = Graph::of(&trace, &edges, &trace.ends(), 0);
    let (shared, order) = order::costs(&graph);
    let shared = shared.plus(trace.inner);
    let costs = Prices { shared, published, callees: written.callees };
    Ok(accumulated(trace, &graph, edges, &order, Some(costs), simplified))
}

/// The largest graph that is eliminated unasked, and the most entries.
const MOST_UNASKED: usize = 100;

/// Accumulates the Jacobian of a small function with several inputs and outputs, if it has a graph. Each of its orders is
/// less work than a sweep for each column or row, which does not know what is zero; the cheapest simple one is taken.
pub fn eliminate_unasked(function: &Function, simplified: bool) -> Option<Elimination> {
    let trace = Trace::of(function, Purpose::Unasked).ok()?;
    let (rows, columns) = (trace.outputs.len(), trace.inputs.len());
    if rows < 2 || columns < 2 || rows * columns > MOST_UNASKED || trace.operations > MOST_UNASKED {
        return None;
    }
    let edges = partials::local(&trace, 0);
    let graph = Graph::of(&trace, &edges, &trace.ends(), 0);
    // forward and reverse mode each keep a zero that meets an infinite partial
    let singular = edges.values().any(|partial| matches!(partial, Partial::Singular(_)));
    let orders = order::simple(&graph).into_iter().take(if singular { 2 } else { 3 });
    let (_, order) = order::cheapest(orders);
    Some(accumulated(trace, &graph, edges, &order, None, simplified))
}

fn accumulated(
    mut trace: Trace,
    graph: &Graph,
    edges: Edges,
    order: &[usize],
    costs: Option<Prices>,
    simplified: bool,
) -> Elimination {
    let (mut entries, values) = accumulate::accumulate(&mut trace, graph, edges, order);
    let size = (trace.outputs.len(), trace.inputs.len());
    let Trace { mut vars, stmts, value, .. } = trace;
    let count = values.len();
    let mut block = Block { stmts, result: Some(Expr::Tuple(values.into_iter().chain([value]).collect())) };
    let mut alone = None;
    if simplified {
        share::share(&mut vars, &mut block);
        if costs.is_some() {
            alone = regrouped(&mut vars, &mut block, count);
        }
        for block in [Some(&mut block), alone.as_mut()].into_iter().flatten() {
            simplify_block_of(&mut vars, block);
        }
    }
    // what cancels, as in `x - x`, has turned out to be zero
    let nonzero: Vec<bool> = entries_of(&block, count).iter().map(|value| !value.is(0.0)).collect();
    retain(&mut entries, &nonzero);
    for block in [Some(&mut block), alone.as_mut()].into_iter().flatten() {
        if let Some(Expr::Tuple(values)) = &mut block.result {
            retain(values, &nonzero);
        }
    }
    Elimination { vars, block, alone, entries, size, costs }
}

/// Regroups the statements of the entries and the value; returns those of the entries alone where they are fewer.
fn regrouped(vars: &mut Vars, block: &mut Block, count: usize) -> Option<Block> {
    let mut alone = Block { stmts: block.stmts.clone(), result: Some(Expr::Tuple(entries_of(block, count).to_vec())) };
    regroup::regroup(vars, block, count);
    regroup::regroup(vars, &mut alone, count);
    (regroup::operations(&alone, count) < regroup::operations(block, count)).then_some(alone)
}

/// The entries among the parts of a result.
fn entries_of(block: &Block, count: usize) -> &[Expr] {
    match &block.result {
        Some(Expr::Tuple(values)) => &values[..count.min(values.len())],
        _ => &[],
    }
}

/// Keeps what is marked, and what stands behind the marks.
fn retain<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next().copied().unwrap_or(true));
}
