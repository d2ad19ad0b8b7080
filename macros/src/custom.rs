//! Custom rules: how each mode of a function comes about whose derivatives the user gives.
//!
//! Takes the lowered signature and the options; returns where forward and reverse mode come from. A mode without a rule of its
//! own is derived from the other where that is exact and costs no more than a few calls of it: a float's tangent is
//! `⟨pullback(1), x_dot⟩`, and a parameter of a few components has the cotangent `⟨y_bar, J e_i⟩`.

use crate::diagnostics::Diagnostics;
use crate::emit::has_known_size;
use crate::ir::{Function, Param, Passing, Ty, Wrt};
use crate::lower::Surroundings;
use crate::options::Options;
use crate::refusal::Refusal;
use syn::spanned::Spanned;

/// Both modes of a function with a rule for at least one of them.
pub struct CustomRules {
    pub forward: Forward,
    pub reverse: Reverse,
}

/// Where forward mode comes from.
pub enum Forward {
    /// The path of `fn(args.., tangents) -> (R, R')`.
    Rule(syn::ExprPath),
    /// The gradient, and its inner product with the tangent.
    Gradient,
    /// Nothing gives it.
    Missing,
}

/// Where reverse mode comes from.
pub enum Reverse {
    /// The path of `fn(args..) -> (R, impl Fn(R') -> G)`.
    Rule(syn::ExprPath),
    /// Forward mode along each direction.
    Directions,
    /// Nothing gives it.
    Missing,
}

impl CustomRules {
    /// The modes that the rules give. `None` after an error.
    pub fn of(
        function: &Function,
        options: &Options,
        around: &Surroundings<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let span = options.rules.any()?.span();
        let mut found = Diagnostics::new();
        if function.order > 1 {
            found.refuse(span, &Refusal::OrderOfRule);
        }
        let written = |param: &&Param| param.wrt == Wrt::Active && param.passing == Passing::Mutable;
        for param in function.params.iter().filter(written) {
            found.refuse(span, &Refusal::MutableInRule(function.vars[param.var].name.clone()));
        }
        let forward = match &options.rules.jvp {
            Some(path) => Forward::Rule(path.clone()),
            None if function.ret_ty.is_float() => Forward::Gradient,
            None => Forward::Missing,
        };
        let reverse = match &options.rules.vjp {
            Some(path) => Reverse::Rule(path.clone()),
            None if function.params.iter().all(|param| has_directions(function, param)) => Reverse::Directions,
            None => Reverse::Missing,
        };
        // what a trait promises, an implementation has to give
        let is_method = around.generics.is_some();
        if is_method {
            if matches!(forward, Forward::Missing) {
                found.refuse(span, &Refusal::MissingRule("custom_jvp"));
            }
            if matches!(reverse, Reverse::Missing) {
                found.refuse(span, &Refusal::MissingRule("custom_vjp"));
            }
        }
        let failed = found.any();
        diagnostics.absorb(found);
        (!failed).then_some(Self { forward, reverse })
    }
}

/// Whether forward mode can be run again in the reverse sweep, along each component of a parameter.
fn has_directions(function: &Function, param: &Param) -> bool {
    let info = &function.vars[param.var];
    let again = match param.passing {
        Passing::Shared => true,
        Passing::Value => info.ty.is_scalar() || param.wrt == Wrt::Active,
        Passing::Mutable => false,
    };
    let small = match &info.ty {
        _ if param.wrt != Wrt::Active => true,
        Ty::Float(_) => true,
        Ty::Array(item) => info.name != "self" && item.is_float(),
        Ty::Matrix(_) => info.name != "self" && has_known_size(&param.declared),
        _ => false,
    };
    again && small
}
