//! Expressions.

use super::{FloatTy, Marker, Opaque, Place, Projection, Range, Site, Tokens, Ty, Var};
use crate::rules::Prim;
use proc_macro2::{Literal, TokenTree};
use std::rc::Rc;

/// How many residuals a stack has room for.
#[derive(Clone, Debug, PartialEq)]
pub enum Room {
    /// It grows.
    Growing,
    /// As many as a loop has iterations; of a loop with checkpoints it is the schedule.
    Loop(Box<Range>),
    /// One, which a branch may save.
    One,
    /// Zeros, of which none takes room where their type tells the shape.
    Zeros,
}

/// An expression. After lowering the operands of `Prim`, `Matrix` and `Call` are atoms or borrows; the transforms build
/// trees.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A float literal: its value, and its text where the user wrote one.
    Float(f64, Option<Rc<str>>),
    /// The value of a variable.
    Var(Var),
    /// The value in a place.
    Load(Place),
    /// A reference to a place; `true` for a mutable one.
    Borrow(Place, bool),
    /// A copy of what is in a place, kept because the place is overwritten later.
    Snapshot(Place),
    /// A scalar operation of the rule table.
    Prim(Prim, Vec<Expr>),
    /// `if cond { then } else { otherwise }` on scalars.
    Select(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `[a, b]`, or `vec![a, b]`
    Array { items: Vec<Expr>, heap: bool },
    /// `[a; n]`, or `vec![a; n]`
    Repeat { item: Box<Expr>, len: Box<Expr>, heap: bool },
    /// `Point { x, y }`, `Some(x)`
    Construct(Box<Construct>),
    /// `value as float`
    Cast(Box<Expr>, FloatTy),
    /// A call of a differentiable function.
    Call(Call),
    /// An operation on values that the macro cannot look into: the runtime has its rule.
    Matrix(MatrixOp, Vec<Expr>),
    /// The linear map of a matrix operation at its operands, or its transpose, applied to a seed.
    Linear { op: MatrixOp, slope: Slope, operands: Vec<Expr>, seed: Box<Expr> },
    /// How a linear map of a matrix operation changes with an operand.
    Curvature(Box<Curvature>),
    /// The zero tangent of the shape of a value.
    ZeroLike(Box<Expr>),
    /// The same where a direction stands for the tangent of a float.
    ZeroAlong(Box<Expr>),
    /// The sum of tangents of a type that the macro does not know.
    Sum(Vec<Expr>),
    /// The sum of all elements of a tangent, for the reverse of `[a; n]`.
    SumElements { items: Box<Expr>, zero: Box<Expr> },
    /// An empty stack for residuals.
    NewStack(Room),
    /// The start of a reverse sweep over a stack.
    Rewind(Var),
    /// The newest residual of a stack.
    Pop(Var),
    /// The part of a stack with what all iterations of a loop save, or have saved.
    Frame(Var, Box<Range>),
    /// The pushforward of a call: `(value, tangent)`, or with the higher tangents behind it: `dots` has one list for each
    /// order. A tangent stands where the marker is active.
    Pushforward { call: Call, markers: Vec<Marker>, dots: Vec<Vec<Option<Expr>>> },
    /// Source that is copied through, because no derivative flows through it.
    Opaque(Opaque),
}

/// A value put together from its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Construct {
    /// The struct or the variant, as written.
    pub path: Tokens,
    /// How the parts are written.
    pub layout: Layout,
    /// Where each part is found in the value, its name or number, and the part.
    pub fields: Vec<(Projection, String, Expr)>,
    /// Where the other fields come from: `..base`.
    pub base: Option<Place>,
}

/// How the parts of a value that is put together are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `Path { name: value, .. }`
    Named,
    /// `Path(value, ..)`
    Listed,
    /// The entries of a matrix, row by row: `Path(value, ..)`
    Entries,
    /// The coordinates of a point: `Path(value, ..)`
    Coordinates,
    /// The entries of a matrix with that many columns, by a macro: `path![value, ..; ..]`
    Rows(usize),
}

/// Which linear map of a matrix operation is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slope {
    /// Towards the result, from the tangent of this operand.
    Push(usize),
    /// From the cotangent of the result, to that of this operand.
    Pull(usize),
}

/// The derivative of `Expr::Linear` by one of its operands, along a tangent of that operand.
#[derive(Clone, Debug, PartialEq)]
pub struct Curvature {
    /// The operation.
    pub op: MatrixOp,
    /// Its linear map.
    pub slope: Slope,
    /// The operands, and the result where the rule uses it.
    pub operands: Vec<Expr>,
    /// What the linear map is applied to.
    pub seed: Expr,
    /// The operand that moves. The result, where it is used, moves with it.
    pub by: usize,
    /// How it moves.
    pub dot: Expr,
    /// What the operands are to the operation.
    pub by_type: ByType,
}

/// Whether the second derivative of an operation depends on types that the macro does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByType {
    /// The types are known, or the operation is one of nalgebra's.
    No,
    /// rustc finds the second derivative.
    Yes,
    /// rustc checks that it is zero, as it is in arithmetic, so that higher derivatives are zero too.
    Zero,
}

/// An operation whose rule is in the runtime (`chainrule::rules::<name>`).
#[derive(Clone, Debug, PartialEq)]
pub enum MatrixOp {
    /// A binary or unary operator: `add`, `sub`, `mul`, `div`, `neg`.
    Operator(&'static str),
    /// What the transposed maps of an operator need of its operands. Its own linear maps are those of the operator.
    Keep(&'static str),
    /// A method, such as `transpose` or `dot`.
    Method { name: &'static str, uses_result: bool },
    /// A method that matrices have, and types of the user's may have too; only rustc knows which.
    Shared(&'static str),
    /// `x as f64` of a float or an integer; only rustc knows which.
    Cast(FloatTy),
    /// `.map(f)` with a scalar function: one of the rule table, or a differentiable function's path.
    Map(MapFn),
    /// `.map(f)` with a scalar function whose derivative follows from its value: the operand of its linear map is the result.
    MapOfResult(Prim),
}

/// The function in `m.map(f)`.
#[derive(Clone, Debug, PartialEq)]
pub enum MapFn {
    /// A scalar function of the rule table, by its path as written.
    Prim(Prim, Rc<str>),
    /// A differentiable function.
    Path(Tokens),
}

/// Where the derivatives of a callee are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// `f(x)`: on the companion type of the function, `f::linearize`.
    Function,
    /// `Type::f(x)`: beside the function, `Type::f_linearize`.
    Associated,
    /// `receiver.f(x)`, where the receiver is the first argument and how the callee takes it is not visible: the method
    /// `f_linearize_on`.
    Method,
}

/// A call of a differentiable function.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The path, as written; of a method its name.
    pub path: Tokens,
    /// Where its derivatives are found.
    pub callee: Callee,
    /// How many generic arguments stand in the turbofish, and those arguments.
    pub generics: Option<(usize, Tokens)>,
    /// The arguments, in order.
    pub args: Vec<Expr>,
    /// Whether it is known that it has no result.
    pub empty: bool,
    /// Where it stands.
    pub site: Site,
}

impl Call {
    /// What a method may change, as how it takes its receiver is not visible.
    pub fn changed_receiver(&self) -> Option<&Place> {
        match (self.callee == Callee::Method, self.args.first()) {
            (true, Some(Expr::Borrow(place, true))) => Some(place),
            _ => None,
        }
    }

    /// Whether a pullback is lent the argument at an index again: what is lent shared, and the receiver of a method.
    pub fn is_lent_again(&self, index: usize) -> bool {
        let receiver = self.callee == Callee::Method && index == 0;
        matches!(self.args.get(index), Some(Expr::Borrow(_, mutable)) if !mutable || receiver)
    }
}

impl Curvature {
    /// Whether rustc may find that the term is zero by the type.
    pub fn may_be_nothing(&self) -> bool {
        let (Slope::Push(of) | Slope::Pull(of)) = self.slope;
        self.by_type != ByType::No && of == self.by
    }
}

impl MatrixOp {
    /// Whether the derivative reads the result.
    pub fn uses_result(&self) -> bool {
        matches!(self, Self::Method { uses_result: true, .. }) || self.of_result().is_some()
    }

    /// Whether the operation is a product or a quotient.
    pub fn multiplies(&self) -> bool {
        matches!(self, Self::Operator("mul" | "div"))
    }

    /// The literal beside an operand of a product, or below that of a quotient. Its type follows from the operand, as in the primal; the
    /// rule for two operands of any type would leave it open.
    pub fn literal_beside<'e>(&self, index: usize, operands: &'e [Expr]) -> Option<&'e Expr> {
        let other = match (self, index) {
            (Self::Operator("mul"), 0 | 1) => operands.get(1 - index),
            (Self::Operator("div"), 0) => operands.get(1),
            _ => None,
        };
        other.filter(|other| other.is_literal())
    }

    /// The operation of the result with the same linear maps, where they need no operand.
    pub fn of_result(&self) -> Option<Self> {
        match self {
            Self::Map(MapFn::Prim(prim, _)) if prim.has_slope_of_result() => Some(Self::MapOfResult(*prim)),
            _ => None,
        }
    }
}

impl Expr {
    /// A float constant.
    pub fn float(value: f64) -> Self {
        Self::Float(value, None)
    }

    /// Whether it is a zero tangent, of a shape that its type or another value tells.
    pub fn is_zero(&self) -> bool {
        match self {
            Self::ZeroLike(_) => true,
            Self::Repeat { item, heap: false, .. } => item.is_zero(),
            Self::Tuple(parts) => !parts.is_empty() && parts.iter().all(Self::is_zero),
            other => other.is(0.0),
        }
    }

    /// A constant of another type than a float, as a token.
    pub fn constant(token: TokenTree) -> Self {
        Self::Opaque(Opaque::inert(token.into(), Vec::new()))
    }

    /// An integer whose type inference finds.
    pub fn integer(value: i32) -> Self {
        Self::constant(Literal::i32_unsuffixed(value).into())
    }

    /// The constant, if it is one.
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Self::Float(value, _) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is exactly this constant.
    pub fn is(&self, value: f64) -> bool {
        self.as_float() == Some(value)
    }

    /// Whether it is `2.0` or `-2.0`.
    pub fn is_literal(&self) -> bool {
        match self {
            Self::Float(..) => true,
            Self::Prim(Prim::Neg, args) => args.iter().all(Self::is_literal),
            _ => false,
        }
    }

    /// The place that it is a shared reference to.
    pub fn as_reference(&self) -> Option<&Place> {
        match self {
            Self::Borrow(place, false) => Some(place),
            _ => None,
        }
    }

    /// Whether references are parts of it: `View { xs: &ys, k }`, `[&a, &b]`.
    pub fn holds_references(&self) -> bool {
        fn borrows(part: &Expr) -> bool {
            matches!(part, Expr::Borrow(..)) || part.holds_references()
        }
        match self {
            Self::Construct(construct) => construct.fields.iter().any(|(_, _, part)| borrows(part)),
            Self::Array { items, .. } | Self::Tuple(items) => items.iter().any(borrows),
            _ => false,
        }
    }

    /// A copy of what is in a place of a type.
    pub fn copy_of(place: Place, ty: &Ty) -> Self {
        if ty.is_scalar() { Self::Load(place) } else { Self::Snapshot(place) }
    }

    /// The value of a variable of a type, which stays where it is.
    pub fn copy_of_variable(var: Var, ty: &Ty) -> Self {
        if ty.is_scalar() { Self::Var(var) } else { Self::Snapshot(Place::of(var)) }
    }

    /// Whether evaluating it is no work at all.
    pub fn is_atom(&self) -> bool {
        matches!(self, Self::Float(..) | Self::Var(_))
    }

    /// Whether it, or the source that it copies, is just this variable.
    pub fn is_var(&self, var: Var) -> bool {
        match self {
            Self::Var(found) => *found == var,
            // `(i + 1, 0)` is one token too
            Self::Opaque(opaque) => opaque.as_variable() == Some(var),
            _ => false,
        }
    }

    /// Whether it is a literal that says its type, which inference may depend on: `1.0_f64`.
    pub fn has_suffix(&self) -> bool {
        matches!(self, Self::Float(_, Some(text)) if text.ends_with("f64") || text.ends_with("f32"))
    }

    /// The negative, with a double negation undone.
    pub fn negate(self) -> Self {
        match self {
            Self::Prim(Prim::Neg, mut args) if args.len() == 1 => args.swap_remove(0),
            // as the user wrote it, whose type is another one than that of a derivative in a generic function
            Self::Float(value, Some(ref text)) if !self.has_suffix() => {
                let text = text.strip_prefix('-').map_or_else(|| format!("-{text}"), ToOwned::to_owned);
                Self::Float(-value, Some(Rc::from(text)))
            }
            Self::Float(value, None) => Self::float(-value),
            other => Self::Prim(Prim::Neg, vec![other]),
        }
    }
}
