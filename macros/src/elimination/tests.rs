//! The published counts, and the graphs that they are counted on.

use super::graph::Graph;
use super::trace::{Purpose, Trace};
use super::{Costs, eliminate, order, regroup};
use crate::diagnostics::Diagnostics;
use crate::ir::Function;
use crate::lower::{Surroundings, lower_function};
use crate::options::Options;

/// The functions of the benchmarks.
const TASKS: &str = include_str!("../../../benches/problems/jacobians.rs");

/// A function without options.
pub fn lower(item: &syn::ItemFn) -> Function {
    let mut diagnostics = Diagnostics::new();
    let function = lower_function(item, &Options::default(), &Surroundings::default(), &mut diagnostics);
    diagnostics.finish().expect("the function is supported");
    function.expect("the function is supported")
}

fn task(name: &str) -> Function {
    let file = syn::parse_file(TASKS).expect("the file is Rust");
    let item = file.items.iter().find_map(|item| match item {
        syn::Item::Fn(item) if item.sig.ident == name => Some(item),
        _ => None,
    });
    lower(item.expect("the file has the task"))
}

#[test]
fn published_graphs_and_counts() {
    let tasks = [
        ("roe_flux_1d", (6, 101, 3, 177), [620, 364, 407], 295),
        ("human_heart_dipole", (8, 86, 8, 144), [240, 172, 194], 148),
        ("propane_combustion", (11, 62, 11, 104), [151, 90, 111], 88),
    ];
    for (name, size, [forward, reverse, markowitz], most) in tasks {
        let function = task(name);
        let trace = Trace::of(&function, Purpose::Published).unwrap_or_else(|(_, refusal)| panic!("{name}: {refusal}"));
        let graph = Graph::as_written(&trace);
        assert_eq!((trace.inputs.len(), graph.vertices, trace.outputs.len(), graph.edges), size, "{name}");
        let (costs, order) = order::costs(&graph);
        assert_eq!([costs.forward, costs.reverse, costs.markowitz], [forward, reverse, markowitz], "{name}");
        assert!(costs.chosen <= most, "{name}: {} > {most}", costs.chosen);
        assert_eq!(order::cost(&graph, &order), costs.chosen, "the count of the search is that of its order");
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, graph.inner, "every vertex is eliminated once");
    }
}

#[test]
fn counts_with_unit_factors_free() {
    let tasks =
        [("roe_flux_1d", [288, 203, 160]), ("human_heart_dipole", [48, 52, 48]), ("propane_combustion", [26, 26, 24])];
    for (name, most) in tasks {
        let function = task(name);
        let found = eliminate(&function, true).unwrap_or_else(|(_, refusal)| panic!("{name}: {refusal}"));
        let Costs { forward, reverse, chosen, .. } = found.costs.expect("it was asked for").shared;
        for (count, most) in [forward, reverse, chosen].into_iter().zip(most) {
            assert!(count <= most, "{name}: {count} > {most}");
        }
    }
}

/// The operations of `jacobian`, and of `value_and_jacobian`, with all that they need.
fn operations(name: &str) -> [usize; 2] {
    let found = eliminate(&task(name), true).unwrap_or_else(|(_, refusal)| panic!("{name}: {refusal}"));
    let alone = found.alone.as_ref().unwrap_or(&found.block);
    [regroup::operations(alone, found.entries.len()), regroup::operations(&found.block, usize::MAX)]
}

#[test]
fn no_more_operations_than_symbolic_generators() {
    let tasks = [
        ("reprojection", [264, 266], 462),
        ("arm", [49, 56], 49),
        ("roe_flux_1d", [347, 374], usize::MAX),
        ("human_heart_dipole", [98, 150], usize::MAX),
        ("propane_combustion", [52, 93], usize::MAX),
    ];
    for (name, most, symbolic) in tasks {
        let found = operations(name);
        assert!(found[0] <= most[0] && found[1] <= most[1], "{name}: {found:?} > {most:?}");
        assert!(found[0] <= symbolic, "{name}: {} > {symbolic}", found[0]);
    }
}
