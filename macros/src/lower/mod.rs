//! Lowering: syn -> IR in A-normal form. The only stage that looks into `syn::Expr`.
//!
//! Takes the function as parsed; returns a [`Function`] in which every binding has its own variable, the operands of
//! everything that can carry a derivative are atoms or borrowed places, aliases are replaced by their places, and what is
//! not understood is [`Opaque`](crate::ir::Opaque) with the reason why. Whether a reason matters is decided after
//! activity analysis: what carries no derivative is copied through.

mod argument;
mod assign;
mod atom;
mod branch;
mod call;
mod callee;
mod choice;
mod closure;
mod condition;
mod construct;
mod constructor;
mod convert;
mod copied;
mod element;
mod elementwise;
mod expr;
mod format;
mod found;
mod hoist;
mod item;
mod iterator;
mod jump;
mod loops;
mod matching;
mod method;
mod missing;
mod opaque;
mod operator;
mod option;
mod order;
mod params;
mod parts;
mod pattern;
mod place;
mod references;
mod refutable;
mod repeat;
mod scope;
mod scrutinee;
mod sequence;
mod stmt;
mod structural;
mod surroundings;
pub mod syntax;
pub mod types;
mod users;
mod wrapped;

pub use copied::refuse_writes_to_copies;
pub use item::check_qualifiers;
pub use loops::remove_checkpoints;
pub use opaque::marker;
pub use refutable::name_part;
pub use surroundings::{Method, Surroundings, spot};

use crate::diagnostics::Diagnostics;
use crate::ir::{Block, Expr, Function, Param, Passing, Place, Stmt, Ty, Var, Vars, Wrt};
use crate::options::{JacobianMode, Options};
use crate::refusal::Refusal;
use crate::tokens::collect_words;
use proc_macro2::TokenTree;
use quote::ToTokens;
use scope::Scopes;
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use types::Generics;

/// A lowered expression and what is known of its type.
#[derive(Clone, Debug)]
pub struct Value {
    /// The expression.
    pub expr: Expr,
    /// Its type.
    pub ty: Ty,
}

impl Value {
    fn new(expr: Expr, ty: Ty) -> Self {
        Self { expr, ty }
    }

    /// `()`
    fn unit() -> Self {
        Self::new(Expr::Tuple(Vec::new()), Ty::Inert)
    }

    /// The tuple of values.
    fn tuple(parts: Vec<Value>) -> Self {
        let (parts, types) = parts.into_iter().map(|part| (part.expr, part.ty)).unzip();
        Self::new(Expr::Tuple(parts), Ty::Tuple(types))
    }

    /// A borrowed place, if the value is just that.
    fn place(&self) -> Option<&Place> {
        match &self.expr {
            Expr::Load(place) | Expr::Borrow(place, _) => Some(place),
            _ => None,
        }
    }
}

/// The state of lowering one function.
pub struct Lowerer<'l> {
    vars: Vars,
    scopes: Scopes,
    /// The statements of the block that is being lowered.
    out: Vec<Stmt>,
    generics: Generics,
    /// What an early exit can lead out of, innermost last.
    targets: Vec<jump::Target>,
    /// Flags of early exits that may be set where the next statement goes.
    pending: BTreeSet<Var>,
    /// Variables that no derivative reaches, as far as is known when they are bound.
    constant: BTreeSet<Var>,
    /// Maps and sets, whose elements have no positions.
    keyed: BTreeSet<Var>,
    /// Parameters of a type of which only its user knows the operators.
    generic: BTreeSet<Var>,
    /// Variables that a loop over an iterator carries; a closure's parameter names them directly.
    carried: BTreeSet<Var>,
    /// Items inside of the body.
    items: Vec<Stmt>,
    /// The result type of the function, if it has one.
    returns: Option<syn::Type>,
    /// The name of the function and what it gives, unless it stands in a block.
    own: Option<(syn::Ident, Ty)>,
    /// What is certainly of a type of the user's.
    users: users::Users,
    /// How often the function can be differentiated.
    order: usize,
    /// Whether results of calls are vertices of a graph, which is built from written types.
    eliminates: bool,
    around: &'l Surroundings<'l>,
    diagnostics: &'l mut Diagnostics,
}

/// Lowers a function; what is wrong goes to the diagnostics. `None` for a method of a block in which no derivative could
/// flow.
pub fn lower_function(
    item: &syn::ItemFn,
    options: &Options,
    around: &Surroundings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Function> {
    let (mut lowerer, params, ret) = start(item, options, around, diagnostics);
    let ret_ty = ret.as_ref().map_or(Ty::Inert, |ty| lowerer.generics.ty(ty));
    if !lowerer.has_purpose(&item.sig, &params, &ret_ty) {
        return None;
    }
    for span in loops::misplaced_checkpoints(&item.block) {
        lowerer.diagnostics.refuse(span, &Refusal::CheckpointPlace);
    }
    lowerer.scopes.enter();
    lowerer.enter_target(jump::Kind::Function, None, ret.as_ref());
    let usage = if ret.is_some() { choice::Use::Tail } else { choice::Use::Effect };
    let result = lowerer.lower_sequence(&item.block.stmts, usage);
    let left = lowerer.leave_target();
    let items = std::mem::take(&mut lowerer.items);
    lowerer.out.splice(0..0, items.into_iter().chain(left.before));
    let result = if ret.is_some() { result.map(|value| lowerer.result(value, &ret_ty)) } else { None };
    let body = Block { stmts: std::mem::take(&mut lowerer.out), result };
    let recursive = calls(&body, &item.sig.ident);
    Some(Function { recursive, body, ..declared(item, options, params, (ret, ret_ty), lowerer.vars) })
}

/// Lowers the signature of a function whose body is missing or does not matter.
pub fn lower_signature(
    item: &syn::ItemFn,
    options: &Options,
    around: &Surroundings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Function> {
    let mut found = Diagnostics::new();
    let (mut lowerer, params, ret) = start(item, options, around, &mut found);
    let ret_ty = ret.as_ref().map_or(Ty::Inert, |ty| lowerer.generics.ty(ty));
    let purpose = lowerer.has_purpose(&item.sig, &params, &ret_ty);
    let vars = lowerer.vars;
    if purpose {
        check_qualifiers(&item.sig, &mut found);
    }
    let complete = purpose && !found.any();
    diagnostics.absorb(found);
    complete.then(|| declared(item, options, params, (ret, ret_ty), vars))
}

/// A function without its body.
fn declared(
    item: &syn::ItemFn,
    options: &Options,
    params: Vec<Param>,
    (ret, ret_ty): (Option<syn::Type>, Ty),
    vars: Vars,
) -> Function {
    Function {
        name: item.sig.ident.clone(),
        params,
        recursive: false,
        checkpoint: options.checkpoint,
        order: options.order.unwrap_or(1),
        jacobian: options.jacobian,
        sparse: options.sparse,
        ret,
        ret_ty,
        body: Block::default(),
        vars,
    }
}

/// Whether types of values may be parameters of the function or of the block around it.
fn has_type_params(sig: &syn::Signature, around: &Surroundings<'_>) -> bool {
    let own =
        std::iter::once(&sig.generics).chain(around.generics).any(|generics| generics.type_params().next().is_some());
    let hidden =
        |input: &syn::FnArg| matches!(input, syn::FnArg::Typed(input) if matches!(*input.ty, syn::Type::ImplTrait(_)));
    own || sig.inputs.iter().any(hidden)
}

/// The state before the first statement, the parameters, and the result type.
fn start<'l>(
    item: &syn::ItemFn,
    options: &Options,
    around: &'l Surroundings<'l>,
    diagnostics: &'l mut Diagnostics,
) -> (Lowerer<'l>, Vec<Param>, Option<syn::Type>) {
    let generics = Generics::within(around.generics, &item.sig.generics);
    let ret = match &item.sig.output {
        syn::ReturnType::Type(_, ty) if !is_unit(ty) => Some((**ty).clone()),
        _ => None,
    };
    let mut lowerer = Lowerer {
        vars: Vars::default(),
        scopes: Scopes::default(),
        out: Vec::new(),
        generics,
        targets: Vec::new(),
        pending: BTreeSet::new(),
        constant: BTreeSet::new(),
        keyed: BTreeSet::new(),
        generic: BTreeSet::new(),
        carried: BTreeSet::new(),
        items: Vec::new(),
        returns: ret.clone(),
        own: None,
        users: users::Users::of(item, around.self_ty.filter(|_| around.inherent)),
        order: options.order.unwrap_or(1),
        eliminates: options.jacobian == JacobianMode::CrossCountry,
        around,
        diagnostics,
    };
    let gives = lowerer.returns.as_ref().map_or(Ty::Inert, |ty| lowerer.generics.ty(ty));
    lowerer.own = (!around.is_block()).then(|| (item.sig.ident.clone(), gives));
    lowerer.reserve_names(item.to_token_stream());
    lowerer.vars.generic = has_type_params(&item.sig, around);
    lowerer.scopes.enter();
    let params = lowerer.lower_params(&item.sig, options);
    // a method's may be that of a part of `self`
    if let Some(syn::Type::Reference(reference)) = &ret
        && (item.sig.receiver().is_none() || reference.mutability.is_some())
        && !lowerer.generics.ty(&reference.elem).is_inert()
    {
        lowerer.diagnostics.refuse(reference.span(), &Refusal::ReturnedReference);
    }
    if let Some(span) = ret.as_ref().and_then(types::complex_part) {
        lowerer.diagnostics.refuse(span, &Refusal::Complex);
    }
    (lowerer, params, ret)
}

/// Without a way in or a way out for a derivative, all of them are zero.
fn purposeless(params: &[Param], ret_ty: &Ty) -> Option<Refusal> {
    let mut active = params.iter().filter(|param| param.wrt == Wrt::Active).peekable();
    if active.peek().is_none() {
        return Some(Refusal::NoActiveParameter);
    }
    let written = active.any(|param| param.passing == Passing::Mutable);
    (ret_ty.is_inert() && !written).then_some(Refusal::NoActiveResult)
}

impl Lowerer<'_> {
    /// Whether there is anything to differentiate; that it has to be is said, unless the surroundings do not ask for it.
    fn has_purpose(&mut self, sig: &syn::Signature, params: &[Param], ret_ty: &Ty) -> bool {
        let Some(refusal) = purposeless(params, ret_ty).filter(|_| !self.diagnostics.any() && !self.around.asks) else {
            return true;
        };
        if !self.around.optional {
            self.diagnostics.refuse(sig.ident.span(), &refusal);
        }
        !self.around.optional
    }

    /// Generated names must not meet a name of the user's.
    fn reserve_names(&mut self, tokens: proc_macro2::TokenStream) {
        let mut words = BTreeSet::new();
        collect_words(tokens, &mut words);
        words.iter().for_each(|word| self.vars.reserve(word));
    }

    /// The value of the function or of a branch: an atom, or a tuple of them.
    fn result(&mut self, value: Value, ty: &Ty) -> Expr {
        if let Expr::Var(var) = value.expr {
            self.vars[var].ty = self.vars[var].ty.join(ty);
        }
        match (value.expr, ty) {
            (Expr::Tuple(parts), Ty::Tuple(types)) if parts.len() == types.len() => Expr::Tuple(
                parts.into_iter().zip(types).map(|(part, ty)| self.result(Value::new(part, ty.clone()), ty)).collect(),
            ),
            (expr, ty) => {
                let ty = value.ty.join(ty);
                self.moved(Value::new(expr, ty))
            }
        }
    }

    /// Lowers statements into a block of their own.
    fn lower_nested(&mut self, lower: impl FnOnce(&mut Self) -> Option<Expr>) -> Block {
        let outer = std::mem::take(&mut self.out);
        self.scopes.enter();
        let result = lower(self);
        self.scopes.leave();
        Block { stmts: std::mem::replace(&mut self.out, outer), result }
    }
}

/// Whether a body calls a function by its bare name, or as `Self::name`.
fn calls(body: &Block, name: &syn::Ident) -> bool {
    fn in_expr(expr: &Expr, name: &syn::Ident) -> bool {
        let mut found = matches!(expr, Expr::Call(call) if is_name(&call.path.0, name));
        expr.for_each_child(&mut |child| found |= in_expr(child, name));
        found
    }
    fn is_name(path: &proc_macro2::TokenStream, name: &syn::Ident) -> bool {
        let path = syntax::written(path);
        *name == path.strip_prefix("Self::").unwrap_or(&path)
    }
    let mut found = false;
    body.for_each_stmt(&mut |stmt| stmt.for_each_expr(&mut |expr| found |= in_expr(expr, name)));
    found
}

/// The expression without parentheses.
fn strip(expr: &syn::Expr) -> &syn::Expr {
    match expr {
        syn::Expr::Paren(paren) => strip(&paren.expr),
        syn::Expr::Group(group) => strip(&group.expr),
        other => other,
    }
}

/// A constant of another type than a float.
fn constant(source: &str) -> Expr {
    Expr::constant(TokenTree::Ident(proc_macro2::Ident::new(source, proc_macro2::Span::call_site())))
}

/// The same by a path: `usize::MAX`.
fn constant_path(source: &str) -> Expr {
    Expr::Opaque(crate::ir::Opaque::inert(source.parse().unwrap_or_default(), Vec::new()))
}

/// Source that reads a place, with markers for its variables.
fn marked(place: &Place, vars: &Vars) -> String {
    crate::emit::marked_place(place, false, vars).to_string()
}

fn is_unit(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Tuple(tuple) if tuple.elems.is_empty())
}
