//! Tangents of decompositions: their parts, by the names of nalgebra's fields.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, DimMin, DimMinimum, OMatrix, OVector, SVD, SymmetricEigen};

use super::super::Entry;
use crate::differentiable::{Accumulate, Differentiable, ElementOp, SetZero, Tangent};

/// The tangent of nalgebra's `SymmetricEigen`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SymmetricEigenTangent<L, V> {
    /// That of the eigenvalues.
    pub eigenvalues: L,
    /// That of the eigenvectors, the columns.
    pub eigenvectors: V,
}

/// The tangent of nalgebra's `SVD`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SvdTangent<U, S, V> {
    /// That of the left singular vectors, the columns.
    pub u: Option<U>,
    /// That of the singular values.
    pub singular_values: S,
    /// That of the right singular vectors, the rows.
    pub v_t: Option<V>,
}

/// A tangent that is the product of its fields.
macro_rules! product_of_fields {
    ($name:ident<$($param:ident),*> { $($field:ident),* }) => {
        impl<$($param: Tangent),*> Differentiable for $name<$($param),*> {
            type Tangent = Self;

            #[inline]
            fn zero_tangent(&self) -> Self {
                Self { $($field: self.$field.zero_tangent()),* }
            }
        }

        impl<$($param: Tangent),*> Accumulate for $name<$($param),*> {
            #[inline]
            fn accumulate(&mut self, rhs: &Self) {
                $(self.$field.accumulate(&rhs.$field);)*
            }
        }

        impl<$($param: Tangent),*> SetZero for $name<$($param),*> {
            #[inline]
            fn set_to_zero(&mut self) {
                $(self.$field.set_to_zero();)*
            }
        }

        impl<$($param: Tangent),*> Tangent for $name<$($param),*> {
            #[inline]
            fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
                $(self.$field.zip_apply(others.map(|other| &other.$field), op);)*
            }

            #[inline]
            fn fixed_zero() -> Option<Self> {
                Some(Self { $($field: Tangent::fixed_zero()?),* })
            }
        }
    };
}

product_of_fields!(SymmetricEigenTangent<L, V> { eigenvalues, eigenvectors });
product_of_fields!(SvdTangent<U, S, V> { u, singular_values, v_t });

impl<T, D> Differentiable for SymmetricEigen<T, D>
where
    T: Entry,
    D: Dim,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    type Tangent = SymmetricEigenTangent<OVector<T, D>, OMatrix<T, D, D>>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        SymmetricEigenTangent {
            eigenvalues: self.eigenvalues.zero_tangent(),
            eigenvectors: self.eigenvectors.zero_tangent(),
        }
    }
}

impl<T, R, C> Differentiable for SVD<T, R, C>
where
    T: Entry,
    R: DimMin<C>,
    C: Dim,
    DefaultAllocator: Allocator<DimMinimum<R, C>, C> + Allocator<R, DimMinimum<R, C>> + Allocator<DimMinimum<R, C>>,
{
    type Tangent =
        SvdTangent<OMatrix<T, R, DimMinimum<R, C>>, OVector<T, DimMinimum<R, C>>, OMatrix<T, DimMinimum<R, C>, C>>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        SvdTangent {
            u: self.u.zero_tangent(),
            singular_values: self.singular_values.zero_tangent(),
            v_t: self.v_t.zero_tangent(),
        }
    }
}
