//! Parts of matrices that are written as a whole.

use nalgebra::{DMatrix, DVector, Matrix3, RowVector3, Vector3};

zoo! {
    pub fn columns_set(a: &DMatrix<f64>, v: &DVector<f64>, x: f64) -> f64 {
        let mut m = a.clone();
        m.set_column(0, v);
        m.set_column(1, &(v * x));
        m.set_row(0, &(a.row(1) * x));
        let last = m.column(1) * x;
        m.set_column(2, &last);
        (m * v).norm_squared()
    }

    pub fn parts_copied(a: &mut Matrix3<f64>, v: &Vector3<f64>, r: &RowVector3<f64>) -> f64 {
        let mut m = Matrix3::zeros();
        for j in 0..3 {
            m.column_mut(j).copy_from(&(v * a[(j, 0)]));
        }
        a.row_mut(1).copy_from(r);
        a.rows_mut(0, 2).copy_from(&m.rows(1, 2));
        m.copy_from(&(a.transpose() * m));
        m.determinant() + m[(0, 1)]
    }

    pub fn columns_in_a_loop(v: &Vector3<f64>, n: usize) -> Matrix3<f64> {
        let mut m = Matrix3::<f64>::zeros();
        let mut w = *v;
        for j in 0..n {
            m.set_column(j, &w);
            w = w.component_mul(v);
        }
        m
    }
}

#[test]
fn written_parts() {
    let a = DMatrix::from_row_slice(3, 3, &[2.0, -1.0, 0.5, 0.3, 1.5, -0.7, 1.1, 0.4, -1.8]);
    let b = Matrix3::from_iterator(a.iter().copied());
    let v = Vector3::new(0.7, 1.2, 0.4);
    laws!(columns_set(a: &a, v: &DVector::from_vec(vec![0.7, 1.2, 0.4]), x: 0.7));
    laws!(parts_copied(a: &mut b.clone(), v: &v, r: &RowVector3::new(0.7, 1.2, 0.4)));
    map_laws!(columns_in_a_loop(v: &v, _: 3));
}
