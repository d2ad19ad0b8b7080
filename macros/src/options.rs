//! The options of the attribute, and `#[no_diff]`.

use crate::diagnostics::Diagnostics;
use crate::ir::{Param, Vars, Wrt};
use crate::lower::remove_checkpoints;
use crate::refusal::Refusal;
use crate::walk::{Change, Changing};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Ident, Token};

/// The highest order of derivatives; the size of generated code grows with its square.
const HIGHEST_ORDER: usize = 8;

/// `#[differentiable(..)]`
#[derive(Default)]
pub struct Options {
    /// The names in `wrt(..)`; `None` for every parameter that carries floats.
    wrt: Option<Vec<Ident>>,
    /// `simplify = false`: leave generated code as the transforms built it, to test that rewriting changes nothing.
    pub unsimplified: bool,
    /// `checkpoint`: the reverse sweep of a caller runs the function again instead of keeping what it computed.
    pub checkpoint: bool,
    /// `order = n`: how often the function can be differentiated; 1 unless it says otherwise.
    pub order: Option<usize>,
    /// `jacobian = mode`.
    pub jacobian: JacobianMode,
    /// `sparse`: Jacobians in compressed columns too.
    pub sparse: bool,
    /// Where `order`, `jacobian` and `sparse` stand.
    sites: Vec<(&'static str, Span)>,
    /// `custom_jvp = path`, `custom_vjp = path`.
    pub rules: Rules,
    refusals: Vec<(Span, Refusal)>,
}

/// The derivatives that the user gives.
#[derive(Default)]
pub struct Rules {
    /// The forward mode: `fn(args.., tangents) -> (R, R')`.
    pub jvp: Option<syn::ExprPath>,
    /// The reverse mode: `fn(args..) -> (R, impl Fn(R') -> G)`.
    pub vjp: Option<syn::ExprPath>,
}

impl Rules {
    /// One of the rules, if there is any.
    pub fn any(&self) -> Option<&syn::ExprPath> {
        self.jvp.as_ref().or(self.vjp.as_ref())
    }
}

/// How Jacobians are accumulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JacobianMode {
    /// What is less work; a method has no Jacobian.
    #[default]
    Unasked,
    /// What is less work.
    Auto,
    /// Column by column.
    Forward,
    /// Row by row.
    Reverse,
    /// By vertex elimination.
    CrossCountry,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            options.parse_one(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    fn parse_one(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let name: Ident = input.parse()?;
        match name.to_string().as_str() {
            "wrt" => {
                let content;
                syn::parenthesized!(content in input);
                let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(&content, Ident::parse_any)?;
                self.wrt.get_or_insert_default().extend(names);
            }
            "simplify" => {
                input.parse::<Token![=]>()?;
                self.unsimplified = !input.parse::<syn::LitBool>()?.value;
            }
            "checkpoint" => self.checkpoint = true,
            "order" => {
                self.sites.push(("order = 2", name.span()));
                input.parse::<Token![=]>()?;
                let literal = input.parse::<syn::LitInt>()?;
                match literal.base10_parse::<usize>() {
                    Ok(order @ 1..=HIGHEST_ORDER) => self.order = Some(order),
                    _ => self.refusals.push((literal.span(), Refusal::Order)),
                }
            }
            "jacobian" => {
                self.sites.push(("jacobian = auto", name.span()));
                input.parse::<Token![=]>()?;
                let mode = input.parse::<Ident>()?;
                match mode.to_string().as_str() {
                    "auto" => self.jacobian = JacobianMode::Auto,
                    "forward" => self.jacobian = JacobianMode::Forward,
                    "reverse" => self.jacobian = JacobianMode::Reverse,
                    "cross_country" => self.jacobian = JacobianMode::CrossCountry,
                    other => self.refusals.push((mode.span(), Refusal::JacobianMode(other.to_owned()))),
                }
            }
            "sparse" => {
                self.sites.push(("sparse", name.span()));
                self.sparse = true;
            }
            "custom_jvp" => {
                input.parse::<Token![=]>()?;
                self.rules.jvp = Some(input.parse()?);
            }
            "custom_vjp" => {
                input.parse::<Token![=]>()?;
                self.rules.vjp = Some(input.parse()?);
            }
            unknown => {
                self.refusals.push((name.span(), Refusal::UnknownOption(unknown.to_owned())));
                skip_value(input)?;
            }
        }
        Ok(())
    }

    /// The options of one method, in a block with these.
    pub fn of_method(&self, own: Option<Self>) -> Self {
        let own = own.unwrap_or_default();
        let unsimplified = self.unsimplified || own.unsimplified;
        Self { unsimplified, checkpoint: self.checkpoint || own.checkpoint, ..own }
    }

    /// Refuses what belongs to one method; of an operator's block, which has only one, the order is that of the method.
    pub fn check_block(&self, span: Span, is_operator: bool, diagnostics: &mut Diagnostics) {
        for (span, refusal) in &self.refusals {
            diagnostics.refuse(*span, refusal);
        }
        if let Some(names) = &self.wrt {
            let span = names.first().map_or(span, Ident::span);
            diagnostics.refuse(span, &Refusal::BlockOption("wrt(..)"));
        }
        for (name, span) in self.sites.iter().filter(|(name, _)| !(is_operator && *name == "order = 2")) {
            diagnostics.refuse(*span, &Refusal::BlockOption(name));
        }
        for (rule, name) in [(&self.rules.jvp, "custom_jvp = path"), (&self.rules.vjp, "custom_vjp = path")] {
            if let Some(path) = rule {
                diagnostics.refuse(path.span(), &Refusal::BlockOption(name));
            }
        }
    }

    /// Refuses what a method has no use for. Of a trait's method, the trait has the Jacobian. Whether anything is left to
    /// generate.
    pub fn check_method(&self, of_trait: bool, of_implementation: bool, diagnostics: &mut Diagnostics) -> bool {
        for (name, span) in &self.sites {
            let refusal = match self.jacobian {
                _ if *name == "order = 2" && !of_trait => continue,
                _ if *name == "order = 2" => Refusal::OrderOfTrait,
                _ if !name.starts_with("jacobian") => Refusal::OptionOfFunctions(name),
                JacobianMode::CrossCountry => Refusal::OptionOfFunctions("jacobian = cross_country"),
                _ if of_implementation => Refusal::JacobianOfImplementation,
                _ => continue,
            };
            diagnostics.refuse(*span, &refusal);
        }
        self.jacobian != JacobianMode::CrossCountry
    }

    /// Whether `wrt(..)` leaves a parameter in.
    pub fn names(&self, param: &str) -> bool {
        self.wrt.as_ref().is_none_or(|names| names.iter().any(|name| name == param))
    }

    /// Reports what is wrong with the options.
    pub fn check_wrt(&self, params: &[Param], vars: &Vars, diagnostics: &mut Diagnostics) {
        for (span, refusal) in &self.refusals {
            diagnostics.refuse(*span, refusal);
        }
        let wrt = self.wrt.as_deref().unwrap_or_default();
        for (position, ident) in wrt.iter().enumerate() {
            let name = ident.to_string();
            match params.iter().find(|param| vars[param.var].name == name) {
                _ if wrt[..position].contains(ident) => diagnostics.refuse(ident.span(), &Refusal::RepeatedWrt(name)),
                None => {
                    let known: Vec<_> = params.iter().map(|param| format!("`{}`", vars[param.var].name)).collect();
                    diagnostics.refuse(ident.span(), &Refusal::UnknownWrt { name, known: known.join(", ") });
                }
                Some(param) if param.wrt == Wrt::Inert => {
                    diagnostics.refuse(ident.span(), &Refusal::InertWrt(name));
                }
                Some(param) if param.wrt == Wrt::Excluded => {
                    diagnostics.refuse(ident.span(), &Refusal::ContradictoryWrt(name));
                }
                Some(_) => {}
            }
        }
    }
}

/// Skips `= value` or `(..)`.
fn skip_value(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        input.parse::<syn::Expr>()?;
    } else if input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        content.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}

/// Whether `#[no_diff]` is among the attributes.
pub fn has_no_diff(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("no_diff"))
}

/// Removes the attributes that only the macro understands from a function: of parameters, `let` statements and loops.
pub fn remove_marks(sig: &mut syn::Signature, body: Option<&mut syn::Block>) {
    remove_no_diff(sig);
    if let Some(body) = body {
        remove_no_diff_inside(body);
        remove_checkpoints(body);
    }
}

/// Removes those of parameters.
pub fn remove_no_diff(sig: &mut syn::Signature) {
    for input in &mut sig.inputs {
        let attrs = match input {
            syn::FnArg::Typed(typed) => &mut typed.attrs,
            syn::FnArg::Receiver(receiver) => &mut receiver.attrs,
        };
        attrs.retain(|attr| !attr.path().is_ident("no_diff"));
    }
}

/// Removes them from the `let` statements of a body.
fn remove_no_diff_inside(body: &mut syn::Block) {
    struct Remove;
    impl Change for Remove {
        fn local(&mut self, local: &mut syn::Local) -> bool {
            local.attrs.retain(|attr| !attr.path().is_ident("no_diff"));
            true
        }
        // an item inside has attributes of its own
        fn item(&mut self, _: &mut syn::Item) -> bool {
            false
        }
    }
    Changing(&mut Remove).visit_block_mut(body);
}
