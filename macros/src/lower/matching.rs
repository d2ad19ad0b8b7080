//! Patterns that may not match: their test, and the places that their names stand for.
//!
//! Takes a pattern and the place that is matched; returns a test in copied source (`matches!(place, Some(_))`), and each
//! name with the place of its part. The cotangent of a part has the same path, so no rule knows of patterns.

use super::choice::{Arm, Body};
use super::refutable::{is_constant, is_letter, is_refutable, is_text, is_variant, names_something, without_names};
use super::scope::Binding;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Access, Expr, Opaque, Payload, Place, Projection, Role, Tokens, Ty, Var, Wish};
use crate::refusal::Refusal;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::rc::Rc;
use syn::spanned::Spanned;

/// A name in a pattern and what it stands for.
#[derive(Clone)]
pub struct Name<'p> {
    ident: &'p syn::Ident,
    mutable: bool,
    /// Whether the name is a reference to the part.
    reference: bool,
    place: Place,
    ty: Ty,
}

/// What a pattern asks and names.
pub struct Matched<'p> {
    /// Source of the test; `None` if the pattern always matches, as far as its form tells.
    pub test: Option<String>,
    /// The names, in order.
    pub names: Vec<Name<'p>>,
}

impl Lowerer<'_> {
    /// Takes a pattern apart that is matched against a place.
    pub fn matched<'p>(&mut self, pat: &'p syn::Pat, place: &Place, ty: &Ty, by_reference: bool) -> Matched<'p> {
        let mut names = Vec::new();
        self.collect(pat, place.clone(), ty.clone(), by_reference, &mut names);
        Matched { test: self.test_of_pattern(pat, place, ty), names }
    }

    /// The same of a tuple of which some parts are references: `match (name, &args[..]) { (_, [a]) => *a, .. }`.
    pub fn matched_parts<'p>(
        &mut self,
        pat: &'p syn::Pat,
        place: &Place,
        ty: &Ty,
        references: &[bool],
    ) -> Option<Matched<'p>> {
        match pat {
            syn::Pat::Paren(paren) => self.matched_parts(&paren.pat, place, ty, references),
            syn::Pat::Tuple(tuple) => {
                let mut names = Vec::new();
                for (index, part) in self.positions(pat.span(), &tuple.elems) {
                    let place = place.clone().project(Projection::Field(index.to_string()));
                    let ty = self.vars.place_type(&place);
                    self.collect(part, place, ty, references.get(index).is_some_and(|known| *known), &mut names);
                }
                Some(Matched { test: self.test_of_pattern(pat, place, ty), names })
            }
            _ => None,
        }
    }

    fn test_of_pattern(&self, pat: &syn::Pat, place: &Place, ty: &Ty) -> Option<String> {
        is_refutable(pat).then(|| {
            // text is matched by reference, and what a reference refers to without its `&`
            let is_reference = place.is_whole() && self.vars[place.root].access != Access::Owned;
            let is_part = matches!(place.path.last(), Some(Projection::Range(_)));
            let scrutinee = match (is_reference || is_part) && is_text(pat) {
                true => crate::emit::marked_place(place, true, &self.vars).to_string(),
                false => super::marked(place, &self.vars),
            };
            let pat = match pat {
                syn::Pat::Reference(inner) if is_reference || !place.is_whole() => &*inner.pat,
                pat => pat,
            };
            match pat {
                syn::Pat::Lit(lit) if ty.is_scalar() => format!("{scrutinee} == {}", lit.to_token_stream()),
                // of what may be a `Vec`, whose elements are matched as those of a slice
                syn::Pat::Slice(_) if matches!(ty, Ty::Vec(_) | Ty::Unknown) => {
                    format!("matches!({scrutinee}[..], {})", without_names(pat))
                }
                pat => format!("matches!({scrutinee}, {})", without_names(pat)),
            }
        })
    }

    fn collect<'p>(&mut self, pat: &'p syn::Pat, place: Place, ty: Ty, reference: bool, names: &mut Vec<Name<'p>>) {
        match pat {
            syn::Pat::Ident(ident) => {
                if let Some((_, inner)) = &ident.subpat {
                    self.collect(inner, place.clone(), ty.clone(), reference, names);
                } else if is_constant(&ident.ident) && !is_letter(&ident.ident) {
                    return;
                }
                let reference = reference || ident.by_ref.is_some();
                let mutable = ident.mutability.is_some();
                names.push(Name { ident: &ident.ident, mutable, reference, place, ty });
            }
            syn::Pat::Paren(paren) => self.collect(&paren.pat, place, ty, reference, names),
            syn::Pat::Reference(inner) => self.collect(&inner.pat, place, ty, false, names),
            syn::Pat::Type(typed) => self.collect(&typed.pat, place, ty, reference, names),
            syn::Pat::Tuple(tuple) => {
                for (index, part) in self.positions(pat.span(), &tuple.elems) {
                    let place = place.clone().project(Projection::Field(index.to_string()));
                    let ty = self.vars.place_type(&place);
                    self.collect(part, place, ty, reference, names);
                }
            }
            syn::Pat::TupleStruct(tuple) => {
                for (index, part) in self.positions(pat.span(), &tuple.elems) {
                    let place = place.clone().project(payload(&tuple.path, &index.to_string(), false));
                    let ty = self.vars.place_type(&place);
                    self.collect(part, place, ty, reference, names);
                }
            }
            syn::Pat::Struct(node) => {
                for field in &node.fields {
                    let name = match &field.member {
                        syn::Member::Named(name) => name.to_string(),
                        syn::Member::Unnamed(index) => index.index.to_string(),
                    };
                    let place = place.clone().project(part_of(&node.path, &name));
                    let ty = self.vars.place_type(&place);
                    self.collect(&field.pat, place, ty, reference, names);
                }
            }
            syn::Pat::Slice(slice) => self.collect_items(slice, &place, reference, names),
            // its names stand at different places; the arms are taken one by one
            syn::Pat::Or(or) if or.cases.iter().any(names_something) => {
                self.diagnostics.refuse(pat.span(), &Refusal::Pattern);
            }
            syn::Pat::Wild(_)
            | syn::Pat::Lit(_)
            | syn::Pat::Range(_)
            | syn::Pat::Path(_)
            | syn::Pat::Const(_)
            | syn::Pat::Rest(_)
            | syn::Pat::Or(_) => {}
            _ => self.diagnostics.refuse(pat.span(), &Refusal::Pattern),
        }
    }

    /// The parts of a tuple with their positions; `..` may stand only last.
    fn positions<'p>(
        &mut self,
        span: Span,
        parts: &'p syn::punctuated::Punctuated<syn::Pat, syn::Token![,]>,
    ) -> Vec<(usize, &'p syn::Pat)> {
        match parts.iter().position(|part| matches!(part, syn::Pat::Rest(_))) {
            Some(rest) if rest + 1 < parts.len() => {
                self.diagnostics.refuse(span, &Refusal::Pattern);
                Vec::new()
            }
            Some(rest) => parts.iter().take(rest).enumerate().collect(),
            None => parts.iter().enumerate().collect(),
        }
    }

    /// `[first, .., last]`, `[a, rest @ ..]`
    fn collect_items<'p>(
        &mut self,
        slice: &'p syn::PatSlice,
        place: &Place,
        reference: bool,
        names: &mut Vec<Name<'p>>,
    ) {
        let is_rest = |part: &syn::Pat| match part {
            syn::Pat::Rest(_) => true,
            syn::Pat::Ident(ident) => matches!(&ident.subpat, Some((_, inner)) if matches!(**inner, syn::Pat::Rest(_))),
            _ => false,
        };
        let rest = slice.elems.iter().position(is_rest);
        let behind = rest.map_or(0, |rest| slice.elems.len() - 1 - rest);
        let whole = super::marked(place, &self.vars);
        for (index, part) in slice.elems.iter().enumerate() {
            let from_end = slice.elems.len() - index;
            let step = match rest {
                Some(rest) if index == rest => {
                    let syn::Pat::Ident(ident) = part else { continue };
                    let bounds = format!("{index}..{whole}.len() - {behind}");
                    let range = self.test_of(place, bounds);
                    let place = place.clone().project(Projection::Range(Box::new(range)));
                    let ty = self.vars.place_type(&place);
                    names.push(Name { ident: &ident.ident, mutable: false, reference: true, place, ty });
                    continue;
                }
                Some(rest) if index > rest => self.test_of(place, format!("{whole}.len() - {from_end}")),
                _ => Expr::constant(proc_macro2::Literal::usize_unsuffixed(index).into()),
            };
            let place = place.clone().project(Projection::Index(Box::new(step)));
            let ty = self.vars.place_type(&place);
            self.collect(part, place, ty, reference, names);
        }
    }

    /// The place with names for the indices that ask for a length: no length is asked for while an element is lent to be changed, or
    /// when the list has become another.
    fn at_known_indices(&mut self, place: &Place) -> Place {
        let mut known = place.clone();
        for step in &mut known.path {
            let (Projection::Index(at) | Projection::Range(at)) = &*step else { continue };
            let Expr::Opaque(source) = &**at else { continue };
            if source.reads.is_empty() {
                continue;
            }
            match (&*step, crate::emit::bounds_of(source)) {
                (Projection::Range(_), Some((low, high))) => {
                    let end = Expr::Opaque(self.tokens_of(&source.reads, high));
                    let end = self.bind_temporary(Value::new(end, Ty::Int));
                    let high = super::marker(end, Span::call_site()).to_token_stream();
                    *step = Projection::Range(Box::new(crate::emit::range_of(&low, &high, vec![end])));
                }
                (Projection::Index(_), _) => {
                    let at = self.bind_temporary(Value::new((**at).clone(), Ty::Int));
                    *step = Projection::Index(Box::new(Expr::Var(at)));
                }
                _ => {}
            }
        }
        known
    }

    /// Binds a name of a pattern: to its place, or to a copy where the place may change.
    pub fn bind_matched(&mut self, name: &Name<'_>) {
        let root = &self.vars[name.place.root];
        let fixed = root.access == Access::Shared || (root.access == Access::Owned && !root.mutable);
        let mutable_reference = name.reference && !fixed;
        let place = if fixed { name.place.clone() } else { self.at_known_indices(&name.place) };
        if name.reference || (fixed && !name.mutable && !name.ty.is_scalar()) {
            let mut place = place;
            if let Some(Projection::Payload(payload)) = place.path.last_mut() {
                let wish = name.ident.to_string();
                let wish = if self.scopes.claim(&wish) { wish } else { self.vars.claim_name(&wish) };
                *payload = Rc::new(Payload { wish: Wish(Some(wish)), ..Payload::clone(payload) });
            }
            let binding = Binding::Alias { place, reference: name.reference, mutable: mutable_reference };
            return self.scopes.bind(&name.ident.to_string(), binding);
        }
        let value = Expr::copy_of(place, &name.ty);
        let var = match is_letter(name.ident) {
            // a constant of that name could not be bound
            true => self.letter(name),
            false => self.variable(name.ident, name.ty.clone(), name.mutable, None),
        };
        self.out.push(crate::ir::Stmt::Let(crate::ir::Pattern::Var(var), value));
    }

    /// A variable for a name in capitals, under another name.
    fn letter(&mut self, name: &Name<'_>) -> Var {
        let wish = name.ident.to_string().to_lowercase();
        let var = self.vars.temporary(&wish, name.ty.clone(), name.ident.span());
        (self.vars[var].role, self.vars[var].mutable) = (Role::Primal, name.mutable);
        self.scopes.bind(&name.ident.to_string(), Binding::Var(var));
        var
    }

    /// Reads a payload by value.
    pub fn load_payload(&self, place: Place, ty: Ty) -> Value {
        Value::new(Expr::copy_of(place, &ty), ty)
    }

    /// Source that reads a place, as an expression.
    pub fn test_of(&self, place: &Place, source: String) -> Expr {
        let tokens = source.parse::<TokenStream>().unwrap_or_default();
        let mut reads = vec![place.root];
        for var in crate::emit::marked_vars(&tokens) {
            if !reads.contains(&var) {
                reads.push(var);
            }
        }
        Expr::Opaque(self.tokens_of(&reads, tokens))
    }

    /// The condition of an `if`: a test, and what its patterns name. Several patterns are joined by `&&`.
    pub fn condition<'e>(&mut self, cond: &'e syn::Expr) -> Option<(Expr, Vec<Name<'e>>)> {
        let parts = conjuncts(cond);
        if !parts.iter().any(|part| matches!(part, syn::Expr::Let(_))) {
            let value = self.lower_expr(cond);
            let test = match value.expr {
                Expr::Opaque(opaque) => Expr::Opaque(opaque),
                expr => self.atom(Value::new(expr, Ty::Bool)),
            };
            return Some((test, Vec::new()));
        }
        self.scopes.enter();
        let mut tests = Vec::new();
        let mut copied = Vec::new();
        let mut names = Vec::new();
        for (position, part) in parts.into_iter().enumerate() {
            match part {
                syn::Expr::Let(part) => {
                    let scrutinee = self.scrutinee_of(&part.expr, [&*part.pat]);
                    if position > 0 && scrutinee.present.is_none() && self.lower_place(&part.expr).is_none() {
                        self.diagnostics.refuse(part.expr.span(), &Refusal::LetChain);
                    }
                    let matched = self.matched_in(&part.pat, &scrutinee);
                    tests.extend(matched.test);
                    // a later part of the chain sees the names
                    for name in &matched.names {
                        let binding =
                            Binding::Alias { place: name.place.clone(), reference: name.reference, mutable: false };
                        self.scopes.bind(&name.ident.to_string(), binding);
                    }
                    names.extend(matched.names);
                }
                part => {
                    let part = self.opaque(part, None);
                    tests.push(format!("({})", part.tokens.0));
                    copied.push(part);
                }
            }
        }
        self.scopes.leave_flattened();
        let source = if tests.is_empty() { "true".to_owned() } else { tests.join(" && ") };
        let tokens = source.parse::<TokenStream>().unwrap_or_default();
        let reads = crate::emit::marked_vars(&tokens);
        Some((with_effects(Expr::Opaque(self.tokens_of(&reads, tokens)), &copied), names))
    }

    /// The arms of a `match`.
    pub fn match_arms<'e>(&mut self, node: &'e syn::ExprMatch) -> Option<Vec<Arm<'e>>> {
        let scrutinee = self.scrutinee_of(&node.expr, node.arms.iter().map(|arm| &arm.pat));
        let mut arms = Vec::new();
        let count = node.arms.len();
        for (position, arm) in node.arms.iter().enumerate() {
            let (pat, guard) = match &arm.pat {
                syn::Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
                pat => (pat, None),
            };
            let cases: Vec<&syn::Pat> = match pat {
                syn::Pat::Or(or) if or.cases.iter().any(names_something) => or.cases.iter().collect(),
                pat => vec![pat],
            };
            let last_case = cases.len() - 1;
            for (index, pat) in cases.into_iter().enumerate() {
                let matched = self.matched_in(pat, &scrutinee);
                let guard = guard.map(|guard| self.guard(guard, &matched.names));
                let asked = guard.as_ref().map(|guard| format!("({})", guard.tokens.0));
                let source: Vec<String> = matched.test.into_iter().chain(asked).collect();
                let certain = source.is_empty() || (position + 1 == count && index == last_case);
                let test = (!certain).then(|| self.test_of(&scrutinee.place, source.join(" && ")));
                let test = test.map(|test| with_effects(test, guard.as_slice()));
                arms.push(Arm { test, names: matched.names, body: Body::Expr(&arm.body) });
            }
        }
        Some(arms)
    }

    /// The source of a guard, in which the names of the pattern are places.
    fn guard(&mut self, guard: &syn::Expr, names: &[Name<'_>]) -> Opaque {
        self.scopes.enter();
        for name in names {
            // in a guard, what is moved later is still a reference
            let binding = Binding::Alias { place: name.place.clone(), reference: name.reference, mutable: false };
            self.scopes.bind(&name.ident.to_string(), binding);
        }
        let opaque = self.opaque(guard, None);
        self.scopes.leave_flattened();
        opaque
    }
}

/// A test that contains copied source changes what that changes.
fn with_effects(test: Expr, copied: &[Opaque]) -> Expr {
    let Expr::Opaque(mut test) = test else { return test };
    for part in copied {
        test.cheap &= part.cheap;
        if !part.writes.is_empty() {
            test.site = part.site;
            test.writes.extend(&part.writes);
        }
    }
    Expr::Opaque(test)
}

/// The step into a field of a struct, or into the payload of a variant.
pub fn part_of(path: &syn::Path, field: &str) -> Projection {
    if is_variant(path) { payload(path, field, true) } else { Projection::Field(field.to_owned()) }
}

/// The step into the payload of a variant or of a tuple struct.
pub fn payload(path: &syn::Path, field: &str, named: bool) -> Projection {
    let variant = syntax::last_segment(path).unwrap_or_default();
    Projection::Payload(Rc::new(Payload {
        path: Tokens(path.to_token_stream()),
        variant,
        field: field.to_owned(),
        named,
        wish: Wish::default(),
    }))
}

/// The parts of a condition that are joined by `&&`.
pub fn conjuncts(cond: &syn::Expr) -> Vec<&syn::Expr> {
    match strip(cond) {
        syn::Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            [conjuncts(&binary.left), conjuncts(&binary.right)].concat()
        }
        part => vec![part],
    }
}
