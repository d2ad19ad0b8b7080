//! What expressions, statements and blocks read.

use super::visit::lent_places;
use super::{Block, Expr, Place, Stmt, Var};
use std::collections::BTreeSet;

impl Expr {
    /// Calls `f` with the variables that the expression itself reads, not those of its subexpressions.
    pub fn for_each_own_read(&self, f: &mut dyn FnMut(Var)) {
        match self {
            Self::Var(var) | Self::Pop(var) | Self::Rewind(var) | Self::Frame(var, _) => f(*var),
            Self::Load(place) | Self::Borrow(place, _) | Self::Snapshot(place) => f(place.root),
            Self::Opaque(opaque) => opaque.reads.iter().copied().for_each(&mut *f),
            Self::Construct(construct) => construct.base.iter().for_each(|base| f(base.root)),
            _ => {}
        }
    }

    /// Calls `f` with every variable that evaluating the expression reads, also by reference.
    pub fn for_each_read(&self, f: &mut dyn FnMut(Var)) {
        self.for_each_own_read(f);
        self.for_each_child(&mut |child| child.for_each_read(f));
    }

    /// Adds the variables that it reads.
    pub fn collect_reads(&self, reads: &mut BTreeSet<Var>) {
        self.for_each_read(&mut |var| {
            reads.insert(var);
        });
    }

    /// Whether it reads a variable.
    pub fn reads(&self, var: Var) -> bool {
        let mut found = false;
        self.for_each_read(&mut |read| found |= read == var);
        found
    }

    /// Whether it takes the value of a variable, which moves what is no scalar.
    pub fn uses(&self, var: Var) -> bool {
        let mut found = matches!(self, Self::Var(used) if *used == var);
        self.for_each_child(&mut |child| found |= child.uses(var));
        found
    }

    /// Whether it reads nothing of a variable but places of a kind.
    pub fn reads_only(&self, var: Var, is_fine: &dyn Fn(&Place) -> bool) -> bool {
        let mut fine = match self {
            Self::Load(place) => place.root != var || is_fine(place),
            _ => {
                let mut found = false;
                self.for_each_own_read(&mut |read| found |= read == var);
                !found
            }
        };
        self.for_each_child(&mut |child| fine &= child.reads_only(var, is_fine));
        fine
    }
}

impl Stmt {
    /// Calls `f` with every variable that the statement reads, nested blocks included. The place that `Add` updates is
    /// read; the one that `Assign` overwrites is not.
    pub fn for_each_read(&self, f: &mut dyn FnMut(Var)) {
        self.for_each_expr(&mut |expr| expr.for_each_read(f));
        match self {
            Self::Add(place, _) => f(place.root),
            Self::Assign(place, _) if !place.is_whole() => f(place.root),
            Self::Increment(var) => f(*var),
            Self::Structural(structural) => structural.roots().for_each(&mut *f),
            Self::Save { stack, .. } => f(*stack),
            Self::IfActive { bar, .. } | Self::Part { bar, .. } => f(*bar),
            Self::Pullback { bars, dots, .. } => lent_places(bars, dots).for_each(|place| f(place.root)),
            _ => {}
        }
        for block in self.blocks() {
            block.for_each_read(f);
        }
    }

    /// Whether it takes the value of a variable, in it or in its blocks.
    pub fn takes(&self, var: Var) -> bool {
        let mut found = false;
        self.for_each_expr_inside(&mut |expr| found |= expr.uses(var));
        found
    }

    /// Adds the variables that the statement reads.
    pub fn collect_reads(&self, reads: &mut BTreeSet<Var>) {
        self.for_each_read(&mut |var| {
            reads.insert(var);
        });
    }
}

impl Block {
    /// Calls `f` with every variable that the block reads.
    pub fn for_each_read(&self, f: &mut dyn FnMut(Var)) {
        self.stmts.iter().for_each(|stmt| stmt.for_each_read(f));
        if let Some(result) = &self.result {
            result.for_each_read(f);
        }
    }

    /// Adds these variables.
    pub fn collect_reads(&self, reads: &mut BTreeSet<Var>) {
        self.for_each_read(&mut |var| {
            reads.insert(var);
        });
    }
}
