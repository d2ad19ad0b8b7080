//! nalgebra: operators, methods, elements and views.

use nalgebra::{DMatrix, DVector, Matrix2, SMatrix, SVector, Vector3};

zoo! {
    pub fn sum_of_sums(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
        let c = a + b;
        let d = a - b;
        (c.component_mul(&d)).sum()
    }

    pub fn scaled(a: DMatrix<f64>, x: f64) -> DMatrix<f64> {
        let b = &a * x;
        let c = -b / (x + 2.0);
        c * 0.5
    }

    pub fn factor_on_the_left(a: &DMatrix<f64>, x: f64) -> f64 {
        let b = 2.0 * a;
        let c = x * b;
        c.norm()
    }

    pub fn products(a: &DMatrix<f64>, b: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
        let c = a * b.transpose();
        c * x
    }

    pub fn quadratic_form(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
        x.dot(&(a * x))
    }

    pub fn of_static_size(a: &Matrix2<f64>, x: &SVector<f64, 2>) -> f64 {
        let y = a * x;
        y.norm_squared() + y[0] * x[1]
    }

    pub fn of_constant_size<const N: usize>(a: &SMatrix<f64, N, N>, x: &SVector<f64, N>) -> f64 {
        (a * x).dot(x)
    }

    pub fn in_place(a: &mut DMatrix<f64>, b: &DMatrix<f64>, x: f64) {
        *a += b;
        *a -= b * x;
        *a *= x;
    }

    pub fn elements(a: &DMatrix<f64>) -> f64 {
        let mut s = 1.0;
        for i in 0..a.nrows() {
            for j in 0..a.ncols() {
                s += a[(i, j)] * a[(0, j)] * s * 0.1;
            }
        }
        s
    }

    pub fn writes_elements(a: &DMatrix<f64>, x: f64) -> DMatrix<f64> {
        let mut b = a.clone();
        b[(0, 0)] = x * x;
        b[(1, 0)] *= b[(0, 0)];
        b
    }

    pub fn reads_views(a: &DMatrix<f64>) -> f64 {
        let first = a.column(0);
        let second = a.column(1);
        first.dot(&second) + a.row(1).norm_squared() + a.columns(0, 2).sum()
    }

    pub fn reads_blocks(a: &DMatrix<f64>, k: usize) -> f64 {
        let block = a.view((0, k), (2, 2));
        let mut b = a.clone();
        b.view_mut((1, 0), (1, 2))[0] = a[(0, 0)] * a[(1, 1)];
        let mut part = b.view_mut((0, 0), (2, 2));
        part[(0, 1)] *= a[(1, 0)];
        part[(1, 1)] += part[(0, 1)];
        block.sum() * b.view((0, 1 - k), (2, 1)).norm() + b.norm_squared()
    }

    pub fn extremes(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
        let c = a * b;
        a.max() * b.min() + (a * 2.0).amax() * c.max() - c.amax()
    }

    pub fn writes_views(a: &DMatrix<f64>, b: &DVector<f64>) -> DMatrix<f64> {
        let mut c = a * 2.0;
        for j in 0..a.ncols() {
            let mut column = c.column_mut(j);
            column += b;
        }
        c
    }

    pub fn softplus(x: f64) -> f64 {
        x.exp().ln_1p()
    }

    pub fn mapped(a: &DMatrix<f64>) -> f64 {
        let b = a.map(softplus);
        let c = b.map(f64::tanh);
        (&b * c.transpose()).trace()
    }

    pub fn layers(ws: &[DMatrix<f64>], x: &DVector<f64>) -> f64 {
        let mut h = x.clone();
        for w in ws {
            let z = w * &h;
            h = z.map(f64::tanh);
        }
        h.sum()
    }

    pub fn power_iteration(a: &DMatrix<f64>, x: &DVector<f64>, n: usize) -> f64 {
        let mut v = x.clone();
        for _ in 0..n {
            let w = a * &v;
            v = &w / w.norm();
        }
        v.dot(&(a * &v))
    }

    pub fn cross_products(a: &Vector3<f64>, b: &Vector3<f64>) -> f64 {
        let c = a.cross(b);
        c.normalize()[0] + c.norm()
    }

    // CONVENTIONS: the norm of the zero vector, and its square (HARD_CASES 71)
    pub fn norm_of_difference(a: &DVector<f64>, b: &DVector<f64>) -> f64 {
        let d = a - b;
        d.norm()
    }
}

fn matrix(rows: usize, columns: usize) -> DMatrix<f64> {
    DMatrix::from_fn(rows, columns, |i, j| ((2 * i + 3 * j) as f64 * 0.7).sin() + if i == j { 1.0 } else { 0.0 })
}

fn vector(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| (i as f64 * 1.3 + 0.4).cos())
}

#[test]
fn operators() {
    laws!(sum_of_sums(a: &matrix(2, 3), b: &matrix(2, 3) * 0.3));
    map_laws!(scaled(a: matrix(2, 3), x: 0.7));
    laws!(factor_on_the_left(a: &matrix(2, 3), x: 0.7));
    map_laws!(products(a: &matrix(2, 3), b: &matrix(4, 3), x: &vector(4)));
    laws!(quadratic_form(a: &matrix(3, 3), x: &vector(3)));
    laws!(of_static_size(a: &Matrix2::new(0.7, 0.2, 0.4, 1.1), x: &SVector::<f64, 2>::new(0.3, 0.9)));
    laws!(of_constant_size(a: &Matrix2::new(0.7, 0.2, 0.4, 1.1), x: &SVector::<f64, 2>::new(0.3, 0.9)));
    map_laws!(in_place(a: &mut matrix(2, 3), b: &matrix(2, 3) * 0.3, x: 0.7));
    laws!(cross_products(a: &Vector3::new(0.7, 0.2, 0.4), b: &Vector3::new(0.3, 0.9, -0.6)));
}

#[test]
fn elements_and_views() {
    laws!(elements(a: &matrix(2, 3)));
    map_laws!(writes_elements(a: &matrix(2, 3), x: 0.7));
    laws!(reads_views(a: &matrix(3, 2)));
    laws!(reads_blocks(a: &matrix(3, 3), _: 1));
    laws!(reads_blocks(a: &matrix(3, 3), _: 0));
    laws!(extremes(a: &matrix(3, 2), b: &DVector::from_vec(vec![0.7, -1.3])));
    map_laws!(writes_views(a: &matrix(3, 2), b: &vector(3)));
}

#[test]
fn functions_of_elements() {
    laws!(mapped(a: &matrix(2, 3)));
    laws!(layers(ws: &vec![matrix(3, 2), matrix(4, 3), matrix(2, 4)], x: &vector(2)));
}

#[test]
fn loops() {
    laws!(power_iteration(a: &matrix(3, 3), x: &vector(3), _: 3));
}

#[test]
fn the_norm_has_a_derivative_of_zero_at_zero() {
    let zero = vector(3);
    assert_eq!(simplified::norm_of_difference::grad(&zero, &zero).0, DVector::zeros(3));
    laws!(norm_of_difference(a: &vector(3), b: &vector(3) * 0.2));
}
