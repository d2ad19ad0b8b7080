//! The computational graph, as far as its elimination is counted.
//!
//! Takes a trace; returns vertices, and edges in three classes of which each is part of the one before: all edges, those
//! that are not ±1, and among those the ones that are no constants. Eliminating a vertex multiplies each of its edges in
//! with each of its edges out. A product with ±1 is free, and so is one of two constants.
//!
//! The classes of an edge after a set of vertices is eliminated are those of the sum over all paths through the set.
//! They depend on the set alone, not on its order; the search builds on that.

use super::bits::{Rows, join_classes};
use super::partials::Edges;
use super::trace::Trace;
use crate::rules::Partial;

/// The edges of a graph in which some vertices are eliminated already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    before: [Rows; 3],
    after: [Rows; 3],
    /// The highest class that tells edges apart. Where all edges are of one class, that is the first.
    levels: usize,
}

/// Which classes an edge belongs to.
const ALL: usize = 0;
const PRICED: usize = 1;
const GENERAL: usize = 2;

/// What an edge is multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// ±1
    Unit,
    /// A number.
    Constant,
    /// Anything else.
    General,
}

/// A computational graph.
pub struct Graph {
    /// No vertex is eliminated.
    pub start: State,
    /// How many vertices there are, those that lead to no output included.
    pub size: usize,
    /// The vertices to be eliminated, in the order of their operations.
    pub inner: Vec<usize>,
    /// How many vertices there are beside the inputs.
    #[cfg_attr(not(test), allow(dead_code))]
    pub vertices: usize,
    /// How many edges there are.
    #[cfg_attr(not(test), allow(dead_code))]
    pub edges: usize,
}

/// The lists that an elimination uses, so that it allocates nothing: room for every vertex, and how many there are.
pub struct Scratch {
    before: (Box<[usize]>, usize),
    after: (Box<[usize]>, usize),
}

impl Graph {
    /// The graph by the rule of the published tables: a vertex for every operation on an active operand, an edge from
    /// each of its different active operands, none of them free. Literals and what only depends on them are no vertices.
    /// A power, a root and an absolute value have one operand; shared subexpressions are counted as often as they are
    /// written. The graph ends in the outputs, which are not eliminated.
    pub fn as_written(trace: &Trace) -> Self {
        let mut edges = Vec::new();
        for (vertex, node) in trace.nodes.iter().enumerate().filter(|(_, node)| node.active) {
            for from in node.operands().filter(|from| trace.nodes[*from].active) {
                if !edges.contains(&(from, vertex, Class::General)) {
                    edges.push((from, vertex, Class::General));
                }
            }
        }
        let vertices: Vec<usize> = (0..trace.nodes.len()).filter(|vertex| trace.nodes[*vertex].active).collect();
        Self::new(trace, &vertices, &edges, &trace.ends(), 0)
    }

    /// The graph that is eliminated: only what leads to an output, and only edges whose partials are not zero.
    ///
    /// The nodes before `start` are inputs.
    pub fn of(trace: &Trace, partials: &Edges, outputs: &[usize], start: usize) -> Self {
        let edges: Vec<_> = partials.iter().map(|((from, to), partial)| (*from, *to, class(partial))).collect();
        let mut useful: Vec<usize> = outputs.to_vec();
        let mut next = 0;
        while let Some(vertex) = useful.get(next).copied() {
            for (from, _, _) in edges.iter().filter(|(_, to, _)| *to == vertex) {
                if !useful.contains(from) {
                    useful.push(*from);
                }
            }
            next += 1;
        }
        useful.sort_unstable();
        let edges: Vec<_> = edges.into_iter().filter(|(_, to, _)| useful.binary_search(to).is_ok()).collect();
        Self::new(trace, &useful, &edges, outputs, start)
    }

    /// Whether there is an edge before any elimination.
    pub fn has_edge(&self, (from, to): (usize, usize)) -> bool {
        self.start.after[ALL].contains(from, to)
    }

    fn new(
        trace: &Trace,
        vertices: &[usize],
        edges: &[(usize, usize, Class)],
        outputs: &[usize],
        start_of_inner: usize,
    ) -> Self {
        let not_input = |vertex: &&usize| **vertex >= start_of_inner && !trace.nodes[**vertex].is_input();
        let inner = vertices.iter().filter(not_input).filter(|vertex| !outputs.contains(vertex)).copied().collect();
        Self {
            vertices: vertices.iter().filter(not_input).count(),
            ..Self::with_edges(trace.nodes.len(), inner, edges)
        }
    }

    /// A graph of `size` vertices, of which the inner ones are to be eliminated.
    pub fn with_edges(size: usize, inner: Vec<usize>, edges: &[(usize, usize, Class)]) -> Self {
        let rows = || std::array::from_fn(|_| Rows::empty(size));
        let levels = if edges.iter().all(|(_, _, class)| *class == Class::General) { ALL } else { GENERAL };
        let mut start = State { before: rows(), after: rows(), levels };
        for (from, to, class) in edges {
            for level in ALL..=*class as usize {
                start.before[level].insert(*to, *from);
                start.after[level].insert(*from, *to);
            }
        }
        Self { start, size, vertices: inner.len(), inner, edges: edges.len() }
    }
}

/// What a product with a partial takes.
fn class(partial: &Partial) -> Class {
    match partial {
        Partial::One | Partial::MinusOne => Class::Unit,
        Partial::Times(factor) | Partial::Over(factor) if factor.as_float().is_some() => Class::Constant,
        _ => Class::General,
    }
}

impl State {
    /// Takes over another state of the same graph.
    pub fn copy_from(&mut self, other: &Self) {
        for level in ALL..=self.levels {
            self.before[level].copy_from(&other.before[level]);
            self.after[level].copy_from(&other.after[level]);
        }
    }

    /// The number of products with which a vertex is eliminated.
    pub fn cost(&self, vertex: usize) -> usize {
        if self.levels == ALL {
            return self.degree(vertex);
        }
        let (into, out) = (self.before[PRICED].len(vertex), self.after[PRICED].len(vertex));
        let constants = |rows: &[Rows; 3], priced: usize| priced - rows[GENERAL].len(vertex);
        into * out - constants(&self.before, into) * constants(&self.after, out)
    }

    /// The number of paths of two edges through a vertex: its Markowitz degree.
    pub fn degree(&self, vertex: usize) -> usize {
        self.before[ALL].len(vertex) * self.after[ALL].len(vertex)
    }

    /// The edges into a vertex and those out of it.
    pub fn edges_at(&self, vertex: usize, scratch: &mut Scratch) -> [Vec<(usize, Class)>; 2] {
        [(&self.before, &mut scratch.before.0), (&self.after, &mut scratch.after.0)].map(|(rows, list)| {
            let count = rows[ALL].members(vertex, list);
            let class = |other: usize| if self.levels == ALL { Class::General } else { class_of(rows, vertex, other) };
            list[..count].iter().map(|other| (*other, class(*other))).collect()
        })
    }

    /// Eliminates a vertex; returns the number of products.
    pub fn eliminate(&mut self, vertex: usize, scratch: &mut Scratch) -> usize {
        let ((before, into), (after, out)) = (&mut scratch.before, &mut scratch.after);
        *into = self.before[ALL].members(vertex, before);
        *out = self.after[ALL].members(vertex, after);
        let (before, after) = (&before[..*into], &after[..*out]);
        if self.levels == ALL {
            self.after[ALL].join(before, vertex);
            self.before[ALL].join(after, vertex);
            return *into * *out;
        }
        let (into, constants_into) = join_each(&self.before, &mut self.after, before, vertex);
        let (out, constants_out) = join_each(&self.after, &mut self.before, after, vertex);
        into * out - constants_into * constants_out
    }
}

/// The edges of each neighbour take over those of the vertex. Returns how many edges to the neighbours are not ±1, and how
/// many of these are constants.
fn join_each(to: &[Rows; 3], joined: &mut [Rows; 3], neighbours: &[usize], vertex: usize) -> (usize, usize) {
    let (mut priced, mut constants, mut at) = (0, 0, 0);
    while at < neighbours.len() {
        let class = class_of(to, vertex, neighbours[at]);
        priced += usize::from(!matches!(class, Class::Unit));
        constants += usize::from(matches!(class, Class::Constant));
        join_classes(joined, neighbours[at], vertex, class);
        at += 1;
    }
    (priced, constants)
}

fn class_of(rows: &[Rows; 3], row: usize, member: usize) -> Class {
    if rows[GENERAL].contains(row, member) {
        Class::General
    } else if rows[PRICED].contains(row, member) {
        Class::Constant
    } else {
        Class::Unit
    }
}

impl Scratch {
    /// The lists for a graph.
    pub fn of(graph: &Graph) -> Self {
        let list = || (vec![0; graph.size].into_boxed_slice(), 0);
        Self { before: list(), after: list() }
    }

    /// The neighbours of the last vertex that was eliminated.
    pub fn touched(&self) -> impl Iterator<Item = usize> + '_ {
        let ((before, into), (after, out)) = (&self.before, &self.after);
        before[..*into].iter().chain(&after[..*out]).copied()
    }
}
