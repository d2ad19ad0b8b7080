//! `jacobian`: column by column in forward mode, row by row in reverse mode, whichever is less work; several at once where
//! that can be.

use super::companion::Companion;
use super::directions::Several;
use super::home::Home;
use super::matrix_result::{Size, dimension, size_of_params, size_of_result};
use super::plan::{COLUMNS_OF_A_ROW, Plan, is_clone};
use super::signature::one_or_tuple;
use crate::ir::{FloatTy, Param, Passing, Ty};
use crate::options::JacobianMode;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The most parts of a tuple that is differentiable.
const LONGEST_TUPLE: usize = 8;

impl Companion<'_> {
    /// `f::jacobian(args..)` and `f::value_and_jacobian(args..)`, where there is a result.
    pub fn jacobian(&self, mode: JacobianMode) -> Option<TokenStream> {
        let signature = &self.signature;
        signature.function.ret.as_ref().filter(|ret| !is_long_tuple(ret))?;
        let (inputs, outputs) = (size_of_params(signature), size_of_result(signature));
        let of_method = !matches!(signature.home, Home::Companion);
        // what is asked for is not left out: rustc says what cannot be cloned
        let plan = self.plan(mode, &inputs, &outputs).or(of_method.then_some(Plan::Rows))?;
        let float = self.float_of_matrix();
        let (rows, columns) = match (&outputs, &inputs) {
            (Size::Dynamic, _) | (_, Size::Dynamic) => (dimension(Size::Dynamic), dimension(Size::Dynamic)),
            _ => (dimension(outputs.clone()), dimension(inputs.clone())),
        };
        let matrix = quote!(::chainrule::__private::nalgebra::OMatrix<#float, #rows, #columns>);
        let predicates = self.where_jacobian(plan);
        let (several, needed) = self.several_at_once(plan, &inputs, &outputs);
        let body = match several {
            Some(Several::All(body)) => body,
            Some(Several::Columns(columns)) => self.one_by_one(plan, &matrix, Some(columns)),
            None => self.one_by_one(plan, &matrix, None),
        };
        let jacobian = self.with_value(&matrix, &predicates, &body, None);
        Some(quote!(#needed #jacobian))
    }

    /// The value and the Jacobian, a column or a row at a time. With `several`, that is how columns are found.
    fn one_by_one(&self, plan: Plan, matrix: &TokenStream, several: Option<TokenStream>) -> TokenStream {
        let signature = &self.signature;
        let of_method = !matches!(signature.home, Home::Companion);
        let (turbofish, mut arguments, directions) =
            (signature.turbofish(0), self.cloned_arguments(), self.directions());
        if of_method
            && plan != Plan::Rows
            && signature.receiver().is_some_and(|receiver| receiver.passing == Passing::Value)
        {
            arguments[0] = quote!(self.clone());
        }
        let [name_of_jvp, name_of_vjp] = ["jvp", "vjp"].map(|what| self.function(what));
        // a parameter may bear any of these names
        let [jacobian, rows_name, columns_name, row, column, value, value_bar, pullback, gradient, at] =
            ["jacobian", "rows", "columns", "row", "column", "value", "value_bar", "pullback", "gradient", "at"]
                .map(|name| Ident::new(name, Span::mixed_site()));
        let zeros = signature.active().into_iter().zip(&directions).map(|((_, param), name)| {
            let zero = self.zero(param);
            let mutable = (plan != Plan::Rows).then(|| quote!(mut));
            quote!(let #mutable #name = #zero;)
        });
        let passed: Vec<TokenStream> = signature
            .active()
            .into_iter()
            .zip(&directions)
            .map(|((_, param), name)| match param.passing {
                Passing::Value => quote!(#name.clone()),
                Passing::Shared => quote!(&#name),
                Passing::Mutable => quote!(&mut #name.clone()),
            })
            .collect();
        let passed = one_or_tuple(&passed);
        let pushforward = quote!(Self::#name_of_jvp #turbofish (#(#arguments,)* #passed));
        let start = match plan {
            Plan::Columns => quote!(let (#value, _) = #pushforward;),
            Plan::Rows | Plan::AtRunTime => {
                quote!(let (#value, #pullback) = Self::#name_of_vjp #turbofish (#(#arguments),*);)
            }
        };
        let by_columns = quote! {
            let mut #column = 0;
            #(
                for #at in 0..::chainrule::jacobian::count(&#directions) {
                    ::chainrule::jacobian::set_unit(&mut #directions, #at);
                    let (_, value_dot) = #pushforward;
                    ::chainrule::jacobian::write_column(&mut #jacobian, 0, #column, &value_dot);
                    #column += 1;
                }
                ::chainrule::SetZero::set_to_zero(&mut #directions);
            )*
        };
        let (by_columns, of_a_row) = match several {
            Some(several) => (quote!(return #several;), Some(quote!(#COLUMNS_OF_A_ROW *))),
            None => (by_columns, None),
        };
        let parts: Vec<TokenStream> = match directions.len() {
            1 => vec![quote!(&#gradient)],
            count => (0..count).map(syn::Index::from).map(|index| quote!(&#gradient.#index)).collect(),
        };
        let by_rows = quote! {
            for #row in 0..#rows_name {
                ::chainrule::jacobian::set_unit(&mut #value_bar, #row);
                let #gradient = #pullback(#value_bar.clone());
                let mut #column = 0;
                #(#column += ::chainrule::jacobian::write_row(&mut #jacobian, #row, #column, #parts);)*
            }
        };
        let fill = match plan {
            Plan::Columns => by_columns,
            Plan::Rows => by_rows,
            Plan::AtRunTime => quote!(if #columns_name <= #of_a_row #rows_name { #by_columns } else { #by_rows }),
        };
        quote! {
            #(#zeros)*
            let #columns_name = #(::chainrule::jacobian::count(&#directions))+*;
            #start
            let mut #value_bar = ::chainrule::Differentiable::zero_tangent(&#value);
            let #rows_name = ::chainrule::jacobian::count(&#value_bar);
            let mut #jacobian: #matrix = ::chainrule::jacobian::zeros(#rows_name, #columns_name);
            #fill
            (#value, #jacobian)
        }
    }

    /// `value_and_jacobian` with this body, and `jacobian` by it, or with a body of its own.
    pub fn with_value(
        &self,
        matrix: &TokenStream,
        predicates: &TokenStream,
        body: &TokenStream,
        alone: Option<TokenStream>,
    ) -> TokenStream {
        let signature = &self.signature;
        let (params, generics, ret) = (signature.params(false), self.generics(), signature.ret());
        let arguments = signature.function.params.iter().map(|param| signature.name(param));
        let turbofish = signature.turbofish(0);
        let (vis, link) = (self.visibility(), self.link());
        let [of_function, with_value] = ["jacobian", "value_and_jacobian"].map(|what| self.function(what));
        let doc = format!(
            "The Jacobian of {link}: a row for each component of the result, a column for each component of \
             the arguments in order. What a `&mut` argument refers to is left as it is."
        );
        let alone = alone.unwrap_or_else(|| quote!(Self::#with_value #turbofish (#(#arguments),*).1));
        let doc_with_value = format!("The value of {link} and its Jacobian.");
        quote! {
            ::chainrule::__if_nalgebra! {
                #[doc = #doc]
                #[inline]
                #vis fn #of_function #generics (#(#params),*) -> #matrix #predicates {
                    #alone
                }

                #[doc = #doc_with_value]
                #[inline]
                #vis fn #with_value #generics (#(#params),*) -> (#ret, #matrix) #predicates {
                    #body
                }
            }
        }
    }

    fn where_jacobian(&self, plan: Plan) -> TokenStream {
        match plan {
            Plan::Columns => self.where_forward(),
            Plan::Rows | Plan::AtRunTime => self.where_reverse(),
        }
    }

    /// The names of one direction for each differentiated parameter.
    pub fn directions(&self) -> Vec<Ident> {
        self.signature
            .active()
            .iter()
            .map(|(index, _)| format_ident!("direction_{index}", span = Span::mixed_site()))
            .collect()
    }

    /// The arguments, for one call among several.
    pub fn cloned_arguments(&self) -> Vec<TokenStream> {
        self.signature.function.params.iter().map(|param| self.cloned_argument(param)).collect()
    }

    /// The same in a loop, where an argument by value has to be `Clone` in any case.
    pub fn arguments_in_loop(&self) -> Vec<TokenStream> {
        let params = self.signature.function.params.iter();
        let arguments = params.map(|param| match param.passing {
            Passing::Value if !self.signature.function.vars[param.var].ty.is_scalar() => {
                let name = self.signature.name(param);
                quote!(#name.clone())
            }
            _ => self.cloned_argument(param),
        });
        arguments.collect()
    }

    fn cloned_argument(&self, param: &Param) -> TokenStream {
        let name = self.signature.name(param);
        let ty = &self.signature.function.vars[param.var].ty;
        match (param.passing, ty) {
            (Passing::Shared, _) => quote!(#name),
            (Passing::Value, ty) if ty.is_scalar() || !is_clone(ty) => quote!(#name),
            (Passing::Value, _) => quote!(#name.clone()),
            (Passing::Mutable, Ty::Slice(_)) => quote!(&mut #name.to_vec()),
            (Passing::Mutable, _) => quote!(&mut #name.clone()),
        }
    }

    /// The scalar of the matrix: the function's generic float, or the widest of the floats that stand in its signature.
    pub fn float_of_matrix(&self) -> TokenStream {
        if let Some(float) = self.signature.float() {
            return quote!(#float);
        }
        let function = self.signature.function;
        let mut widest = None;
        for (_, param) in self.signature.active() {
            widen(&function.vars[param.var].ty, &mut widest);
        }
        widen(&function.ret_ty, &mut widest);
        if widest == Some(FloatTy::F32) { quote!(f32) } else { quote!(f64) }
    }
}

fn widen(ty: &Ty, widest: &mut Option<FloatTy>) {
    match ty {
        Ty::Float(FloatTy::F32) | Ty::Matrix(FloatTy::F32) if widest.is_none() => *widest = Some(FloatTy::F32),
        Ty::Float(FloatTy::F32) | Ty::Matrix(FloatTy::F32) | Ty::Int | Ty::Bool | Ty::Inert => {}
        Ty::Tuple(parts) => parts.iter().for_each(|part| widen(part, widest)),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) | Ty::Option(item) => widen(item, widest),
        Ty::Float(_) | Ty::Matrix(_) | Ty::Rotation(_) | Ty::Unknown => *widest = Some(FloatTy::F64),
    }
}

fn is_long_tuple(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Tuple(tuple) => tuple.elems.len() > LONGEST_TUPLE || tuple.elems.iter().any(is_long_tuple),
        _ => false,
    }
}
