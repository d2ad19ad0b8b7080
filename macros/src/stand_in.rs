//! `#[derivative_of(path, ..)]`: a stand-in for a function of another crate.
//!
//! Takes a declaration without a body; returns a function that calls the one at the path, with the companion that its
//! custom rules give it. What comes after the path are the options of `#[differentiable]`.

use crate::diagnostics::Diagnostics;
use crate::differentiable::expand_function;
use crate::emit::{emit_call_of, emit_primal, emit_stub};
use crate::options::{Options, remove_no_diff};
use crate::refusal::Refusal;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Token;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;

/// `libm::erf, custom_jvp = erf_jvp`
struct StandIn {
    path: syn::ExprPath,
    options: Options,
}

impl Parse for StandIn {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Self { path, options: input.parse()? })
    }
}

/// `fn erf(x: f64) -> f64;`
struct Declaration {
    attrs: Vec<syn::Attribute>,
    vis: syn::Visibility,
    sig: syn::Signature,
    body: Option<syn::Block>,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let (vis, sig) = (input.parse()?, input.parse()?);
        let body = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            None
        } else {
            Some(input.parse()?)
        };
        Ok(Self { attrs, vis, sig, body })
    }
}

/// Expands the attribute: the function, and its derivatives.
pub fn expand_derivative_of(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    let parsed = syn::parse2::<StandIn>(arguments).and_then(|stand_in| Ok((stand_in, syn::parse2(item.clone())?)));
    let expanded = match parsed {
        Ok((stand_in, declaration)) => expand_stand_in(&stand_in, declaration, &mut diagnostics),
        Err(error) => {
            diagnostics.error(error);
            TokenStream::new()
        }
    };
    let errors = diagnostics.finish().err();
    [Some(expanded), errors].into_iter().flatten().collect()
}

fn expand_stand_in(stand_in: &StandIn, declaration: Declaration, diagnostics: &mut Diagnostics) -> TokenStream {
    let Declaration { attrs, vis, sig, body } = declaration;
    let found = body.as_ref().map(|body| (body.span(), Refusal::BodyOfStandIn));
    let without_rule = || (stand_in.path.span(), Refusal::StandInWithoutRule(written(&stand_in.path)));
    let found = found.or_else(|| stand_in.options.rules.any().is_none().then(without_rule));
    let block = body.unwrap_or_else(|| emit_call_of(&stand_in.path, &sig));
    let mut item = syn::ItemFn { attrs, vis, modifiers: syn::FnModifiers::default(), sig, block: Box::new(block) };
    let Some((span, refusal)) = found else { return expand_function(item, &stand_in.options, diagnostics) };
    diagnostics.refuse(span, &refusal);
    remove_no_diff(&mut item.sig);
    [emit_primal(&item), emit_stub(&item)].into_iter().collect()
}

/// A path as the user would write it.
fn written(path: &syn::ExprPath) -> String {
    path.to_token_stream().to_string().replace(" :: ", "::").replace("< ", "<").replace(" >", ">")
}
