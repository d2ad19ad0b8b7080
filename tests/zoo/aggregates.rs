//! Tuples, arrays, `Vec` and slices as parameters and results.

zoo! {
    pub fn tuple_parameter(p: (f64, f64)) -> f64 {
        let (x, y) = p;
        x * y + p.0
    }

    pub fn nested_tuple(p: (f64, (f64, [f64; 2]))) -> f64 {
        p.0 * (p.1).0 + (p.1).1[0] * (p.1).1[1]
    }

    pub fn tuple_result(x: f64, y: f64) -> (f64, f64) {
        (x * y, x.sin())
    }

    pub fn nested_result(x: f64) -> (f64, (f64, f64)) {
        let inner = (x, x * x);
        (x.exp(), inner)
    }

    pub fn partly_constant_result(x: f64) -> (f64, f64) {
        (x * x, 2.0)
    }

    pub fn array_parameter(a: [f64; 3]) -> f64 {
        a[0] * a[1] - a[2] * a[2]
    }

    pub fn array_by_reference(a: &[f64; 3], m: &[[f64; 2]; 2]) -> f64 {
        let mut s = 0.0;
        for x in a {
            s += x * m[0][1];
        }
        s * m[1][0] + a[0]
    }

    pub fn array_result(x: f64, y: f64) -> [f64; 3] {
        [x, x * y, y.cos()]
    }

    pub fn array_overwritten(mut a: [f64; 2]) -> [f64; 2] {
        a[0] *= a[1];
        a[1] = a[0].sin();
        a
    }

    pub fn mutable_array(a: &mut [f64; 3]) -> f64 {
        a[1] = a[0] * a[2];
        a[0] *= a[1];
        a[2]
    }

    pub fn owned_vec(v: Vec<f64>) -> f64 {
        let mut s = 0.0;
        for x in v.iter() {
            s += x * x;
        }
        s * v[0]
    }

    pub fn consumed_vec(v: Vec<f64>) -> f64 {
        let mut s = 1.0;
        for x in v {
            s *= x;
        }
        s
    }

    pub fn vec_changed(mut v: Vec<f64>) -> Vec<f64> {
        for i in 1..v.len() {
            v[i] *= v[i - 1];
        }
        v
    }

    pub fn vec_result(xs: &[f64]) -> Vec<f64> {
        let mut ys = vec![0.0; xs.len()];
        for i in 0..xs.len() {
            ys[i] = xs[i] * xs[xs.len() - 1 - i];
        }
        ys
    }

    pub fn vec_of_items(x: f64, y: f64) -> Vec<f64> {
        vec![x * y, x, y * y]
    }

    pub fn repeated(x: f64, n: usize) -> Vec<f64> {
        let mut v = vec![x * x; n];
        v[0] *= x;
        v
    }

    pub fn vec_of_vecs(rows: &[Vec<f64>]) -> f64 {
        let mut s = 0.0;
        for row in rows {
            for x in row {
                s += x * x * s + x;
            }
        }
        s * rows[0][1]
    }

    pub fn slice_of_arrays(points: &[[f64; 2]]) -> f64 {
        let mut s = 0.0;
        for p in points {
            s += p[0] * p[1];
        }
        s
    }

    pub fn slice_of_tuples(points: &[(f64, f64)]) -> f64 {
        let mut s = 0.0;
        for (x, y) in points {
            s += x * y;
        }
        for &(x, y) in points.iter() {
            s += x / y;
        }
        s
    }

    pub fn mutable_vec(v: &mut Vec<f64>) -> f64 {
        let n = v.len();
        v[n - 1] *= v[0];
        v[n - 1] * v[n - 1]
    }

    pub fn boxed_slice(xs: Box<[f64]>) -> f64 {
        xs[0] * xs[1]
    }

    pub fn matrix_in_a_slice(m: &[f64], x: &[f64], n: usize) -> Vec<f64> {
        let mut y = vec![0.0; n];
        for i in 0..n {
            for j in 0..x.len() {
                y[i] += m[i * x.len() + j] * x[j];
            }
        }
        y
    }

    pub fn range_of_range(xs: &[f64]) -> f64 {
        let mid = &xs[1..xs.len() - 1];
        let inner = &mid[1..];
        let first = mid[0];
        first * inner[0] + mid[1]
    }

    pub fn copies(xs: &[f64]) -> f64 {
        let mut a = xs.to_vec();
        let b = a.clone();
        a[0] *= b[1];
        let c = a.clone();
        a[1] = c[0] * b[0];
        a[0] * a[1] + b[1]
    }

    #[options(wrt(w))]
    pub fn with_data(w: &[f64], data: &[f64], scale: f64) -> f64 {
        let mut s = 0.0;
        for i in 0..w.len() {
            s += (w[i] * data[i] - scale).powi(2);
        }
        s
    }

    pub fn with_excluded(w: f64, #[no_diff] data: &[f64], #[no_diff] scale: f64) -> f64 {
        w * data[0] * scale + w
    }

    pub fn with_label(x: f64, name: &str, on: bool, letter: char) -> f64 {
        if on && letter == 'a' { x * name.len() as f64 } else { x * x }
    }

    pub fn unit_result(x: f64, y: &mut f64) {
        *y *= x;
    }
}

#[test]
fn tuples() {
    laws!(tuple_parameter(p: (0.7, -0.4)));
    laws!(nested_tuple(p: (0.7, (-0.4, [1.1, 1.2]))));
    map_laws!(tuple_result(x: 0.7, y: -0.4));
    map_laws!(nested_result(x: 0.7));
    map_laws!(partly_constant_result(x: 0.7));
}

#[test]
fn arrays() {
    laws!(array_parameter(a: [0.7, -0.4, 1.1]));
    laws!(array_by_reference(a: &[0.7, -0.4, 1.1], m: &[[1.0, 2.0], [3.0, 4.0]]));
    map_laws!(array_result(x: 0.7, y: -0.4));
    map_laws!(array_overwritten(a: [0.7, -0.4]));
    laws!(mutable_array(a: &mut [0.7, -0.4, 1.3]));
}

#[test]
fn vecs() {
    laws!(owned_vec(v: vec![0.7, -0.4]));
    laws!(consumed_vec(v: vec![0.7, -0.4]));
    map_laws!(vec_changed(v: vec![0.7, -0.4, 1.1]));
    map_laws!(vec_result(xs: &vec![0.7, -0.4, 1.1]));
    map_laws!(vec_of_items(x: 0.7, y: -0.4));
    map_laws!(repeated(x: 0.7, _: 3));
    laws!(mutable_vec(v: &mut vec![0.7, -0.4]));
    laws!(boxed_slice(xs: vec![0.7, -0.4].into_boxed_slice()));
    laws!(copies(xs: &vec![0.7, -0.4, 1.1]));
}

#[test]
fn nested() {
    laws!(vec_of_vecs(rows: &vec![vec![0.7, -0.4], vec![], vec![1.1]]));
    laws!(slice_of_arrays(points: &vec![[0.7, -0.4], [0.3, 1.1]]));
    laws!(slice_of_tuples(points: &vec![(0.7, -0.4), (0.3, 1.1)]));
    map_laws!(matrix_in_a_slice(m: &vec![0.7, -0.4, 0.3, 1.1, 0.2, 0.6], x: &vec![1.0, 2.0, 3.0], _: 2));
    laws!(range_of_range(xs: &vec![0.7, -0.4, 0.3, 1.1]));
}

#[test]
fn with_respect_to_some() {
    laws!(with_data(w: &vec![0.7, -0.4], _: &[1.0, 2.0], _: 0.5));
    laws!(with_excluded(w: 0.7, _: &[1.0, 2.0], _: 0.5));
    laws!(with_label(x: 0.7, _: "four", _: true, _: 'a'));
    map_laws!(unit_result(x: 0.7, y: &mut 1.2));
}
