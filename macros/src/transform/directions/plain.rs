//! What is known of a function before it is rewritten for directions: its float, and whether all its types have tangents
//! along directions.

use crate::elimination::Obstacle;
use crate::ir::{Expr, FloatTy, Function, Ty, Wrt};
use crate::refusal::Refusal;
use crate::transform::forward::Pushforward;
use proc_macro2::Span;

/// Whether the macro knows that everything in the function has a tangent along directions, calls left out.
pub fn is_plain(function: &Function, pushforward: &Pushforward) -> bool {
    let mut calls = false;
    pushforward.body.for_each_stmt(&mut |stmt| {
        stmt.for_each_expr(&mut |expr| calls |= matches!(expr, Expr::Pushforward { .. }));
    });
    let known = pushforward.tangents.keys().all(|var| is_of_floats(&pushforward.vars[*var].ty));
    known && !calls && (is_of_floats(&function.ret_ty) || function.ret_ty.is_inert())
}

fn is_of_floats(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Int | Ty::Bool => true,
        Ty::Tuple(parts) => parts.iter().all(is_of_floats),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) => is_of_floats(item),
        Ty::Inert | Ty::Option(_) | Ty::Matrix(_) | Ty::Rotation(_) | Ty::Unknown => false,
    }
}

/// The one float type of the signature.
pub fn float_of(function: &Function) -> Result<FloatTy, Obstacle> {
    let mut found: Option<FloatTy> = None;
    let params = function.params.iter().filter(|param| param.wrt == Wrt::Active);
    let typed = params.map(|param| (&function.vars[param.var].ty, function.vars[param.var].span));
    for (ty, span) in typed.chain([(&function.ret_ty, function.name.span())]) {
        let mut floats = Vec::new();
        floats_in(ty, &mut floats).map_err(|what| (span, Refusal::Directions(what)))?;
        for float in floats {
            if found.get_or_insert_with(|| float.clone()) != &float {
                return Err((span, Refusal::Directions("floats of two types")));
            }
        }
    }
    Ok(found.unwrap_or(FloatTy::F64))
}

fn floats_in(ty: &Ty, floats: &mut Vec<FloatTy>) -> Result<(), &'static str> {
    match ty {
        Ty::Float(FloatTy::Param(_)) => Err("a generic float"),
        Ty::Float(float) => {
            floats.push(float.clone());
            Ok(())
        }
        Ty::Tuple(parts) => parts.iter().try_for_each(|part| floats_in(part, floats)),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) => floats_in(item, floats),
        Ty::Matrix(_) | Ty::Rotation(_) => Err("a matrix"),
        Ty::Option(_) => Err("an `Option`"),
        // rustc knows what it is
        Ty::Int | Ty::Bool | Ty::Inert | Ty::Unknown => Ok(()),
    }
}

/// What is at fault for a result without a statement of its own: a parameter of an unknown type, or the function.
pub fn start_of(function: &Function) -> Span {
    let active = function.params.iter().filter(|param| param.wrt == Wrt::Active);
    let unknown = active.map(|param| &function.vars[param.var]).find(|info| !is_of_floats(&info.ty));
    unknown.map_or(function.name.span(), |info| info.span)
}
