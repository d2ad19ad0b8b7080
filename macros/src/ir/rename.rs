//! Another variable for one.

use super::visit::lent_places_mut;
use super::{Block, Expr, Stmt, Var};

impl Expr {
    /// Replaces a variable by another, in copied source too.
    pub fn rename(&mut self, from: Var, to: Var) {
        match self {
            Self::Var(var) | Self::Pop(var) | Self::Rewind(var) | Self::Frame(var, _) if *var == from => *var = to,
            Self::Load(place) | Self::Borrow(place, _) | Self::Snapshot(place) if place.root == from => place.root = to,
            Self::Opaque(opaque) if opaque.reads.contains(&from) => opaque.rename(from, to),
            Self::Construct(construct) => {
                construct.base.iter_mut().filter(|base| base.root == from).for_each(|base| base.root = to);
            }
            _ => {}
        }
        self.for_each_child_mut(&mut |child| child.rename(from, to));
    }
}

impl Stmt {
    /// Replaces a variable by another wherever it is read.
    pub fn rename(&mut self, from: Var, to: Var) {
        self.for_each_expr_mut(&mut |expr| expr.rename(from, to));
        match self {
            Self::Assign(place, _) | Self::Add(place, _) if place.root == from => place.root = to,
            Self::Part { bar, .. } if *bar == from => *bar = to,
            Self::Structural(structural) => {
                structural.places.iter_mut().filter(|place| place.root == from).for_each(|place| place.root = to);
            }
            Self::Pullback { bars, dots, .. } => {
                lent_places_mut(bars, dots).filter(|place| place.root == from).for_each(|place| place.root = to);
            }
            _ => {}
        }
        for block in self.blocks_mut() {
            block.rename(from, to);
        }
    }
}

impl Block {
    /// Replaces a variable by another wherever it is read.
    pub fn rename(&mut self, from: Var, to: Var) {
        self.stmts.iter_mut().for_each(|stmt| stmt.rename(from, to));
        if let Some(result) = &mut self.result {
            result.rename(from, to);
        }
    }
}
