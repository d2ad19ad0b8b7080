//! Emission: IR -> tokens. The only stage that calls `quote!`.
//!
//! Names and literals appear as the user wrote them; what the macro adds is `_dot`, `_bar` and `_saved`.

mod annotation;
mod boxed;
mod call;
pub mod checkpoint;
mod companion;
mod copied;
mod curvature;
mod curvature_rule;
mod custom;
mod directions;
mod dispatched_rule;
pub mod elimination;
mod expr;
pub mod fill;
mod gradient;
mod home;
mod increment;
mod jacobian;
mod linear;
mod matrix_result;
mod members;
mod place;
mod plan;
mod pullback;
mod pushforward;
mod receiver;
mod same_name;
mod second_order;
mod signature;
pub mod source;
mod stand_in;
mod stmt;
mod structural;
pub mod sugar;
mod tangent;
mod taylor;
mod together;
mod types;
mod variants;

pub use companion::{emit_companion, emit_functions, emit_primal, emit_stub};
pub use copied::{
    bounds_of, change_of_count, copy_behind, count, integer, integer_of, overwrites, range_of, shifted, whole,
};
pub use custom::has_known_size;
pub use dispatched_rule::{DispatchedRule, KeptByFields, emit_operator_rule, emit_rule, typed};
pub use home::Home;
pub use members::{emit_inherent, emit_inside, with_live_methods, with_real_floats};
pub use place::{marked_place, marked_var, marked_vars, rename_marked};
pub use same_name::{emit_check_of_traits, emit_check_of_types};
pub use signature::Signature;
pub use stand_in::emit_call_of;
pub use structural::{order_of, range_from, range_to};
pub use tangent::emit_tangent;
pub use types::vec_of;

use crate::ir::Vars;
use proc_macro2::Ident;
use std::cell::RefCell;

/// Emits the statements of one function.
pub struct Emitter<'a> {
    vars: &'a Vars,
    /// The generic float of the function, in whose type constants have to be written.
    float: Option<&'a Ident>,
    /// The type that stands for the tangent of a float, where that is no float.
    direction: Option<&'a Ident>,
    /// What patterns around the statements name.
    named: RefCell<Vec<variants::Named>>,
}

impl<'a> Emitter<'a> {
    /// An emitter for a body over these variables.
    pub fn new(vars: &'a Vars, float: Option<&'a Ident>) -> Self {
        Self { vars, float, direction: None, named: RefCell::default() }
    }

    /// An emitter for a body whose tangents are of this type.
    pub fn along(vars: &'a Vars, direction: &'a Ident) -> Self {
        Self { vars, float: None, direction: Some(direction), named: RefCell::default() }
    }
}
