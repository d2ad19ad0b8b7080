//! The linear maps of operations whose rules are in the runtime.

use super::Emitter;
use crate::ir::expr::MapFn;
use crate::ir::{Expr, MatrixOp, Slope};
use crate::rules::Prim;
use proc_macro2::{Span, TokenStream};
use quote::quote;

impl Emitter<'_> {
    /// `::chainrule::rules::name::push_0(&a, &b, &a_dot)` or `::pull_0(&a, &b, &z_bar)`
    pub fn linear(&self, op: &MatrixOp, slope: Slope, operands: &[Expr], seed: &Expr) -> TokenStream {
        let seed = self.owned_reference(seed);
        if let Some(scaled) = self.scaled_by_literal(op, slope, operands, &seed) {
            return scaled;
        }
        let args = operands.iter().map(|operand| self.reference(operand));
        let (direction, index) = match slope {
            Slope::Push(index) => ("push", index),
            Slope::Pull(index) => ("pull", index),
        };
        match op {
            MatrixOp::Operator(name) | MatrixOp::Method { name, .. } => {
                let name = quote::format_ident!("{name}");
                let function = quote::format_ident!("{direction}_{index}");
                quote!(::chainrule::rules::#name::#function(#(#args,)* #seed))
            }
            MatrixOp::Keep(_) => {
                let function = quote::format_ident!("{direction}_{index}");
                quote!(::chainrule::rules::Kept::#function(#(#args,)* #seed))
            }
            MatrixOp::Shared(name) => {
                let (name, function) = (quote::format_ident!("{name}"), quote::format_ident!("{direction}_{index}"));
                quote!(::chainrule::rules::methods::#name::#function(#(#args,)* #seed))
            }
            MatrixOp::Cast(to) => {
                let (direction, to) = (quote::format_ident!("{direction}"), super::expr::float_type(to));
                quote!(::chainrule::rules::cast::#direction::<#to, _>(#(#args,)* #seed))
            }
            MatrixOp::Map(_) | MatrixOp::MapOfResult(_) => {
                let direction = quote::format_ident!("{direction}");
                let closure = match op {
                    MatrixOp::Map(MapFn::Prim(prim, _)) => self.elementwise(*prim, false),
                    MatrixOp::Map(MapFn::Path(path)) => elementwise_call(&path.0, slope),
                    MatrixOp::MapOfResult(prim) => self.elementwise(*prim, true),
                    _ => TokenStream::new(),
                };
                quote!(::chainrule::rules::map::#direction(#(#args,)* #seed, #closure))
            }
        }
    }

    /// `2.0 * x`, `x * 2.0` and `x / 2.0` are linear in `x`, so they are their own derivatives. The literal's type follows
    /// from the other operand, as in the primal; a rule, which is generic in both, would leave it open.
    fn scaled_by_literal(
        &self,
        op: &MatrixOp,
        slope: Slope,
        operands: &[Expr],
        seed: &TokenStream,
    ) -> Option<TokenStream> {
        let MatrixOp::Operator(name) = op else { return None };
        let (Slope::Push(index) | Slope::Pull(index)) = slope;
        match (*name, index, operands) {
            ("mul", 1, [factor, _]) if is_literal(factor) => {
                let factor = self.expr(factor);
                Some(quote!((#factor * #seed)))
            }
            ("mul", 0, [_, factor]) if is_literal(factor) => {
                let factor = self.expr(factor);
                Some(quote!((#seed * #factor)))
            }
            ("div", 0, [_, divisor]) if is_literal(divisor) => {
                let divisor = self.expr(divisor);
                Some(quote!((#seed / #divisor)))
            }
            _ => None,
        }
    }

    /// `|x, seed| seed * dφ(x)`, or with the derivative by the value, `|z, seed| seed * (1.0 - z * z)`; forward and reverse are
    /// the same for a function of one variable.
    fn elementwise(&self, prim: Prim, of_result: bool) -> TokenStream {
        let x = named("x");
        let z = if of_result { named("z") } else { Expr::Prim(prim, vec![x.clone()]) };
        let slope = prim
            .partials(&[x], &z)
            .into_iter()
            .next()
            .and_then(|partial| partial.apply(named("seed")))
            .unwrap_or(Expr::float(0.0));
        let slope = self.expr(&slope);
        if of_result { quote!(|z, seed| #slope) } else { quote!(|x, seed| #slope) }
    }
}

/// `2.0` or `-2.0`
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Float(..) => true,
        Expr::Prim(Prim::Neg, args) => args.iter().all(is_literal),
        _ => false,
    }
}

/// The function's own derivative at one element.
fn elementwise_call(path: &TokenStream, slope: Slope) -> TokenStream {
    let (path, generics) = split_generics(path);
    match slope {
        Slope::Push(_) => quote!(|x, x_dot| #path::jvp #generics (x, x_dot).1),
        Slope::Pull(_) => quote!(|x, z_bar| {
            let mut x_bar = ::chainrule::Differentiable::zero_tangent(&x);
            #path::vjp_into #generics (x, &mut x_bar, z_bar);
            x_bar
        }),
    }
}

/// `relu::<T>` as `relu` and `::<T>`.
pub fn split_generics(path: &TokenStream) -> (TokenStream, TokenStream) {
    let Ok(mut path) = syn::parse2::<syn::Path>(path.clone()) else { return (path.clone(), TokenStream::new()) };
    let generics = match path.segments.last_mut() {
        Some(last) => match std::mem::replace(&mut last.arguments, syn::PathArguments::None) {
            syn::PathArguments::AngleBracketed(args) => {
                let args = args.args;
                quote!(::<#args>)
            }
            _ => TokenStream::new(),
        },
        None => TokenStream::new(),
    };
    (quote!(#path), generics)
}

fn named(name: &str) -> Expr {
    Expr::constant(proc_macro2::Ident::new(name, Span::call_site()).into())
}
