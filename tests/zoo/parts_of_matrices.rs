//! Views of a size that stands in their type, and changes of a matrix in place.

use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix4, Vector3};

zoo! {
    pub fn transforms(xi: &[[f64; 6]]) -> f64 {
        const R: usize = 3;
        let mut t = Matrix4::<f64>::identity();
        for x in xi {
            let v = Vector3::new(x[3], x[4], x[5]);
            let r = Matrix3::from_diagonal(&v);
            let mut m = Matrix4::identity();
            m.fixed_view_mut::<3, 3>(0, 0).copy_from(&r);
            m.fixed_view_mut::<R, 1>(0, 3).copy_from(&(r * v));
            let mut top = m.fixed_rows_mut::<1>(0);
            top *= 2.0;
            let mut c = m.fixed_view_mut::<2, 2>(1, 1);
            c += Matrix2::new(x[0], x[1], x[2], 1.0);
            t *= m;
        }
        let rot = t.fixed_view::<3, 3>(0, 0);
        let tr = t.fixed_view::<3, 1>(0, 3).into_owned();
        let tt = t.fixed_view::<3, 1>(0, 3).clone_owned();
        let p = rot * tr + rot.transpose() * t.fixed_view::<3, 1>(0, 2);
        p.x * p.y + p.z + t.fixed_rows::<2>(1).norm() + t.rows_range(1..3).sum() * tt[0]
    }
    pub fn in_place(a: &DMatrix<f64>, v: &DVector<f64>) -> f64 {
        let mut m = a * a.transpose();
        let n = m.nrows();
        m.view_mut((0, 0), (2, 2)).copy_from(&a.view((1, 0), (2, 2)));
        m.rows_mut(1, 2).scale_mut(v[0]);
        m.fill_diagonal(v[1]);
        m.swap_rows(0, n - 1);
        m.swap_columns(1, 0);
        m.row_mut(1).unscale_mut(v[2]);
        m.fill_row(1, v[0] * v[2]);
        m.columns_range_mut(0..2).fill_column(1, v[1]);
        let w = m.rows_range(1..) * v;
        m.set_column(0, v);
        let mut u = v.rows(0, 2).clone_owned();
        u *= v[0];
        u += w.rows(0, 2);
        u.normalize_mut();
        u.dot(&w.rows(0, 2)) + m.norm() + m.fixed_view::<2, 2>(0, 0).sum() * m.fixed_columns::<1>(0).norm()
    }
}

#[test]
fn parts_of_matrices() {
    laws!(transforms(xi: &vec![[0.1, 0.2, 0.3, 1.0, 2.0, 3.0], [0.5, 0.2, -0.3, 1.0, 0.2, 0.3]]));
    let a = DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 3.0, 1.0, 0.5, 0.7]);
    laws!(in_place(a: &a, v: &DVector::from_vec(vec![1.0, 2.0, 0.3])));
}
