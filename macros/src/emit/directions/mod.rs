//! Both modes along several directions at once, and the sparse matrices that they give.

mod apart;
mod curvature;
mod dense;
mod forward;
mod rows;
mod sparse;

pub use dense::Several;

use self::apart::{APART, NEAR};
use super::companion::Companion;
use super::signature::Signature;
use crate::elimination::Elimination;
use crate::ir::FloatTy;
use crate::tokens::mentions;
use crate::transform::directions::Directions;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

impl Companion<'_> {
    /// `pushforward_sparse`, and with a result `push_seeds`.
    pub fn of_directions(&self, directions: &Directions) -> TokenStream {
        let pushforward = self.pushforward_along(directions);
        let seeded = self.signature.function.ret.as_ref().map(|_| self.push_seeds(directions));
        let apart = directions.apart.as_ref().map(|apart| self.push_apart(APART, directions, apart));
        let near = directions.near.as_ref().map(|near| self.push_apart(NEAR, directions, near));
        quote!(#pushforward #seeded #apart #near)
    }

    /// What the option `sparse` adds.
    pub fn of_sparse(&self, directions: &Directions, elimination: Option<&Elimination>) -> TokenStream {
        let pushed = self.of_directions(directions);
        let pulled = self.derivatives().and_then(|derivatives| derivatives.cotangents.as_ref());
        let pulled =
            pulled.filter(|_| self.signature.function.ret.is_some()).map(|cotangents| self.pull_seeds(cotangents));
        let sparse = self.signature.function.ret.as_ref().map(|_| self.sparse_jacobian(directions, elimination));
        quote!(#pushed #pulled #sparse)
    }
}

/// The name of the type that stands for the tangent of a float: one that the user's function does not mention.
fn direction_name(signature: &Signature<'_>) -> Ident {
    let item = signature.item.to_token_stream();
    let free = ["D", "Dir", "Direction"].into_iter().find(|name| !mentions(&item, &[name]));
    format_ident!("{}", free.unwrap_or("DirectionOfTangents"))
}

fn float_type(float: &FloatTy) -> TokenStream {
    match float {
        FloatTy::F32 => quote!(f32),
        _ => quote!(f64),
    }
}

/// `Lanes<f64, 8>`
fn lanes(float: &TokenStream, width: &Literal) -> TokenStream {
    quote!(::chainrule::directions::Lanes<#float, #width>)
}
