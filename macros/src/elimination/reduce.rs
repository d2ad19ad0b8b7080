//! What need not be searched for: vertices that some best order eliminates first.
//!
//! Takes a graph; returns the same without these vertices, its vertices numbered anew. In each case below the edges that
//! come into being are no more than those that go, wherever these would have been later, and of no higher class, so that
//! no other vertex costs more than before, and the vertex itself costs what it costs at least at any time.
//!
//! ```text
//! no edge in, or no edge out                                   it is on no path; before all others
//! one in and one out, of one class, which is not ±1            u -> v -> w becomes u -> w, for one product at most
//! one in, which is ±1, and none of those out is                y = x + c: the edges out of y are edges out of x
//! one out, which is ±1, and none of those in is                y = a * b; z = y + c: the edges into y are edges into z
//! ```
//!
//! Where both sides have ±1 that is not so: an edge of ±1 beside the new one, `u -> w`, makes the sum of both a number that has to
//! be multiplied with, while two edges of ±1 into `w` are multiplied with for nothing. So does a constant beside a new one that
//! comes from a constant and another edge, while products of constants are free.

use super::graph::{Class, Graph, Scratch};

/// A graph from which some vertices are eliminated.
pub struct Reduced {
    /// What is left.
    pub graph: Graph,
    /// What the elimination of the others costs.
    pub cost: usize,
    /// The others, in order.
    first: Vec<usize>,
    /// The vertices that are left, as they were numbered before.
    names: Vec<usize>,
}

impl Reduced {
    /// Eliminates the vertices that go first.
    pub fn of(graph: &Graph) -> Self {
        let (mut state, mut scratch) = (graph.start.clone(), Scratch::of(graph));
        let mut left = graph.inner.clone();
        let (mut first, mut cost) = (Vec::new(), 0);
        for goes_first in [is_on_no_path, is_passed_through] {
            while let Some(at) = left.iter().position(|vertex| goes_first(state.edges_at(*vertex, &mut scratch))) {
                let vertex = left.remove(at);
                cost += state.eliminate(vertex, &mut scratch);
                first.push(vertex);
            }
        }
        let others = (0..graph.size).filter(|vertex| !graph.inner.contains(vertex));
        let mut names: Vec<usize> = others.chain(left.iter().copied()).collect();
        names.sort_unstable();
        let number = |vertex: usize| names.binary_search(&vertex).ok();
        let mut edges = Vec::new();
        for (to, name) in names.iter().enumerate() {
            let [into, _] = state.edges_at(*name, &mut scratch);
            edges.extend(into.into_iter().filter_map(|(from, class)| Some((number(from)?, to, class))));
        }
        let inner = left.iter().filter_map(|vertex| number(*vertex)).collect();
        Self { graph: Graph::with_edges(names.len(), inner, &edges), cost, first, names }
    }

    /// An order of the whole graph from one of what is left.
    pub fn whole(&self, order: &[usize]) -> Vec<usize> {
        self.first.iter().copied().chain(order.iter().map(|vertex| self.names[*vertex])).collect()
    }
}

/// The edges into a vertex and those out of it.
type Edges = [Vec<(usize, Class)>; 2];

fn is_on_no_path([into, out]: Edges) -> bool {
    into.is_empty() || out.is_empty()
}

fn is_passed_through([into, out]: Edges) -> bool {
    let unit = |edge: &(usize, Class)| edge.1 == Class::Unit;
    match (into.as_slice(), out.as_slice()) {
        ([a], [b]) => (unit(a) != unit(b)) || (a.1 == b.1 && !unit(a)),
        ([a], out) => unit(a) && !out.iter().any(unit),
        (into, [b]) => unit(b) && !into.iter().any(unit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::anneal::Random;
    use super::super::graph::State;
    use super::super::order::cost;
    use super::*;

    /// The least cost of all orders: of a set of vertices that are gone only the set matters.
    fn least(graph: &Graph) -> usize {
        let (count, mut scratch) = (graph.inner.len(), Scratch::of(graph));
        let mut states: Vec<Option<(usize, State)>> = vec![None; 1 << count];
        states[0] = Some((0, graph.start.clone()));
        for set in 0..states.len() {
            let (cost, state) = states[set].take().expect("a smaller set was there before");
            if set + 1 == states.len() {
                return cost;
            }
            for vertex in (0..count).filter(|vertex| set >> vertex & 1 == 0) {
                let mut next = state.clone();
                let cost = cost + next.eliminate(graph.inner[vertex], &mut scratch);
                let known = &mut states[set | 1 << vertex];
                if known.as_ref().is_none_or(|(known, _)| cost < *known) {
                    *known = Some((cost, next));
                }
            }
        }
        0
    }

    /// Up to three inputs, up to seven inner vertices, the last vertices outputs.
    fn random_graph(random: &mut Random, classes: u64) -> Graph {
        let mut below = |bound: u64| (random.next() >> 33) % bound;
        let (inputs, inner, outputs) = (1 + below(3) as usize, 2 + below(6) as usize, 1 + below(3) as usize);
        let size = inputs + inner + outputs;
        let mut edges = Vec::new();
        for to in inputs..size {
            for from in 0..to.min(inputs + inner) {
                if below(3) == 0 {
                    edges.push((from, to, [Class::General, Class::Unit, Class::Constant][below(classes) as usize]));
                }
            }
        }
        Graph::with_edges(size, (inputs..inputs + inner).collect(), &edges)
    }

    #[test]
    fn what_goes_first_costs_nothing() {
        let mut random = Random::new();
        let (mut gone, mut all) = (0, 0);
        for round in 0..3_000 {
            let graph = random_graph(&mut random, 1 + round % 3);
            let reduced = Reduced::of(&graph);
            assert_eq!(reduced.cost + least(&reduced.graph), least(&graph), "{:?}", graph.start);
            let order = reduced.whole(&reduced.graph.inner);
            assert_eq!(cost(&graph, &order), reduced.cost + cost(&reduced.graph, &reduced.graph.inner));
            gone += reduced.first.len();
            all += graph.inner.len();
        }
        assert!(3 * gone > all, "{gone} of {all}");
    }
}
