//! Choices between variants, as a person writes them: a `match`, or `if let`, whose patterns name what the variants carry.
//!
//! Takes a chain of `if`s that ask for variants of the same value, `matches!(shape, Shape::Circle(_))`; a pattern then names what an arm
//! reads of it, and the arm reads the name. What the arm changes stays a place.

use super::Emitter;
use super::place::{is_standard, named};
use super::stmt::ParamNames;
use crate::ir::{Access, Block, Expr, Pattern, Payload, Place, Projection, Stmt, Var};
use crate::lower::name_part;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::parse::Parser;

/// What a pattern names.
pub struct Named {
    place: Place,
    /// The place in copied source.
    marked: String,
    name: Ident,
    /// Whether the name is a copy, and no reference.
    copied: bool,
}

/// One way to go.
struct Arm<'b> {
    pattern: syn::Pat,
    guard: TokenStream,
    named: Vec<Named>,
    block: &'b Block,
}

/// The arms of a chain of `if`s about one value.
struct Chain<'b> {
    /// The value in copied source.
    scrutinee: String,
    /// The value, which the places of all names start with.
    value: Option<Place>,
    arms: Vec<Arm<'b>>,
    /// What is done if no arm matches.
    otherwise: &'b Block,
    /// The same, where that reads the parts of the variant that is left.
    last: Option<Arm<'b>>,
}

impl Emitter<'_> {
    /// A choice between variants whose parts its arms read; whether it is an `if`.
    pub fn choice_of_variant(
        &self,
        cond: &Expr,
        then: &Block,
        otherwise: &Block,
        params: &ParamNames,
    ) -> Option<(TokenStream, bool)> {
        let chain = self.chain(cond, then, otherwise)?;
        let value = chain.value.as_ref()?;
        let arms = || chain.arms.iter().chain(&chain.last);
        let [some_copied, some_lent] =
            [true, false].map(|copied| arms().any(|arm| arm.named.iter().any(|name| name.copied == copied)));
        // beside a copy, or `&` in a pattern, a reference says that it is one
        let some_copied = some_copied || arms().any(|arm| mentions_reference(&arm.pattern));
        let patterns: Vec<syn::Pat> = arms().map(|arm| arm.with_names(value, some_copied && some_lent)).collect();
        let value = if some_copied { self.load(value) } else { self.borrow(value, false) };
        let is_last = chain.last.is_some();
        let is_all = is_last && chain.has_both_variants();
        let arms = chain.arms.into_iter().chain(chain.last);
        let blocks: Vec<(TokenStream, TokenStream)> = arms.map(|arm| self.arm(arm, params)).collect();
        if let ([pattern], [(guard, block)]) = (patterns.as_slice(), blocks.as_slice())
            && guard.is_empty()
        {
            let otherwise = self.otherwise(chain.otherwise, params);
            return Some((quote!(if let #pattern = #value { #block } #otherwise), true));
        }
        let arms = patterns.iter().zip(&blocks).map(|(pattern, (guard, block))| match guard.is_empty() {
            true => quote!(#pattern => { #block }),
            false => quote!(#pattern if #guard => { #block }),
        });
        let otherwise = match (is_all, is_last) {
            (true, _) => TokenStream::new(),
            (_, true) => quote!(
                #[allow(unreachable_patterns)]
                _ => ::chainrule::__private::payload::other_variant(),
            ),
            _ => {
                let otherwise = self.block(chain.otherwise, params);
                quote!(_ => { #otherwise })
            }
        };
        Some((quote!(match #value { #(#arms)* #otherwise }), false))
    }

    /// The arm's guard and its block, in which its names are known.
    fn arm(&self, arm: Arm<'_>, params: &ParamNames) -> (TokenStream, TokenStream) {
        let around = self.named.borrow().len();
        let is_named = |stmt: &Stmt| self.name_of(stmt, &arm.named).is_some();
        let stmts: Vec<Stmt> = arm.block.stmts.iter().filter(|stmt| !is_named(stmt)).cloned().collect();
        self.named.borrow_mut().extend(arm.named);
        let guard = self.unmarked(arm.guard);
        let stmts = self.stmts(&stmts, params);
        let result = arm.block.result.as_ref().map(|result| self.expr(result));
        self.named.borrow_mut().truncate(around);
        (guard, quote!(#stmts #result))
    }

    /// The `if`s that ask for variants of one value, from the first on. Those behind the last one whose parts are read are left out.
    fn chain<'b>(&self, cond: &Expr, then: &'b Block, otherwise: &'b Block) -> Option<Chain<'b>> {
        let Expr::Opaque(test) = cond else { return None };
        let [scrutinee, ..] = test.as_match()?;
        let mut chain = Chain { scrutinee: squeezed(&scrutinee), value: None, arms: Vec::new(), otherwise, last: None };
        let mut next = Some((cond, then, otherwise));
        while let Some((cond, then, otherwise)) = next.filter(|(cond, ..)| asks_for(cond, &chain.scrutinee)) {
            let Some(arm) = self.arm_of(cond, then, &mut chain) else { break };
            chain.arms.push(arm);
            chain.otherwise = otherwise;
            next = only_branch(otherwise);
        }
        chain.last = self.last_arm(&mut chain);
        (!chain.arms.is_empty()).then_some(chain)
    }

    /// What is left at the end, where it reads the parts of one variant before it decides anything else.
    fn last_arm<'b>(&self, chain: &mut Chain<'b>) -> Option<Arm<'b>> {
        let block = chain.otherwise;
        let mut parts = Vec::new();
        let mut find = |expr: &Expr| {
            for_each_certain_place(expr, &mut |place| {
                parts.extend(self.parts(place, &chain.scrutinee).into_iter().next())
            });
        };
        let certain = block.stmts.iter().take_while(|stmt| !matches!(stmt, Stmt::Require(_)));
        certain.for_each(|stmt| stmt.for_each_expr(&mut find));
        block.result.iter().for_each(find);
        let payloads: Vec<&Payload> = parts.iter().filter_map(|(part, _)| payload_of(part)).collect();
        let first = payloads.first().filter(|first| first.variant != "unwrap")?;
        let path = &first.path.0;
        let pattern = if first.named {
            let mut fields: Vec<&str> = Vec::new();
            for payload in &payloads {
                if !fields.contains(&payload.field.as_str()) {
                    fields.push(&payload.field);
                }
            }
            let fields = fields.into_iter().map(super::place::member);
            quote!(#path { #(#fields: _,)* .. })
        } else {
            let count = payloads.iter().filter_map(|payload| payload.field.parse::<usize>().ok()).max()? + 1;
            let parts = (0..count).map(|_| quote!(_));
            match is_standard(&first.variant) {
                true => quote!(#path(#(#parts),*)),
                false => quote!(#path(#(#parts,)* ..)),
            }
        };
        let arm = self.arm_with(pattern, TokenStream::new(), block, chain)?;
        (!arm.named.is_empty()).then_some(arm)
    }

    fn arm_of<'b>(&self, cond: &Expr, block: &'b Block, chain: &mut Chain<'b>) -> Option<Arm<'b>> {
        let Expr::Opaque(test) = cond else { return None };
        let [_, pattern, guard] = test.as_match().filter(|_| test.writes.is_empty())?;
        self.arm_with(self.unmarked(pattern), guard, block, chain)
    }

    fn arm_with<'b>(
        &self,
        pattern: TokenStream,
        guard: TokenStream,
        block: &'b Block,
        chain: &mut Chain<'b>,
    ) -> Option<Arm<'b>> {
        let pattern = syn::Pat::parse_multi.parse2(pattern).ok()?;
        let mut arm = Arm { pattern, guard, named: Vec::new(), block };
        let mut changed = BTreeSet::new();
        block.stmts.iter().for_each(|stmt| {
            stmt.for_each_write(&mut |var| {
                changed.insert(var);
            });
        });
        let mut parts = Vec::new();
        block.for_each_place(&mut |place| parts.extend(self.parts(place, &chain.scrutinee)));
        for (part, value) in parts {
            let mut reads = vec![part.root];
            part.for_each_index(&mut |index| index.for_each_read(&mut |var| reads.push(var)));
            let known = arm.named.iter().any(|named| named.place == part);
            if known || self.vars.is_derivative(part.root) || reads.iter().any(|var| changed.contains(var)) {
                continue;
            }
            let Some(named) = self.name_for(part, block, &arm.named) else { continue };
            if arm.names(&value, &named) {
                chain.value = Some(value);
                arm.named.push(named);
            }
        }
        Some(arm)
    }

    /// The parts of variants on the way to a place that starts with a value, and the value.
    fn parts(&self, place: &Place, scrutinee: &str) -> Vec<(Place, Place)> {
        let cut = |length: usize| Place { root: place.root, path: place.path[..length].to_vec() };
        let is_payload = |at: &usize| matches!(place.path[*at], Projection::Payload(_));
        let ends: Vec<usize> = (0..place.path.len()).filter(is_payload).map(|at| at + 1).collect();
        let Some(last) = ends.last() else { return Vec::new() };
        let is_value = |length: &usize| squeezed(&super::marked_place(&cut(*length), false, self.vars)) == scrutinee;
        let Some(value) = (0..*last).find(is_value) else { return Vec::new() };
        ends.into_iter().filter(|end| *end > value).map(|end| (cut(end), cut(value))).collect()
    }

    /// The name of a part: that of the variable that holds a copy of it, or what the source calls it.
    fn name_for(&self, place: Place, block: &Block, others: &[Named]) -> Option<Named> {
        let payload = payload_of(&place)?.clone();
        let copied = self.vars.place_type(&place).is_scalar();
        let marked = squeezed(&super::marked_place(&place, false, self.vars));
        let copy = block.stmts.iter().filter(|_| copied).find_map(|stmt| self.copy_of(stmt, &place));
        let name = match copy {
            Some(var) => self.name(var),
            None => self.wished(&payload, place.root, others),
        };
        Some(Named { place, marked, name, copied })
    }

    /// `let var = place;`, for a variable that does not change.
    fn copy_of(&self, stmt: &Stmt, place: &Place) -> Option<Var> {
        match stmt {
            Stmt::Let(Pattern::Var(var), Expr::Load(from) | Expr::Snapshot(from)) if from == place => {
                let info = &self.vars[*var];
                (!info.mutable && info.ty.is_scalar() && info.annotation.is_none()).then_some(*var)
            }
            _ => None,
        }
    }

    /// The name that a pattern gives a variable instead of its definition.
    fn name_of<'n>(&self, stmt: &Stmt, named: &'n [Named]) -> Option<&'n Named> {
        named.iter().find(|part| self.copy_of(stmt, &part.place).is_some_and(|var| self.name(var) == part.name))
    }

    fn wished(&self, payload: &Payload, root: Var, others: &[Named]) -> Ident {
        if let Some(wish) = &payload.wish.0 {
            return named(wish, Span::call_site());
        }
        let field = payload.field.parse::<usize>().is_err().then_some(&payload.field);
        let wish = field.unwrap_or(&self.vars[root].name).to_owned();
        let around = self.named.borrow();
        let is_free = |name: &String| {
            *name == self.vars.unused_name(name) && !around.iter().chain(others).any(|part| part.name == name.as_str())
        };
        let name = std::iter::once(wish.clone()).chain((1..).map(|count| format!("{wish}_{count}"))).find(is_free);
        named(&name.unwrap_or(wish), Span::call_site())
    }

    /// The name that a pattern around gives to the start of a place, whether it is a copy, and how many steps it stands for.
    pub fn named_part(&self, place: &Place) -> Option<(Ident, bool, usize)> {
        let around = self.named.borrow();
        let starts = |part: &&Named| part.place.root == place.root && place.path.starts_with(&part.place.path);
        let part = around.iter().filter(starts).max_by_key(|part| part.place.path.len())?;
        Some((part.name.clone(), part.copied, part.place.path.len()))
    }

    /// Whether a pattern around names a place.
    pub fn is_named(&self, place: &Place) -> bool {
        self.named.borrow().iter().any(|part| part.place == *place)
    }

    /// Whether its name has a type that rustc knows by then: that of what `parse()` gives may be told later.
    pub fn is_named_and_known(&self, place: &Place) -> bool {
        let of_the_users =
            matches!(place.path.last(), Some(Projection::Payload(payload)) if !is_standard(&payload.variant));
        self.is_named(place) && (of_the_users || self.vars[place.root].access != Access::Owned)
    }

    /// The same for a place in copied source.
    pub fn named_source(&self, group: &Group) -> Option<TokenTree> {
        let around = self.named.borrow();
        if around.is_empty() {
            return None;
        }
        let source = squeezed(&TokenTree::Group(group.clone()).into());
        let part = around.iter().find(|part| part.marked == source)?;
        let name = &part.name;
        Some(match part.copied {
            true => TokenTree::Ident(name.clone()),
            false => TokenTree::Group(Group::new(group.delimiter(), quote!(*#name))),
        })
    }
}

impl Chain<'_> {
    /// Whether the one arm and the last one are `Ok` and `Err`, or `Some` and `None`.
    fn has_both_variants(&self) -> bool {
        let [arm] = self.arms.as_slice() else { return false };
        let pattern: String = squeezed(&arm.pattern.to_token_stream());
        arm.guard.is_empty() && matches!(pattern.as_str(), "Some(_)" | "None" | "Ok(_)" | "Err(_)")
    }
}

impl Arm<'_> {
    /// Whether the pattern can name a part.
    fn names(&self, value: &Place, named: &Named) -> bool {
        let mut pattern = self.with_names(value, false);
        name_part(&mut pattern, &named.place.path[value.path.len()..], &binding(&named.name, false))
    }

    /// The pattern with its names; `by_reference`: a name that is a reference says so.
    fn with_names(&self, value: &Place, by_reference: bool) -> syn::Pat {
        let mut pattern = self.pattern.clone();
        for named in &self.named {
            let name = binding(&named.name, by_reference && !named.copied);
            name_part(&mut pattern, &named.place.path[value.path.len()..], &name);
        }
        pattern
    }
}

/// `name`, `ref name`
fn binding(name: &Ident, by_reference: bool) -> syn::PatIdent {
    let by_ref = by_reference.then(syn::token::Ref::default);
    syn::PatIdent { attrs: Vec::new(), by_ref, mutability: None, ident: name.clone(), subpat: None }
}

/// The last part of a place, if a variant carries it.
fn payload_of(place: &Place) -> Option<&Payload> {
    match place.path.last()? {
        Projection::Payload(payload) => Some(payload),
        _ => None,
    }
}

/// Calls `f` with every place that evaluating an expression certainly reads.
fn for_each_certain_place<'e>(expr: &'e Expr, f: &mut dyn FnMut(&'e Place)) {
    match expr {
        Expr::Select(cond, ..) => for_each_certain_place(cond, f),
        Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => f(place),
        _ => expr.for_each_child(&mut |child| for_each_certain_place(child, f)),
    }
}

fn mentions_reference(pattern: &syn::Pat) -> bool {
    let is_and = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '&');
    crate::tokens::holds(pattern.to_token_stream(), &is_and)
}

fn asks_for(cond: &Expr, scrutinee: &str) -> bool {
    let Expr::Opaque(test) = cond else { return false };
    test.as_match().is_some_and(|[asked, ..]| squeezed(&asked) == scrutinee)
}

/// The `if` that is all that a block holds.
pub fn only_branch(block: &Block) -> Option<(&Expr, &Block, &Block)> {
    let ([Stmt::If { result, cond, then, otherwise }], value) = (block.stmts.as_slice(), &block.result) else {
        return None;
    };
    let is_all = match (result, value) {
        (None, None) => true,
        (Some(var), Some(Expr::Var(value))) => var == value,
        _ => false,
    };
    is_all.then_some((cond, then, otherwise))
}

/// Tokens without the space between them.
fn squeezed(tokens: &TokenStream) -> String {
    tokens.to_token_stream().to_string().split_whitespace().collect()
}
