//! Shapes that the source tells: arrays of floats whose lengths are written, in the signature, beside a local or by the array itself.
//!
//! Takes a lowered function; answers what the zero cotangent of a place looks like, written out. A variable keeps its type, so that its
//! definition tells its shape for as long as it lives. What a callee returns is known only where its type is written.

use crate::ir::{Block, Expr, Function, Pattern, Place, Projection, Stmt, Ty, VarMap};
use proc_macro2::{Literal, TokenTree};
use quote::ToTokens;

/// A shape.
#[derive(Clone)]
enum Shape {
    Float,
    /// `[item; length]`
    Array(Box<Shape>, Expr),
    Tuple(Vec<Shape>),
}

impl Shape {
    /// That of a type as written.
    fn of_type(ty: &Ty, written: &syn::Type) -> Option<Self> {
        match (ty, written) {
            (_, syn::Type::Reference(reference)) => Self::of_type(ty, &reference.elem),
            (Ty::Float(_), _) => Some(Self::Float),
            (Ty::Array(item), syn::Type::Array(array)) => {
                let len = syn::parse2::<TokenTree>(array.len.to_token_stream()).ok()?;
                Some(Self::Array(Box::new(Self::of_type(item, &array.elem)?), Expr::constant(len)))
            }
            (Ty::Tuple(parts), syn::Type::Tuple(tuple)) if parts.len() == tuple.elems.len() => {
                let parts = parts.iter().zip(&tuple.elems).map(|(part, written)| Self::of_type(part, written));
                parts.collect::<Option<Vec<Self>>>().map(Self::Tuple)
            }
            _ => None,
        }
    }

    fn zero(&self) -> Expr {
        match self {
            Self::Float => Expr::float(0.0),
            Self::Array(item, len) => {
                Expr::Repeat { item: Box::new(item.zero()), len: Box::new(len.clone()), heap: false }
            }
            Self::Tuple(parts) => Expr::Tuple(parts.iter().map(Self::zero).collect()),
        }
    }

    fn part(&self, step: &Projection) -> Option<&Self> {
        match (self, step) {
            (Self::Array(item, _), Projection::Index(_)) => Some(item),
            (Self::Tuple(parts), Projection::Field(name)) => parts.get(name.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

/// The shapes of the variables of a function.
#[derive(Default)]
pub struct Shapes(VarMap<Shape>);

impl Shapes {
    /// Finds them.
    pub fn of(function: &Function) -> Self {
        let mut shapes = Self::default();
        for param in &function.params {
            if let Some(shape) = Shape::of_type(&function.vars[param.var].ty, &param.declared) {
                shapes.0.insert(param.var, shape);
            }
        }
        shapes.block(function, &function.body);
        shapes
    }

    /// The zero cotangent of a place, where its shape is known.
    pub fn zero(&self, place: &Place) -> Option<Expr> {
        self.place(place).map(Shape::zero)
    }

    fn block(&mut self, function: &Function, block: &Block) {
        for stmt in &block.stmts {
            stmt.blocks().into_iter().for_each(|block| self.block(function, block));
            match stmt {
                Stmt::Let(pattern, value) => {
                    let shape = self.expr(value);
                    self.bind(function, pattern, shape.as_ref());
                }
                Stmt::If { result: Some(result), then, otherwise, .. } => {
                    let results = [&then.result, &otherwise.result].into_iter().flatten();
                    let shape = results.filter_map(|result| self.expr(result)).next();
                    self.bind(function, &Pattern::Var(*result), shape.as_ref());
                }
                Stmt::Declare(var) => self.bind(function, &Pattern::Var(*var), None),
                _ => {}
            }
        }
    }

    fn bind(&mut self, function: &Function, pattern: &Pattern, shape: Option<&Shape>) {
        match pattern {
            Pattern::Var(var) => {
                let info = &function.vars[*var];
                let written = info.annotation.as_deref().and_then(|written| Shape::of_type(&info.ty, written));
                if let Some(shape) = written.or_else(|| shape.cloned()) {
                    self.0.insert(*var, shape);
                }
            }
            Pattern::Tuple(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let step = Projection::Field(index.to_string());
                    self.bind(function, part, shape.and_then(|shape| shape.part(&step)));
                }
            }
            Pattern::Wild => {}
        }
    }

    fn place(&self, place: &Place) -> Option<&Shape> {
        place.path.iter().try_fold(self.0.get(&place.root)?, |shape, step| shape.part(step))
    }

    fn expr(&self, value: &Expr) -> Option<Shape> {
        match value {
            Expr::Float(..) | Expr::Prim(..) | Expr::Cast(..) => Some(Shape::Float),
            Expr::Var(var) => self.0.get(var).cloned(),
            Expr::Load(place) | Expr::Snapshot(place) | Expr::Borrow(place, _) => self.place(place).cloned(),
            Expr::Array { items, heap: false } => {
                let len = Expr::constant(Literal::usize_unsuffixed(items.len()).into());
                Some(Shape::Array(Box::new(self.expr(items.first()?)?), len))
            }
            Expr::Repeat { item, len, heap: false } => match &**len {
                Expr::Opaque(len) if len.reads.is_empty() && len.cheap => {
                    Some(Shape::Array(Box::new(self.expr(item)?), Expr::Opaque(len.clone())))
                }
                _ => None,
            },
            Expr::Tuple(parts) => {
                parts.iter().map(|part| self.expr(part)).collect::<Option<Vec<Shape>>>().map(Shape::Tuple)
            }
            _ => None,
        }
    }
}
