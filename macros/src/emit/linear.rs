//! The linear maps of operations whose rules are in the runtime.

use super::Emitter;
use crate::ir::expr::MapFn;
use crate::ir::{Expr, MatrixOp, Slope};
use crate::rules::Prim;
use proc_macro2::{Ident, Span, TokenStream};
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
        if let Some(rules) = rules_of(op) {
            let beside = op.literal_beside(index, operands).is_some().then(|| quote!(beside::));
            let function = quote::format_ident!("{direction}_{index}");
            return quote!(#rules::#beside #function(#(#args,)* #seed));
        }
        match op {
            MatrixOp::Keep("mul" | "div") => {
                let literal = operands.get(1 - index).map(|literal| self.reference(literal));
                let kept = operands.get(index).map(|kept| self.reference(kept));
                quote!(::chainrule::rules::KeptBeside::pull(#kept, #literal, #seed))
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
            _ => TokenStream::new(),
        }
    }

    /// The sum of tangents of a type that the macro does not know.
    pub fn sum(&self, terms: &[Expr]) -> TokenStream {
        if let Some(pushed) = self.pushed_along_both(terms) {
            return pushed;
        }
        let Some((first, rest)) = terms.split_first() else { return TokenStream::new() };
        let first = self.expr(first);
        // a name that hides none of the user's
        let sum = Ident::new("sum", Span::mixed_site());
        let rest = rest.iter().map(|term| self.accumulate(&quote!(&mut #sum), term));
        quote!({
            let mut #sum = #first;
            #(#rest)*
            #sum
        })
    }

    /// `::chainrule::rules::name::push(&a, &b, &a_dot, &b_dot)`, the sum of the pushes along both operands.
    fn pushed_along_both(&self, terms: &[Expr]) -> Option<TokenStream> {
        let (op, operands, [a_dot, b_dot]) = pushes_of_both(terms)?;
        let rules = rules_of(op)?;
        let args = operands.iter().map(|operand| self.reference(operand));
        let (a_dot, b_dot) = (self.owned_reference(a_dot), self.owned_reference(b_dot));
        Some(quote!(#rules::push(#(#args,)* #a_dot, #b_dot)))
    }

    /// `2.0 * x`, `x * 2.0` and `x / 2.0` are linear in a scalar or matrix `x`, so they are their own derivatives. The operator of another
    /// type may be any operation.
    fn scaled_by_literal(
        &self,
        op: &MatrixOp,
        slope: Slope,
        operands: &[Expr],
        seed: &TokenStream,
    ) -> Option<TokenStream> {
        let (Slope::Push(index) | Slope::Pull(index)) = slope;
        let factor = op.literal_beside(index, operands)?;
        let own = &operands[index];
        if !own.is_literal() && !self.vars.type_of(own).is_scaled() {
            return None;
        }
        let factor = self.expr(factor);
        Some(match (op, index) {
            (MatrixOp::Operator("mul"), 1) => quote!((#factor * #seed)),
            (MatrixOp::Operator("mul"), _) => quote!((#seed * #factor)),
            _ => quote!((#seed / #factor)),
        })
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

/// Where the linear maps of an operation are, one for each operand and direction.
fn rules_of(op: &MatrixOp) -> Option<TokenStream> {
    let named = |name: &str| quote::format_ident!("{name}");
    match op {
        MatrixOp::Operator(name) | MatrixOp::Method { name, .. } => {
            let name = named(name);
            Some(quote!(::chainrule::rules::#name))
        }
        MatrixOp::Shared(name) => {
            let name = named(name);
            Some(quote!(::chainrule::rules::methods::#name))
        }
        MatrixOp::Keep("mul" | "div") => None,
        MatrixOp::Keep(_) => Some(quote!(::chainrule::rules::Kept)),
        MatrixOp::Cast(_) | MatrixOp::Map(_) | MatrixOp::MapOfResult(_) => None,
    }
}

/// The operation, its operands and their tangents, where a sum is that of its pushes along both.
pub fn pushes_of_both(terms: &[Expr]) -> Option<(&MatrixOp, &[Expr], [&Expr; 2])> {
    let [
        Expr::Linear { op, slope: Slope::Push(0), operands, seed: a_dot },
        Expr::Linear { op: other, slope: Slope::Push(1), operands: others, seed: b_dot },
    ] = terms
    else {
        return None;
    };
    let has_both = matches!(op, MatrixOp::Operator(_) | MatrixOp::Shared(_)) && operands.len() == 2;
    let same = op == other && operands == others && !operands.iter().any(Expr::is_literal);
    (has_both && same).then_some((op, operands, [a_dot, b_dot]))
}
