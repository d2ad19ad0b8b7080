//! Places as tokens.

use crate::ir::{Access, Expr, Payload, Place, Projection, Var, Vars};
use crate::lower::marker;
use crate::tokens::with_tokens;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;

/// A place in which variables are written as markers, for source that is copied through. With `reference`, a
/// reference to it.
pub fn marked_place(place: &Place, reference: bool, vars: &Vars) -> TokenStream {
    let root = marker(place.root, Span::call_site());
    let is_reference = vars[place.root].access != Access::Owned;
    let deref = place.is_whole() && is_reference;
    let in_payload = is_reference && matches!(place.path.first(), Some(Projection::Payload(_)));
    let start = if (deref && !reference) || in_payload { quote!((*#root)) } else { quote!(#root) };
    let path = place.path.iter().fold(start, marked_step);
    if reference && !deref { quote!((&#path)) } else { path }
}

fn marked_step(base: TokenStream, step: &Projection) -> TokenStream {
    match step {
        Projection::Field(name) => {
            let field = field(name, Span::call_site());
            quote!(#base #field)
        }
        Projection::Index(index) | Projection::Range(index) => {
            let index = marked_index(index);
            quote!(#base[#index])
        }
        Projection::View(name, sizes, args) => {
            let name = quote::format_ident!("{name}");
            let sizes = sizes.iter().map(|sizes| &sizes.0);
            let args = args.iter().map(marked_index);
            quote!(#base.#name #(::<#sizes>)* (#(#args),*))
        }
        Projection::Payload(payload) => match standard_payload(&payload.variant, false) {
            Some(function) => quote!((*::chainrule::__private::payload::#function(&#base))),
            None => payload_by_pattern(payload, &quote!(&#base)),
        },
    }
}

/// The function of the runtime for a variant of the standard library's.
fn standard_payload(variant: &str, mutable: bool) -> Option<proc_macro2::Ident> {
    let name = match variant {
        "Some" => "some",
        "Ok" => "ok",
        "Err" => "err",
        "unwrap" => "unwrapped",
        _ => return None,
    };
    Some(if mutable { quote::format_ident!("{name}_mut") } else { quote::format_ident!("{name}") })
}

/// Whether a variant is that of a type of the standard library's.
pub fn is_standard(variant: &str) -> bool {
    standard_payload(variant, false).is_some()
}

/// `*match &shape { Shape::Circle(part) => part, _ => unreachable!() }`
fn payload_by_pattern(payload: &Payload, reference: &TokenStream) -> TokenStream {
    let path = &payload.path.0;
    let part = proc_macro2::Ident::new("part", Span::mixed_site());
    let pattern = match payload.field.parse::<usize>() {
        Ok(index) if !payload.named => {
            let before = (0..index).map(|_| quote!(_));
            quote!(#path(#(#before,)* #part, ..))
        }
        _ => {
            let name = member(&payload.field);
            quote!(#path { #name: #part, .. })
        }
    };
    quote! {
        (*match #reference {
            #pattern => #part,
            #[allow(unreachable_patterns)]
            _ => ::chainrule::__private::payload::other_variant(),
        })
    }
}

/// A field in a pattern or in a literal.
pub fn member(name: &str) -> syn::Member {
    match name.parse::<u32>() {
        Ok(index) => syn::Member::Unnamed(syn::Index::from(index as usize)),
        Err(_) => {
            syn::Member::Named(syn::parse_str(name).unwrap_or_else(|_| syn::Ident::new("field", Span::call_site())))
        }
    }
}

/// `.name` or `.0`
fn field(name: &str, span: Span) -> TokenStream {
    match name.parse::<u32>() {
        Ok(index) => {
            let index = syn::Index::from(index as usize);
            quote!(.#index)
        }
        Err(_) => {
            let mut name: syn::Ident = syn::parse_str(name).unwrap_or_else(|_| syn::Ident::new("field", span));
            name.set_span(span);
            quote!(.#name)
        }
    }
}

pub fn marked_index(index: &Expr) -> TokenStream {
    match index {
        Expr::Opaque(opaque) => opaque.tokens.0.clone(),
        Expr::Var(var) => {
            let var = marker(*var, Span::call_site());
            quote!(#var)
        }
        _ => TokenStream::new(),
    }
}

/// The variables that stand in marked tokens.
pub fn marked_vars(tokens: &TokenStream) -> Vec<Var> {
    let mut vars = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) => vars.extend(marked_var(&ident)),
            TokenTree::Group(group) => vars.extend(marked_vars(&group.stream())),
            _ => {}
        }
    }
    vars
}

/// The variable that a marker stands for.
pub fn marked_var(ident: &proc_macro2::Ident) -> Option<Var> {
    ident.to_string().strip_prefix("__v").and_then(|digits| digits.parse().ok()).map(Var)
}

/// Replaces one marker by another.
pub fn rename_marked(tokens: TokenStream, from: Var, to: Var) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) if marked_var(&ident) == Some(from) => TokenTree::Ident(marker(to, ident.span())),
            TokenTree::Group(group) => with_tokens(&group, rename_marked(group.stream(), from, to)),
            other => other,
        })
        .collect()
}

impl super::Emitter<'_> {
    /// A variable's name.
    pub fn name(&self, var: Var) -> proc_macro2::Ident {
        let info = &self.vars[var];
        named(&info.name, info.span.resolved_at(Span::call_site()))
    }

    /// A place, to read or to write.
    pub fn place(&self, place: &Place, written: bool) -> TokenStream {
        match self.located(place, written) {
            (tokens, false) => tokens,
            (tokens, true) if place.is_whole() => quote!(*#tokens),
            (tokens, true) => quote!((*#tokens)),
        }
    }

    /// The place as a whole expression.
    pub fn load(&self, place: &Place) -> TokenStream {
        let (tokens, is_reference) = self.located(place, false);
        if is_reference { quote!(*#tokens) } else { tokens }
    }

    /// The place on the left of an assignment.
    pub fn assigned(&self, place: &Place) -> TokenStream {
        let (tokens, is_reference) = self.located(place, true);
        if is_reference { quote!(*#tokens) } else { tokens }
    }

    /// Whether a place is reached through a reference, so that reading it is a prefix operation.
    pub fn is_behind_reference(&self, place: &Place) -> bool {
        match place.path.last() {
            None => self.vars[place.root].access != Access::Owned,
            Some(Projection::Payload(_)) => self.located(place, false).1,
            Some(_) => false,
        }
    }

    /// A place, and whether it is written as a reference to it.
    pub fn located(&self, place: &Place, written: bool) -> (TokenStream, bool) {
        let (start, steps) = match self.named_part(place) {
            Some((name, copied, steps)) => ((quote!(#name), !copied), steps),
            None => {
                let root = self.name(place.root);
                ((quote!(#root), self.vars[place.root].access != Access::Owned), 0)
            }
        };
        let rest = place.path.iter().enumerate().skip(steps);
        rest.fold(start, |(base, is_reference), (index, step)| match step {
            Projection::Field(name) => {
                let field = field(name, self.vars.span_of_field(name));
                (quote!(#base #field), false)
            }
            Projection::Index(index) | Projection::Range(index) => {
                let index = self.expr(index);
                (quote!(#base[#index]), false)
            }
            Projection::Payload(payload) => {
                let of_field = index > 0 && matches!(place.path[index - 1], Projection::Field(_));
                let lent = match (is_reference, written) {
                    // a reference that may be changed is lent again
                    (true, _) if index == 0 && self.vars[place.root].access == Access::Mutable && !written => {
                        quote!(&*#base)
                    }
                    (true, _) => base.clone(),
                    (false, true) => quote!(&mut #base),
                    (false, false) => quote!(&#base),
                };
                self.payload(payload, (base, lent), place.root, written, of_field)
            }
            Projection::View(name, sizes, args) => {
                let name = if written { quote::format_ident!("{name}_mut") } else { quote::format_ident!("{name}") };
                let sizes = sizes.iter().map(|sizes| &sizes.0);
                let args = args.iter().map(|arg| self.expr(arg));
                (quote!(#base.#name #(::<#sizes>)* (#(#args),*)), false)
            }
        })
    }

    /// A reference to what a variant carries: of the user's value by a pattern, of its tangent by the method that `derive` makes.
    fn payload(
        &self,
        payload: &Payload,
        (base, lent): (TokenStream, TokenStream),
        root: Var,
        mutable: bool,
        of_field: bool,
    ) -> (TokenStream, bool) {
        // a field may have no derivative
        let function = match standard_payload(&payload.variant, mutable) {
            Some(_) if payload.variant == "Some" && of_field && self.vars.is_derivative(root) => {
                Some(quote::format_ident!("{}", if mutable { "unwrapped_mut" } else { "some_in_field" }))
            }
            function => function,
        };
        if let Some(function) = function {
            return (quote!(::chainrule::__private::payload::#function(#lent)), true);
        }
        if self.vars.is_derivative(root) {
            let prefix = if mutable { "__payload_mut" } else { "__payload" };
            let method =
                quote::format_ident!("{prefix}_{}_{}", payload.variant, payload.field.trim_start_matches("r#"));
            return (quote!(#base.#method()), true);
        }
        (payload_by_pattern(payload, &lent), false)
    }

    /// A reference to a place for a parameter of a known type: rustc has to know what is referred to before it makes a slice of a list.
    pub fn lent(&self, place: &Place, mutable: bool) -> TokenStream {
        let reference = self.borrow(place, mutable);
        match place.path.last() {
            Some(Projection::Payload(payload)) if is_standard(&payload.variant) && !self.is_named(place) => {
                match mutable {
                    true => quote!(&mut *#reference),
                    false => quote!(&*#reference),
                }
            }
            _ => reference,
        }
    }

    /// A reference to a place.
    pub fn borrow(&self, place: &Place, mutable: bool) -> TokenStream {
        if place.is_whole() {
            let root = self.name(place.root);
            return match (self.vars[place.root].access, mutable) {
                (Access::Shared, _) => quote!(#root),
                (Access::Owned, false) => quote!(&#root),
                (Access::Owned, true) => quote!(&mut #root),
                (Access::Mutable, false) => quote!(&*#root),
                (Access::Mutable, true) => quote!(&mut *#root),
            };
        }
        let (path, is_reference) = self.located(place, mutable);
        match mutable {
            _ if is_reference => path,
            true => quote!(&mut #path),
            false => quote!(&#path),
        }
    }

    /// Replaces the markers in copied source by names.
    pub fn unmarked(&self, tokens: TokenStream) -> TokenStream {
        tokens
            .into_iter()
            .map(|token| match token {
                TokenTree::Ident(ident) => match marked_var(&ident) {
                    Some(var) => {
                        let mut name = self.name(var);
                        // where the function itself comes out of a macro, the binding has the call site's hygiene
                        name.set_span(ident.span().resolved_at(Span::call_site()));
                        TokenTree::Ident(name)
                    }
                    None => TokenTree::Ident(ident),
                },
                TokenTree::Group(group) => match self.named_source(&group) {
                    Some(named) => named,
                    None => with_tokens(&group, self.unmarked(group.stream())),
                },
                other => other,
            })
            .collect()
    }
}

/// A name as it is written, with a number sign before a word of the language.
pub fn named(name: &str, span: Span) -> proc_macro2::Ident {
    match name.strip_prefix("r#") {
        Some(raw) => proc_macro2::Ident::new_raw(raw, span),
        None if name == "_" => proc_macro2::Ident::new("_counter", Span::call_site()),
        None => proc_macro2::Ident::new(name, span),
    }
}
