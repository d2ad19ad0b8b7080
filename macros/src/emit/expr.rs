//! Expressions as tokens.

use super::Emitter;
use super::linear::pushes_of_both;
use crate::ir::expr::{Construct, Layout, MapFn};
use crate::ir::{Access, Expr, FloatTy, Marker, MatrixOp, Place, Role, Room, Ty, Var};
use crate::rules::{Form, Prim, matrix};
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// How tightly an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Comparison,
    Sum,
    Product,
    Prefix,
    Atom,
}

impl Emitter<'_> {
    /// An expression.
    pub fn expr(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Float(value, text) => self.float(*value, text.as_deref()),
            Expr::Var(var) => self.value(*var),
            Expr::Load(place) => self.load(place),
            Expr::Borrow(place, mutable) => self.lent(place, *mutable),
            Expr::Snapshot(place) => self.snapshot(place),
            Expr::Prim(prim, args) => self.prim(*prim, args),
            Expr::Select(cond, then, otherwise) => {
                let [cond, then, otherwise] = [cond, then, otherwise].map(|part| self.expr(part));
                quote!(if #cond { #then } else { #otherwise })
            }
            Expr::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.expr(part));
                quote!((#(#parts),*))
            }
            Expr::Array { items, heap } => {
                let items = items.iter().map(|item| self.expr(item));
                if *heap { quote!(::chainrule::__private::vec![#(#items),*]) } else { quote!([#(#items),*]) }
            }
            Expr::Repeat { item, len, heap } => {
                let (item, len) = (self.expr(item), self.expr(len));
                if *heap { quote!(::chainrule::__private::vec![#item; #len]) } else { quote!([#item; #len]) }
            }
            Expr::Construct(construct) => self.construct(construct),
            Expr::Cast(value, to) => {
                let (value, to) = (self.operand(value, Binding::Prefix), float_type(to));
                quote!(#value as #to)
            }
            Expr::Call(call) => self.call(call),
            Expr::Matrix(op, operands) => self.matrix(op, operands),
            Expr::Linear { op, slope, operands, seed } => self.linear(op, *slope, operands, seed),
            Expr::Curvature(curvature) => self.whole_curvature(curvature),
            Expr::ZeroLike(of) => {
                let of = self.reference(of);
                quote!(::chainrule::Differentiable::zero_tangent(#of))
            }
            Expr::ZeroAlong(of) => self.zero_along(of),
            Expr::Sum(terms) => self.sum(terms),
            Expr::SumElements { items, zero } => {
                let (items, zero) = (self.expr(items), self.expr(zero));
                quote!(::chainrule::rules::float::sum_elements(#items, #zero))
            }
            Expr::NewStack(Room::Growing) => quote!(::chainrule::residual::Stack::new()),
            Expr::NewStack(Room::One) => quote!(::chainrule::residual::Slot::new()),
            Expr::NewStack(Room::Zeros) => quote!(::chainrule::residual::Zeros::new()),
            Expr::NewStack(Room::Loop(range)) if range.checkpoint.is_some() => {
                range.checkpoint.as_ref().map(|checkpoint| self.schedule(range, checkpoint)).unwrap_or_default()
            }
            Expr::NewStack(Room::Loop(range)) => {
                let range = self.range(range);
                quote!(::chainrule::residual::Stack::with_room_for(&(#range)))
            }
            Expr::Rewind(stack) => {
                let stack = self.name(*stack);
                quote!(#stack.rewind())
            }
            Expr::Pop(stack) => {
                let stack = self.name(*stack);
                quote!(#stack.pop())
            }
            Expr::Frame(stack, range) => {
                let (stack, range) = (self.name(*stack), self.range(range));
                quote!(#stack.frame(&(#range)))
            }
            Expr::Pushforward { call, markers, dots } => self.pushforward(call, markers, dots),
            Expr::Opaque(opaque) => self.unmarked(opaque.tokens.0.clone()),
        }
    }

    /// The zero tangent of the shape of a value, where a direction stands for that of a float.
    fn zero_along(&self, of: &Expr) -> TokenStream {
        let Some(direction) = self.direction else { return TokenStream::new() };
        match of {
            Expr::Float(..) => quote!(#direction::ZERO),
            of => {
                let of = self.reference(of);
                quote!(::chainrule::directions::zeros::<#direction, _>(#of))
            }
        }
    }

    /// A literal in the float type of the function.
    pub fn float(&self, value: f64, text: Option<&str>) -> TokenStream {
        if let Some(literal) = text.and_then(|text| syn::parse_str::<TokenStream>(text).ok()) {
            return literal;
        }
        let literal = match () {
            () if value.is_nan() => quote!(f64::NAN),
            () if value.is_infinite() && value > 0.0 => quote!(f64::INFINITY),
            () if value.is_infinite() => quote!(f64::NEG_INFINITY),
            () if value < 0.0 => {
                let literal = Literal::f64_unsuffixed(-value);
                quote!(-#literal)
            }
            () => Literal::f64_unsuffixed(value).into_token_stream(),
        };
        match self.float {
            Some(float) => quote!(<#float as ::chainrule::Real>::constant(#literal)),
            None => literal,
        }
    }

    /// The value of a variable.
    fn value(&self, var: Var) -> TokenStream {
        let name = self.name(var);
        if self.vars[var].access == Access::Owned { quote!(#name) } else { quote!(*#name) }
    }

    /// A copy of what is in a place, owned.
    fn snapshot(&self, place: &Place) -> TokenStream {
        let (path, _) = self.located(place, false);
        let of_directions = self.direction.is_some() && matches!(self.vars[place.root].role, Role::Tangent(_));
        match self.vars.place_type(place) {
            // arrays of what is `Copy` and generic are cloned element by element
            ty if of_directions && ty.is_copy() => self.load(place),
            _ if place.ends_in_view() => quote!(#path.clone_owned()),
            Ty::Matrix(_) => quote!(#path.clone_owned()),
            Ty::Slice(_) => quote!(#path.to_vec()),
            ty if ty.is_scalar() => self.load(place),
            _ if self.is_named_and_known(place) => quote!(#path.clone()),
            // of what stands behind a guard or a smart pointer, a method call would copy the inside
            _ if place.is_in_payload() => {
                let part = self.borrow(place, false);
                quote!(::core::clone::Clone::clone(#part))
            }
            _ => quote!(#path.clone()),
        }
    }

    /// A reference to the value of an expression.
    pub fn reference(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Borrow(place, _) => self.borrow(place, false),
            Expr::Var(var) => self.borrow(&Place::of(*var), false),
            Expr::Load(place) | Expr::Snapshot(place) => self.borrow(place, false),
            other => {
                let value = self.operand(other, Binding::Prefix);
                quote!(&#value)
            }
        }
    }

    /// `Accumulate::accumulate(&mut sum, &term);`, of a term that may be nothing by its type `term.add_to(&mut sum);`
    pub fn accumulate(&self, sum: &TokenStream, term: &Expr) -> TokenStream {
        match term {
            Expr::Curvature(curvature) if curvature.may_be_nothing() => {
                let term = self.curvature(curvature);
                quote!(#term.add_to(#sum);)
            }
            term => {
                let term = self.reference(term);
                quote!(::chainrule::Accumulate::accumulate(#sum, #term);)
            }
        }
    }

    fn binding(&self, expr: &Expr) -> Binding {
        match expr {
            Expr::Prim(prim, _) => match prim.form() {
                Form::Infix("+" | "-") => Binding::Sum,
                Form::Infix("<") => Binding::Comparison,
                Form::Infix(_) => Binding::Product,
                Form::Negation => Binding::Prefix,
                _ => Binding::Atom,
            },
            Expr::Matrix(MatrixOp::Operator(name), _) => match *name {
                "add" | "sub" => Binding::Sum,
                "neg" => Binding::Prefix,
                _ => Binding::Product,
            },
            Expr::Float(value, None) if *value < 0.0 && self.float.is_none() => Binding::Prefix,
            Expr::Float(_, Some(text)) if text.starts_with('-') => Binding::Prefix,
            Expr::Load(place) if self.is_behind_reference(place) => Binding::Prefix,
            Expr::Var(var) if self.vars[*var].access != Access::Owned => Binding::Prefix,
            Expr::Borrow(..) => Binding::Prefix,
            Expr::Sum(terms) if pushes_of_both(terms).is_some() => Binding::Atom,
            Expr::Cast(..) | Expr::Select(..) | Expr::Sum(_) | Expr::Matrix(MatrixOp::Cast(_), _) => {
                Binding::Comparison
            }
            Expr::Opaque(opaque) if !is_chain(&opaque.tokens.0) => Binding::Comparison,
            _ => Binding::Atom,
        }
    }

    /// An operand, in parentheses if it binds less tightly than its place asks for.
    fn operand(&self, expr: &Expr, least: Binding) -> TokenStream {
        let tokens = self.expr(expr);
        if self.binding(expr) < least { quote!((#tokens)) } else { tokens }
    }

    fn prim(&self, prim: Prim, args: &[Expr]) -> TokenStream {
        match (prim.form(), args) {
            (Form::Infix(op), [a, b]) => {
                let (left, right) = match op {
                    "+" => (Binding::Sum, Binding::Sum),
                    "-" => (Binding::Sum, Binding::Product),
                    "<" => (Binding::Sum, Binding::Sum),
                    "*" => (Binding::Product, Binding::Product),
                    _ => (Binding::Product, Binding::Prefix),
                };
                // a product of products keeps the order in which it was built
                let right = if matches!(op, "+" | "*") && self.binding(b) == right { next(right) } else { right };
                let (a, b) = (self.operand(a, left), self.operand(b, right));
                let op: TokenStream = op.parse().unwrap_or_default();
                quote!(#a #op #b)
            }
            (Form::Negation, [a]) => {
                let a = self.operand(a, Binding::Prefix);
                quote!(-#a)
            }
            (Form::Method(name), [receiver, rest @ ..]) => {
                let receiver = self.operand(receiver, Binding::Atom);
                let name = quote::format_ident!("{name}");
                let rest = rest.iter().map(|arg| self.expr(arg));
                quote!(#receiver.#name(#(#rest),*))
            }
            (Form::Helper(name), args) => {
                let name = quote::format_ident!("{name}");
                let args = args.iter().map(|arg| self.expr(arg));
                quote!(::chainrule::rules::float::#name(#(#args),*))
            }
            _ => TokenStream::new(),
        }
    }

    fn matrix(&self, op: &MatrixOp, operands: &[Expr]) -> TokenStream {
        match (op, operands) {
            (MatrixOp::Operator("neg"), [a]) => {
                let a = self.operand(a, Binding::Prefix);
                quote!(-#a)
            }
            (MatrixOp::Operator(name), [a, b]) => {
                let (a, b) = (self.operand(a, Binding::Prefix), self.operand(b, Binding::Prefix));
                let op: TokenStream = match *name {
                    "add" => quote!(+),
                    "sub" => quote!(-),
                    "mul" => quote!(*),
                    "rem" => quote!(%),
                    _ => quote!(/),
                };
                quote!(#a #op #b)
            }
            (MatrixOp::Keep(name), [a, b]) => {
                let beside = |index| MatrixOp::Operator(name).literal_beside(index, operands).is_some();
                let function = match [beside(0), beside(1)] {
                    [true, _] => quote!(beside::keep_0),
                    [_, true] => quote!(beside::keep_1),
                    _ => quote!(keep),
                };
                let (name, a, b) = (quote::format_ident!("{name}"), self.reference(a), self.reference(b));
                quote!(::chainrule::rules::#name::#function(#a, #b))
            }
            (MatrixOp::Method { name, .. }, [arg]) if matrix::has_value(name) => {
                let (name, arg) = (quote::format_ident!("{name}"), self.reference(arg));
                quote!(::chainrule::rules::#name::value(#arg))
            }
            (MatrixOp::Method { name, .. } | MatrixOp::Shared(name), [receiver, rest @ ..]) => {
                let receiver = self.method_receiver(receiver);
                let copy = matrix::consumes_receiver(name).then(|| quote!(.clone()));
                let name = quote::format_ident!("{name}");
                let rest = rest.iter().map(|arg| self.expr(arg));
                quote!(#receiver #copy.#name(#(#rest),*))
            }
            (MatrixOp::Cast(to), [value]) => {
                let (value, to) = (self.value_behind(value), float_type(to));
                quote!(#value as #to)
            }
            (MatrixOp::Map(function), [receiver]) => {
                let receiver = self.method_receiver(receiver);
                let function = match function {
                    MapFn::Prim(_, path) => path.parse().unwrap_or_default(),
                    MapFn::Path(path) => path.0.clone(),
                };
                quote!(#receiver.map(#function))
            }
            _ => TokenStream::new(),
        }
    }

    /// The value of an operand that is borrowed only so that nothing is moved.
    fn value_behind(&self, operand: &Expr) -> TokenStream {
        match operand {
            Expr::Borrow(place, _) => self.operand(&Expr::Load(place.clone()), Binding::Prefix),
            other => self.operand(other, Binding::Prefix),
        }
    }

    /// A receiver, which rustc borrows by itself.
    fn method_receiver(&self, receiver: &Expr) -> TokenStream {
        match receiver {
            Expr::Borrow(place, _) if place.is_whole() => self.name(place.root).into_token_stream(),
            Expr::Borrow(place, _) => self.located(place, false).0,
            other => self.operand(other, Binding::Atom),
        }
    }

    /// `Path { field: value, ..base }`, `Path(value)`, `matrix![value, ..; ..]`
    fn construct(&self, construct: &Construct) -> TokenStream {
        let path = &construct.path.0;
        let values = construct.fields.iter().map(|(_, _, value)| self.expr(value));
        match construct.layout {
            Layout::Named => {}
            Layout::Listed => return quote!(#path(#(#values),*)),
            Layout::Entries => return quote!(::chainrule::rules::entries(#path(#(#values),*))),
            Layout::Coordinates => return quote!(::chainrule::rules::coordinates(#path(#(#values),*))),
            Layout::Rows(columns) => {
                let values: Vec<_> = values.collect();
                let rows = values.chunks(columns).map(|row| quote!(#(#row),*));
                return quote!(::chainrule::rules::entries(#path[#(#rows);*]));
            }
        }
        let names = construct.fields.iter().map(|(_, name, _)| super::place::member(name));
        let base = construct.base.as_ref().map(|base| {
            let base = self.snapshot(base);
            quote!(..#base)
        });
        quote!(#path { #(#names: #values,)* #base })
    }

    /// The activity marker of an argument.
    pub fn marker(&self, marker: Marker, of_param: &[TokenStream]) -> TokenStream {
        match marker {
            Marker::Active => quote!(::chainrule::activity::Active),
            Marker::Inactive => quote!(::chainrule::activity::Inactive),
            Marker::OfParam(index) => of_param.get(index).cloned().unwrap_or_default(),
        }
    }
}

/// `!cond`
pub fn negated(cond: &TokenStream) -> TokenStream {
    if is_chain(cond) { quote!(!#cond) } else { quote!(!(#cond)) }
}

/// Whether copied source is a path, a literal, or a chain of calls and indices, which needs no parentheses.
pub fn is_chain(tokens: &TokenStream) -> bool {
    let mut after_word = false;
    tokens.clone().into_iter().all(|token| {
        let word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        let adjacent = word && std::mem::replace(&mut after_word, word);
        after_word = word;
        match token {
            TokenTree::Ident(_) | TokenTree::Literal(_) => !adjacent,
            TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
            TokenTree::Punct(punct) => matches!(punct.as_char(), ':' | '.'),
        }
    })
}

fn next(binding: Binding) -> Binding {
    match binding {
        Binding::Comparison => Binding::Sum,
        Binding::Sum => Binding::Product,
        Binding::Product => Binding::Prefix,
        Binding::Prefix | Binding::Atom => Binding::Atom,
    }
}

/// A float type as tokens.
pub fn float_type(ty: &FloatTy) -> TokenStream {
    match ty {
        FloatTy::F64 | FloatTy::Inferred => quote!(f64),
        FloatTy::F32 => quote!(f32),
        FloatTy::Param(name) => {
            let name = quote::format_ident!("{name}");
            quote!(#name)
        }
    }
}
