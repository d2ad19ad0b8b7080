//! Syntax trees of the user's language that lowering puts together.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::token;

/// A path as text, without the spaces that tokens get.
pub fn written(path: &impl ToTokens) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

/// `name`
pub fn path(name: &Ident) -> syn::Expr {
    syn::Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path: name.clone().into() })
}

/// `name`, of the standard library or of generated code.
pub fn word(name: &str) -> syn::Expr {
    path(&Ident::new(name, Span::call_site()))
}

/// `name`, as a pattern.
pub fn binding(name: &Ident) -> syn::Pat {
    syn::Pat::Ident(syn::PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: None,
        ident: name.clone(),
        subpat: None,
    })
}

/// `let name = value;`
pub fn local(name: &Ident, value: syn::Expr) -> syn::Stmt {
    bound(binding(name), value)
}

/// `let pattern = value;`
pub fn bound(pat: syn::Pat, value: syn::Expr) -> syn::Stmt {
    syn::Stmt::Local(syn::Local {
        attrs: Vec::new(),
        modifiers: syn::LocalModifiers::default(),
        let_token: token::Let::default(),
        pat,
        init: Some(syn::LocalInit { eq_token: token::Eq::default(), expr: Box::new(value), diverge: None }),
        semi_token: token::Semi::default(),
    })
}

/// `function(args..)`
pub fn call(function: syn::Expr, args: impl IntoIterator<Item = syn::Expr>) -> syn::Expr {
    syn::Expr::Call(syn::ExprCall {
        attrs: Vec::new(),
        func: Box::new(function),
        paren_token: token::Paren::default(),
        args: args.into_iter().collect(),
    })
}

/// `receiver.method(args..)`
pub fn method_call(
    receiver: syn::Expr,
    method: Ident,
    args: impl IntoIterator<Item = syn::Expr>,
) -> syn::ExprMethodCall {
    syn::ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: token::Dot::default(),
        method,
        turbofish: None,
        paren_token: token::Paren::default(),
        args: args.into_iter().collect(),
    }
}

/// `{ stmts }`
pub fn block(stmts: Vec<syn::Stmt>) -> syn::Block {
    syn::Block { brace_token: token::Brace::default(), stmts }
}

/// `if condition { then } else { otherwise }`
pub fn choice(condition: syn::Expr, then: syn::Block, otherwise: syn::Block) -> syn::Expr {
    let otherwise = syn::Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: otherwise });
    syn::Expr::If(syn::ExprIf {
        attrs: Vec::new(),
        if_token: token::If::default(),
        cond: Box::new(condition),
        then_branch: then,
        else_branch: Some((token::Else::default(), Box::new(otherwise))),
    })
}

/// `if condition { then } else { otherwise }` of values: the second operand of `&&` and `||` is evaluated in one case only.
pub fn either(condition: &syn::Expr, then: &syn::Expr, otherwise: &syn::Expr) -> syn::Expr {
    let value = |value: &syn::Expr| block(vec![syn::Stmt::Expr(value.clone(), None)]);
    choice(condition.clone(), value(then), value(otherwise))
}

/// `match option { Some(found) => found, None => other }`
pub fn element_or(option: &syn::Expr, found: &Ident, other: &syn::Expr) -> syn::Expr {
    matching(option, vec![(variant("Some", Some(found)), path(found)), (variant("None", None), other.clone())])
}

/// `match value { pattern => body, .. }`
pub fn matching(value: &syn::Expr, arms: Vec<(syn::Pat, syn::Expr)>) -> syn::Expr {
    let arm = |(pat, body): (syn::Pat, syn::Expr)| syn::Arm {
        attrs: Vec::new(),
        pat,
        fat_arrow_token: token::FatArrow::default(),
        body: Box::new(body),
        comma: Some(token::Comma::default()),
    };
    syn::Expr::Match(syn::ExprMatch {
        attrs: Vec::new(),
        match_token: token::Match::default(),
        expr: Box::new(value.clone()),
        brace_token: token::Brace::default(),
        arms: arms.into_iter().map(arm).collect(),
    })
}

/// `Some(name)`, `None`, as a pattern.
pub fn variant(variant: &str, name: Option<&Ident>) -> syn::Pat {
    let variant = Ident::new(variant, Span::call_site());
    match name {
        None => binding(&variant),
        Some(name) => syn::Pat::TupleStruct(syn::PatTupleStruct {
            attrs: Vec::new(),
            qself: None,
            path: variant.into(),
            paren_token: token::Paren::default(),
            elems: [binding(name)].into_iter().collect(),
        }),
    }
}

/// `(first, second)`
pub fn pair(first: syn::Expr, second: syn::Expr) -> syn::Expr {
    let elems = [first, second].into_iter().collect();
    syn::Expr::Tuple(syn::ExprTuple { attrs: Vec::new(), paren_token: token::Paren::default(), elems })
}

/// `&value`
pub fn referenced(value: syn::Expr) -> syn::Expr {
    syn::Expr::Reference(syn::ExprReference {
        attrs: Vec::new(),
        and_token: token::And::default(),
        mutability: None,
        expr: Box::new(value),
    })
}

/// `*value`
pub fn dereferenced(value: syn::Expr) -> syn::Expr {
    syn::Expr::Unary(syn::ExprUnary {
        attrs: Vec::new(),
        op: syn::UnOp::Deref(token::Star::default()),
        expr: Box::new(value),
    })
}

/// `true` or `false`
pub fn truth(value: bool) -> syn::Expr {
    let lit = syn::Lit::Bool(syn::LitBool::new(value, Span::call_site()));
    syn::Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit })
}

/// `let pattern = next; next += 1;`
pub fn next_integer(pat: &syn::Pat, next: &Ident) -> [syn::Stmt; 2] {
    let one = syn::Lit::Int(syn::LitInt::new("1", Span::call_site()));
    let step = syn::Expr::Binary(syn::ExprBinary {
        attrs: Vec::new(),
        left: Box::new(path(next)),
        op: syn::BinOp::AddAssign(token::PlusEq::default()),
        right: Box::new(syn::Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: one })),
    });
    [bound(pat.clone(), path(next)), syn::Stmt::Expr(step, Some(token::Semi::default()))]
}

/// `break;`
pub fn leave() -> syn::Stmt {
    let leave = syn::ExprBreak { attrs: Vec::new(), break_token: token::Break::default(), label: None, expr: None };
    syn::Stmt::Expr(syn::Expr::Break(leave), Some(token::Semi::default()))
}

/// The value of a block.
pub fn last_value(block: &syn::Block) -> Option<&syn::Expr> {
    match block.stmts.last() {
        Some(syn::Stmt::Expr(value, None)) => Some(value),
        _ => None,
    }
}

/// The names in a path.
pub fn segments(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// The last of them: the function, the variant, the macro.
pub fn last_segment(path: &syn::Path) -> Option<String> {
    path.segments.last().map(|last| last.ident.to_string())
}
