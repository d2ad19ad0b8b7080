//! What an iterator yields at an index.

use super::index::is_literal;
use crate::ir::{Expr, Place, Projection, Ty};
use crate::lower::closure::Callable;
use crate::lower::{Lowerer, Value};
use std::rc::Rc;

/// The items of an iterator as a function of an index.
#[derive(Clone)]
pub enum Items {
    /// The index itself: a range.
    Index,
    /// The elements of a place, as values or as references to them.
    Elements { place: Place, by_value: bool, mutable: bool },
    /// Rows or columns of a matrix.
    Views { place: Place, view: &'static str },
    /// `chunks(size)` of a place of this length; without a length, the last one is as long as the others.
    Chunks { place: Place, size: Expr, length: Option<Expr>, mutable: bool },
    /// `windows(size)`
    Windows { place: Place, size: Expr },
    /// One value: `once(x)`.
    Single(Value),
    /// `copied()`
    Copied(Box<Items>),
    /// `zip`, `enumerate`
    Pair(Box<Items>, Box<Items>),
    /// `map(f)`
    Mapped(Box<Items>, Rc<Callable>),
    /// At `offset + index`.
    Shifted(Box<Items>, Expr),
    /// At `count - 1 - index`.
    Mirrored(Box<Items>, Expr),
    /// At `index * step`.
    Strided(Box<Items>, Expr),
    /// At `index % count`: `cycle()`
    Cycled(Box<Items>, Expr),
}

impl Items {
    /// The items at `offset + index`.
    pub fn shifted(self, offset: &Expr) -> Self {
        if is_literal(offset, 0) { self } else { Self::Shifted(Box::new(self), offset.clone()) }
    }

    /// Whether asking for an item changes something, so that no item may be left out or asked for twice.
    pub fn has_effects(&self) -> bool {
        match self {
            Self::Mapped(items, callable) => callable.has_effects() || items.has_effects() || items.is_mutable(),
            Self::Pair(left, right) => left.has_effects() || right.has_effects(),
            Self::Copied(items)
            | Self::Shifted(items, _)
            | Self::Mirrored(items, _)
            | Self::Strided(items, _)
            | Self::Cycled(items, _) => items.has_effects(),
            _ => false,
        }
    }

    fn is_mutable(&self) -> bool {
        match self {
            Self::Elements { mutable, .. } | Self::Chunks { mutable, .. } => *mutable,
            Self::Pair(left, right) => left.is_mutable() || right.is_mutable(),
            Self::Copied(items)
            | Self::Mapped(items, _)
            | Self::Shifted(items, _)
            | Self::Mirrored(items, _)
            | Self::Strided(items, _)
            | Self::Cycled(items, _) => items.is_mutable(),
            Self::Index | Self::Views { .. } | Self::Windows { .. } | Self::Single(_) => false,
        }
    }
}

impl Lowerer<'_> {
    /// The item at an index; what it takes to compute it goes before.
    pub fn item_at(&mut self, items: &Items, at: &Expr) -> Value {
        match items {
            Items::Index => Value::new(at.clone(), Ty::Int),
            Items::Elements { place, by_value, mutable } => {
                let element = place.clone().project(Projection::Index(Box::new(at.clone())));
                let ty = self.place_type(&element);
                match by_value {
                    true => self.load(element, ty),
                    false => Value::new(Expr::Borrow(element, *mutable), ty),
                }
            }
            Items::Views { place, view } => {
                let element = place.clone().project(Projection::View(view, None, vec![at.clone()]));
                let ty = self.place_type(&element);
                Value::new(Expr::Borrow(element, false), ty)
            }
            Items::Chunks { place, size, length, mutable } => {
                let start = self.bound_integer("start", "a * b", &[at, size]);
                let end = match length {
                    Some(length) => self.bound_integer("end", "(a + b).min(c)", &[&start, size, length]),
                    None => self.bound_integer("end", "a + b", &[&start, size]),
                };
                self.part(place, &start, &end, *mutable)
            }
            Items::Windows { place, size } => {
                let end = self.bound_integer("end", "a + b", &[at, size]);
                self.part(place, at, &end, false)
            }
            Items::Single(value) => value.clone(),
            Items::Copied(items) => {
                let item = self.item_at(items, at);
                self.copied_item(item)
            }
            Items::Pair(left, right) => {
                let left = self.item_at(left, at);
                let left = self.held(left);
                let right = self.item_at(right, at);
                let right = self.held(right);
                Value::tuple(vec![left, right])
            }
            Items::Mapped(items, callable) => {
                let item = self.item_at(items, at);
                self.apply(callable, vec![item])
            }
            Items::Shifted(items, offset) => self.item_at_index(items, "a + b", &[offset, at]),
            Items::Mirrored(items, count) => self.item_at_index(items, "a - 1 - b", &[count, at]),
            Items::Strided(items, step) => self.item_at_index(items, "a * b", &[at, step]),
            Items::Cycled(items, count) => self.item_at_index(items, "a % b", &[at, count]),
        }
    }

    fn item_at_index(&mut self, items: &Items, source: &str, operands: &[&Expr]) -> Value {
        let at = self.integer(source, operands);
        let at = self.bind_integer("at", at);
        self.item_at(items, &at)
    }

    /// `&place[start..end]`
    fn part(&mut self, place: &Place, start: &Expr, end: &Expr, mutable: bool) -> Value {
        let range = self.integer("a..b", &[start, end]);
        let part = place.clone().project(Projection::Range(Box::new(range)));
        let ty = self.place_type(&part);
        Value::new(Expr::Borrow(part, mutable), ty)
    }

    /// `copied()` and `cloned()`
    pub fn copied_item(&mut self, item: Value) -> Value {
        match item.expr {
            Expr::Borrow(place, _) if item.ty.is_scalar() || item.ty == Ty::Unknown => self.load(place, item.ty),
            Expr::Borrow(place, _) => Value::new(Expr::Snapshot(place), item.ty.owned()),
            Expr::Tuple(parts) => {
                let types = crate::lower::pattern::part_types(&item.ty, parts.len());
                let parts = parts.into_iter().zip(types);
                let parts = parts.map(|(part, ty)| self.copied_item(Value::new(part, ty)).expr).collect();
                Value::new(Expr::Tuple(parts), item.ty)
            }
            expr => Value::new(expr, item.ty),
        }
    }

    /// An item as an operand that stays what it is while others are computed.
    pub fn held(&mut self, item: Value) -> Value {
        let ty = item.ty.clone();
        let expr = match item.expr {
            Expr::Borrow(..) | Expr::Tuple(_) => item.expr,
            Expr::Load(place) if !ty.is_scalar() => Expr::Load(place),
            _ => self.moved(item),
        };
        Value::new(expr, ty)
    }
}
