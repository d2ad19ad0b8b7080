//! The whole pipeline of `#[differentiable]` on one screen.

use crate::analysis::activity::analyse_activity;
use crate::custom::CustomRules;
use crate::derivatives::Derivatives;
use crate::diagnostics::Diagnostics;
use crate::elimination::{Elimination, Obstacle, eliminate, eliminate_unasked};
use crate::emit::{Home, Signature, emit_companion, emit_primal, emit_stub, source};
use crate::fragments::{WithoutGroups, name_types_of_constants, without_grouped_statements};
use crate::hygiene::separate_names;
use crate::idioms::reword;
use crate::ir::Function;
use crate::lifetimes::name_lifetimes;
use crate::lower::{Surroundings, check_qualifiers, lower_function, lower_signature, refuse_writes_to_copies, spot};
use crate::members::{expand_impl, expand_trait};
use crate::options::{JacobianMode, Options, remove_marks};
use crate::parameters::name_parameters;
use crate::refusal::Refusal;
use crate::symbolic::symbolic_gradient;
use crate::transform::directions::Directions;
use crate::transform::half_open::open_ranges;
use crate::walk::Changing;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;

/// Expands the attribute: the item as it was, and its derivatives.
pub fn expand_differentiable(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    let options = syn::parse2::<Options>(options).unwrap_or_else(|error| {
        diagnostics.error(error);
        Options::default()
    });
    let expanded = match syn::parse2::<syn::Item>(without_grouped_statements(item.clone())) {
        Ok(syn::Item::Fn(item)) => expand_function(item, &options, &mut diagnostics),
        Ok(syn::Item::Impl(block)) => expand_impl(block, &options, &mut diagnostics),
        Ok(syn::Item::Trait(block)) => expand_trait(block, &options, &mut diagnostics),
        Ok(other) => {
            diagnostics.refuse(other.span(), &Refusal::NotAFunction);
            item
        }
        Err(error) => {
            diagnostics.error(error);
            item
        }
    };
    let errors = diagnostics.finish().err();
    [Some(expanded), errors].into_iter().flatten().collect()
}

/// A free function and its companion.
pub fn expand_function(mut item: syn::ItemFn, options: &Options, diagnostics: &mut Diagnostics) -> TokenStream {
    Changing(&mut WithoutGroups).visit_item_fn_mut(&mut item);
    let mut primal = item.clone();
    remove_marks(&mut primal.sig, Some(&mut primal.block));
    separate_names(&mut item);
    name_parameters(&mut item);
    reword(&mut item);
    name_types_of_constants(&mut item.sig);
    name_lifetimes(&mut item.sig, None);
    if let Some(receiver) = item.sig.receiver() {
        diagnostics.refuse(receiver.span(), &Refusal::Method);
        return primal.into_token_stream();
    }
    let companion = match compile(&item, options, &Surroundings::default(), diagnostics) {
        Some(Compiled { function, source, formulas }) => {
            emit_companion(Signature::new(&function, &item, Home::Companion), &source, &formulas)
        }
        None => emit_stub(&item),
    };
    write_if_asked(&item.sig.ident, &companion, diagnostics);
    [emit_primal(&primal), companion].into_iter().collect()
}

/// A function with its derivatives.
pub struct Compiled {
    pub function: Function,
    pub source: Source,
    pub formulas: Vec<String>,
}

/// Where the derivatives of a function come from.
pub enum Source {
    /// The function itself.
    Body(Box<Derivatives>),
    /// The user.
    Rules(Box<CustomRules>),
    /// The implementations of the trait whose method it is.
    Implementations,
}

/// All stages between the source and the emission. `None` after an error, or where there is nothing to differentiate and
/// the surroundings allow that.
pub fn compile(
    item: &syn::ItemFn,
    options: &Options,
    around: &Surroundings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Compiled> {
    if options.rules.any().is_some() {
        if options.jacobian == JacobianMode::CrossCountry {
            diagnostics.refuse(item.sig.ident.span(), &Refusal::CrossCountry("a rule of your own"));
            return None;
        }
        if options.sparse {
            diagnostics.refuse(item.sig.ident.span(), &Refusal::Directions("a rule of your own"));
            return None;
        }
        let function = lower_signature(item, options, around, diagnostics)?;
        let rules = CustomRules::of(&function, options, around, diagnostics)?;
        return Some(Compiled { function, source: Source::Rules(Box::new(rules)), formulas: Vec::new() });
    }
    let mut errors = Diagnostics::new();
    let lowered = lower_and_analyse(item, options, around, &mut errors);
    if let Some(function) = &lowered {
        check_qualifiers(&item.sig, &mut errors);
        // what else is wrong says more
        if !errors.any() {
            refuse_writes_to_copies(function, &mut errors);
        }
    }
    let failed = errors.any();
    diagnostics.absorb(errors);
    let mut function = lowered.filter(|_| !failed)?;
    let formulas = symbolic_gradient(&function);
    let elimination = match plan_elimination(&function, !options.unsimplified) {
        Ok(elimination) => elimination,
        Err((span, refusal)) => {
            diagnostics.refuse(span, &refusal);
            return None;
        }
    };
    open_ranges(&mut function);
    match Derivatives::of(&mut function, elimination, !options.unsimplified) {
        Ok(mut derivatives) => {
            let along =
                if around.is_block() { Ok(()) } else { derivatives.along_directions(&function, !options.unsimplified) };
            if let Err((span, refusal)) = along {
                diagnostics.refuse(span, &refusal);
                return None;
            }
            let verified = derivatives.verify_directions(&function);
            let settled = if options.unsimplified { Ok(()) } else { derivatives.settle_stacks(&function) };
            if let Err(message) = verified.and(settled) {
                diagnostics.error(syn::Error::new(item.sig.ident.span(), message));
            }
            derivatives.directions.iter_mut().filter(|_| !options.unsimplified).for_each(Directions::keep_pairs);
            Some(Compiled { function, source: Source::Body(Box::new(derivatives)), formulas })
        }
        Err(message) => {
            diagnostics.error(syn::Error::new(item.sig.ident.span(), message));
            None
        }
    }
}

/// The Jacobian by vertex elimination, where the function asks for it.
fn plan_elimination(function: &Function, simplified: bool) -> Result<Option<Elimination>, Obstacle> {
    match function.jacobian {
        JacobianMode::CrossCountry => eliminate(function, simplified).map(Some),
        JacobianMode::Auto | JacobianMode::Unasked => Ok(eliminate_unasked(function, simplified)),
        JacobianMode::Forward | JacobianMode::Reverse => Ok(None),
    }
}

/// Lowers the function until every method that a derivative has to pass is known to be a call of a differentiable one.
fn lower_and_analyse(
    item: &syn::ItemFn,
    options: &Options,
    around: &Surroundings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Function> {
    let mut around = around.clone();
    loop {
        let mut found = Diagnostics::new();
        let Some(function) = lower_function(item, options, &around, &mut found) else {
            diagnostics.absorb(found);
            return None;
        };
        let unknown_methods = analyse_activity(&function, &mut found);
        let known = around.calls.len();
        around.calls.extend(unknown_methods.iter().map(|span| spot(*span)));
        if around.calls.len() == known {
            diagnostics.absorb(found);
            return Some(function);
        }
        found.discard();
    }
}

/// Writes generated code to a file, if the environment asks for it.
pub fn write_if_asked(name: &syn::Ident, generated: &TokenStream, diagnostics: &mut Diagnostics) {
    if let Err(message) = source::write_if_asked(&name.to_string(), generated) {
        diagnostics.error(syn::Error::new(name.span(), message));
    }
}
