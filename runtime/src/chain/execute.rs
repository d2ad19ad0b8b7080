//! Orders carried out on nalgebra's matrices.

use super::{Chain, ChainError, Order, Step};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use nalgebra::{DMatrix, RealField};

/// J_L .. J₁ in the order with the fewest multiplications, where `jacobians[l - 1]` is J_l: of as many columns as J_{l-1}
/// has rows.
pub fn product<T: RealField>(jacobians: &[DMatrix<T>]) -> Result<DMatrix<T>, ChainError> {
    Chain::of_jacobians(jacobians)?.optimal().product(jacobians)
}

impl Chain {
    /// The chain whose layers have these Jacobians, from J₁ on.
    pub fn of_jacobians<T>(jacobians: &[DMatrix<T>]) -> Result<Self, ChainError> {
        let inputs = jacobians.first().map(DMatrix::ncols);
        let widths: Vec<usize> = inputs.into_iter().chain(jacobians.iter().map(DMatrix::nrows)).collect();
        let chain = Self::new(widths)?;
        chain.check(jacobians)?;
        Ok(chain)
    }

    /// Every matrix has the shape of its layer's Jacobian, d_l × d_{l-1}.
    fn check<T>(&self, jacobians: &[DMatrix<T>]) -> Result<(), ChainError> {
        if jacobians.len() != self.layers() {
            return Err(ChainError::Count { expected: self.layers(), got: jacobians.len() });
        }
        let shapes = self.widths().windows(2).map(|pair| (pair[1], pair[0]));
        for (i, (jacobian, expected)) in jacobians.iter().zip(shapes).enumerate() {
            if jacobian.shape() != expected {
                return Err(ChainError::Shape { layer: i + 1, expected, got: jacobian.shape() });
            }
        }
        Ok(())
    }
}

impl Order {
    /// J_L .. J₁ in this order, a d_L × d₀ matrix, where `jacobians[l - 1]` is J_l, a d_l × d_{l-1} matrix.
    pub fn product<T: RealField>(&self, jacobians: &[DMatrix<T>]) -> Result<DMatrix<T>, ChainError> {
        self.chain().check(jacobians)?;
        let mut products: BTreeMap<(usize, usize), DMatrix<T>> = BTreeMap::new();
        for &Step { first, split, last } in self.steps() {
            let (right, left) = (products.remove(&(first, split)), products.remove(&(split + 1, last)));
            let product =
                left.as_ref().unwrap_or(&jacobians[last - 1]) * right.as_ref().unwrap_or(&jacobians[first - 1]);
            products.insert((first, last), product);
        }
        Ok(products.remove(&(1, self.chain().layers())).unwrap_or_else(|| jacobians[0].clone()))
    }
}
