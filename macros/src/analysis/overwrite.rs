//! Which slices behind `&mut` a function overwrites before it reads them.
//!
//! Takes a lowered function; a caller that reuses such a slice as scratch space then knows that no derivative passes
//! through its old contents. Shown for a slice whose first use is a loop at the function's top level that assigns the
//! element of the loop's index: the whole slice is overwritten if it is no longer than the slice that gives the
//! loop's bound.

use super::sum::starts_at_zero;
use crate::ir::{Expr, Function, Passing, Pattern, Place, Stmt, Ty, Var, VarMap};

/// A parameter, and the one that has to be at least as long for it to be overwritten.
pub type Overwritten = (usize, usize);

/// The variables that hold the lengths of sequences.
#[derive(Default)]
pub struct Lengths(VarMap<Var>);

impl Lengths {
    /// Those that a function defines.
    pub fn of(function: &Function) -> Self {
        let mut lengths = Self::default();
        function.body.for_each_stmt(&mut |stmt| {
            if let Stmt::Let(Pattern::Var(var), value) = stmt
                && !function.vars[*var].mutable
                && let Some(of) = lengths.sequence(value)
            {
                lengths.0.insert(*var, of);
            }
        });
        lengths
    }

    /// The sequence of which an expression is the length.
    pub fn sequence(&self, expr: &Expr) -> Option<Var> {
        match expr {
            Expr::Var(var) => self.0.get(var).copied(),
            Expr::Opaque(opaque) => match opaque.reads.as_slice() {
                [var] if expr.is_var(*var) => self.0.get(var).copied(),
                [var] if opaque.is_length() => Some(*var),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Finds the overwritten parameters.
pub fn analyse_overwrites(function: &Function) -> Vec<Overwritten> {
    let lengths = Lengths::of(function);
    let position = |var: Var| function.params.iter().position(|param| param.var == var);
    function
        .params
        .iter()
        .enumerate()
        .filter(|(_, param)| param.passing == Passing::Mutable && is_float_slice(&function.vars[param.var].ty))
        .filter_map(|(index, param)| {
            let first = function.body.stmts.iter().find(|stmt| touches(stmt, param.var))?;
            let Stmt::For { var, range, body } = first else { return None };
            let of = lengths.sequence(&range.high).and_then(position)?;
            let slice = matches!(function.vars[function.params[of].var].ty, Ty::Slice(_));
            (starts_at_zero(range) && slice && assigns_element(&body.stmts, param.var, *var)).then_some((index, of))
        })
        .collect()
}

fn is_float_slice(ty: &Ty) -> bool {
    matches!(ty, Ty::Slice(item) if item.is_float())
}

/// Whether statements touch a variable only by assigning, and then using, its element at an index.
fn assigns_element(stmts: &[Stmt], var: Var, index: Var) -> bool {
    let mut touching = stmts.iter().filter(|stmt| touches(stmt, var));
    let assigned = match touching.next() {
        Some(Stmt::Assign(place, value)) => place.root == var && place.is_element_at(index) && !value.reads(var),
        _ => false,
    };
    assigned && touching.all(|stmt| uses_element(stmt, var, index))
}

fn uses_element(stmt: &Stmt, var: Var, index: Var) -> bool {
    let is_element = |place: &Place| place.is_element_at(index);
    let mut fine = stmt.blocks().is_empty();
    stmt.for_each_expr(&mut |expr| fine &= expr.reads_only(var, &is_element));
    if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt {
        fine &= place.root != var || is_element(place);
    }
    if let Stmt::Structural(structural) = stmt {
        fine &= structural.roots().all(|root| root != var);
    }
    fine
}

fn touches(stmt: &Stmt, var: Var) -> bool {
    let mut found = false;
    stmt.for_each_read(&mut |read| found |= read == var);
    stmt.for_each_write(&mut |written| found |= written == var);
    // asking for the length reads no element
    found && !matches!(stmt, Stmt::Let(_, value) if Lengths::default().sequence(value) == Some(var))
}
