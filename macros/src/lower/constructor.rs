//! Matrices and vectors put together from scalars and slices: `Vector3::new(x, y, z)`, `matrix![a, b; c, d]`,
//! `DMatrix::from_fn(r, c, f)`.
//!
//! A constructor that lists its entries is put together like a tuple struct, with an index for each part. The others are
//! the loops that nalgebra's documentation describes, on a matrix of zeros. Source: nalgebra, `base::construction`.

use super::{Lowerer, Value, strip, syntax};
use crate::emit::fill::{Fill, zeros_filled};
use crate::ir::expr::{Construct, Layout};
use crate::ir::{Expr, FloatTy, Projection, Tokens, Ty};
use crate::refusal::Refusal;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;

/// The rows of `matrix![a, b; c, d]`.
pub type Rows = Punctuated<Punctuated<syn::Expr, syn::Token![,]>, syn::Token![;]>;

impl Lowerer<'_> {
    /// `Matrix::name(args..)`; `None` if it is no constructor that is understood.
    pub fn matrix_constructor(
        &mut self,
        expr: &syn::Expr,
        path: &syn::ExprPath,
        call: &syn::ExprCall,
    ) -> Option<Value> {
        let segments = syntax::segments(&path.path);
        let [.., ty, name] = segments.as_slice() else { return None };
        if path.path.leading_colon.is_some() && segments == ["chainrule", "rules", "entries"] {
            let whole = Expr::Opaque(self.opaque(expr, None));
            return Some(Value::new(whole, Ty::Matrix(FloatTy::Inferred)));
        }
        let method = decomposition(ty).filter(|_| name == "new");
        let is_point = matches!(name.as_str(), "new" | "from") && super::types::is_point(ty);
        let is_known = method.is_some() || is_point || super::types::is_matrix(ty);
        // constants stay as they are written
        if !is_known || self.is_constant(&Expr::Opaque(self.opaque(expr, None))) {
            return None;
        }
        if let Some(method) = method {
            return Some(self.decomposed(expr, call, method));
        }
        if name == "new" {
            return self.listed(path, ty, call);
        }
        if is_point {
            return self.point_from(path, ty, &call.args);
        }
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let fill = fill_of(ty, name, &args)?;
        let names = ["matrix", "i", "j", "from"].map(|wish| self.reserved(wish));
        let zeros = beside(path, "zeros");
        let block = syn::parse2::<syn::Expr>(zeros_filled(&zeros, &fill, &names)).ok()?;
        let mut value = self.lower_expr(&block);
        if value.ty == Ty::Unknown {
            value.ty = Ty::Matrix(FloatTy::Inferred);
        }
        Some(value)
    }

    /// `Rotation2::new(angle)`, `Rotation3::new(w)` of active values.
    pub fn rotation(&mut self, expr: &syn::Expr, path: &syn::ExprPath, call: &syn::ExprCall) -> Option<Value> {
        let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
        let (name, ty) = (names.next()?, names.next()?);
        let op = crate::rules::matrix::function(&ty, &name)?;
        let (1, Some(arg)) = (call.args.len(), call.args.first()) else { return None };
        if self.is_constant(&Expr::Opaque(self.opaque(expr, None))) {
            return None;
        }
        let value = self.lower_expr(arg);
        let operand = if ty == "Rotation2" { self.scalar(value) } else { self.operand(value) };
        Some(Value::new(Expr::Matrix(op, vec![operand]), Ty::Rotation(FloatTy::Inferred)))
    }

    /// `Cholesky::new(a)` is `a.cholesky()`.
    fn decomposed(&mut self, expr: &syn::Expr, call: &syn::ExprCall, method: &str) -> Value {
        let mut args = call.args.iter().cloned();
        let Some(matrix) = args.next() else {
            return self.copied(expr, Ty::Unknown, Refusal::Construct("this decomposition"));
        };
        let call = syntax::method_call(matrix, syn::Ident::new(method, call.func.span()), args);
        self.method(&syn::Expr::MethodCall(call.clone()), &call)
    }

    /// `Vector3::new(x, y, z)`, `Matrix2::new(m11, m12, m21, m22)`: all entries, row by row.
    fn listed(&mut self, path: &syn::ExprPath, ty: &str, call: &syn::ExprCall) -> Option<Value> {
        let (rows, columns) = size_of(ty).or_else(|| written_size(ty, path))?;
        if rows * columns != call.args.len() {
            return None;
        }
        // in the order in which they are written
        let stored: Vec<usize> = (0..rows * columns).map(|at| at / columns + at % columns * rows).collect();
        let values = self.in_order(&call.args);
        let layout = if super::types::is_point(ty) { Layout::Coordinates } else { Layout::Entries };
        self.put_together(path.to_token_stream(), layout, stored.into_iter().zip(values).collect())
    }

    /// `Point3::from(v)` of a vector or an array is `Point3::new(v[0], v[1], v[2])`.
    fn point_from(
        &mut self,
        path: &syn::ExprPath,
        ty: &str,
        args: &Punctuated<syn::Expr, syn::Token![,]>,
    ) -> Option<Value> {
        let (rows, _) = size_of(ty)?;
        let (1, Some(from)) = (args.len(), args.first()) else { return None };
        let new = beside(path, "new");
        let (from, from_ty) = self.base_place(from)?;
        let entry_ty = from_ty.element().unwrap_or(Ty::Float(FloatTy::Inferred));
        let entries = (0..rows).map(|at| {
            let index = Expr::integer(i32::try_from(at).unwrap_or_default());
            (at, Value::new(Expr::Load(from.clone().project(Projection::Index(Box::new(index)))), entry_ty.clone()))
        });
        self.put_together(new.to_token_stream(), Layout::Coordinates, entries.collect())
    }

    /// `vector![x, y]`, `matrix![a, b; c, d]` and their kin of dynamic size; `None` if it is none of them.
    pub fn matrix_macro(&mut self, expr: &syn::Expr, mac: &syn::Macro) -> Option<Value> {
        let name = syntax::last_segment(&mac.path)?;
        let lines: Vec<Vec<syn::Expr>> = match name.as_str() {
            "matrix" | "dmatrix" => rows_of(mac)?.into_iter().map(|row| row.into_iter().collect()).collect(),
            "vector" | "dvector" => {
                let entries = mac.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated).ok()?;
                entries.into_iter().map(|entry| vec![entry]).collect()
            }
            _ => return None,
        };
        let (rows, columns) = (lines.len(), lines.first()?.len());
        if columns == 0 || lines.iter().any(|line| line.len() != columns) {
            return None;
        }
        let whole = Expr::Opaque(self.opaque(expr, None));
        if lines.iter().flatten().all(|entry| self.is_inert_source(entry)) {
            return Some(Value::new(whole, Ty::Inert));
        }
        if self.is_constant(&whole) {
            return Some(Value::new(whole, Ty::Matrix(FloatTy::Inferred)));
        }
        // the macros evaluate column by column
        let by_column: Vec<&syn::Expr> = (0..columns).flat_map(|j| lines.iter().map(move |line| &line[j])).collect();
        let mut values: Vec<(usize, Value)> = self.in_order(by_column).into_iter().enumerate().collect();
        values.sort_by_key(|(stored, _)| (stored % rows, stored / rows));
        let layout = Layout::Rows(if name.ends_with("vector") { rows } else { columns });
        let mut path = mac.path.to_token_stream();
        mac.bang_token.to_tokens(&mut path);
        self.put_together(path, layout, values)
    }

    /// The entries, row by row, each with its index in the order of storage, which is column by column.
    fn put_together(
        &mut self,
        path: proc_macro2::TokenStream,
        layout: Layout,
        entries: Vec<(usize, Value)>,
    ) -> Option<Value> {
        let scalar = entries.iter().fold(FloatTy::Inferred, |ty, (_, value)| match (&ty, &value.ty) {
            (FloatTy::Inferred, Ty::Float(float)) => float.clone(),
            _ => ty,
        });
        let mut fields = Vec::new();
        for (at, (stored, value)) in entries.into_iter().enumerate() {
            let stored = i32::try_from(stored).ok()?;
            let entry = self.scalar(value);
            fields.push((Projection::Index(Box::new(Expr::integer(stored))), at.to_string(), entry));
        }
        let ty = if layout == Layout::Coordinates { Ty::Unknown } else { Ty::Matrix(scalar) };
        let construct = Construct { path: Tokens(path), layout, fields, base: None };
        Some(Value::new(Expr::Construct(Box::new(construct)), ty))
    }
}

/// Another constructor of the same type.
fn beside(path: &syn::ExprPath, name: &str) -> syn::ExprPath {
    let mut other = path.clone();
    if let Some(last) = other.path.segments.last_mut() {
        *last = syn::Ident::new(name, last.ident.span()).into();
    }
    other
}

/// The rows in the call of a macro, if it has any.
pub fn rows_of(mac: &syn::Macro) -> Option<Rows> {
    mac.parse_body_with(|input: syn::parse::ParseStream<'_>| {
        Rows::parse_terminated_with(input, Punctuated::parse_separated_nonempty)
    })
    .ok()
}

/// The method that makes a decomposition of nalgebra's.
fn decomposition(ty: &str) -> Option<&'static str> {
    Some(match ty {
        "LU" => "lu",
        "QR" => "qr",
        "Cholesky" => "cholesky",
        "SymmetricEigen" => "symmetric_eigen",
        "SVD" => "svd",
        _ => return None,
    })
}

/// The rows and columns that are written out: `SMatrix::<f64, 2, 3>::new`.
fn written_size(ty: &str, path: &syn::ExprPath) -> Option<(usize, usize)> {
    let syn::PathArguments::AngleBracketed(args) = &path.path.segments.iter().rev().nth(1)?.arguments else {
        return None;
    };
    let sizes: Vec<usize> = args.args.iter().filter_map(literal_size).collect();
    match (ty, sizes.as_slice()) {
        ("SMatrix", &[rows, columns]) => Some((rows, columns)),
        ("SVector", &[rows]) => Some((rows, 1)),
        ("RowSVector", &[columns]) => Some((1, columns)),
        _ => None,
    }
}

fn literal_size(arg: &syn::GenericArgument) -> Option<usize> {
    let syn::GenericArgument::Const(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(size), .. })) = arg else {
        return None;
    };
    size.base10_parse().ok()
}

/// The rows and columns of `Vector3`, `Point2`, `RowVector2`, `Matrix4`, `Matrix2x3`.
fn size_of(ty: &str) -> Option<(usize, usize)> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|n| (1..=6).contains(n));
    if let Some(size) = ty.strip_prefix("RowVector") {
        return Some((1, number(size)?));
    }
    if let Some(size) = ty.strip_prefix("Vector").or(ty.strip_prefix("Point")) {
        return Some((number(size)?, 1));
    }
    let size = ty.strip_prefix("Matrix")?;
    match size.split_once('x') {
        Some((rows, columns)) => Some((number(rows)?, number(columns)?)),
        None => Some((number(size)?, number(size)?)),
    }
}

/// What the entries of a constructor are.
fn fill_of<'e>(ty: &str, name: &str, args: &[&'e syn::Expr]) -> Option<Fill<'e>> {
    let dynamic_matrix = ty == "DMatrix";
    let dynamic_vector = matches!(ty, "DVector" | "RowDVector");
    let is_vector = ty.contains("Vector");
    // the sizes come first where the type does not tell them
    let (sizes, rest) = args.split_at_checked(match name {
        "from_fn" | "from_element" | "repeat" | "from_iterator" | "from_diagonal_element" if dynamic_matrix => 2,
        "from_fn" | "from_element" | "repeat" | "from_iterator" if dynamic_vector => 1,
        "from_row_slice" | "from_column_slice" | "from_vec" if dynamic_matrix => 2,
        _ => 0,
    })?;
    let sizes = sizes.to_vec();
    let by_length = dynamic_vector && sizes.is_empty();
    Some(match (name, rest) {
        ("from_fn", [f]) if takes_two(f) => Fill::Function { sizes, f },
        ("from_element" | "repeat", [value]) => Fill::Element { sizes, value },
        ("from_row_slice", [from]) if !is_vector => Fill::Rows { sizes, from },
        ("from_row_slice" | "from_column_slice" | "from_vec", [from]) => Fill::Stored { sizes, from, by_length },
        ("from_iterator", [items]) => Fill::Items { sizes, items },
        ("from_diagonal_element", [value]) if !is_vector => Fill::DiagonalElement { sizes, value },
        ("from_diagonal", [from]) if !is_vector => Fill::Diagonal { from, dynamic: dynamic_matrix },
        _ => return None,
    })
}

/// Whether an expression can be called with a row and a column.
fn takes_two(f: &syn::Expr) -> bool {
    match strip(f) {
        syn::Expr::Closure(closure) => closure.inputs.len() == 2,
        syn::Expr::Path(_) => true,
        _ => false,
    }
}
