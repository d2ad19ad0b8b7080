//! Closures over the elements of nalgebra's matrices, and their iterators.

use nalgebra::{DMatrix, DVector, Matrix2, SMatrix, Vector2, Vector3};

zoo! {
    pub fn mapped_vector(v: &DVector<f64>, a: f64) -> f64 {
        let h = v.map(|x| (a * x).tanh() + x);
        h.dot(v)
    }

    pub fn mapped_static(m: &Matrix2<f64>, a: f64) -> Matrix2<f64> {
        m.map(|x| x * x * a)
    }

    pub fn layer(w: &DMatrix<f64>, x: &DVector<f64>, b: &DVector<f64>) -> f64 {
        let slope = 0.1;
        let leaky = |v: f64| if v > 0.0 { v } else { slope * v };
        let h = (w * x + b).map(leaky);
        let gate = (w * &h).map(|v| 1.0 / (1.0 + (-v).exp()));
        gate.component_mul(&h).sum()
    }

    pub fn mapped_row(m: &Matrix2<f64>) -> f64 {
        let r = m.row(1).map(|x| x.sin());
        m.column(0).map(|x| x * x).sum() + r.sum()
    }

    pub fn zip_mapped(a: &Vector3<f64>, b: &Vector3<f64>, k: f64) -> Vector3<f64> {
        a.zip_map(b, |x, y| x * y.exp() + k)
    }

    pub fn zip_mapped_dynamic(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
        let c = a.zip_map(&b.transpose(), |x, y| (x - y).powi(2));
        c.sum()
    }

    pub fn mapped_array(x: f64, y: f64) -> f64 {
        let a = [x, y, x * y];
        let b = a.map(|v| v.sin() * x);
        b[0] * b[1] + b[2]
    }

    pub fn folded_matrix(m: &Matrix2<f64>) -> f64 {
        let squares = m.fold(0.0, |s, x| s + x * x);
        let horner = m.fold(1.0, |s, x| s * x + 0.5);
        squares * horner
    }

    pub fn iterated_matrix(m: &DMatrix<f64>, v: &DVector<f64>) -> f64 {
        let total: f64 = m.iter().map(|x| x.sin()).sum();
        let weighted: f64 = v.iter().enumerate().map(|(i, x)| i as f64 * x).sum();
        let columns: f64 = m.column_iter().map(|c| c.dot(v)).product();
        let rows: f64 = m.row_iter().map(|r| r.sum().cos()).sum();
        let mut s = 0.0;
        for c in m.column_iter() {
            s += c.norm_squared() * c[0];
        }
        total * weighted + columns + rows * s
    }

    pub fn changed_elements(m: &mut DMatrix<f64>, k: f64) {
        for x in m.iter_mut() {
            *x = x.sin() * k;
        }
        m.apply(|x| *x *= k);
    }

    pub fn single_precision_map(v: &SMatrix<f32, 2, 1>) -> f32 {
        v.map(|x| x.exp()).sum()
    }
}

#[test]
fn map() {
    laws!(mapped_vector(v: &DVector::from_vec(vec![0.3, -0.6, 0.9]), a: 0.7));
    map_laws!(mapped_static(m: &Matrix2::new(0.3, -0.6, 0.9, 0.4), a: 0.7));
    let w = DMatrix::from_row_slice(2, 2, &[0.3, -0.6, 0.9, 0.4]);
    laws!(layer(w: &w.clone(), x: &DVector::from_vec(vec![0.5, 0.8]), b: &DVector::from_vec(vec![-0.4, 0.2])));
    laws!(mapped_row(m: &Matrix2::new(0.3, -0.6, 0.9, 0.4)));
    laws!(mapped_array(x: 0.7, y: 1.3));
    laws!(single_precision_map(v: &Vector2::new(0.5f32, 0.25)));
}

#[test]
fn zip_map() {
    map_laws!(zip_mapped(a: &Vector3::new(0.3, -0.6, 0.9), b: &Vector3::new(0.2, 0.5, -0.1), k: 0.7));
    let a = DMatrix::from_row_slice(2, 2, &[0.3, -0.6, 0.9, 0.4]);
    laws!(zip_mapped_dynamic(a: &a.clone(), b: &a.map(|x| x * 0.3 + 0.1)));
}

#[test]
fn iterators() {
    laws!(folded_matrix(m: &Matrix2::new(0.3, -0.6, 0.9, 0.4)));
    let m = DMatrix::from_row_slice(2, 3, &[0.3, -0.6, 0.9, 0.4, 0.8, -0.2]);
    laws!(iterated_matrix(m: &m.clone(), v: &DVector::from_vec(vec![0.5, 0.8])));
    map_laws!(changed_elements(m: &mut m.clone(), k: 0.7));
}
