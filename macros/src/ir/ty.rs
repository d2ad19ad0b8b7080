//! What the macro knows of a type. It sees tokens only: `Unknown` is an answer, and rustc resolves the rest.

/// A float type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FloatTy {
    /// `f64`
    F64,
    /// `f32`
    F32,
    /// A generic parameter of the function, bound by `Float`, `RealField` or `Real`.
    Param(String),
    /// A float that inference determines, such as the literal `2.0`.
    Inferred,
}

/// A type, as far as the tokens tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// A real scalar.
    Float(FloatTy),
    /// An integer.
    Int,
    /// `bool`
    Bool,
    /// `()`, text, and whatever else certainly carries no float.
    Inert,
    /// A tuple.
    Tuple(Vec<Ty>),
    /// `[T; N]`
    Array(Box<Ty>),
    /// `[T]`
    Slice(Box<Ty>),
    /// `Vec<T>`, `Box<[T]>`
    Vec(Box<Ty>),
    /// `Option<T>`
    Option(Box<Ty>),
    /// One of nalgebra's matrices, vectors or views of this scalar.
    Matrix(FloatTy),
    /// One of nalgebra's rotations by a matrix of this scalar. Its tangent is a matrix.
    Rotation(FloatTy),
    /// Anything else.
    Unknown,
}

impl Ty {
    /// Whether values certainly carry no derivative.
    pub fn is_inert(&self) -> bool {
        match self {
            Self::Int | Self::Bool | Self::Inert => true,
            Self::Tuple(parts) => parts.iter().all(Self::is_inert),
            Self::Array(item) | Self::Slice(item) | Self::Vec(item) | Self::Option(item) => item.is_inert(),
            Self::Float(_) | Self::Matrix(_) | Self::Rotation(_) | Self::Unknown => false,
        }
    }

    /// Whether it is a real scalar.
    pub fn is_float(&self) -> bool {
        matches!(self, Self::Float(_))
    }

    /// Whether a literal beside a value is known to scale it. The operator of a type of the user's may be any operation.
    pub fn is_scaled(&self) -> bool {
        matches!(self, Self::Float(_) | Self::Matrix(_))
    }

    /// Whether values are copied by a plain read.
    pub fn is_scalar(&self) -> bool {
        matches!(self, Self::Float(_) | Self::Int | Self::Bool)
    }

    /// Whether values, and their tangents along directions, certainly are `Copy`.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Tuple(parts) => parts.iter().all(Self::is_copy),
            Self::Array(item) => item.is_copy(),
            _ => self.is_scalar(),
        }
    }

    /// Whether the type has components that are reached by `[i]`.
    pub fn element(&self) -> Option<Ty> {
        match self {
            Self::Array(item) | Self::Slice(item) | Self::Vec(item) => Some((**item).clone()),
            Self::Matrix(scalar) | Self::Rotation(scalar) => Some(Self::Float(scalar.clone())),
            _ => None,
        }
    }

    /// The type of a copy that owns its value.
    pub fn owned(&self) -> Ty {
        match self {
            Self::Slice(item) => Self::Vec(item.clone()),
            other => other.clone(),
        }
    }

    /// What is known when two descriptions of the same type meet.
    pub fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Unknown | Self::Float(FloatTy::Inferred), known) if *known != Self::Unknown => known.clone(),
            (Self::Array(a), Self::Array(b)) => Self::Array(Box::new(a.join(b))),
            (Self::Option(a), Self::Option(b)) => Self::Option(Box::new(a.join(b))),
            (Self::Vec(a), Self::Vec(b)) => Self::Vec(Box::new(a.join(b))),
            (Self::Tuple(a), Self::Tuple(b)) if a.len() == b.len() => {
                Self::Tuple(a.iter().zip(b).map(|(a, b)| a.join(b)).collect())
            }
            _ => self.clone(),
        }
    }
}
