//! The scalars of a trace.

use crate::ir::Expr;
use crate::rules::{Partial, Prim};

/// What an operation works on.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// The result of an operation, or an input.
    Node(usize),
    /// A literal, or inactive source.
    Other(Expr),
}

/// Where the value of a node comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// A component of a parameter.
    Input,
    /// Another node, for an output that has to be a vertex of its own.
    Copy(usize),
    /// A scalar operation.
    Prim(Prim, Vec<Operand>),
    /// What has been differentiated by itself: the nodes that it depends on, and the partials.
    Local(Vec<(usize, Partial)>),
}

/// A scalar.
#[derive(Clone, Debug)]
pub struct Node {
    /// How it is read.
    pub value: Expr,
    /// What it is called in names.
    pub name: String,
    /// Where it comes from.
    pub operation: Operation,
    /// Whether it depends on an input.
    pub active: bool,
}

impl Node {
    /// Whether it is an input.
    pub fn is_input(&self) -> bool {
        self.operation == Operation::Input
    }

    /// The nodes that it is computed from, as often as they are used.
    pub fn operands(&self) -> impl Iterator<Item = usize> + '_ {
        let (copied, operands, local) = match &self.operation {
            Operation::Input => (None, [].as_slice(), [].as_slice()),
            Operation::Copy(from) => (Some(*from), [].as_slice(), [].as_slice()),
            Operation::Prim(_, operands) => (None, operands.as_slice(), [].as_slice()),
            Operation::Local(partials) => (None, [].as_slice(), partials.as_slice()),
        };
        let operands = operands.iter().filter_map(|operand| match operand {
            Operand::Node(node) => Some(*node),
            Operand::Other(_) => None,
        });
        copied.into_iter().chain(operands).chain(local.iter().map(|(from, _)| *from))
    }
}

/// The name of the partial of one scalar by another: `dz_dx`.
pub fn name_of_partial(of: &str, by: &str) -> String {
    format!("d{}_d{}", bare(of), bare(by))
}

/// A name as a part of another.
pub fn bare(name: &str) -> &str {
    name.trim_matches('_').trim_start_matches("r#")
}
