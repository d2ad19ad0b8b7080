//! Elements that are found in order to be changed: `xs.iter_mut().find(|x| **x > y)` is the element at the position where it is found,
//! `xs.get_mut(xs.iter().position(..).unwrap_or(usize::MAX))`.
//!
//! What else is selected among references of which each may be written through is refused: of the item only a copy would be known.

use super::{Lowerer, strip, syntax};
use proc_macro2::{Ident, Span};

/// Methods of iterators whose items are those of what they are called on.
const SAME_ITEMS: &[&str] = &[
    "filter",
    "rev",
    "skip",
    "take",
    "step_by",
    "enumerate",
    "zip",
    "chain",
    "skip_while",
    "take_while",
    "inspect",
    "cycle",
    "by_ref",
    "peekable",
];

impl Lowerer<'_> {
    /// The element as `xs.get_mut(position)`; `None` for everything else.
    pub fn found_to_change(&mut self, expr: &syn::Expr) -> Option<syn::Expr> {
        let syn::Expr::MethodCall(call) = strip(expr) else { return None };
        let (mut source, mut test) = (strip(&call.receiver), None);
        let name = call.method.to_string();
        let mut backwards = false;
        while let syn::Expr::MethodCall(inner) = source {
            match (inner.method.to_string().as_str(), inner.args.first()) {
                ("iter_mut", None) => break,
                ("rev", None) if name == "find" && !backwards => backwards = true,
                ("filter", Some(f)) if name == "next" && test.is_none() => test = Some(f.clone()),
                _ => return None,
            }
            source = strip(&inner.receiver);
        }
        let syn::Expr::MethodCall(source) = source else { return None };
        let sequence = (*source.receiver).clone();
        let before = self.out.len();
        let place = self.lower_place(&sequence);
        self.out.truncate(before);
        place.filter(|(place, ty)| !ty.is_inert() && !self.keyed.contains(&place.root))?;
        let of_sequence = |method: &str, args: Vec<syn::Expr>| {
            syn::Expr::MethodCall(syntax::method_call(sequence.clone(), Ident::new(method, Span::call_site()), args))
        };
        let at = match (name.as_str(), call.args.first()) {
            ("next", None) if test.is_none() => syn::parse_quote!(0),
            ("last", None) => {
                let length = of_sequence("len", Vec::new());
                syn::parse_quote!(#length.wrapping_sub(1))
            }
            ("nth", Some(position)) => position.clone(),
            ("find", Some(_)) | ("next", None) => {
                let test = test.or_else(|| call.args.first().cloned())?;
                let syn::Expr::Closure(closure) = strip(&test) else { return None };
                let (1, Some(pat)) = (closure.inputs.len(), closure.inputs.first()) else { return None };
                let (item, body) = (self.reserved("item"), &closure.body);
                let position = if backwards { "rposition" } else { "position" };
                let items = of_sequence("iter", Vec::new());
                let position = Ident::new(position, Span::call_site());
                syn::parse_quote!(#items.#position(|#item| { let #pat = &#item; #body }).unwrap_or(usize::MAX))
            }
            _ => return None,
        };
        Some(of_sequence("get_mut", vec![at]))
    }

    /// Whether the items of a chain are references through which they may be changed, by its form.
    pub fn lends_to_change(&self, chain: &syn::Expr) -> bool {
        match strip(chain) {
            syn::Expr::MethodCall(call) => {
                let name = call.method.to_string();
                let same = SAME_ITEMS.contains(&name.as_str());
                name.ends_with("_mut") && call.method != "get_mut"
                    || same
                        && (self.lends_to_change(&call.receiver)
                            || call.args.iter().any(|arg| self.lends_to_change(arg)))
                    || name == "into_iter" && self.lends_to_change(&call.receiver)
            }
            syn::Expr::Reference(reference) => reference.mutability.is_some(),
            _ => false,
        }
    }
}
