//! Linear algebra: determinants, inverses, factorisations, eigenvalues and singular values, products and parts.

use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix3x2, SMatrix, Vector2, Vector3};

zoo! {
    pub fn determinant_static(a: &Matrix3<f64>) -> f64 {
        a.determinant() * a[(0, 1)]
    }

    pub fn determinant_dynamic(a: &DMatrix<f64>, s: f64) -> f64 {
        let scaled = a * s;
        scaled.determinant().powi(2)
    }

    pub fn determinant_of_factors(a: &DMatrix<f64>) -> f64 {
        let lu = a.clone().lu();
        lu.determinant()
    }

    pub fn inverse_static(a: &Matrix2<f64>) -> Matrix2<f64> {
        a.try_inverse().unwrap()
    }

    pub fn inverse_dynamic(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
        let y = a.clone().try_inverse().expect("a regular matrix");
        b.dot(&(&y * b)) + y[(0, 1)]
    }

    pub fn inverse_or_not(a: &DMatrix<f64>, s: f64) -> f64 {
        match a.clone().try_inverse() {
            Some(y) => y.trace() * s,
            None => s * s,
        }
    }

    pub fn solves_by_lu(a: &DMatrix<f64>, b: &DVector<f64>) -> DVector<f64> {
        let lu = a.clone().lu();
        lu.solve(b).unwrap()
    }

    pub fn solves_twice(a: &Matrix3<f64>, b: &Vector3<f64>, c: &Matrix3x2<f64>) -> f64 {
        let lu = a.lu();
        let x = lu.solve(b).unwrap();
        let y = lu.solve(c).unwrap();
        x.norm_squared() * y.sum() + lu.determinant()
    }

    pub fn solves_by_question(a: &DMatrix<f64>, b: &DVector<f64>) -> Option<f64> {
        let x = a.clone().lu().solve(b)?;
        Some(x.dot(b))
    }

    pub fn solves_by_qr(a: &DMatrix<f64>, b: &DVector<f64>) -> DVector<f64> {
        let qr = a.clone().qr();
        qr.solve(b).unwrap()
    }

    pub fn solves_in_a_loop(a: &DMatrix<f64>, b: &DVector<f64>, n: usize) -> f64 {
        let lu = a.clone().lu();
        let mut x = b.clone();
        for _ in 0..n {
            let next = lu.solve(&x).unwrap();
            x = next * 2.0;
        }
        x.sum()
    }

    // HARD_CASES 83
    pub fn gaussian_log_density(s: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
        let chol = s.clone().cholesky().unwrap();
        let w = chol.solve(x);
        -0.5 * (x.dot(&w) + chol.ln_determinant())
    }

    pub fn cholesky_by_question(s: &Matrix2<f64>) -> Option<f64> {
        let chol = s.cholesky()?;
        Some(chol.determinant() * chol.inverse()[(1, 0)])
    }

    pub fn cholesky_or_not(s: &DMatrix<f64>, x: f64) -> f64 {
        if let Some(chol) = s.clone().cholesky() { chol.ln_determinant() * x } else { x * x }
    }

    pub fn cholesky_factor(s: &DMatrix<f64>) -> DMatrix<f64> {
        let chol = s.clone().cholesky().unwrap();
        chol.l()
    }

    pub fn ln_det_of_a_gram_matrix(a: &DMatrix<f64>, ridge: f64) -> f64 {
        let n = a.ncols();
        let mut gram = a.tr_mul(a);
        for i in 0..n {
            gram[(i, i)] += ridge;
        }
        let chol = gram.cholesky().unwrap();
        chol.ln_determinant()
    }

    pub fn orthogonal_factor(a: &DMatrix<f64>, w: &DMatrix<f64>) -> f64 {
        let qr = a.clone().qr();
        qr.q().dot(w)
    }

    pub fn triangular_factor(a: &Matrix3x2<f64>) -> Matrix2<f64> {
        let qr = a.qr();
        qr.r()
    }

    pub fn eigenvalues(a: &DMatrix<f64>) -> DVector<f64> {
        a.symmetric_eigenvalues()
    }

    pub fn spectral_gap(a: &Matrix3<f64>, s: f64) -> f64 {
        let shifted = a * s;
        let l = shifted.symmetric_eigenvalues();
        l[0] * l[1] + l[2].exp()
    }

    pub fn singular(a: &DMatrix<f64>) -> DVector<f64> {
        a.singular_values()
    }

    pub fn nuclear_norm(a: &Matrix3x2<f64>) -> f64 {
        a.singular_values().sum()
    }

    pub fn diagonal_of_product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DVector<f64> {
        (a * b).diagonal()
    }

    pub fn trace_of_square(a: &Matrix2<f64>) -> f64 {
        (a * a).trace()
    }

    pub fn kronecker_static(a: &Matrix2<f64>, b: &Vector2<f64>) -> SMatrix<f64, 4, 2> {
        a.kronecker(b)
    }

    pub fn kronecker_dynamic(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
        let z = a.kronecker(b);
        z.norm_squared() + z[(1, 0)]
    }

    pub fn outer(x: &DVector<f64>, y: &DVector<f64>) -> DMatrix<f64> {
        x * y.transpose()
    }

    pub fn transposed_product(a: &Matrix3x2<f64>, b: &Vector3<f64>) -> Vector2<f64> {
        a.tr_mul(b)
    }

    pub fn single(a: &Matrix2<f32>, b: &Vector2<f32>) -> f32 {
        let lu = a.lu();
        lu.solve(b).unwrap().sum() + a.determinant()
    }

    pub fn of_a_part(a: &DMatrix<f64>) -> f64 {
        let block = a.rows(0, 2).columns(1, 2).clone_owned();
        block.determinant() + a.column(0).norm_squared()
    }

    pub fn writes_parts(a: &mut DMatrix<f64>, x: &DVector<f64>) -> f64 {
        let y = a.column(0) * x[0];
        for i in 0..a.nrows() {
            a[(i, 1)] = y[i];
        }
        a.determinant()
    }

    pub fn lower_factor_of_lu(a: &DMatrix<f64>) -> DMatrix<f64> {
        let lu = a.clone().lu();
        lu.l()
    }

    pub fn upper_factor_of_lu(a: &Matrix3<f64>) -> Matrix3<f64> {
        a.lu().u()
    }

    pub fn pivots(a: &DMatrix<f64>, v: &DVector<f64>) -> f64 {
        let lu = a.clone().lu();
        let (l, u) = (lu.l(), lu.u());
        (&l * v).norm() + u.diagonal().dot(v) * (l * u).trace()
    }
}

fn regular() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[2.0, -1.0, 0.5, 0.3, 1.5, -0.7, 1.1, 0.4, -1.8])
}

fn static_regular() -> Matrix3<f64> {
    Matrix3::from_iterator(regular().iter().copied())
}

fn definite() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[2.0, 0.3, -0.4, 0.3, 1.5, 0.6, -0.4, 0.6, 1.8])
}

fn tall() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 2, &[1.0, -0.5, 0.4, 1.3, -0.8, 0.2])
}

fn static_tall() -> Matrix3x2<f64> {
    Matrix3x2::from_iterator(tall().iter().copied())
}

fn vector() -> DVector<f64> {
    DVector::from_vec(vec![0.7, -1.2, 0.4])
}

#[test]
fn determinants() {
    laws!(determinant_static(a: &static_regular()));
    laws!(determinant_dynamic(a: &regular(), s: 0.8));
    laws!(determinant_of_factors(a: &regular()));
}

#[test]
fn inverses() {
    map_laws!(inverse_static(a: &Matrix2::new(2.0, -1.0, 0.5, 1.5)));
    laws!(inverse_dynamic(a: &regular(), b: &vector()));
    laws!(inverse_or_not(a: &regular(), s: 1.5));
}

#[test]
fn linear_systems() {
    map_laws!(solves_by_lu(a: &regular(), b: &vector()));
    let (b, c) = (Vector3::new(1.0, -0.5, 0.25), static_tall());
    laws!(solves_twice(a: &static_regular(), b: &b, c: &c));
    map_laws!(solves_by_question(a: &regular(), b: &vector()));
    map_laws!(solves_by_qr(a: &regular(), b: &vector()));
    laws!(solves_in_a_loop(a: &regular(), b: &vector(), _: 3));
    laws!(single(a: &Matrix2::new(2.0, -1.0, 0.5, 1.5), b: &Vector2::new(0.5, 1.0)));
}

#[test]
fn cholesky() {
    laws!(gaussian_log_density(s: &definite(), x: &vector()));
    map_laws!(cholesky_by_question(s: &Matrix2::new(2.0, 0.5, 0.5, 1.0)));
    laws!(cholesky_or_not(s: &definite(), x: 1.5));
    laws!(cholesky_or_not(s: &-definite(), x: 1.5));
    map_laws!(cholesky_factor(s: &definite()));
    laws!(ln_det_of_a_gram_matrix(a: &tall(), ridge: 0.1));
}

#[test]
fn orthogonal_triangular() {
    laws!(orthogonal_factor(a: &tall(), w: &DMatrix::from_row_slice(3, 2, &[1.0, 2.0, -0.5, 0.3, 0.8, -1.1])));
    map_laws!(triangular_factor(a: &static_tall()));
}

#[test]
fn lu_factors() {
    // the rows change places
    let a = DMatrix::from_row_slice(3, 3, &[0.3, 1.5, -0.7, 2.0, -1.0, 0.5, 1.1, 0.4, -1.8]);
    map_laws!(lower_factor_of_lu(a: &a.clone()));
    map_laws!(upper_factor_of_lu(a: &Matrix3::from_iterator(a.iter().copied())));
    laws!(pivots(a: &a, v: &vector()));
}

#[test]
fn spectra() {
    map_laws!(eigenvalues(a: &definite()));
    laws!(spectral_gap(a: &static_regular(), s: 0.7));
    map_laws!(singular(a: &regular()));
    map_laws!(singular(a: &tall()));
    map_laws!(singular(a: &tall().transpose()));
    laws!(nuclear_norm(a: &static_tall()));
}

#[test]
fn products_and_parts() {
    map_laws!(diagonal_of_product(a: &regular(), b: &definite()));
    laws!(trace_of_square(a: &Matrix2::new(2.0, -1.0, 0.5, 1.5)));
    map_laws!(kronecker_static(a: &Matrix2::new(2.0, -1.0, 0.5, 1.5), b: &Vector2::new(0.5, -1.0)));
    laws!(kronecker_dynamic(a: &tall(), b: &regular()));
    map_laws!(outer(x: &vector(), y: &vector()));
    map_laws!(transposed_product(a: &static_tall(), b: &Vector3::new(1.0, -0.5, 0.25)));
    laws!(of_a_part(a: &regular()));
    laws!(writes_parts(a: &mut regular(), x: &vector()));
}
