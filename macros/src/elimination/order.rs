//! What orders of elimination cost.

use super::Costs;
use super::anneal::{Random, search};
use super::graph::{Graph, Scratch, State};

/// How many orders of least degree with ties broken at random the search starts from.
const RANDOM_STARTS: usize = 12;

/// The costs of a graph, and the best order that was found.
pub fn costs(graph: &Graph) -> (Costs, Vec<usize>) {
    let forward = graph.inner.clone();
    let reverse: Vec<usize> = graph.inner.iter().rev().copied().collect();
    let markowitz = greedy(graph, State::degree, |_, _| false);
    let mut random = Random::new();
    let mut starts = vec![forward, reverse, markowitz];
    starts.push(greedy(graph, State::degree, |_, _| true));
    for _ in 0..RANDOM_STARTS {
        starts.push(greedy(graph, State::cost, |_, _| random.next() & 1 == 0));
    }
    let priced: Vec<usize> = starts.iter().map(|order| cost(graph, order)).collect();
    // the first of the cheapest, so that forward mode stays where nothing is better
    let best = (0..starts.len()).min_by_key(|start| priced[*start]).unwrap_or_default();
    let (chosen, order) = search(graph, starts.swap_remove(best), priced[best], &mut random);
    (Costs { forward: priced[0], reverse: priced[1], markowitz: priced[2], chosen }, order)
}

/// The number of products of one order.
pub fn cost(graph: &Graph, order: &[usize]) -> usize {
    let (mut state, mut scratch) = (graph.start.clone(), Scratch::default());
    order.iter().map(|vertex| state.eliminate(*vertex, &mut scratch)).sum()
}

/// Always a vertex that is least by a measure; of equals the earliest, unless the next one is preferred.
fn greedy(
    graph: &Graph,
    measure: fn(&State, usize) -> usize,
    mut prefer: impl FnMut(usize, usize) -> bool,
) -> Vec<usize> {
    let (mut state, mut scratch) = (graph.start.clone(), Scratch::default());
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
        for at in 0..left.len() {
            if scratch.touched(left[at]) {
                measures[at] = measure(&state, left[at]);
            }
        }
        order.push(vertex);
    }
    order
}
