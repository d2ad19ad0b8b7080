//! The Jacobian as statements, in the order of an elimination.
//!
//! Takes the local partials; appends what computes the products to the statements of the trace; returns the entries.
//! A partial that is used gets the name `dz_dx`.

use super::graph::Graph;
use super::partials::{Edges, add, product, value};
use super::trace::{Trace, bare, name_of_partial};
use crate::ir::{Expr, FloatTy, Pattern, Stmt, Ty};
use crate::rules::Partial;
use proc_macro2::Span;

/// Row and column of the entries, and what they are.
pub fn accumulate(trace: &mut Trace, graph: &Graph, edges: Edges, order: &[usize]) -> (Vec<(usize, usize)>, Vec<Expr>) {
    let edges = accumulate_edges(trace, graph, edges, order);
    let mut entries = Vec::new();
    let mut values = Vec::new();
    for (row, output) in trace.outputs.iter().enumerate() {
        for (column, input) in trace.inputs.iter().enumerate() {
            if let Some(partial) = output.and_then(|output| edges.get(&(*input, output))) {
                entries.push((row, column));
                values.push(value(partial));
            }
        }
    }
    (entries, values)
}

/// The edges that are left when the vertices are eliminated.
pub fn accumulate_edges(trace: &mut Trace, graph: &Graph, mut edges: Edges, order: &[usize]) -> Edges {
    edges.retain(|edge, _| graph.has_edge(*edge));
    for vertex in order {
        let incoming: Vec<usize> = edges.keys().filter(|(_, to)| to == vertex).map(|(from, _)| *from).collect();
        let outgoing: Vec<usize> = edges.keys().filter(|(from, _)| from == vertex).map(|(_, to)| *to).collect();
        let named = |trace: &mut Trace, edges: &mut Edges, edge: (usize, usize), uses: usize| {
            let partial = edges.remove(&edge).unwrap_or(Partial::Zero);
            name(trace, edge, partial, uses)
        };
        let firsts: Vec<Partial> =
            incoming.iter().map(|from| named(trace, &mut edges, (*from, *vertex), outgoing.len())).collect();
        let seconds: Vec<Partial> =
            outgoing.iter().map(|to| named(trace, &mut edges, (*vertex, *to), incoming.len())).collect();
        for (from, first) in incoming.iter().zip(&firsts) {
            for (to, second) in outgoing.iter().zip(&seconds) {
                add(&mut edges, (*from, *to), product(first, second));
            }
        }
    }
    edges
}

/// The partial, with its factor in a variable. A division by something that several products need becomes a reciprocal.
fn name(trace: &mut Trace, (from, to): (usize, usize), partial: Partial, uses: usize) -> Partial {
    let mut bound = |value: Expr, ty: Ty| {
        if value.is_atom() {
            return value;
        }
        let [of, by] = [to, from].map(|node| trace.nodes[node].name.as_str());
        let name = match ty {
            Ty::Bool => format!("{}_is_{}", bare(of), bare(by)),
            _ => name_of_partial(of, by),
        };
        let var = trace.vars.temporary(&name, ty, Span::call_site());
        trace.stmts.push(Stmt::Let(Pattern::Var(var), value));
        Expr::Var(var)
    };
    let float = Ty::Float(FloatTy::Inferred);
    match partial {
        Partial::Times(factor) => Partial::Times(bound(factor, float)),
        Partial::Singular(factor) => Partial::Singular(bound(factor, float)),
        Partial::Strong(factor) => Partial::Strong(bound(factor, float)),
        Partial::Over(divisor) if uses > 1 => Partial::Times(bound(Expr::float(1.0) / divisor, float)),
        Partial::When(cond) if uses > 1 => Partial::When(bound(cond, Ty::Bool)),
        Partial::Unless(cond) if uses > 1 => Partial::Unless(bound(cond, Ty::Bool)),
        other => other,
    }
}
