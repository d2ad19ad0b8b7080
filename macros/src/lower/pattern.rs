//! `let`: patterns, aliases, declarations.

use super::scope::Binding;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Access, Expr, Pattern, Place, Role, Stmt, Ty, Var, VarInfo};
use crate::options::has_no_diff;
use crate::refusal::Refusal;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// `let pattern = value;`
    pub fn lower_let(&mut self, local: &syn::Local) {
        let (pat, annotation) = match &local.pat {
            syn::Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pat => (pat, None),
        };
        if let Some(init) = local.init.as_ref().filter(|init| has_no_diff(&local.attrs) && init.diverge.is_none()) {
            self.let_constant(pat, annotation, &init.expr);
            return;
        }
        self.check_let_attributes(local);
        let Some(init) = &local.init else {
            self.declare(pat, annotation);
            return;
        };
        if init.diverge.is_some() {
            self.let_else(local, init, &[], super::choice::Use::Effect);
            return;
        }
        if self.bind_alias(pat, &init.expr) || self.bind_callable(pat, &init.expr) || self.bind_chain(pat, &init.expr) {
            return;
        }
        let value = self.lower_annotated(&init.expr, annotation);
        self.bind_pattern(pat, value, annotation);
    }

    /// `#[no_diff] let pattern = value;`: copied through, and no derivative flows.
    fn let_constant(&mut self, pat: &syn::Pat, annotation: Option<&syn::Type>, init: &syn::Expr) {
        if let Some(word) = self.jump_in(init) {
            self.diagnostics.refuse(init.span(), &Refusal::Jump(word));
        }
        let value = self.stopped(init, init);
        self.bind_pattern(pat, value, annotation);
    }

    /// Attributes of a `let` that are not understood.
    pub fn check_let_attributes(&mut self, local: &syn::Local) {
        if let Some(attr) = local.attrs.iter().find(|attr| !attr.path().is_ident("allow")) {
            let name = syntax::last_segment(attr.path()).unwrap_or_default();
            let refusal = if name == "no_diff" { Refusal::NoDiffLet } else { Refusal::Attribute(name) };
            self.diagnostics.refuse(attr.span(), &refusal);
        }
    }

    /// `let x;`, `let (x, y);`
    fn declare(&mut self, pat: &syn::Pat, annotation: Option<&syn::Type>) {
        if let syn::Pat::Tuple(tuple) = pat {
            let annotations = tuple_types(annotation, tuple.elems.len());
            return tuple.elems.iter().zip(annotations).for_each(|(part, ty)| self.declare(part, ty));
        }
        let syn::Pat::Ident(ident) = pat else {
            self.diagnostics.refuse(pat.span(), &Refusal::Pattern);
            return;
        };
        let ty = annotation.map_or(Ty::Unknown, |ty| self.generics.ty(ty));
        let var = self.variable(&ident.ident, ty, true, annotation);
        self.out.push(Stmt::Declare(var));
    }

    /// `let r = &mut a[i];`, `let c = m.column(j);`, `let r = &v;`: a name for a place.
    fn bind_alias(&mut self, pat: &syn::Pat, init: &syn::Expr) -> bool {
        let syn::Pat::Ident(ident) = pat else { return false };
        if ident.subpat.is_some() || ident.by_ref.is_some() {
            return false;
        }
        let (target, reference, mutable) = match strip(init) {
            syn::Expr::Reference(reference) => (&*reference.expr, true, reference.mutability.is_some()),
            syn::Expr::MethodCall(call) if is_view(&call.method.to_string()) => {
                (init, false, call.method.to_string().ends_with("_mut"))
            }
            syn::Expr::MethodCall(call)
                if (call.method == "unwrap" || call.method == "expect")
                    && (is_element_to_change(&call.receiver) || self.found_to_change(&call.receiver).is_some()) =>
            {
                (init, true, true)
            }
            syn::Expr::Path(_) => (init, true, false),
            _ => return false,
        };
        if matches!(strip(init), syn::Expr::Path(_)) && !self.names_reference(init) {
            return false;
        }
        let Some((place, _)) = self.lower_place(target) else { return false };
        if !reference && !place.ends_in_view() {
            return false;
        }
        let mutable = mutable || (reference && self.vars[place.root].access == Access::Mutable);
        if ident.mutability.is_some() && reference && !mutable {
            self.bind_changing_reference(&ident.ident, place);
        } else {
            self.scopes.bind(&ident.ident.to_string(), Binding::Alias { place, reference, mutable });
        }
        true
    }

    /// `Option<T>` for `Option<&T>` of floats: what a shared reference refers to does not change, so that a copy may stand for it.
    fn owned_option(&self, ty: &syn::Type) -> Option<syn::Type> {
        let syn::Type::Path(path) = ty else { return None };
        let Ty::Option(item) = self.generics.ty(ty) else { return None };
        let mut path = path.clone();
        let syn::PathArguments::AngleBracketed(args) = &mut path.path.segments.last_mut()?.arguments else {
            return None;
        };
        let Some(syn::GenericArgument::Type(inner)) = args.args.first_mut() else { return None };
        let syn::Type::Reference(reference) = &*inner else { return None };
        let carries = *item != Ty::Unknown && !item.is_inert() && reference.mutability.is_none();
        *inner = match &*reference.elem {
            _ if !carries => return None,
            syn::Type::Slice(slice) => crate::emit::vec_of(&slice.elem),
            elem => elem.clone(),
        };
        Some(syn::Type::Path(path))
    }

    /// `let mut best = &a;`: what a shared reference refers to does not change, so that the name may stand for a copy.
    fn bind_changing_reference(&mut self, ident: &syn::Ident, place: Place) {
        let ty = self.place_type(&place).owned();
        let value = Expr::copy_of(place, &ty);
        let var = self.variable(ident, ty, true, None);
        self.out.push(Stmt::Let(Pattern::Var(var), value));
        let binding = Binding::Alias { place: Place::of(var), reference: true, mutable: false };
        self.scopes.bind(&ident.to_string(), binding);
    }

    /// Whether an assignment to a name would let it refer to another place.
    pub fn refers_elsewhere(&self, target: &syn::Expr) -> bool {
        match self.scopes.find_named(target) {
            Some(Binding::Alias { place, mutable, .. }) => {
                let own = place.is_whole() && self.vars[place.root].access == Access::Owned && !mutable;
                matches!(strip(target), syn::Expr::Path(_)) && !own
            }
            _ => false,
        }
    }

    /// Whether a name is that of a reference.
    pub fn names_reference(&self, expr: &syn::Expr) -> bool {
        match self.scopes.find_named(expr) {
            Some(Binding::Var(var)) => self.vars[*var].access != Access::Owned,
            Some(Binding::Alias { reference, .. }) => *reference,
            Some(Binding::Parts(_) | Binding::Callable(_) | Binding::Chain(_)) | None => false,
        }
    }

    /// Binds a value to a pattern.
    pub fn bind_pattern(&mut self, pat: &syn::Pat, value: Value, annotation: Option<&syn::Type>) {
        match pat {
            syn::Pat::Type(typed) => self.bind_pattern(&typed.pat, value, Some(&typed.ty)),
            syn::Pat::Paren(paren) => self.bind_pattern(&paren.pat, value, annotation),
            syn::Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                self.bind_name(ident, value, annotation);
            }
            syn::Pat::Wild(_) => {
                if !value.expr.is_pure() {
                    self.out.push(Stmt::Do(value.expr));
                }
            }
            syn::Pat::Reference(reference) => {
                let value = match value.expr {
                    // behind `&` the names are values
                    Expr::Borrow(place, _) if has_parts(&reference.pat) => Value::new(Expr::Load(place), value.ty),
                    Expr::Borrow(place, _) => self.load(place, value.ty),
                    expr => Value::new(expr, value.ty),
                };
                self.bind_pattern(&reference.pat, value, annotation);
            }
            syn::Pat::Tuple(tuple) => self.bind_tuple(tuple, value, annotation),
            syn::Pat::Struct(_) | syn::Pat::TupleStruct(_) | syn::Pat::Slice(_) => {
                let by_reference = matches!(value.expr, Expr::Borrow(..));
                let value = self.named_result(value, annotation);
                let ty = value.ty.clone();
                let place = self.place_of(value);
                let matched = self.matched(pat, &place, &ty, by_reference);
                matched.names.iter().for_each(|name| self.bind_matched(name));
            }
            _ => self.diagnostics.refuse(pat.span(), &Refusal::Pattern),
        }
    }

    fn bind_name(&mut self, ident: &syn::PatIdent, value: Value, annotation: Option<&syn::Type>) {
        let owned = annotation.and_then(|ty| self.owned_option(ty));
        let value = if owned.is_some() { self.with_owned_parts(value) } else { value };
        let annotation = owned.as_ref().or(annotation);
        let written = annotation.map(|ty| self.generics.ty(ty)).filter(|ty| *ty != Ty::Unknown);
        let ty = written.unwrap_or_else(|| value.ty.clone());
        let mutable = ident.mutability.is_some();
        if let (Expr::Borrow(place, false), true) = (&value.expr, mutable)
            && self.vars[place.root].access == Access::Owned
            && !place.ends_in_view()
        {
            return self.bind_changing_reference(&ident.ident, place.clone());
        }
        if let Expr::Borrow(place, lent) = &value.expr
            && (*lent || !mutable)
        {
            let binding = Binding::Alias { place: place.clone(), reference: !place.ends_in_view(), mutable: *lent };
            self.scopes.bind(&ident.ident.to_string(), binding);
            return;
        }
        if let (Expr::Tuple(parts), false) = (&value.expr, mutable)
            && parts.iter().any(|part| matches!(part, Expr::Borrow(..)))
        {
            return self.bind_parts(&ident.ident, parts.clone(), &value.ty);
        }
        let moved = match &value.expr {
            Expr::Borrow(place, _) => Expr::Snapshot(place.clone()),
            other => other.clone(),
        };
        let var = self.variable(&ident.ident, ty, mutable, annotation);
        if annotation.is_some_and(super::types::is_keyed) || makes_keyed(&value.expr) {
            self.keyed.insert(var);
        }
        if !mutable && self.is_constant(&value.expr) {
            self.constant.insert(var);
        }
        if !self.rename_result(&value, var) {
            self.out.push(Stmt::Let(Pattern::Var(var), moved));
        }
    }

    fn bind_tuple(&mut self, tuple: &syn::PatTuple, value: Value, annotation: Option<&syn::Type>) {
        let parts: Vec<&syn::Pat> = tuple.elems.iter().collect();
        let annotations = tuple_types(annotation, parts.len());
        let value = match value.expr {
            Expr::Call(_) if self.eliminates || !parts.iter().all(|part| is_plain_part(part)) => {
                self.named_result(value, annotation)
            }
            _ => value,
        };
        match (value.expr, value.ty) {
            (Expr::Tuple(exprs), ty) if exprs.len() == parts.len() => {
                let types = part_types(&ty, parts.len());
                for (((pat, expr), ty), annotation) in parts.iter().zip(exprs).zip(types).zip(annotations) {
                    self.bind_pattern(pat, Value::new(expr, ty), annotation);
                }
            }
            (from @ (Expr::Load(_) | Expr::Borrow(..)), ty) => {
                let types = part_types(&ty, parts.len());
                for (index, ((pat, ty), annotation)) in parts.iter().zip(types).zip(annotations).enumerate() {
                    let part = |place: Place| place.project(crate::ir::Projection::Field(index.to_string()));
                    let value = match from.clone() {
                        // of a reference, the names are references to the parts
                        Expr::Borrow(place, lent) => Value::new(Expr::Borrow(part(place), lent), ty),
                        Expr::Load(place) => self.load(part(place), ty),
                        expr => Value::new(expr, ty),
                    };
                    self.bind_pattern(pat, value, annotation);
                }
            }
            (Expr::Var(var), ty) if !matches!(self.vars[var].role, Role::Temporary) => {
                self.bind_tuple(tuple, Value::new(Expr::Load(Place::of(var)), ty), annotation);
            }
            (expr, ty) => {
                let types = part_types(&ty, parts.len());
                let pattern = self.tuple_pattern(&parts, &types, &annotations);
                self.out.push(Stmt::Let(pattern, expr));
            }
        }
    }

    /// The result of a call in a variable that has the type that the source gives it.
    fn named_result(&mut self, value: Value, annotation: Option<&syn::Type>) -> Value {
        if !matches!(value.expr, Expr::Call(_)) {
            return value;
        }
        let written = annotation.map(|ty| self.generics.ty(ty)).filter(|ty| *ty != Ty::Unknown);
        let ty = written.unwrap_or(value.ty);
        let var = self.bind_temporary(Value::new(value.expr, ty.clone()));
        self.vars[var].annotation = annotation.cloned().map(Box::new);
        Value::new(Expr::Load(Place::of(var)), ty)
    }

    /// Variables for the parts of a tuple that only rustc can take apart.
    fn tuple_pattern(&mut self, parts: &[&syn::Pat], types: &[Ty], annotations: &[Option<&syn::Type>]) -> Pattern {
        let parts = parts.iter().zip(types).zip(annotations).map(|((pat, ty), annotation)| match pat {
            syn::Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                let written = annotation.map(|ty| self.generics.ty(ty)).unwrap_or(Ty::Unknown);
                let mutable = ident.mutability.is_some();
                Pattern::Var(self.variable(&ident.ident, written.join(ty), mutable, None))
            }
            syn::Pat::Tuple(tuple) => {
                let parts: Vec<&syn::Pat> = tuple.elems.iter().collect();
                self.tuple_pattern(&parts, &part_types(ty, parts.len()), &tuple_types(*annotation, parts.len()))
            }
            syn::Pat::Wild(_) => Pattern::Wild,
            other => {
                self.diagnostics.refuse(other.span(), &Refusal::Pattern);
                Pattern::Wild
            }
        });
        Pattern::Tuple(parts.collect())
    }

    /// A new variable of the user's.
    pub fn variable(&mut self, ident: &syn::Ident, ty: Ty, mutable: bool, annotation: Option<&syn::Type>) -> Var {
        let name = ident.to_string();
        let info = VarInfo {
            name: name.clone(),
            span: ident.span(),
            ty,
            role: Role::Primal,
            access: Access::Owned,
            mutable,
            annotation: annotation.cloned().map(Box::new),
        };
        let var = if self.scopes.claim(&name) { self.vars.add_exactly(info) } else { self.vars.add(info) };
        self.scopes.bind(&name, Binding::Var(var));
        var
    }
}

/// Whether a pattern takes a value apart.
fn has_parts(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Paren(paren) => has_parts(&paren.pat),
        syn::Pat::Tuple(_) | syn::Pat::Struct(_) | syn::Pat::TupleStruct(_) | syn::Pat::Slice(_) => true,
        _ => false,
    }
}

/// Whether a part of a tuple is a name or a tuple of such parts.
fn is_plain_part(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Ident(ident) => ident.subpat.is_none() && ident.by_ref.is_none(),
        syn::Pat::Tuple(tuple) => tuple.elems.iter().all(is_plain_part),
        syn::Pat::Wild(_) => true,
        _ => false,
    }
}

/// The types of the parts of a tuple, as far as they are known.
pub fn part_types(ty: &Ty, count: usize) -> Vec<Ty> {
    match ty {
        Ty::Tuple(parts) if parts.len() == count => parts.clone(),
        _ => vec![Ty::Unknown; count],
    }
}

fn tuple_types(annotation: Option<&syn::Type>, count: usize) -> Vec<Option<&syn::Type>> {
    match annotation {
        Some(syn::Type::Tuple(tuple)) if tuple.elems.len() == count => tuple.elems.iter().map(Some).collect(),
        _ => vec![None; count],
    }
}

/// `xs.get_mut(i)`, `xs.last_mut()`
fn is_element_to_change(expr: &syn::Expr) -> bool {
    let methods = ["get_mut", "first_mut", "last_mut", "front_mut", "back_mut"];
    matches!(strip(expr), syn::Expr::MethodCall(call) if methods.iter().any(|name| call.method == name))
}

fn is_view(name: &str) -> bool {
    let read = name.strip_suffix("_mut").unwrap_or(name);
    crate::rules::matrix::VIEWS.iter().any(|view| view.0 == read)
}

/// `HashMap::new()`, `BTreeSet::from(..)`
fn makes_keyed(value: &Expr) -> bool {
    let Expr::Opaque(source) = value else { return false };
    let mut tokens = source.tokens.0.clone().into_iter();
    let starts = |token: Option<proc_macro2::TokenTree>| {
        token.is_some_and(|token| super::types::is_keyed_name(&token.to_string()))
    };
    starts(tokens.next()) && tokens.next().is_some_and(|token| token.to_string() == ":")
}
