//! Matrices and vectors put together from scalars, slices and functions.

use nalgebra::{
    DMatrix, DVector, Matrix2, Matrix2x3, Matrix3, RowVector2, SMatrix, SVector, Vector2, Vector3, dmatrix, dvector,
    matrix, vector,
};

zoo! {
    pub fn made_of_items(x: &[f64], n: usize) -> f64 {
        let v = Vector3::from_iterator(x.iter().map(|a| a * a).take(3));
        let d = DVector::from_iterator(n, x.iter().copied().take(n));
        let m = DMatrix::from_iterator(2, 2, x.iter().skip(1).map(|a| a.sin()));
        let q = Matrix3::from_diagonal_element(0.01 * x[2]);
        let r = DMatrix::from_diagonal_element(2, n, x[0] * x[1]);
        (q * v).norm() + d.dot(&d) + m.determinant() + (m.transpose() * r * d).sum()
    }

    pub fn vector_of_scalars(x: f64, y: f64) -> f64 {
        let v = Vector3::new(x, x * y, 1.0);
        v.norm_squared() * v[1]
    }

    pub fn returned_vector(x: f64, y: f64) -> Vector2<f64> {
        Vector2::new(x.cos() * y, x.sin() * y)
    }

    pub fn row_by_row(x: f64, y: f64) -> f64 {
        let m = Matrix2x3::new(x, y, 0.5, x * y, 2.0, y.sin());
        let v = m * Vector3::new(1.0, 2.0, 3.0);
        v[0] * 2.0 + v[1] * v[1] + m[(0, 1)] * m[(1, 0)]
    }

    pub fn rotation(angle: f64, v: &Vector2<f64>) -> Vector2<f64> {
        let (s, c) = angle.sin_cos();
        Matrix2::new(c, -s, s, c) * v
    }

    pub fn row_vector(x: f64, v: &Vector2<f64>) -> f64 {
        let row = RowVector2::new(x, x * x);
        (row * v)[0]
    }

    pub fn constant_entries(v: &Vector3<f64>) -> f64 {
        let m = Matrix3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
        (m * v).norm_squared()
    }

    pub fn entries_in_order(mut x: f64) -> f64 {
        let v = Vector3::new(x, { x *= 2.0; x }, x);
        v[0] * v[1] * v[2] + x
    }

    pub fn in_a_loop(xs: &[f64], n: usize) -> f64 {
        let mut sum = 0.0;
        let mut v = Vector2::new(xs[0], xs[1]);
        for i in 0..n {
            v = Vector2::new(v[1] * xs[i], v[0] + xs[i]);
            sum += v.norm();
        }
        sum
    }

    pub fn of_a_function(x: f64, y: f64, n: usize) -> f64 {
        let m = DMatrix::from_fn(n, n, |i, j| if i == j { x * y } else { x / (1.0 + (i + 2 * j) as f64) });
        let s = SMatrix::<f64, 2, 3>::from_fn(|i, j| y.sin() * (i as f64 - j as f64 * x));
        let v = DVector::from_fn(n, |i, _| x * i as f64);
        (m * &v).dot(&v) + s.norm_squared()
    }

    pub fn of_one_element(x: f64, n: usize) -> f64 {
        let m = DMatrix::from_element(n, 2, x * x);
        let v = DVector::repeat(n, x);
        let w = Vector3::repeat(x.sin());
        let u = Vector2::from_element(x);
        (m * DVector::from_element(2, x)).dot(&v) + w.norm_squared() + u.norm()
    }

    pub fn of_slices(xs: &[f64], x: f64) -> f64 {
        let rows = DMatrix::from_row_slice(2, 3, xs);
        let columns = DMatrix::from_column_slice(3, 2, xs);
        let small = Matrix2x3::from_row_slice(xs);
        let v = DVector::from_column_slice(&xs[..3]);
        let w = DVector::from_vec(vec![x, x * x, xs[0]]);
        let u = SVector::<f64, 2>::from_row_slice(&[x, xs[1]]);
        (&rows * &w).dot(&(&rows * v)) + (columns * (&rows * &w)).norm_squared() + (small.transpose() * u).norm()
    }

    pub fn along_the_diagonal(v: &DVector<f64>, w: &Vector2<f64>) -> f64 {
        let d = DMatrix::from_diagonal(v);
        let e = Matrix2::from_diagonal(w);
        (d * v).norm_squared() + (e * w)[1]
    }

    pub fn names_of_the_users(i: f64, j: f64) -> f64 {
        let matrix = i * j;
        let from = DVector::from_fn(2, |k, _| matrix * i + k as f64 * j);
        from[0] * from[1] * matrix
    }

    pub fn vector_by_a_macro(x: f64, y: f64) -> f64 {
        let v = vector![x, x * y, 1.0];
        let w = dvector![y.sin(), x, 2.0, x * x];
        v.norm_squared() * v[1] + w[0] * w[3]
    }

    pub fn matrix_by_a_macro(x: f64, v: &Vector2<f64>) -> Vector2<f64> {
        let m = matrix![x.cos(), -x.sin(); x.sin(), x.cos() * v[0]];
        m * v
    }

    pub fn dynamic_by_a_macro(x: f64, y: f64) -> f64 {
        let m = dmatrix![x, y, 1.0; x * y, 2.0, y.exp()];
        let w = &m * dvector![1.0, x, 2.0];
        w[0] * w[1] + m[(0, 1)] * m[(1, 0)]
    }

    pub fn macro_evaluates_by_columns(mut x: f64) -> f64 {
        let m = nalgebra::matrix![x, x; { x *= 2.0; x }, x * x];
        m[(0, 0)] * m[(0, 1)] + m[(1, 0)] * m[(1, 1)] + x
    }

    pub fn macros_in_use(x: f64, v: &Vector2<f64>) -> f64 {
        let corners = vector![1, 0];
        let basis = matrix![1.0, 2.0; 0.5, 3.0];
        (vector![x, v[corners[0]]] - v).dot(&(basis * vector![v[1], x])) * matrix![x].determinant()
    }

    pub fn macro_in_a_loop(xs: &[f64], n: usize) -> f64 {
        let mut v = vector![xs[0], 1.0];
        for i in 0..n {
            v = matrix![xs[i], 0.3; v[0], 1.0] * v;
        }
        v.norm()
    }
}

#[test]
fn listed() {
    laws!(made_of_items(x: &vec![0.7, 1.3, 0.4, 0.9, 1.6], _: 3));
    laws!(vector_of_scalars(x: 0.7, y: 1.2));
    map_laws!(returned_vector(x: 0.7, y: 1.2));
    laws!(row_by_row(x: 0.7, y: 1.2));
    map_laws!(rotation(angle: 0.7, v: &Vector2::new(1.2, 0.4)));
    laws!(row_vector(x: 0.7, v: &Vector2::new(1.2, 0.4)));
    laws!(constant_entries(v: &Vector3::new(0.7, 1.2, 0.4)));
    laws!(entries_in_order(x: 0.7));
    laws!(in_a_loop(xs: &vec![0.7, 1.2, 0.4], _: 3));
}

#[test]
fn filled() {
    laws!(of_a_function(x: 0.7, y: 1.2, _: 3));
    laws!(of_one_element(x: 0.7, _: 3));
    laws!(of_slices(xs: &vec![0.7, 1.2, 0.4, 0.3, 0.9, 1.1], x: 0.8));
    laws!(along_the_diagonal(v: &DVector::from_vec(vec![0.7, 1.2]), w: &Vector2::new(0.4, 0.3)));
    laws!(names_of_the_users(i: 0.7, j: 1.2));
}

#[test]
fn by_macros() {
    laws!(vector_by_a_macro(x: 0.7, y: 1.2));
    map_laws!(matrix_by_a_macro(x: 0.7, v: &Vector2::new(1.2, 0.4)));
    laws!(dynamic_by_a_macro(x: 0.7, y: 1.2));
    laws!(macro_evaluates_by_columns(x: 0.7));
    laws!(macros_in_use(x: 0.7, v: &Vector2::new(1.2, 0.4)));
    laws!(macro_in_a_loop(xs: &vec![0.7, 1.2, 0.4], _: 3));
}
