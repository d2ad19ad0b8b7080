//! Methods of matrices whose rules are in the runtime, and what they return.

use crate::ir::{Expr, FloatTy, MatrixOp, Place, Slope, Ty};

/// What a method returns, given the scalar of its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// A scalar.
    Scalar,
    /// A matrix.
    Matrix,
    /// A matrix, if there is one.
    OptionalMatrix,
    /// A rotation.
    Rotation,
    /// Factors, or what only rustc can tell.
    Unknown,
}

/// A row: name, number of arguments, whether the derivative uses the result, what is returned.
const METHODS: &[(&str, usize, bool, Returns)] = &[
    ("transpose", 0, false, Returns::Matrix),
    ("dot", 1, false, Returns::Scalar),
    ("norm", 0, true, Returns::Scalar),
    ("norm_squared", 0, false, Returns::Scalar),
    ("sum", 0, false, Returns::Scalar),
    ("mean", 0, false, Returns::Scalar),
    ("trace", 0, false, Returns::Scalar),
    ("max", 0, true, Returns::Scalar),
    ("min", 0, true, Returns::Scalar),
    ("amax", 0, true, Returns::Scalar),
    ("component_mul", 1, false, Returns::Matrix),
    ("component_div", 1, false, Returns::Matrix),
    ("normalize", 0, true, Returns::Matrix),
    ("cross", 1, false, Returns::Matrix),
    ("diagonal", 0, false, Returns::Matrix),
    ("kronecker", 1, false, Returns::Matrix),
    ("tr_mul", 1, false, Returns::Matrix),
    ("determinant", 0, true, Returns::Scalar),
    ("ln_determinant", 0, false, Returns::Scalar),
    ("try_inverse", 0, true, Returns::OptionalMatrix),
    ("inverse", 0, true, Returns::Matrix),
    ("lu", 0, false, Returns::Unknown),
    ("cholesky", 0, true, Returns::Unknown),
    ("qr", 0, false, Returns::Unknown),
    ("solve", 1, true, Returns::Unknown),
    ("l", 0, true, Returns::Matrix),
    ("u", 0, true, Returns::Matrix),
    ("q", 0, true, Returns::Matrix),
    ("r", 0, true, Returns::Matrix),
    ("symmetric_eigen", 0, true, Returns::Unknown),
    ("svd", 2, true, Returns::Unknown),
    ("symmetric_eigenvalues", 0, true, Returns::Matrix),
    ("singular_values", 0, true, Returns::Matrix),
];

/// Functions: what they are called in the runtime, and the path that is taken for them.
const FUNCTIONS: &[(&str, &str, &str)] = &[
    ("rotation_2", "Rotation2", "new"),
    ("rotation_3", "Rotation3", "new"),
    ("rotation_3", "Rotation3", "from_scaled_axis"),
];

/// Methods of rotations, which nalgebra's matrices have with other rules: the name, that of the rule, what is returned.
const OF_ROTATIONS: &[(&str, &str, Returns)] = &[
    ("matrix", "rotation_matrix", Returns::Matrix),
    ("transpose", "rotation_transpose", Returns::Rotation),
    ("inverse", "rotation_transpose", Returns::Rotation),
];

/// The operation that `rotation.name()` denotes.
pub fn of_rotation(name: &str) -> Option<(MatrixOp, Returns)> {
    let row = OF_ROTATIONS.iter().find(|row| row.0 == name)?;
    Some((MatrixOp::Method { name: row.1, uses_result: false }, row.2))
}

/// Whether the runtime has the value of an operation beside its rule.
pub fn has_value(name: &str) -> bool {
    path_of_function(name).is_some() || OF_ROTATIONS.iter().any(|row| row.1 == name)
}

/// The operation that `ty::name(arg)` denotes. Its value and its derivative are the runtime's.
pub fn function(ty: &str, name: &str) -> Option<MatrixOp> {
    let row = FUNCTIONS.iter().find(|row| row.1 == ty && row.2 == name)?;
    Some(MatrixOp::Method { name: row.0, uses_result: true })
}

/// The path of an operation that is a function.
pub fn path_of_function(name: &str) -> Option<String> {
    FUNCTIONS.iter().find(|row| row.0 == name).map(|row| format!("{}::{}", row.1, row.2))
}

/// The cotangent of `v` in `p += v`, from that of `p`: the same, or its coordinates if `p` is a point.
pub fn displacement(p_bar: Place) -> Expr {
    let op = MatrixOp::Method { name: DISPLACEMENT, uses_result: false };
    Expr::Linear { op, slope: Slope::Pull(0), operands: Vec::new(), seed: Box::new(Expr::Borrow(p_bar, false)) }
}

/// The rule of the runtime for [`displacement`]; no method has this name.
pub const DISPLACEMENT: &str = "displacement";

/// Methods that consume their receiver. Generated code clones it, because its derivative may read it again.
pub fn consumes_receiver(name: &str) -> bool {
    matches!(name, "try_inverse" | "lu" | "cholesky" | "qr" | "symmetric_eigen" | "svd")
}

/// The operation that `receiver.name(args..)` denotes on a matrix.
pub fn method(name: &str, args: usize) -> Option<(MatrixOp, Returns)> {
    METHODS
        .iter()
        .find(|row| row.0 == name && row.1 == args)
        .map(|&(name, _, uses_result, returns)| (MatrixOp::Method { name, uses_result }, returns))
}

/// Methods that types of the user's have too. Their rules are dispatched by the type (`chainrule::rules::methods`).
const SHARED: &[&str] = &[
    "amax",
    "component_div",
    "component_mul",
    "cross",
    "dot",
    "inverse",
    "max",
    "mean",
    "min",
    "norm",
    "norm_squared",
    "normalize",
    "sum",
    "trace",
    "transpose",
];

/// The operation that `receiver.name(args..)` denotes where the type of the receiver is not visible, and its type.
pub fn shared(name: &str, args: usize) -> Option<(MatrixOp, Ty)> {
    let (_, returns) = method(name, args)?;
    let name = SHARED.iter().find(|shared| **shared == name)?;
    let ty = if returns == Returns::Scalar { Ty::Float(FloatTy::Inferred) } else { Ty::Unknown };
    Some((MatrixOp::Shared(name), ty))
}

/// Every method of the table, for the test of its documentation.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    METHODS.iter().map(|row| row.0)
}

/// The views, read as `name` and written as `name_mut`, with how many arguments they have and how many sizes in a turbofish.
pub const VIEWS: &[(&str, usize, usize)] = &[
    ("row", 1, 0),
    ("column", 1, 0),
    ("rows", 2, 0),
    ("columns", 2, 0),
    ("view", 2, 0),
    ("rows_range", 1, 0),
    ("columns_range", 1, 0),
    ("fixed_rows", 1, 1),
    ("fixed_columns", 1, 1),
    ("fixed_view", 2, 2),
];

impl Returns {
    /// The type of the result.
    pub fn ty(self, receiver: &Ty) -> Ty {
        let scalar = match receiver {
            Ty::Matrix(scalar) | Ty::Rotation(scalar) => scalar.clone(),
            _ => FloatTy::Inferred,
        };
        match self {
            Self::Scalar => Ty::Float(scalar),
            Self::Matrix => Ty::Matrix(scalar),
            Self::OptionalMatrix => Ty::Option(Box::new(Ty::Matrix(scalar))),
            Self::Rotation => Ty::Rotation(scalar),
            Self::Unknown => Ty::Unknown,
        }
    }
}

/// The type of `a op b`, where one of them is a matrix or unknown.
pub fn operator_type(name: &str, a: &Ty, b: &Ty) -> Ty {
    match (name, a, b) {
        ("mul", Ty::Matrix(scalar), Ty::Float(_)) | ("mul", Ty::Float(_), Ty::Matrix(scalar)) => {
            Ty::Matrix(scalar.clone())
        }
        ("mul", Ty::Matrix(scalar) | Ty::Rotation(scalar), Ty::Matrix(_)) => Ty::Matrix(scalar.clone()),
        ("mul", Ty::Matrix(scalar), Ty::Rotation(_)) => Ty::Matrix(scalar.clone()),
        ("mul", Ty::Rotation(scalar), Ty::Rotation(_)) => Ty::Rotation(scalar.clone()),
        ("div", Ty::Matrix(scalar), _) => Ty::Matrix(scalar.clone()),
        // what a vector is added to may be a point
        ("add" | "sub", Ty::Matrix(scalar), _) => Ty::Matrix(scalar.clone()),
        _ => Ty::Unknown,
    }
}
