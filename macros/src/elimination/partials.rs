//! Local partials, and products and sums of them.
//!
//! A local partial keeps the form that the rule table gave it: a division stays one, a selection stays a selection, and a
//! zero wins over what may be infinite, be it the partial before or the one behind. A product with what is not constant is a
//! number.

use super::trace::{Operand, Operation, Trace};
use crate::ir::Expr;
use crate::rules::Partial;
use crate::simplify::simplify_expr;
use std::collections::BTreeMap;

/// The partials of a graph, by their edges.
pub type Edges = BTreeMap<(usize, usize), Partial>;

/// The partials of all operations from a node on. Those that are zero everywhere are no edges.
pub fn local(trace: &Trace, start: usize) -> Edges {
    let mut edges = Edges::new();
    for (vertex, node) in trace.nodes.iter().enumerate().skip(start).filter(|(_, node)| node.active) {
        match &node.operation {
            Operation::Input => {}
            Operation::Copy(from) => add(&mut edges, (*from, vertex), Partial::One),
            Operation::Local(partials) => {
                partials.iter().for_each(|(from, partial)| add(&mut edges, (*from, vertex), partial.clone()));
            }
            Operation::Prim(prim, operands) => {
                let values: Vec<Expr> = operands.iter().map(|operand| trace.expr(operand)).collect();
                for (operand, partial) in operands.iter().zip(prim.partials(&values, &node.value)) {
                    match operand {
                        Operand::Node(from) if trace.nodes[*from].active && partial != Partial::Zero => {
                            add(&mut edges, (*from, vertex), partial);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    for partial in edges.values_mut() {
        normalise(partial);
    }
    edges
}

/// Adds to an edge, or makes it.
pub fn add(edges: &mut Edges, edge: (usize, usize), partial: Partial) {
    let sum = match edges.remove(&edge) {
        None => partial,
        Some(old) => {
            let sum = value(&old) + value(&partial);
            if is_singular(&old) || is_singular(&partial) { Partial::Singular(sum) } else { Partial::Times(sum) }
        }
    };
    edges.insert(edge, sum);
}

fn is_singular(partial: &Partial) -> bool {
    matches!(partial, Partial::Singular(_))
}

/// Numbers are told apart from what has to be computed.
fn normalise(partial: &mut Partial) {
    match partial {
        Partial::Times(factor) | Partial::Singular(factor) | Partial::Strong(factor) | Partial::Over(factor) => {
            simplify_expr(factor);
        }
        _ => {}
    }
    *partial = match partial {
        Partial::Times(factor) | Partial::Over(factor) if factor.is(1.0) => Partial::One,
        Partial::Times(factor) | Partial::Over(factor) if factor.is(-1.0) => Partial::MinusOne,
        _ => return,
    };
}

/// The partial as a number.
pub fn value(partial: &Partial) -> Expr {
    match partial {
        Partial::Times(factor) | Partial::Singular(factor) | Partial::Strong(factor) => factor.clone(),
        other => other.clone().apply(Expr::float(1.0)).unwrap_or(Expr::float(0.0)),
    }
}

/// The partial of a path: from its first edge and its second.
pub fn product(first: &Partial, second: &Partial) -> Partial {
    let applied = match (first, second) {
        (Partial::One, _) => return second.clone(),
        (_, Partial::One) => return first.clone(),
        (Partial::MinusOne, _) => return negated(second),
        (_, Partial::MinusOne) => return negated(first),
        (Partial::Singular(slope), Partial::Times(factor)) | (Partial::Times(factor), Partial::Singular(slope))
            if nonzero(factor) =>
        {
            return Partial::Singular(factor.clone() * slope.clone());
        }
        (Partial::When(_) | Partial::Unless(_), _) | (_, Partial::Times(_)) => first.clone().apply(value(second)),
        _ => second.clone().apply(value(first)),
    };
    Partial::Times(applied.unwrap_or(Expr::float(0.0)))
}

fn nonzero(factor: &Expr) -> bool {
    factor.as_float().is_some_and(|value| value != 0.0)
}

fn negated(partial: &Partial) -> Partial {
    match partial.clone() {
        Partial::One => Partial::MinusOne,
        Partial::MinusOne => Partial::One,
        Partial::Over(divisor) => Partial::Over(divisor.negate()),
        Partial::Singular(factor) => Partial::Singular(factor.negate()),
        Partial::Strong(factor) => Partial::Strong(factor.negate()),
        other => Partial::Times(value(&other).negate()),
    }
}
