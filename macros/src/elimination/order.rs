//! What orders of elimination cost.

use super::Costs;
use super::anneal::{Random, search};
use super::graph::{Graph, Scratch, State};
use super::reduce::Reduced;

/// How many orders of least degree with ties broken at random the search starts from.
const RANDOM_STARTS: usize = 12;

/// Above this number of vertices there is no search.
const LARGEST: usize = 300;

/// The costs of a graph, and the best order that was found.
pub fn costs(graph: &Graph) -> (Costs, Vec<usize>) {
    let mut random = Random::new();
    let [forward, reverse, markowitz] = simple(graph).map(|(cost, _)| cost);
    let reduced = Reduced::of(graph);
    let graph = &reduced.graph;
    let mut starts = Vec::from(simple(graph));
    if graph.inner.len() <= LARGEST {
        let mut start = |order: Vec<usize>| starts.push((cost(graph, &order), order));
        start(greedy(graph, State::degree, |_, _| true));
        for _ in 0..RANDOM_STARTS {
            start(greedy(graph, State::cost, |_, _| random.next() & 1 == 0));
        }
    }
    let (chosen, order) = cheapest(starts);
    let (chosen, order) = match graph.inner.len() {
        0..=LARGEST => search(graph, order, chosen, &mut random),
        _ => (chosen, order),
    };
    (Costs { forward, reverse, markowitz, chosen: reduced.cost + chosen }, reduced.whole(&order))
}

/// The same without a search.
pub fn quickly(graph: &Graph) -> (Costs, Vec<usize>) {
    let simple = simple(graph);
    let [forward, reverse, markowitz] = [simple[0].0, simple[1].0, simple[2].0];
    let (chosen, order) = cheapest(simple);
    (Costs { forward, reverse, markowitz, chosen }, order)
}

/// Forward, reverse and least degree, with their costs.
pub fn simple(graph: &Graph) -> [(usize, Vec<usize>); 3] {
    let forward = graph.inner.clone();
    let reverse: Vec<usize> = graph.inner.iter().rev().copied().collect();
    let markowitz = greedy(graph, State::degree, |_, _| false);
    [forward, reverse, markowitz].map(|order| (cost(graph, &order), order))
}

/// The first of the cheapest orders.
pub fn cheapest(orders: impl IntoIterator<Item = (usize, Vec<usize>)>) -> (usize, Vec<usize>) {
    orders.into_iter().min_by_key(|(cost, _)| *cost).unwrap_or_default()
}

/// The number of products of one order.
pub fn cost(graph: &Graph, order: &[usize]) -> usize {
    let (mut state, mut scratch) = (graph.start.clone(), Scratch::of(graph));
    order.iter().map(|vertex| state.eliminate(*vertex, &mut scratch)).sum()
}

/// Always a vertex that is least by a measure; of equals the earliest, unless the next one is preferred.
fn greedy(
    graph: &Graph,
    measure: fn(&State, usize) -> usize,
    mut prefer: impl FnMut(usize, usize) -> bool,
) -> Vec<usize> {
    let (mut state, mut scratch) = (graph.start.clone(), Scratch::of(graph));
    let mut left = graph.inner.clone();
    let mut measures: Vec<usize> = left.iter().map(|vertex| measure(&state, *vertex)).collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let mut best = 0;
        for at in 1..left.len() {
            let (new, old) = (measures[at], measures[best]);
            if new < old || (new == old && prefer(left[at], left[best])) {
                best = at;
            }
        }
        let vertex = left.remove(best);
        measures.remove(best);
        state.eliminate(vertex, &mut scratch);
        // only its neighbours have other edges now
        for neighbour in scratch.touched() {
            if let Ok(at) = left.binary_search(&neighbour) {
                measures[at] = measure(&state, neighbour);
            }
        }
        order.push(vertex);
    }
    order
}
