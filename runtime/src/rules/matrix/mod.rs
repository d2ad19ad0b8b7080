//! Derivative rules for nalgebra's matrices, vectors and views, whatever their storage.
//!
//! Cotangents pair with tangents by `⟨A_bar, A_dot⟩ = Σ A_bar_ij A_dot_ij = tr(A_barᵀ A_dot)`. A pull is the transpose
//! of its push under that pairing. Sources: Giles, "Collected matrix derivative results for forward and reverse mode
//! algorithmic differentiation" (2008), cited as Giles; Petersen & Pedersen, "The Matrix Cookbook" (2012).

mod dynamic;
mod elementwise;
mod extremes;
mod factor;
mod methods;
mod operators;
mod point;
mod product;
mod reductions;
mod rotation;
mod singular;
mod spectral;
mod structure;
mod symmetric;
mod vector;

pub use elementwise::{component_div, component_mul, map, transpose};
pub use extremes::{amax, max, min};
pub use factor::{Factor, LowerFactor, Solution, cholesky, l, ln_determinant, lu, q, qr, r, solve, try_inverse, u};
pub use point::{Movable, coordinates, displacement};
pub use reductions::{dot, mean, norm, norm_squared, sum, trace};
pub(super) use rotation::rotation_3::{left_jacobian, skew_part};
pub use rotation::{rotation_2, rotation_3, rotation_matrix, rotation_transpose};
pub use singular::{Cofactors, determinant, singular_values};
pub use spectral::{SvdTangent, SymmetricEigenTangent, svd, symmetric_eigen};
pub use structure::{diagonal, kronecker, tr_mul};
pub use symmetric::symmetric_eigenvalues;
pub use vector::{cross, normalize};

/// The identity of nalgebra's matrices. Generated code says with it that a constructor is nalgebra's, whose entries are its
/// arguments; a type of the user's with the same name may do something else, and is an error.
pub fn entries<T, R: nalgebra::Dim, C: nalgebra::Dim, S>(
    matrix: nalgebra::Matrix<T, R, C, S>,
) -> nalgebra::Matrix<T, R, C, S> {
    matrix
}

/// Rows and columns. Generated code asks with it that shapes agree, and that what has them is a matrix of nalgebra's.
pub fn shape<T, R: nalgebra::Dim, C: nalgebra::Dim, S: nalgebra::RawStorage<T, R, C>>(
    matrix: &nalgebra::Matrix<T, R, C, S>,
) -> (usize, usize) {
    matrix.shape()
}

/// Writes a value, which is evaluated first, into a part of a matrix.
pub fn written<T, R1, C1, S1, R2, C2, S2>(
    value: nalgebra::Matrix<T, R1, C1, S1>,
    mut part: nalgebra::Matrix<T, R2, C2, S2>,
) where
    T: Entry,
    R1: nalgebra::Dim,
    C1: nalgebra::Dim,
    S1: nalgebra::RawStorage<T, R1, C1>,
    R2: nalgebra::Dim,
    C2: nalgebra::Dim,
    S2: nalgebra::RawStorageMut<T, R2, C2>,
    nalgebra::constraint::ShapeConstraint:
        nalgebra::constraint::SameNumberOfRows<R2, R1> + nalgebra::constraint::SameNumberOfColumns<C2, C1>,
{
    part.copy_from(&value);
}

/// The entries of a differentiable matrix: floats of both this crate and nalgebra.
pub trait Entry: crate::Real + nalgebra::RealField {}

impl<T: crate::Real + nalgebra::RealField> Entry for T {}
