//! Branches: each alternative is eliminated by itself. What leaves a branch is a vertex, with an edge from everything
//! outside that it depends on in either alternative.
//!
//! ```text
//! let (y, dy_dx) = if x > 0.0 { (x * x, 2.0 * x) } else { (x, 1.0) };
//! ```
//!
//! That is a preaccumulation: one Jacobian for the whole branch, of which one alternative runs.

use super::{Node, Obstacle, Operand, Operation, Purpose, Trace, Value, name_of_partial};
use crate::elimination::accumulate::accumulate_edges;
use crate::elimination::graph::Graph;
use crate::elimination::partials::{self, value};
use crate::elimination::{Costs, order, share};
use crate::ir::{Block, Expr, FloatTy, Pattern, Role, Stmt, Ty, Var, VarMap};
use crate::refusal::Refusal;
use crate::rules::Partial;
use proc_macro2::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One alternative, as far as it has run.
struct Alternative {
    stmts: Vec<Stmt>,
    nodes: Vec<Node>,
    values: VarMap<Value>,
    integers: VarMap<i64>,
    result: Option<Value>,
}

/// One alternative behind its last statement.
struct End {
    stmts: Vec<Stmt>,
    /// The slots.
    values: Vec<Expr>,
    /// The partials of the slots by nodes outside.
    partials: BTreeMap<(usize, usize), Partial>,
    costs: Costs,
}

/// A scalar that leaves a branch.
struct Slot {
    var: Var,
    /// What it is in each alternative.
    from: [Operand; 2],
}

impl Trace {
    /// `let result = if cond { then } else { otherwise };`
    pub(super) fn branch(
        &mut self,
        result: Option<Var>,
        cond: &Expr,
        then: &Block,
        otherwise: &Block,
    ) -> Result<(), Obstacle> {
        let cond = self.operand(cond)?;
        let cond = self.expr(&cond);
        let start = self.nodes.len();
        let alternatives = [self.alternative(then)?, self.alternative(otherwise)?];
        let [then, otherwise] = &alternatives;

        let mut slots = Vec::new();
        let mut merged = Vec::new();
        let left = then.values.keys().filter(|var| otherwise.values.contains_key(var)).copied();
        for var in left.collect::<Vec<Var>>() {
            let before = self.values.get(&var).cloned();
            let values = [&then.values[&var], &otherwise.values[&var]];
            merged.push((var, self.merge((var, true), before.as_ref(), values, start, &mut slots)?));
        }
        if let (Some(var), Some(a), Some(b)) = (result, &then.result, &otherwise.result) {
            merged.push((var, self.merge((var, true), None, [a, b], start, &mut slots)?));
        }
        let same = |(var, value): &(Var, i64)| {
            [then, otherwise].into_iter().all(|alternative| alternative.integers.get(var) == Some(value))
        };
        self.integers = std::mem::take(&mut self.integers).into_iter().filter(same).collect();

        let [then, otherwise] = alternatives;
        let ends = [self.eliminated(then, 0, start, &slots), self.eliminated(otherwise, 1, start, &slots)];
        self.inner = self.inner.plus(ends[0].costs.or_more(ends[1].costs));
        self.leave(cond, ends, slots);
        self.values.extend(merged);
        Ok(())
    }

    /// Runs one alternative, and takes back what it did.
    fn alternative(&mut self, block: &Block) -> Result<Alternative, Obstacle> {
        let (start, outside) = (self.nodes.len(), self.readable.clone());
        let (values, integers) = (self.values.clone(), self.integers.clone());
        let (stmts, callees) = (std::mem::take(&mut self.stmts), self.callees.len());
        let result = self.block(block)?;
        self.callees.truncate(callees);
        self.readable = outside;
        Ok(Alternative {
            stmts: std::mem::replace(&mut self.stmts, stmts),
            nodes: self.nodes.split_off(start),
            values: std::mem::replace(&mut self.values, values),
            integers: std::mem::replace(&mut self.integers, integers),
            result,
        })
    }

    /// What a variable is behind the branch. Scalars that differ are slots, whose nodes follow each other from `start` on.
    fn merge(
        &mut self,
        (var, whole): (Var, bool),
        before: Option<&Value>,
        [then, otherwise]: [&Value; 2],
        start: usize,
        slots: &mut Vec<Slot>,
    ) -> Result<Value, Obstacle> {
        Ok(match (then, otherwise) {
            (Value::Scalar(a), Value::Scalar(b)) => {
                let unchanged = matches!(before, Some(Value::Scalar(old)) if old == a);
                let outside = matches!(a, Operand::Node(node) if *node < start);
                if a == b && (unchanged || outside) {
                    return Ok(then.clone());
                }
                let slot = if whole && self.may_define(var) {
                    var
                } else {
                    let is_float =
                        |operand: &Operand| matches!(operand, Operand::Node(_) | Operand::Other(Expr::Float(..)));
                    let slot = self.vars.derived(var, "", Role::Temporary, false);
                    let float = is_float(a) || is_float(b);
                    self.vars[slot].ty = if float { Ty::Float(FloatTy::Inferred) } else { Ty::Int };
                    slot
                };
                slots.push(Slot { var: slot, from: [a.clone(), b.clone()] });
                Value::Scalar(Operand::Node(start + slots.len() - 1))
            }
            (Value::Parts(a), Value::Parts(b)) if a.len() == b.len() => {
                let part = |at: usize| match before {
                    Some(Value::Parts(parts)) => parts.get(at),
                    _ => None,
                };
                let pairs = a.iter().zip(b).enumerate();
                let parts = pairs.map(|(at, (a, b))| self.merge((var, false), part(at), [a, b], start, slots));
                Value::Parts(parts.collect::<Result<_, _>>()?)
            }
            _ => {
                let what = Refusal::CrossCountry("a value whose parts depend on a branch");
                return Err((self.vars[var].span, what));
            }
        })
    }

    /// Appends the Jacobian of one alternative to its statements: the partials of the slots by nodes outside.
    fn eliminated(&mut self, mut alternative: Alternative, at: usize, start: usize, slots: &[Slot]) -> End {
        let outer = std::mem::replace(&mut self.stmts, alternative.stmts);
        self.nodes.append(&mut alternative.nodes);
        let values = slots.iter().map(|slot| self.expr(&slot.from[at])).collect();
        let mut ends = BTreeMap::new();
        for (slot, Slot { from, .. }) in slots.iter().enumerate() {
            if let Operand::Node(node) = from[at]
                && self.nodes[node].active
            {
                ends.insert(self.copied(node), slot);
            }
        }
        let edges = partials::local(self, start);
        let graph = Graph::of(self, &edges, &ends.keys().copied().collect::<Vec<usize>>(), start);
        let (costs, order) = if self.purpose == Purpose::Asked { order::costs(&graph) } else { order::quickly(&graph) };
        let edges = accumulate_edges(self, &graph, edges, &order);
        let partials = edges.into_iter().filter_map(|((from, to), partial)| Some(((from, *ends.get(&to)?), partial)));
        let partials = partials.collect();
        self.nodes.truncate(start);
        End { stmts: std::mem::replace(&mut self.stmts, outer), values, partials, costs }
    }

    /// The statement itself, and the nodes behind it.
    fn leave(&mut self, cond: Expr, ends: [End; 2], slots: Vec<Slot>) {
        let edges: BTreeSet<(usize, usize)> = ends.iter().flat_map(|end| end.partials.keys().copied()).collect();
        let mut outside: Vec<Vec<(usize, Partial)>> = vec![Vec::new(); slots.len()];
        let mut named = Vec::new();
        for (from, slot) in edges {
            let both = [0, 1].map(|at| ends[at].partials.get(&(from, slot)).cloned().unwrap_or(Partial::Zero));
            let partial = match &both {
                [Partial::One, Partial::One] => Partial::One,
                [Partial::MinusOne, Partial::MinusOne] => Partial::MinusOne,
                _ => {
                    let name = name_of_partial(&self.vars[slots[slot].var].name, &self.nodes[from].name);
                    let var = self.vars.temporary(&name, Ty::Float(FloatTy::Inferred), Span::call_site());
                    let singular = both.iter().any(|partial| matches!(partial, Partial::Singular(_)));
                    named.push((var, both.map(|partial| value(&partial))));
                    if singular { Partial::Singular(Expr::Var(var)) } else { Partial::Times(Expr::Var(var)) }
                }
            };
            outside[slot].push((from, partial));
        }

        let mut vars: Vec<Var> = slots.iter().map(|slot| slot.var).collect();
        vars.extend(named.iter().map(|(var, _)| *var));
        let [then, otherwise] = ends;
        let (in_then, in_otherwise) = named.into_iter().map(|(_, [a, b])| (a, b)).unzip();
        let then = self.finished(then, in_then);
        let otherwise = self.finished(otherwise, in_otherwise);
        self.define_all(&vars, cond, then, otherwise);
        for (slot, operands) in slots.into_iter().zip(outside) {
            let name = self.vars[slot.var].name.clone();
            let active = !operands.is_empty();
            self.nodes.push(Node { value: Expr::Var(slot.var), name, operation: Operation::Local(operands), active });
        }
    }

    /// The block of an alternative, which ends in the slots and their partials.
    fn finished(&mut self, end: End, partials: Vec<Expr>) -> Block {
        let values = end.values.into_iter().chain(partials).collect();
        let mut block = Block { stmts: end.stmts, result: Some(Expr::Tuple(values)) };
        share::share(&mut self.vars, &mut block);
        block
    }

    /// `let (a, b, ..) = if cond { .. } else { .. };`
    fn define_all(&mut self, vars: &[Var], cond: Expr, mut then: Block, mut otherwise: Block) {
        let single = |block: &mut Block| match block.result.take() {
            Some(Expr::Tuple(mut values)) if values.len() == 1 => block.result = values.pop(),
            other => block.result = other,
        };
        self.defined.extend(vars);
        self.readable.extend(vars);
        let result = match vars {
            [] => {
                (then.result, otherwise.result) = (None, None);
                None
            }
            [var] => {
                single(&mut then);
                single(&mut otherwise);
                Some(*var)
            }
            vars => {
                let types = vars.iter().map(|var| self.vars[*var].ty.clone()).collect();
                Some(self.vars.temporary("branch", Ty::Tuple(types), Span::call_site()))
            }
        };
        self.stmts.push(Stmt::If { result, cond, then, otherwise });
        if let (Some(result), [_, _, ..]) = (result, vars) {
            let pattern = Pattern::Tuple(vars.iter().map(|var| Pattern::Var(*var)).collect());
            self.stmts.push(Stmt::Let(pattern, Expr::Var(result)));
        }
    }
}
