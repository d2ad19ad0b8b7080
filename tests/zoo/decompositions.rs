//! Decompositions with vectors: symmetric eigenvectors and the thin singular value decomposition.

use nalgebra::{Cholesky, DMatrix, DVector, LU, Matrix2, Matrix3, Matrix3x2, QR, SVD, Vector2, Vector3};

zoo! {
    pub fn matrix_function(a: &DMatrix<f64>) -> DMatrix<f64> {
        let eigen = a.clone().symmetric_eigen();
        let scaled = &eigen.eigenvectors * DMatrix::from_diagonal(&eigen.eigenvalues.map(f64::exp));
        scaled * eigen.eigenvectors.transpose()
    }

    pub fn eigenvectors(a: &Matrix3<f64>) -> Matrix3<f64> {
        a.symmetric_eigen().eigenvectors
    }

    pub fn values_and_vectors(a: &Matrix3<f64>, x: &Vector3<f64>) -> f64 {
        let eigen = a.symmetric_eigen();
        let y = eigen.eigenvectors.tr_mul(x);
        y[0] * eigen.eigenvalues[0] + y[1].powi(3) * eigen.eigenvalues[1].sin()
    }

    pub fn eigen_in_a_loop(a: &DMatrix<f64>, n: usize) -> f64 {
        let mut m = a.clone();
        let mut sum = 0.0;
        for _ in 0..n {
            let eigen = m.clone().symmetric_eigen();
            sum += eigen.eigenvectors[(0, 0)] * eigen.eigenvalues[1];
            m = &m * &m;
        }
        sum
    }

    pub fn left_vectors(a: &DMatrix<f64>) -> DMatrix<f64> {
        let svd = a.clone().svd(true, true);
        svd.u.unwrap()
    }

    pub fn right_vectors(a: &DMatrix<f64>) -> DMatrix<f64> {
        let svd = a.clone().svd(true, true);
        svd.v_t.unwrap()
    }

    pub fn shrunk(a: &Matrix3x2<f64>, by: f64) -> Matrix3x2<f64> {
        let svd = a.svd(true, true);
        let (u, v_t) = (svd.u.unwrap(), svd.v_t.unwrap());
        let kept = svd.singular_values.map(|x| if x > by { x - by } else { 0.0 });
        u * Matrix2::from_diagonal(&kept) * v_t
    }

    pub fn procrustes(a: &Matrix2<f64>, x: &Vector2<f64>) -> Option<Vector2<f64>> {
        let svd = a.svd(true, true);
        let u = svd.u?;
        let v_t = svd.v_t?;
        Some(u * v_t * x)
    }

    pub fn nearest_rotation(a: &Matrix3<f64>) -> Matrix3<f64> {
        let svd = a.svd(true, true);
        svd.u.unwrap() * svd.v_t.unwrap()
    }

    pub fn spectrum_of_svd(a: &DMatrix<f64>) -> f64 {
        let svd = a.clone().svd(true, true);
        match svd.u {
            Some(u) => u[(0, 0)] * svd.singular_values[0],
            None => svd.singular_values[1],
        }
    }

    pub fn by_constructors(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
        let lu = LU::new(a.clone());
        let x = lu.solve(b).unwrap();
        let gram = a.tr_mul(a);
        let chol = Cholesky::new(gram).unwrap();
        let eigen = nalgebra::SymmetricEigen::new(a * a.transpose());
        let svd = SVD::new(a.clone(), true, true);
        x.norm() + chol.ln_determinant() + eigen.eigenvectors[(0, 0)] * svd.u.unwrap()[(1, 0)]
            + QR::new(a.clone()).solve(b).unwrap()[0]
    }

    pub fn constant_cholesky(x: f64) -> f64 {
        let chol = Cholesky::new(Matrix2::new(2.0, 0.5, 0.5, 1.0)).unwrap();
        chol.determinant() * x
    }
}

/// Singular values that are far from each other.
fn graded() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[3.0, 0.3, -0.4, 0.2, 1.5, 0.6, -0.4, 0.5, 0.5])
}

fn static_graded() -> Matrix3<f64> {
    Matrix3::from_iterator(graded().iter().copied())
}

fn tall() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 2, &[1.0, -0.5, 0.4, 1.3, -0.8, 0.2])
}

#[test]
fn eigen() {
    map_laws!(matrix_function(a: &graded()));
    map_laws!(eigenvectors(a: &static_graded()));
    laws!(values_and_vectors(a: &static_graded(), x: &Vector3::new(0.5, -1.0, 2.0)));
    laws!(eigen_in_a_loop(a: &graded(), _: 2));
}

#[test]
fn singular_vectors() {
    map_laws!(left_vectors(a: &graded()));
    map_laws!(left_vectors(a: &tall()));
    map_laws!(left_vectors(a: &tall().transpose()));
    map_laws!(right_vectors(a: &graded()));
    map_laws!(right_vectors(a: &tall()));
    map_laws!(right_vectors(a: &tall().transpose()));
    map_laws!(shrunk(a: &Matrix3x2::from_iterator(tall().iter().copied()), by: 0.3));
    map_laws!(procrustes(a: &Matrix2::new(2.0, -1.0, 0.5, 1.5), x: &Vector2::new(0.5, 1.0)));
    map_laws!(nearest_rotation(a: &static_graded()));
    laws!(spectrum_of_svd(a: &tall()));
}

#[test]
fn constructors() {
    laws!(by_constructors(a: &graded(), b: &DVector::from_vec(vec![0.7, -1.2, 0.4])));
    laws!(constant_cholesky(x: 0.7));
}
