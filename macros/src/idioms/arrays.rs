//! Arrays out of lists, and parts of an element that is changed:
//!
//! ```text
//! let v: [f64; 3] = x[..3].try_into().unwrap();    assert_eq!(x[..3].len(), 3); let v: [f64; 3] = from_fn(|k| x[..3][k]);
//! let v = <[f64; 3]>::try_from(&x[..3]).unwrap();  the same
//! let (a, b) = pairs.last_mut().unwrap();          let (a, b) = &mut *pairs.last_mut().unwrap();
//! ```

use super::{Fresh, behind_reference, is_place, unwrapped};

/// A statement, or those that stand for it.
pub fn element_by_element(stmt: syn::Stmt, fresh: &mut Fresh) -> Vec<syn::Stmt> {
    let syn::Stmt::Local(local) = &stmt else { return vec![stmt] };
    if let Some(stmts) = array(local, fresh).or_else(|| changed_parts(local)) {
        return stmts;
    }
    vec![stmt]
}

/// `let v: [T; N] = list.try_into().unwrap();`
fn array(local: &syn::Local, fresh: &mut Fresh) -> Option<Vec<syn::Stmt>> {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let converted = unwrapped(&init.expr)?;
    let (pat, declared) = match &local.pat {
        syn::Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
        pat => (pat, None),
    };
    let (list, ty) = match converted {
        syn::Expr::MethodCall(call) if call.method == "try_into" && call.args.is_empty() => {
            (&*call.receiver, declared?)
        }
        syn::Expr::Call(call) => match &*call.func {
            syn::Expr::Path(path) if path.path.segments.last()?.ident == "try_from" => {
                (call.args.first()?, &*path.qself.as_ref()?.ty)
            }
            _ => return None,
        },
        _ => return None,
    };
    let list = Some(behind_reference(list)).filter(|list| is_place(list))?;
    let (array, by_reference) = match ty {
        syn::Type::Array(array) => (array, false),
        syn::Type::Reference(reference) if reference.mutability.is_none() => match &*reference.elem {
            syn::Type::Array(array) => (array, true),
            _ => return None,
        },
        _ => return None,
    };
    let (len, at) = (&array.len, fresh.name("k"));
    let is_float =
        matches!(&*array.elem, syn::Type::Path(path) if path.path.is_ident("f64") || path.path.is_ident("f32"));
    let element: syn::Expr = match is_float {
        true => syn::parse_quote!(#list[#at]),
        false => syn::parse_quote!(#list[#at].clone()),
    };
    let (attrs, mut stmts) = (&local.attrs, Vec::new());
    stmts.push(syn::parse_quote!(assert_eq!(#list.len(), #len, "a list becomes an array of its length");));
    let items = quote::quote!(std::array::from_fn(|#at| #element));
    if by_reference {
        let whole = fresh.name("array");
        stmts.push(syn::parse_quote!(let #whole: #array = #items;));
        stmts.push(syn::parse_quote!(#(#attrs)* let #pat = &#whole;));
    } else {
        stmts.push(syn::parse_quote!(#(#attrs)* let #pat: #array = #items;));
    }
    Some(stmts)
}

/// `let (a, b) = pairs.last_mut().unwrap();`
fn changed_parts(local: &syn::Local) -> Option<Vec<syn::Stmt>> {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    if !matches!(local.pat, syn::Pat::Tuple(_) | syn::Pat::Slice(_) | syn::Pat::Struct(_) | syn::Pat::TupleStruct(_)) {
        return None;
    }
    let syn::Expr::MethodCall(call) = unwrapped(&init.expr)? else { return None };
    if !["first_mut", "last_mut", "get_mut"].iter().any(|name| call.method == name) {
        return None;
    }
    let (attrs, pat, element) = (&local.attrs, &local.pat, &init.expr);
    Some(vec![syn::parse_quote!(#(#attrs)* let #pat = &mut *#element;)])
}
