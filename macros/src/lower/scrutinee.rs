//! What is matched: a place, or an element that may not be there.
//!
//! `xs.first()` is an `Option` of a reference, which no variable of the IR holds. So the test asks whether the element is there,
//! and the name in `Some(x)` stands for the element's own place, whose cotangent has the same path.

use super::matching::Matched;
use super::place::TRANSPARENT;
use super::structural::strip_reference;
use super::wrapped::Wrapper;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Expr, Place, Projection, Ty};
use crate::refusal::Refusal;
use syn::spanned::Spanned;

/// What a pattern is matched against.
#[derive(Clone)]
pub struct Scrutinee {
    /// The place, or that of the element.
    pub place: Place,
    /// The type of what is in it.
    pub ty: Ty,
    /// Whether patterns bind references.
    pub by_reference: bool,
    /// Source that asks whether the element is there; `None` for a place that always is.
    pub present: Option<String>,
    /// What `split_first()` and `split_last()` give: the element and the others.
    pub parts: Option<Box<[(Place, Ty); 2]>>,
    /// Which parts of a tuple are references, where it is written out.
    pub references: Vec<bool>,
}

impl Lowerer<'_> {
    /// What an expression gives to be matched; a value that is no place gets a name first.
    pub fn scrutinee(&mut self, expr: &syn::Expr) -> Scrutinee {
        if let Some(element) = self.found_to_change(expr) {
            return self.scrutinee(&element);
        }
        if let Some(element) = self.optional_element(expr) {
            return element;
        }
        if let Some(option) = self.copied_option(expr) {
            let option = option.clone();
            return Scrutinee { by_reference: false, ..self.scrutinee(&option) };
        }
        if let Some((tuple, by_reference)) = self.tuple_of_elements(expr) {
            return Scrutinee { by_reference, ..self.scrutinee(&tuple) };
        }
        let by_reference = self.is_reference_value(expr);
        let (place, ty) = match self.base_place(expr) {
            Some(place) => place,
            None => {
                let value = self.lower_expr(strip(expr));
                let ty = value.ty.clone();
                let place = match value.expr {
                    Expr::Var(var) => Place::of(var),
                    Expr::Load(place) | Expr::Borrow(place, _) => place,
                    _ => Place::of(self.bind_temporary(value)),
                };
                (place, ty)
            }
        };
        let references = match strip(expr) {
            syn::Expr::Tuple(tuple) => tuple.elems.iter().map(|part| self.is_reference_value(part)).collect(),
            _ => Vec::new(),
        };
        Scrutinee { place, ty, by_reference, present: None, parts: None, references }
    }

    /// The same where patterns tell what the expression is.
    pub fn scrutinee_of<'p>(&mut self, expr: &syn::Expr, pats: impl IntoIterator<Item = &'p syn::Pat>) -> Scrutinee {
        let pats: Vec<&syn::Pat> = pats.into_iter().collect();
        // what no derivative reaches is copied through, with the references that it gives: `Some(&k)` of `map.get(key)`
        let referred =
            matches!(strip(expr), syn::Expr::MethodCall(_)) && pats.iter().any(|pat| is_some_of_reference(pat));
        let keyed = self.root_of(expr).is_some_and(|root| self.keyed.contains(&root));
        if referred && (keyed || self.optional_element_type(expr).is_none() && self.carries_nothing(expr)) {
            let copied = syntax::method_call(expr.clone(), syn::Ident::new("copied", expr.span()), []);
            return self.scrutinee(&syn::Expr::MethodCall(copied));
        }
        let wrapper = pats.into_iter().find_map(Wrapper::of_pattern);
        match wrapper.and_then(|wrapper| self.combination(expr, Some(wrapper))) {
            Some(combined) => self.scrutinee(&combined),
            None => self.scrutinee(expr),
        }
    }

    /// `option` of `option.copied()`, where the type of a variable tells that it is one.
    pub fn copied_option<'e>(&self, expr: &'e syn::Expr) -> Option<&'e syn::Expr> {
        let syn::Expr::MethodCall(call) = strip(expr) else { return None };
        let copies = matches!(call.method.to_string().as_str(), "copied" | "cloned") && call.args.is_empty();
        (copies && matches!(self.source_type(&call.receiver), Ty::Option(_))).then_some(&*call.receiver)
    }

    /// `(xs.first(), ys.get(i))` with values instead of references, and whether all parts were such.
    fn tuple_of_elements(&mut self, expr: &syn::Expr) -> Option<(syn::Expr, bool)> {
        let syn::Expr::Tuple(tuple) = strip(expr) else { return None };
        let mut tuple = tuple.clone();
        let (mut some, mut all) = (false, true);
        for part in &mut tuple.elems {
            let before = self.out.len();
            let element = self.optional_element(part).filter(|element| element.parts.is_none());
            self.out.truncate(before);
            all &= element.as_ref().is_some_and(|element| element.by_reference);
            if let Some(element) = element {
                some = true;
                *part = self.copied_element(part, &element.ty);
            }
        }
        some.then_some((syn::Expr::Tuple(tuple), all))
    }

    /// `match element { Some(found) => Some(*found), None => None }`; what is no float is cloned.
    pub fn copied_element(&mut self, element: &syn::Expr, ty: &Ty) -> syn::Expr {
        let found = self.reserved("found");
        let copy = match ty.is_float() {
            true => syntax::dereferenced(syntax::path(&found)),
            false => {
                let clone = syn::Ident::new("clone", element.span());
                syn::Expr::MethodCall(syntax::method_call(syntax::path(&found), clone, []))
            }
        };
        let value = syntax::call(syntax::word("Some"), [copy]);
        let cases =
            vec![(syntax::variant("Some", Some(&found)), value), (syntax::variant("None", None), syntax::word("None"))];
        syntax::matching(element, cases)
    }

    /// `xs.first()`, `xs.last()`, `xs.get(i)` and their `_mut`, copied or not.
    fn optional_element(&mut self, expr: &syn::Expr) -> Option<Scrutinee> {
        let mut option = strip(expr);
        let mut by_reference = true;
        let call = loop {
            let syn::Expr::MethodCall(call) = option else { return None };
            if !matches!(call.method.to_string().as_str(), "copied" | "cloned") || !call.args.is_empty() {
                break call;
            }
            by_reference = false;
            option = strip(&call.receiver);
        };
        let name = call.method.to_string();
        let end = match name.strip_suffix("_mut").unwrap_or(&name) {
            // of a `VecDeque`
            "front" => "first",
            "back" => "last",
            end => end,
        };
        if !matches!((end, call.args.len()), ("first" | "last" | "split_first" | "split_last", 0) | ("get", 1)) {
            return None;
        }
        if self.is_inert_source(strip_reference(&call.receiver)) || self.users.is_theirs(&call.receiver) {
            return None;
        }
        let (sequence, ty) = self.sliced(&call.receiver).filter(|(_, ty)| !ty.is_inert())?;
        let whole = super::marked(&sequence, &self.vars);
        if end.starts_with("split") {
            let present = Some(format!("!{whole}.is_empty()"));
            let parts = Some(Box::new(self.end_and_others(&sequence, ty.clone(), end == "split_first")));
            return Some(Scrutinee { place: sequence, ty, by_reference, present, parts, references: Vec::new() });
        }
        if let Some(at) = call.args.first() {
            let (place, ty, present) = self.positioned(sequence, ty, at)?;
            return Some(Scrutinee {
                place,
                ty,
                by_reference,
                present: Some(present),
                parts: None,
                references: Vec::new(),
            });
        }
        let present = format!("!{whole}.is_empty()");
        let at = if end == "first" {
            Expr::integer(0)
        } else {
            let length = self.length_of(&sequence, "len");
            self.bound_integer("last", "a.saturating_sub(1)", &[&length])
        };
        let place = sequence.project(Projection::Index(Box::new(at)));
        Some(Scrutinee { place, ty, by_reference, present: Some(present), parts: None, references: Vec::new() })
    }

    /// The type of an element that may not be there; nothing is emitted.
    fn optional_element_type(&mut self, expr: &syn::Expr) -> Option<Ty> {
        let before = self.out.len();
        let element = self.optional_element(expr);
        self.out.truncate(before);
        element.map(|element| element.ty)
    }

    /// Takes a pattern apart that is matched against a scrutinee.
    pub fn matched_in<'p>(&mut self, pat: &'p syn::Pat, scrutinee: &Scrutinee) -> Matched<'p> {
        let Scrutinee { place, ty, by_reference, present, parts, references } = scrutinee;
        let Some(present) = present else {
            if references.contains(&true)
                && !by_reference
                && let Some(matched) = self.matched_parts(pat, place, ty, references)
            {
                return matched;
            }
            return self.matched(pat, place, ty, *by_reference);
        };
        match pat {
            syn::Pat::Paren(paren) => self.matched_in(&paren.pat, scrutinee),
            syn::Pat::TupleStruct(some) if some.path.is_ident("Some") && some.elems.len() == 1 => {
                let inner = match (parts, &some.elems[0]) {
                    (None, inner) => vec![self.matched(inner, place, ty, *by_reference)],
                    (Some(_), syn::Pat::Wild(_)) => Vec::new(),
                    (Some(parts), syn::Pat::Tuple(pair)) if pair.elems.len() == parts.len() => {
                        let parts = pair.elems.iter().zip(parts.iter());
                        parts.map(|(pat, (place, ty))| self.matched(pat, place, ty, true)).collect()
                    }
                    _ => {
                        self.diagnostics.refuse(pat.span(), &Refusal::Pattern);
                        Vec::new()
                    }
                };
                let tests: Vec<&str> = [present.as_str()]
                    .into_iter()
                    .chain(inner.iter().filter_map(|part| part.test.as_deref()))
                    .collect();
                let test = tests.join(" && ");
                Matched { test: Some(test), names: inner.into_iter().flat_map(|part| part.names).collect() }
            }
            syn::Pat::Ident(none) if none.ident == "None" => {
                Matched { test: Some(format!("!({present})")), names: Vec::new() }
            }
            syn::Pat::Wild(_) => Matched { test: None, names: Vec::new() },
            _ => {
                self.diagnostics.refuse(pat.span(), &Refusal::Pattern);
                Matched { test: None, names: Vec::new() }
            }
        }
    }

    /// The place of the payload of a variant, and its type. `unwrap` stands for `Some` and `Ok`.
    pub fn payload_place(&self, scrutinee: &Scrutinee, variant: &str) -> (Place, Ty) {
        let Scrutinee { place, ty, present, .. } = scrutinee.clone();
        if present.is_some() {
            return (place, ty);
        }
        let payload = place.project(Projection::payload(variant, "0"));
        let ty = match ty {
            Ty::Option(item) => *item,
            _ => self.vars.place_type(&payload),
        };
        (payload, ty)
    }

    /// The payload of a variant.
    pub fn payload_of(&mut self, scrutinee: &Scrutinee, variant: &str) -> Value {
        if let Some(parts) = &scrutinee.parts {
            let (exprs, types) =
                parts.iter().map(|(place, ty)| (Expr::Borrow(place.clone(), false), ty.clone())).unzip();
            return Value::new(Expr::Tuple(exprs), Ty::Tuple(types));
        }
        let (place, ty) = self.payload_place(scrutinee, variant);
        match scrutinee.present.is_some() && scrutinee.by_reference {
            true => Value::new(Expr::Borrow(place, false), ty),
            false => self.load_payload(place, ty),
        }
    }

    /// Source that asks for a variant.
    pub fn test_of_variant(&mut self, scrutinee: &Scrutinee, variant: &str) -> Expr {
        let value = super::marked(&scrutinee.place, &self.vars);
        let source = match &scrutinee.present {
            Some(present) => present.clone(),
            None if variant == "unwrap" => format!("::chainrule::__private::payload::has_payload(&{value})"),
            None => format!("matches!({value}, {variant}(_))"),
        };
        self.test_of(&scrutinee.place, source)
    }

    /// Whether an expression is a reference, so that patterns bind references.
    fn is_reference_value(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Reference(_) => true,
            expr @ syn::Expr::Path(_) => self.names_reference(expr),
            syn::Expr::MethodCall(call) => {
                let name = call.method.to_string();
                if name == "unwrap" || name == "expect" {
                    return name_of(&call.receiver).ends_with("_mut") && self.is_reference_value(&call.receiver);
                }
                let gives = ["iter", "first", "last", "front", "back", "get", "split_first", "split_last"];
                gives.contains(&name.strip_suffix("_mut").unwrap_or(&name)) || TRANSPARENT.contains(&name.as_str())
            }
            _ => false,
        }
    }
}

/// The name of the method that an expression calls.
fn name_of(expr: &syn::Expr) -> String {
    match strip(expr) {
        syn::Expr::MethodCall(call) => call.method.to_string(),
        _ => String::new(),
    }
}

/// `Some(&k)`
fn is_some_of_reference(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::TupleStruct(some) => {
            some.path.is_ident("Some") && matches!(some.elems.first(), Some(syn::Pat::Reference(_)))
        }
        syn::Pat::Paren(paren) => is_some_of_reference(&paren.pat),
        _ => false,
    }
}
