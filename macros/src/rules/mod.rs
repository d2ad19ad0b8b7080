//! The rule table: one row per scalar primitive, from which jvp and vjp both derive.
//!
//! A row says how the primitive is written and what its partial derivatives are. Forward mode multiplies a partial by
//! the tangent of its operand, reverse mode by the cotangent of the result: [`Partial::apply`] serves both, so that they
//! cannot drift apart. The rules of matrices are in the runtime; [`matrix`] lists them.

mod algebra;
mod arithmetic;
mod curvature;
mod elementary;
pub mod matrix;
mod piecewise;
pub mod structural;

use crate::ir::{Expr, Var};

/// A scalar primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prim {
    // arithmetic.rs
    Add,
    Sub,
    Mul,
    Div,
    Neg,
    Rem,
    RemEuclid,
    DivEuclid,
    MulAdd,
    Recip,
    ToDegrees,
    ToRadians,
    // elementary.rs
    Sqrt,
    Cbrt,
    Hypot,
    Exp,
    Exp2,
    ExpM1,
    Ln,
    Log,
    Log2,
    Log10,
    Ln1p,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Atan2,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Powi,
    Powf,
    // piecewise.rs
    Abs,
    Signum,
    Copysign,
    Max,
    Min,
    Clamp,
    Floor,
    Ceil,
    Round,
    RoundTiesEven,
    Trunc,
    Fract,
    // What partials are made of, and no user writes.
    StrongMul,
    PowiDx,
    PowfDx,
    PowfDp,
    HypotDx,
    HypotDy,
    Atan2Dy,
    Atan2Dx,
    RemDy,
    RemEuclidDy,
    /// `∂ᵏ xⁿ / ∂xᵏ`, of `x`, `n` and the literal `k`.
    PowiPartial,
    /// `∂ᵏ⁺ᵐ xᵖ / ∂xᵏ ∂pᵐ`, of `x`, `p` and the literals `k`, `m`.
    PowfPartial,
    /// `1/x`, and 0 at 0.
    RecipOrZero,
    AbsDx,
    CopysignDx,
    MaxTakesFirst,
    MinTakesFirst,
    ClampTakesValue,
    Less,
    // What `transform/directions` writes for tangents.
    BySingular,
    ByStrong,
    When,
    Unless,
}

/// How a primitive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `a op b`
    Infix(&'static str),
    /// `-a`
    Negation,
    /// `a.name(b..)`
    Method(&'static str),
    /// `::chainrule::rules::float::name(a..)`
    Helper(&'static str),
}

/// A partial derivative, in the form that multiplies a seed with the least work.
#[derive(Clone, Debug, PartialEq)]
pub enum Partial {
    /// Zero everywhere that it is defined.
    Zero,
    /// One.
    One,
    /// Minus one.
    MinusOne,
    /// This factor.
    Times(Expr),
    /// One over this.
    Over(Expr),
    /// This factor, which may be infinite or NaN: a zero seed wins over it.
    Singular(Expr),
    /// This factor; if it is zero, it wins over an infinite or NaN seed.
    Strong(Expr),
    /// One if the condition holds, else zero.
    When(Expr),
    /// Zero if the condition holds, else one.
    Unless(Expr),
}

impl Partial {
    /// The partial times a seed; nothing where that is zero.
    pub fn apply(self, seed: Expr) -> Option<Expr> {
        let zero = || Box::new(Expr::float(0.0));
        match self {
            Self::Zero => None,
            Self::One => Some(seed),
            Self::MinusOne => Some(seed.negate()),
            Self::Times(factor) => Some(seed * factor),
            Self::Over(divisor) => Some(seed / divisor),
            Self::Singular(factor) => Some(Expr::Prim(Prim::StrongMul, vec![seed, factor])),
            Self::Strong(factor) => Some(Expr::Prim(Prim::StrongMul, vec![factor, seed])),
            Self::When(cond) => Some(Expr::Select(Box::new(cond), Box::new(seed), zero())),
            Self::Unless(cond) => Some(Expr::Select(Box::new(cond), zero(), Box::new(seed))),
        }
    }
}

impl Partial {
    /// As [`Partial::apply`], but a zero seed wins over every factor. This is how the factor of a [`Partial::Singular`] is
    /// differentiated, because it is infinite or NaN with all that it is made of.
    pub fn apply_strongly(self, seed: Expr) -> Option<Expr> {
        match self {
            Self::Times(factor) => Self::Singular(factor).apply(seed),
            Self::Over(divisor) => Self::Singular(Expr::float(1.0) / divisor).apply(seed),
            other => other.apply(seed),
        }
    }
}

impl Prim {
    /// How it is written.
    pub fn form(self) -> Form {
        arithmetic::form(self)
            .or_else(|| elementary::form(self))
            .or_else(|| curvature::form(self))
            .unwrap_or_else(|| piecewise::form(self))
    }

    /// The partial derivatives with respect to the operands `x`, where `z` is the result.
    pub fn partials(self, x: &[Expr], z: &Expr) -> Vec<Partial> {
        arithmetic::partials(self, x, z)
            .or_else(|| elementary::partials(self, x, z))
            .or_else(|| piecewise::partials(self, x))
            .or_else(|| curvature::partials(self, x, z))
            .unwrap_or_else(|| vec![Partial::Zero; x.len()])
    }

    /// The primitive that `receiver.name(args..)` denotes on floats.
    pub fn method(name: &str, args: usize) -> Option<Self> {
        METHODS
            .iter()
            .copied()
            .find(|prim| matches!(prim.form(), Form::Method(method) if method == name) && prim.arity() == args + 1)
    }

    /// Whether the derivative of a function of one operand follows from its value: `tanh' = 1 - tanh²`.
    pub fn has_slope_of_result(self) -> bool {
        let [operand, result] = [Var(usize::MAX - 1), Var(usize::MAX)];
        let partials =
            if self.arity() == 1 { self.partials(&[Expr::Var(operand)], &Expr::Var(result)) } else { vec![] };
        match partials.into_iter().next().and_then(|partial| partial.apply(Expr::float(1.0))) {
            Some(slope) => slope.reads(result) && !slope.reads(operand),
            None => false,
        }
    }

    /// The number of operands.
    pub fn arity(self) -> usize {
        match self {
            Self::PowfPartial => 4,
            Self::MulAdd | Self::Clamp | Self::ClampTakesValue | Self::PowiPartial => 3,
            Self::Add | Self::Sub | Self::Mul | Self::Div | Self::Rem | Self::RemEuclid | Self::DivEuclid => 2,
            Self::Hypot | Self::Log | Self::Atan2 | Self::Powi | Self::Powf => 2,
            Self::Copysign | Self::Max | Self::Min => 2,
            Self::StrongMul | Self::PowiDx | Self::PowfDx | Self::PowfDp | Self::HypotDx | Self::HypotDy => 2,
            Self::Atan2Dy | Self::Atan2Dx | Self::RemDy | Self::RemEuclidDy | Self::CopysignDx => 2,
            Self::MaxTakesFirst | Self::MinTakesFirst | Self::Less => 2,
            Self::BySingular | Self::ByStrong | Self::When | Self::Unless => 2,
            _ => 1,
        }
    }

    /// Whether evaluating it again costs less than saving its result.
    pub fn is_cheap(self) -> bool {
        use Prim::*;
        matches!(
            self,
            Add | Sub
                | Mul
                | Div
                | Neg
                | MulAdd
                | Recip
                | ToDegrees
                | ToRadians
                | Abs
                | Max
                | Min
                | Clamp
                | Signum
                | StrongMul
                | RecipOrZero
                | AbsDx
                | MaxTakesFirst
                | MinTakesFirst
                | ClampTakesValue
                | Less
        )
    }
}

/// What a user can call as a method of a float.
pub const METHODS: &[Prim] = {
    use Prim::*;
    &[
        RemEuclid,
        DivEuclid,
        MulAdd,
        Recip,
        ToDegrees,
        ToRadians,
        Sqrt,
        Cbrt,
        Hypot,
        Exp,
        Exp2,
        ExpM1,
        Ln,
        Log,
        Log2,
        Log10,
        Ln1p,
        Sin,
        Cos,
        Tan,
        Asin,
        Acos,
        Atan,
        Atan2,
        Sinh,
        Cosh,
        Tanh,
        Asinh,
        Acosh,
        Atanh,
        Powi,
        Powf,
        Abs,
        Signum,
        Copysign,
        Max,
        Min,
        Clamp,
        Floor,
        Ceil,
        Round,
        RoundTiesEven,
        Trunc,
        Fract,
    ]
};
