//! Which variables of the sweeps have a tangent that may be other than zero.
//!
//! For the values of the function itself the activity analysis has told. What reverse mode has added, cotangents,
//! residuals, stacks, temporaries, varies with what it is computed from.

use crate::analysis::activity::{Activity, for_each_flow};
use crate::ir::{Bar, Block, Expr, Function, Stmt, Var};
use crate::transform::reverse::Sweeps;
use std::collections::BTreeSet;

struct Varied<'a> {
    activity: &'a Activity,
    /// The first variable that reverse mode has added.
    first: Var,
    found: BTreeSet<Var>,
}

/// The variables of the sweeps, beside those that the activity analysis knows, that vary.
pub fn varied_in_sweeps(function: &Function, activity: &Activity, sweeps: &Sweeps, moving_seed: bool) -> BTreeSet<Var> {
    let first = Var(function.vars.all().count());
    let mut varied = Varied { activity, first, found: BTreeSet::new() };
    if moving_seed {
        varied.found.insert(sweeps.seed);
    }
    varied.found.extend(sweeps.bars.iter().flatten());
    loop {
        let before = varied.found.len();
        sweeps.forward.iter().chain(&sweeps.reverse).for_each(|stmt| varied.stmt(stmt));
        if varied.found.len() == before {
            return varied.found;
        }
    }
}

/// Whether the value of an expression varies.
pub fn varies(expr: &Expr, activity: &Activity, found: &BTreeSet<Var>) -> bool {
    let mut varies = false;
    for_each_flow(expr, &mut |var| varies |= activity.is_active(var) || found.contains(&var));
    varies
}

impl Varied<'_> {
    fn block(&mut self, block: &Block) {
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let(pattern, value) => self.flow(value, &pattern.vars()),
            Stmt::Assign(place, value) | Stmt::Add(place, value) => self.flow(value, &[place.root]),
            Stmt::Save { stack, value } => self.flow(value, &[*stack]),
            Stmt::If { result: Some(result), then, otherwise, .. } => {
                for value in [&then.result, &otherwise.result].into_iter().flatten() {
                    self.flow(value, &[*result]);
                }
            }
            // elements come in by the value, go out by the result, and may change places
            Stmt::Structural(structural) => {
                let roots: Vec<Var> = structural.roots().collect();
                structural.value.iter().for_each(|value| self.flow(value, &roots));
                if roots.iter().any(|root| self.activity.is_active(*root) || self.found.contains(root)) {
                    self.add(&roots);
                    structural.result.iter().for_each(|result| self.add(&[*result]));
                }
            }
            Stmt::Linearize { pattern, .. } => self.add(&pattern.vars()),
            Stmt::Pullback { bars, .. } => {
                for bar in bars {
                    if let Bar::Lend(place) | Bar::Part(_, place) = bar {
                        self.add(&[place.root]);
                    }
                }
            }
            _ => {}
        }
        stmt.blocks().into_iter().for_each(|block| self.block(block));
    }

    fn flow(&mut self, value: &Expr, into: &[Var]) {
        if varies(value, self.activity, &self.found) {
            self.add(into);
        }
    }

    fn add(&mut self, vars: &[Var]) {
        self.found.extend(vars.iter().copied().filter(|var| *var >= self.first));
    }
}
