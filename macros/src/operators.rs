//! `#[differentiable]` on the implementation of an operator: `impl Mul<f64> for V3`.
//!
//! Takes the block as parsed; returns it, and the rule of the operator for the operands' types. A trait of the standard library
//! has no room for derivatives beside its method, so that the method is differentiated as a function of two operands.

use crate::diagnostics::Diagnostics;
use crate::differentiable::{Compiled, compile};
use crate::emit::{
    DispatchedRule, Home, KeptByFields, Signature, emit_companion, emit_operator_rule, with_real_floats,
};
use crate::ir::{Block, Expr, Function, MatrixOp, Param, Projection, Stmt, Var, Wrt};
use crate::lower::Surroundings;
use crate::members::{is_own, own_options};
use crate::options::{Options, remove_marks};
use crate::refusal::Refusal;
use crate::rules::Prim;
use crate::tokens::{collect_words, with_tokens};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::spanned::Spanned;

/// Traits of operators with a rule: the trait, its method, the trait of the rule.
const OPERATORS: &[(&str, &str, &str)] = &[
    ("Add", "add", "AddRule"),
    ("Sub", "sub", "SubRule"),
    ("Mul", "mul", "MulRule"),
    ("Div", "div", "DivRule"),
    ("Neg", "neg", "NegRule"),
];

/// Traits of the standard library that have no rule.
const OTHERS: &[&str] = &[
    "AddAssign",
    "SubAssign",
    "MulAssign",
    "DivAssign",
    "RemAssign",
    "Rem",
    "Not",
    "Index",
    "IndexMut",
    "Deref",
    "DerefMut",
    "From",
    "Into",
    "Default",
    "Clone",
    "Iterator",
    "IntoIterator",
    "Sum",
    "Product",
    "FromIterator",
    "Extend",
    "AsRef",
];

/// The name of a trait of the standard library.
fn standard_trait(block: &syn::ItemImpl) -> Option<String> {
    let (path, _) = block.trait_.as_ref()?;
    let standard = path.segments.len() == 1 || ["std", "core"].iter().any(|root| path.segments[0].ident == root);
    standard.then(|| path.segments.last().map(|last| last.ident.to_string())).flatten()
}

/// Whether a block implements an operator that has a rule.
pub fn is_operator(block: &syn::ItemImpl) -> bool {
    standard_trait(block).is_some_and(|name| OPERATORS.iter().any(|row| row.0 == name))
}

/// The derivatives of an operator, if the block implements one; a refusal for other traits of the standard library.
pub fn expand_operator(block: &syn::ItemImpl, options: &Options, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    let name = standard_trait(block)?;
    if OTHERS.contains(&name.as_str()) {
        diagnostics.refuse(block.trait_.as_ref()?.0.span(), &Refusal::StandardTrait(name));
        return Some(plain(block));
    }
    let &(_, method, rule) = OPERATORS.iter().find(|row| row.0 == name)?;
    let function = block.items.iter().find_map(|item| match item {
        syn::ImplItem::Fn(function) if function.sig.ident == method => Some(function),
        _ => None,
    })?;
    let own = own_options_of(options, function, diagnostics);
    let item = as_function(block, function)?;
    let rule = rule_of(block, &item, method, rule, own.as_ref().unwrap_or(options), diagnostics);
    Some([Some(plain(block)), rule].into_iter().flatten().collect())
}

/// The options of the block and those that stand on the method, if any do.
fn own_options_of(options: &Options, function: &syn::ImplItemFn, diagnostics: &mut Diagnostics) -> Option<Options> {
    let own = function.attrs.iter().find(|attr| attr.path().is_ident("differentiable")).map(own_options)?;
    match own {
        Ok(own) => Some(options.of_method(Some(own))),
        Err(error) => {
            diagnostics.error(error);
            None
        }
    }
}

fn rule_of(
    block: &syn::ItemImpl,
    item: &syn::ItemFn,
    method: &str,
    rule: &str,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    let Compiled { function, source, formulas } = compile(item, options, &Surroundings::default(), diagnostics)?;
    if passes_on(&function, method) {
        return None;
    }
    if matches!(method, "add" | "sub" | "neg") && !is_sum(&function.body) {
        diagnostics.refuse(block.trait_.as_ref()?.0.span(), &Refusal::NoSum(method.to_owned()));
        return None;
    }
    let companion = emit_companion(Signature::new(&function, item, Home::Companion), &source, &formulas);
    let block = with_real_floats(block);
    let active = function.params.iter().map(|param| param.wrt == Wrt::Active).collect();
    let Function { params, ret: Some(ret), .. } = &function else { return None };
    let types = params.iter().map(|param| &param.declared).collect();
    let (kept, order) = (kept_by_fields(&function, method), function.order);
    let rule = DispatchedRule { block: &block, method, operator: Some(rule), params, types, active, ret, order, kept };
    Some(emit_operator_rule(&rule, &companion))
}

/// Whether an implementation for references, or for values, passes its operands on to another one of the same operator, `*self + *other`,
/// whose rule serves all of them: operands are told apart by what is behind all references.
fn passes_on(function: &Function, method: &str) -> bool {
    let body = &function.body;
    let value_of = |var: Var| body.stmts.iter().find_map(|stmt| stmt.value_of(var));
    let place_of = |operand: &Expr| match operand {
        Expr::Var(var) => Some(*var),
        Expr::Load(place) | Expr::Snapshot(place) | Expr::Borrow(place, false) if place.is_whole() => Some(place.root),
        _ => None,
    };
    let is_param = |var: &Var| function.params.iter().any(|param| param.var == *var);
    // a parameter, or a copy of it
    let origin = |operand: &Expr| {
        let var = place_of(operand)?;
        if is_param(&var) { Some(var) } else { place_of(value_of(var)?).filter(is_param) }
    };
    let Some(result) = &body.result else { return false };
    let value = match result {
        Expr::Var(var) => value_of(*var),
        other => Some(other),
    };
    let operands = match value {
        Some(Expr::Matrix(MatrixOp::Operator(op), operands)) if *op == method => operands,
        // `V::add(*self, *other)`
        Some(Expr::Call(call)) if is_named(&call.path.0, method) => &call.args,
        _ => return false,
    };
    let passed: Option<Vec<Var>> = operands.iter().map(origin).collect();
    let mut params: Vec<Var> = function.params.iter().map(|param| param.var).collect();
    let in_order = passed.as_ref() == Some(&params);
    params.reverse();
    in_order || (method == "add" && passed == Some(params))
}

/// Whether a path ends in a name.
fn is_named(path: &TokenStream, name: &str) -> bool {
    matches!(path.clone().into_iter().last(), Some(TokenTree::Ident(last)) if last == name)
}

/// The block without what only the macro understands.
fn plain(block: &syn::ItemImpl) -> TokenStream {
    let mut block = block.clone();
    for item in &mut block.items {
        if let syn::ImplItem::Fn(method) = item {
            method.attrs.retain(|attr| !is_own(attr));
            remove_marks(&mut method.sig, Some(&mut method.block));
        }
    }
    block.into_token_stream()
}

/// `fn mul(left: V3, s: f64) -> V3 { .. }`
fn as_function(block: &syn::ItemImpl, method: &syn::ImplItemFn) -> Option<syn::ItemFn> {
    let mut words = BTreeSet::new();
    collect_words(method.to_token_stream(), &mut words);
    let span = method.sig.receiver()?.self_token.span;
    let left = Ident::new(["left", "own", "operand"].iter().find(|name| !words.contains(**name))?, span);
    let output = block.items.iter().find_map(|item| match item {
        syn::ImplItem::Type(item) if item.ident == "Output" => Some(&item.ty),
        _ => None,
    })?;
    let self_ty = &block.self_ty;
    let mut function = syn::ItemFn {
        attrs: method.attrs.iter().filter(|attr| !is_own(attr)).cloned().collect(),
        vis: syn::Visibility::Inherited,
        modifiers: method.modifiers.clone(),
        sig: method.sig.clone(),
        block: Box::new(method.block.clone()),
    };
    function.sig.generics = block.generics.clone();
    for input in &mut function.sig.inputs {
        if let syn::FnArg::Receiver(_) = input {
            *input = syn::parse2(crate::emit::typed(&left, self_ty)).ok()?;
        }
    }
    function.sig.output = syn::ReturnType::Type(syn::token::RArrow::default(), Box::new(output.clone()));
    let path = as_expression(self_ty);
    syn::parse2(with_names(function.to_token_stream(), &left, &path)).ok()
}

/// `V3::<T>`, which is a type and the start of an expression; the type behind a reference for `&V3`.
fn as_expression(ty: &syn::Type) -> TokenStream {
    let syn::Type::Path(path) = ty else { return ty.to_token_stream() };
    let mut path = path.path.clone();
    for segment in &mut path.segments {
        if let syn::PathArguments::AngleBracketed(args) = &mut segment.arguments {
            args.colon2_token = Some(syn::token::PathSep::default());
        }
    }
    path.into_token_stream()
}

/// Tokens with other words for `self` and `Self`.
fn with_names(tokens: TokenStream, own: &Ident, ty: &TokenStream) -> TokenStream {
    let mut result = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "self" => {
                result.extend([TokenTree::Ident(Ident::new(&own.to_string(), word.span()))]);
            }
            TokenTree::Ident(word) if word == "Self" => result.extend(ty.clone()),
            TokenTree::Group(group) => result.extend([with_tokens(&group, with_names(group.stream(), own, ty))]),
            other => result.extend([other]),
        }
    }
    result
}

/// Of `V3 { x: self.x + o.x, y: self.y + o.y }` or `V3 { x: self.x * s, y: self.y * s }`, where the operands that have fields and the result
/// have the same type and nothing else is done: what the pulls need is what those of the fields need.
fn kept_by_fields(function: &Function, method: &str) -> Option<KeptByFields> {
    let [left, right] = function.params.as_slice() else { return None };
    // where `Self` stood, there is a turbofish
    let written = |ty: &syn::Type| ty.to_token_stream().to_string().replace(":: <", "<");
    let result_type = written(function.ret.as_ref()?);
    let has_fields = [left, right].map(|param| written(&param.declared) == result_type);
    let is_float = [left, right].map(|param| function.vars[param.var].ty.is_float());
    let (Some(Expr::Var(result)), body) = (&function.body.result, &function.body) else { return None };
    let value_of = |var: Var| body.stmts.iter().find_map(|stmt| stmt.value_of(var));
    let Some(Expr::Construct(construct)) = value_of(*result) else { return None };
    if construct.base.is_some() || body.stmts.len() != construct.fields.len() + 1 {
        return None;
    }
    // the fields of the operands, in the order in which they stand
    let operands = |part: &Expr| {
        let Expr::Var(part) = part else { return None };
        let operands = match value_of(*part)? {
            Expr::Matrix(MatrixOp::Operator(op), operands) if *op == method => operands,
            Expr::Prim(Prim::Add, operands) if method == "add" => operands,
            Expr::Prim(Prim::Sub, operands) if method == "sub" => operands,
            _ => return None,
        };
        let places = operands.iter().map(|operand| match operand {
            Expr::Var(var) => Some((*var, Vec::new())),
            Expr::Load(place) | Expr::Snapshot(place) | Expr::Borrow(place, false) => {
                Some((place.root, place.path.to_vec()))
            }
            _ => None,
        });
        <[_; 2]>::try_from(places.collect::<Option<Vec<_>>>()?).ok()
    };
    let field = |(_, name, part): &(Projection, String, Expr)| {
        let field = vec![Projection::Field(name.clone())];
        let own = |param: &Param, has_fields: bool| (param.var, if has_fields { field.clone() } else { Vec::new() });
        let [a, b] = [own(left, has_fields[0]), own(right, has_fields[1])];
        let found = operands(part)?;
        let turned = found == [b.clone(), a.clone()];
        (found == [a, b] || (turned && method != "sub" && method != "div")).then(|| (name.clone(), turned))
    };
    let fields: Vec<(String, bool)> = construct.fields.iter().map(field).collect::<Option<_>>()?;
    match (method, has_fields, is_float) {
        ("add" | "sub", [true, true], _) => Some(KeptByFields::Sum(fields.into_iter().map(|(name, _)| name).collect())),
        ("mul" | "div", [true, false], [_, true]) => Some(KeptByFields::Scaled(0, fields)),
        ("mul", [false, true], [true, _]) => Some(KeptByFields::Scaled(1, fields)),
        _ => None,
    }
}

/// Whether a body adds, subtracts, negates and moves, and does nothing else: second derivatives take `+` and `-` for that.
fn is_sum(body: &Block) -> bool {
    fn only_sums(expr: &Expr) -> bool {
        let own = match expr {
            Expr::Prim(prim, _) => matches!(prim, Prim::Add | Prim::Sub | Prim::Neg),
            Expr::Matrix(op, _) => matches!(op, MatrixOp::Operator("add" | "sub" | "neg")),
            Expr::Call(_) | Expr::Select(..) => false,
            _ => true,
        };
        let mut sums = own;
        expr.for_each_child(&mut |child| sums &= only_sums(child));
        sums
    }
    let mut sums = body.result.as_ref().is_none_or(only_sums);
    body.for_each_stmt(&mut |stmt| {
        sums &= !matches!(stmt, Stmt::If { .. });
        stmt.for_each_expr(&mut |expr| sums &= only_sums(expr));
    });
    sums
}
