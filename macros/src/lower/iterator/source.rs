//! What a chain starts from: ranges, and the elements, chunks, windows, rows and columns of a place.

use super::index::{literal, zero};
use super::items::Items;
use super::{Chain, Flow, Result, Segment, Unknown};
use crate::ir::{Access, Expr, Opaque, Place, Range, Ty};
use crate::lower::scope::Binding;
use crate::lower::syntax::referenced;
use crate::lower::{Lowerer, Value, strip};
use crate::refusal::Refusal;
use std::rc::Rc;
use syn::spanned::Spanned;

/// How a source gives its elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lent {
    /// As the expression is: by value, or as the reference that it is.
    No,
    /// `iter()`, `&v`
    Shared,
    /// `iter_mut()`, `&mut v`
    Mutably,
}

/// Methods that start a chain.
const SOURCES: &[&str] = &[
    "iter",
    "iter_mut",
    "into_iter",
    "chunks",
    "chunks_mut",
    "chunks_exact",
    "chunks_exact_mut",
    "windows",
    "row_iter",
    "column_iter",
];

/// `once` of `iter::once(x)`, and its kin.
fn of_one_value(call: &syn::ExprCall) -> Option<&'static str> {
    let syn::Expr::Path(path) = strip(&call.func) else { return None };
    let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
    let (name, module) = (names.next()?, names.next()?);
    let known = [("once", 1), ("repeat", 1), ("repeat_n", 2)].into_iter().find(|(known, _)| name == known);
    known.filter(|(_, arguments)| module == "iter" && call.args.len() == *arguments).map(|(known, _)| known)
}

/// `text.split(' ')`, `text.chars().enumerate()`: parts of a text, which carry no derivative, and of which there are finitely many.
fn of_text(expr: &syn::Expr) -> bool {
    let syn::Expr::MethodCall(call) = strip(expr) else { return false };
    let name = call.method.to_string();
    match name.as_str() {
        "split_whitespace" | "split_ascii_whitespace" | "lines" | "chars" | "char_indices" | "bytes" => {
            call.args.is_empty()
        }
        // a list is split by a closure
        "split" | "rsplit" | "split_terminator" => {
            call.args.len() == 1 && matches!(call.args.first().map(strip), Some(syn::Expr::Lit(_)))
        }
        "rev" | "enumerate" | "skip" | "take" | "step_by" | "filter" | "skip_while" | "take_while" => {
            of_text(&call.receiver)
        }
        _ => false,
    }
}

/// `v.drain(a..b)`
fn is_drain(call: &syn::ExprMethodCall) -> bool {
    call.method == "drain" && matches!(call.args.first().map(strip), Some(syn::Expr::Range(_)))
}

/// A range over positions.
pub fn positions(high: Expr) -> Range {
    Range::between(zero(), high)
}

impl Lowerer<'_> {
    /// Whether an expression is a chain by its form: there is a source at its start.
    pub fn is_chain(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Range(_) => true,
            syn::Expr::MethodCall(call) => {
                SOURCES.contains(&call.method.to_string().as_str()) || is_drain(call) || self.is_chain(&call.receiver)
            }
            syn::Expr::Call(call) => of_one_value(call).is_some(),
            expr => matches!(self.scopes.find_named(expr), Some(Binding::Chain(_))),
        }
    }

    /// Whether an expression is an iterator by its form, and no value that one gave.
    pub fn is_iterator(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::MethodCall(call) => {
                let name = call.method.to_string();
                SOURCES.contains(&name.as_str())
                    || is_drain(call)
                    || (super::adapter::ADAPTERS.contains(&name.as_str()) && self.is_iterator(&call.receiver))
            }
            other => self.is_chain(other),
        }
    }

    /// `let squares = xs.iter().map(|x| x * x);`: a name for an iterator, if nothing is counted along it and nothing that it reads
    /// by value changes.
    pub fn bind_chain(&mut self, pat: &syn::Pat, init: &syn::Expr) -> bool {
        let syn::Pat::Ident(ident) = pat else { return false };
        let plain = ident.subpat.is_none() && ident.by_ref.is_none() && ident.mutability.is_none();
        if !plain || !self.is_chain(init) || self.carries_nothing(init) {
            return false;
        }
        let source = self.opaque(init, None);
        let changes = |var: &crate::ir::Var| {
            let info = &self.vars[*var];
            info.mutable && info.access == Access::Owned && info.ty.is_scalar()
        };
        if source.reads.iter().any(changes) || !source.writes.is_empty() {
            return false;
        }
        let before = self.out.len();
        match self.flow(init) {
            Ok(flow) if !flow.has_state() => {
                let chain = Chain { flow, source };
                self.scopes.bind(&ident.ident.to_string(), Binding::Chain(Rc::new(chain)));
                true
            }
            _ => {
                self.out.truncate(before);
                false
            }
        }
    }

    /// What `for` and `zip` accept: a chain, or something whose elements are iterated.
    pub fn iterated(&mut self, expr: &syn::Expr) -> Result<Flow> {
        match strip(expr) {
            syn::Expr::Reference(reference) => {
                let lent = if reference.mutability.is_some() { Lent::Mutably } else { Lent::Shared };
                self.elements(&reference.expr, lent)
            }
            stripped if self.is_chain(stripped) => self.flow(stripped),
            other => self.elements(other, Lent::No),
        }
    }

    /// The parts of a text, put into a list first.
    pub fn parts_of_text(&mut self, expr: &syn::Expr) -> Option<Flow> {
        let list = of_text(expr).then(|| syn::parse2(crate::emit::sugar::listed(expr)).ok()).flatten()?;
        let list = Opaque { flows: Vec::new(), drops: Vec::new(), ..self.opaque(&list, None) };
        let list = Value::new(Expr::Opaque(list), Ty::Vec(Box::new(Ty::Unknown)));
        let place = Place::of(self.bind_temporary(list));
        Some(self.elements_of(place, true, false))
    }

    /// What `zip` accepts, which may go on for ever.
    pub fn zipped_with(&mut self, expr: &syn::Expr) -> Result<Flow> {
        match strip(expr) {
            chain if !matches!(chain, syn::Expr::Reference(_)) && self.is_chain(chain) => self.unbounded(chain),
            other => self.iterated(other),
        }
    }

    /// A source.
    pub fn source(&mut self, expr: &syn::Expr) -> Result<Flow> {
        let unknown = || Unknown::new(expr.span(), Refusal::Iterator);
        match strip(expr) {
            syn::Expr::Range(_) => {
                let range = self.range(expr).ok_or_else(unknown)?;
                Ok(Flow { segments: vec![Segment::new(Items::Index, range)] })
            }
            syn::Expr::Call(call) if of_one_value(call).is_some() => {
                let value = self.lower_expr(&call.args[0]);
                let value = self.held(value);
                let (endless, count) = match of_one_value(call) {
                    Some("once") => (false, Expr::integer(1)),
                    // what is no scalar would be copied for each item
                    _ if !value.ty.is_scalar() => return Err(unknown()),
                    Some("repeat") => (true, crate::lower::constant_path("usize::MAX")),
                    _ => (false, self.index(&call.args[1])),
                };
                let segment = Segment::new(Items::Single(value), positions(count));
                Ok(Flow { segments: vec![Segment { endless, ..segment }] })
            }
            syn::Expr::MethodCall(call) => self.method_source(call),
            named => match self.scopes.find_named(named) {
                Some(Binding::Chain(chain)) => Ok(chain.flow.clone()),
                _ => Err(unknown()),
            },
        }
    }

    fn method_source(&mut self, call: &syn::ExprMethodCall) -> Result<Flow> {
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod(call.method.to_string()));
        match (call.method.to_string().as_str(), call.args.first()) {
            ("into_iter", None) if self.is_chain(&call.receiver) => self.flow(&call.receiver),
            ("into_iter", None) => self.iterated(&call.receiver),
            ("iter", None) => self.elements(&call.receiver, Lent::Shared),
            ("iter_mut", None) => self.elements(&call.receiver, Lent::Mutably),
            (name @ ("row_iter" | "column_iter"), None) => {
                let (place, _) = self.sequence(&call.receiver)?;
                let (view, count) = if name == "row_iter" { ("row", "nrows") } else { ("column", "ncols") };
                let high = self.length_of(&place, count);
                let high = self.bind_integer("n", high);
                Ok(Flow { segments: vec![Segment::new(Items::Views { place, view }, positions(high))] })
            }
            (name @ ("chunks" | "chunks_mut" | "chunks_exact" | "chunks_exact_mut"), Some(size)) => {
                let (place, _) = self.sequence(&call.receiver)?;
                let size = self.size(size);
                let length = self.length_of(&place, "len");
                let length = self.bind_integer("len", length);
                let exact = name.contains("exact");
                let source = if exact { "a / b" } else { "a.div_ceil(b)" };
                let high = self.bound_integer("n", source, &[&length, &size]);
                let length = (!exact).then_some(length);
                let items = Items::Chunks { place, size, length, mutable: name.ends_with("_mut") };
                Ok(Flow { segments: vec![Segment::new(items, positions(high))] })
            }
            ("drain", Some(_)) => {
                let taken = self.drained(call).ok_or_else(|| {
                    Unknown::new(call.method.span(), Refusal::UnknownResizing(call.method.to_string()))
                })?;
                let place = Place::of(self.bind_temporary(taken));
                Ok(self.elements_of(place, true, false))
            }
            ("windows", Some(size)) => {
                let (place, _) = self.sequence(&call.receiver)?;
                let size = self.size(size);
                let length = self.length_of(&place, "len");
                let high = self.bound_integer("n", "(a + 1).saturating_sub(b)", &[&length, &size]);
                Ok(Flow { segments: vec![Segment::new(Items::Windows { place, size }, positions(high))] })
            }
            _ => Err(unknown()),
        }
    }

    /// The size of chunks and windows, and a step, which must not be zero.
    pub fn size(&mut self, expr: &syn::Expr) -> Expr {
        let size = self.index(expr);
        if literal(&size).is_none_or(|size| size == 0) {
            self.check("a != 0", &[&size], "the size is zero");
        }
        size
    }

    /// The elements of a slice, an array, a `Vec`, a matrix.
    fn elements(&mut self, expr: &syn::Expr, lent: Lent) -> Result<Flow> {
        let (place, _) = self.sequence(expr)?;
        let reference = self.vars[place.root].access != Access::Owned;
        // `for x in array` and `for x in vec` give the elements themselves
        let by_value = lent == Lent::No && !reference && place.is_whole() && !self.names_reference(expr);
        let mutable = match lent {
            Lent::No => self.is_mutable_reference(&place) || self.is_mutable_alias(expr),
            lent => lent == Lent::Mutably,
        };
        Ok(self.elements_of(place, by_value, mutable))
    }

    /// The elements of a place, as values or as references.
    pub fn elements_of(&mut self, place: Place, by_value: bool, mutable: bool) -> Flow {
        let length = self.length_of(&place, "len");
        let high = self.bind_integer("n", length);
        let items = Items::Elements { place, by_value, mutable };
        Flow { segments: vec![Segment::new(items, positions(high))] }
    }

    /// The place of a sequence, and the type of the sequence.
    fn sequence(&mut self, expr: &syn::Expr) -> Result<(Place, Ty)> {
        let unknown = || Unknown::new(expr.span(), Refusal::Iterator);
        let is_sequence = |ty: &Ty| matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) | Ty::Matrix(_));
        let (place, ty) = match strip(expr) {
            syn::Expr::MethodCall(_)
            | syn::Expr::Call(_)
            | syn::Expr::Macro(_)
            | syn::Expr::Array(_)
            | syn::Expr::Repeat(_) => match self.lower_place(expr) {
                Some(found) => found,
                None => {
                    let value = self.lower_expr(expr);
                    let ty = value.ty.clone();
                    if !is_sequence(&ty) && !matches!(value.expr, Expr::Call(_)) {
                        return Err(unknown());
                    }
                    match value.place() {
                        Some(place) => (place.clone(), ty),
                        None => (Place::of(self.bind_temporary(value)), ty),
                    }
                }
            },
            _ => self.base_place(expr).or_else(|| self.constant_place(expr)).ok_or_else(unknown)?,
        };
        if self.keyed.contains(&place.root) {
            return Err(unknown());
        }
        if is_sequence(&ty) || ty == Ty::Unknown { Ok((place, ty)) } else { Err(unknown()) }
    }

    /// The place of a constant or a static, `TABLE`, `Self::NODES[i]`, behind a reference.
    fn constant_place(&mut self, expr: &syn::Expr) -> Option<(Place, Ty)> {
        if !self.is_named_elsewhere(expr) {
            return None;
        }
        let reference = self.opaque(&referenced(expr.clone()), None);
        let value = Value::new(Expr::Opaque(reference), Ty::Unknown);
        Some((Place::of(self.bind_temporary(value)), Ty::Unknown))
    }

    /// Whether an expression is a part of something that is no variable of the function.
    fn is_named_elsewhere(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            path @ syn::Expr::Path(_) => self.scopes.find_named(path).is_none(),
            syn::Expr::Index(index) => self.is_named_elsewhere(&index.expr),
            syn::Expr::Field(field) => self.is_named_elsewhere(&field.base),
            _ => false,
        }
    }
}
