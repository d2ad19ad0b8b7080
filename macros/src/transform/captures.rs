//! What the pullback need not own: a length, a number made from lengths, what may be a reference, elements of shared arguments, and
//! a sum or a product or two of these and of what it owns anyway. They are evaluated again.
//!
//! Takes the two sweeps of a split function; the reverse sweep then starts with the definitions that it can repeat. A
//! pullback that owns nothing takes no memory, and a stack of such pullbacks neither.

use crate::analysis::work::is_light;
use crate::ir::{Access, Expr, Param, Passing, Pattern, Place, Projection, Stmt, Ty, Var, VarMap, Vars};
use crate::rules::Prim;
use crate::transform::reverse::Sweeps;
use std::collections::BTreeSet;

/// Repeats in the reverse sweep what it can.
pub fn repeat_what_is_cheap(sweeps: &mut Sweeps, params: &[Param]) {
    let mut wanted = BTreeSet::new();
    sweeps.reverse.iter().for_each(|stmt| {
        stmt.collect_reads(&mut wanted);
    });
    let is_there = |param: &&Param| match param.passing {
        Passing::Shared => true,
        // it owns the argument anyway
        Passing::Value => wanted.contains(&param.var) && !sweeps.vars[param.var].mutable,
        Passing::Mutable => false,
    };
    let there = params.iter().filter(is_there).map(|param| param.var).collect();
    let mut repeats = Repeats { there, wanted, repeated: VarMap::new() };
    let mut start = Vec::new();
    for stmt in &sweeps.forward {
        let Stmt::Let(Pattern::Var(var), value) = stmt else { continue };
        if !repeats.wanted.contains(var) || !repeats.allows(&sweeps.vars, *var, value) {
            continue;
        }
        let name = sweeps.vars[*var].name.clone();
        let copy = sweeps.vars.derived(*var, "", sweeps.vars[*var].role, false);
        sweeps.vars[copy].name = name;
        sweeps.reverse.iter_mut().for_each(|stmt| stmt.rename(*var, copy));
        let mut value = value.clone();
        repeats.repeated.iter().for_each(|(from, to)| value.rename(*from, *to));
        start.push(Stmt::Let(Pattern::Var(copy), value));
        repeats.repeated.insert(*var, copy);
    }
    sweeps.reverse.splice(0..0, start);
}

struct Repeats {
    /// The arguments that the pullback is passed, or owns.
    there: BTreeSet<Var>,
    /// What the reverse sweep reads.
    wanted: BTreeSet<Var>,
    /// What it has evaluated again.
    repeated: VarMap<Var>,
}

impl Repeats {
    fn allows(&self, vars: &Vars, var: Var, value: &Expr) -> bool {
        let info = &vars[var];
        if info.mutable || info.access != Access::Owned {
            return false;
        }
        let is_short = || self.operations(vars, value).is_some_and(|count| count <= 2);
        match value {
            // what is of no known type may refer to an argument
            Expr::Opaque(opaque) => matches!(info.ty, Ty::Int | Ty::Unknown) && self.is_of_lengths(vars, opaque),
            Expr::Matrix(..) => info.ty == Ty::Unknown && is_short(),
            _ => info.ty.is_float() && is_short(),
        }
    }

    /// Whether copied source has the same value when only the shared arguments are there: `x.len() - 1`.
    fn is_of_lengths(&self, vars: &Vars, opaque: &crate::ir::Opaque) -> bool {
        let lengths = opaque.reads.iter().all(|read| vars[*read].access == Access::Shared);
        lengths && !opaque.reads.is_empty() && opaque.cheap && opaque.writes.is_empty()
    }

    fn holds(&self, place: &Place) -> bool {
        self.there.contains(&place.root) && place.path.iter().all(is_fixed)
    }

    /// The same of what the pullback owns, whatever its type is.
    fn holds_operand(&self, vars: &Vars, place: &Place) -> bool {
        let owned = &vars[place.root];
        let captured = self.wanted.contains(&place.root) && !owned.mutable && owned.access == Access::Owned;
        self.holds(place) || (place.is_whole() && captured)
    }

    /// How many operations make a value of elements at fixed places of arguments and of what the pullback has anyway, by sums and products.
    /// Quotients are kept: to divide takes longer than to load.
    fn operations(&self, vars: &Vars, value: &Expr) -> Option<usize> {
        match value {
            Expr::Float(..) => Some(0),
            Expr::Var(var) => (self.wanted.contains(var) && vars[*var].is_fixed_scalar()).then_some(0),
            Expr::Load(place) => self.holds(place).then_some(0),
            Expr::Matrix(op, operands) => {
                let operand = |operand: &Expr| match operand {
                    Expr::Borrow(place, false) | Expr::Snapshot(place) => self.holds_operand(vars, place).then_some(0),
                    other => self.operations(vars, other),
                };
                match is_light(vars, op, operands) {
                    true => operands.iter().try_fold(1, |count, each| Some(count + operand(each)?)),
                    false => None,
                }
            }
            Expr::Prim(Prim::Add | Prim::Sub | Prim::Mul | Prim::Neg, operands) => {
                operands.iter().try_fold(1, |count, operand| Some(count + self.operations(vars, operand)?))
            }
            _ => None,
        }
    }
}

/// Whether a step goes to the same part whatever else there is.
fn is_fixed(step: &Projection) -> bool {
    match step {
        Projection::Field(_) => true,
        Projection::Index(index) => {
            matches!(&**index, Expr::Opaque(opaque) if opaque.reads.is_empty() && opaque.cheap && opaque.writes.is_empty())
        }
        _ => false,
    }
}
