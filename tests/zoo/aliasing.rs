//! References into places, and callees that change what their caller reads (hard cases 26-33, 35, 39-41, 43, 44, 46; the laws
//! themselves are 43, 44 and 46).

zoo! {
    // 26
    pub fn power_loop(x: f64, n: usize) -> f64 {
        let mut t = 1.0;
        for _ in 0..n {
            t *= x;
        }
        t
    }

    // 27
    pub fn write_read_write_read(xs: &mut [f64]) -> f64 {
        xs[0] = xs[1] * xs[2];
        let a = xs[0] * xs[0];
        xs[0] = a.sin();
        let r = &mut xs[0];
        *r *= a;
        xs[0] * a
    }

    // 29, 30
    pub fn squares(xs: &mut [f64]) {
        for x in xs.iter_mut() {
            *x = *x * *x;
        }
    }

    pub fn read_before_and_after(xs: &mut [f64]) -> f64 {
        let before = xs[0] * xs[1];
        squares(xs);
        let between = xs[0] * before;
        squares(&mut xs[1..]);
        between * xs[1] + before
    }

    // 31
    pub fn two_mutable(xs: &mut [f64], ys: &mut [f64]) {
        for i in 0..xs.len() {
            let x = xs[i];
            xs[i] = x * ys[i];
            ys[i] += x.sin();
        }
    }

    pub fn two_mutable_called(x: f64, y: f64) -> f64 {
        let mut a = [x, y, x * y];
        let mut b = vec![y, 2.0, x];
        two_mutable(&mut a, &mut b);
        two_mutable(&mut b, &mut a);
        a[0] * b[1] + a[2] * b[2]
    }

    // 33
    pub fn counted(xs: &[f64], count: &mut usize) -> f64 {
        let mut s = 0.0;
        for x in xs {
            if *x > 0.0 {
                *count += 1;
                s += x * x;
            }
        }
        s
    }

    // 39: the index is that of the time of the borrow
    pub fn borrow_keeps_its_index(xs: &mut [f64]) {
        let mut i = 0;
        let r = &mut xs[i];
        i += 1;
        *r *= 2.0;
        *r = *r * *r;
        xs[i] *= xs[0];
    }

    pub fn reborrowed(xs: &mut [f64]) {
        let tail = &mut xs[1..];
        tail[0] *= tail[1];
        let inner = &mut tail[1..];
        inner[0] *= inner[0];
        let last = &mut inner[0];
        *last += 1.0;
    }

    pub fn rows_by_reference(m: &[[f64; 3]; 2], rows: &[Vec<f64>]) -> f64 {
        let mut s = 0.0;
        for i in 0..2 {
            let row = &m[i];
            let other = &rows[1 - i];
            for j in 0..3 {
                s += row[j] * other[j] * row[2 - j];
            }
        }
        s
    }

    pub fn row_changed(m: &mut [[f64; 3]], i: usize) {
        let row = &mut m[i];
        row[0] *= row[1];
        row.swap(1, 2);
        m[0][1] += m[i][0];
    }

    pub fn nested_rows_changed(rows: &mut [Vec<f64>]) -> f64 {
        for row in rows.iter_mut() {
            row[0] *= row[1];
            row.reverse();
        }
        let first = &mut rows[0];
        first.push(2.0);
        first[0] *= 3.0;
        first.pop();
        rows[0][0] * rows[1][1]
    }

    // 41
    pub fn shifted(xs: &[f64]) -> f64 {
        let mut f = xs.to_vec();
        f.push(1.0);
        for i in 0..xs.len() {
            f[i + 1] = f[i] * f[i + 1];
        }
        f[xs.len()]
    }

    // 35, with rows that are exchanged
    pub fn rows_exchanged(xs: &[f64], n: usize) -> f64 {
        let mut current = xs.to_vec();
        let mut next = vec![0.0; xs.len()];
        for _ in 0..n {
            for i in 0..xs.len() {
                next[i] = current[i] * current[(i + 1) % xs.len()] + xs[i];
            }
            std::mem::swap(&mut current, &mut next);
        }
        current[0] * current[1] + next[0]
    }

    pub fn lengths_exchanged(xs: &[f64], x: f64) -> f64 {
        let mut a = xs.to_vec();
        let mut b = vec![x];
        a[0] *= b[0];
        std::mem::swap(&mut a, &mut b);
        a.push(b[0] * b[1]);
        b.truncate(1);
        std::mem::swap(&mut a, &mut b);
        a[0] * b[1] * b[0]
    }

    pub fn scalars_exchanged(x: f64, y: f64) -> f64 {
        let mut a = x * x;
        let mut b = y;
        std::mem::swap(&mut a, &mut b);
        a *= b;
        std::mem::swap(&mut a, &mut b);
        a * a + b
    }

    pub fn replaced(xs: &[f64], x: f64) -> f64 {
        let mut v = xs.to_vec();
        let old = std::mem::replace(&mut v, vec![x, x * x]);
        let second = std::mem::replace(&mut v[1], old[0]);
        let taken = std::mem::take(&mut v);
        v.push(second);
        taken[0] * taken[1] + v[0] * old[1]
    }

    pub fn cloned_over(xs: &[f64], x: f64) -> f64 {
        let mut a = vec![x];
        let b = xs.to_vec();
        a[0] *= b[1];
        let s = a[0];
        a.clone_from(&b);
        a[2] *= s;
        a[0] * a[2]
    }

    pub fn excluded_scratch(x: f64, #[no_diff] scratch: &mut Vec<usize>) -> f64 {
        scratch.push(3);
        scratch.clear();
        x * x
    }
}

#[test]
fn cells() {
    laws!(power_loop(x: 0.7, _: 5));
    laws!(write_read_write_read(xs: &mut vec![0.7, 0.2, 0.4]));
    laws!(shifted(xs: &vec![0.7, 0.2, 0.4]));
    laws!(rows_exchanged(xs: &vec![0.7, 0.2, 0.4], _: 3));
    laws!(lengths_exchanged(xs: &vec![0.7, 0.2, 0.4], x: 0.9));
    laws!(scalars_exchanged(x: 0.7, y: 0.2));
    laws!(replaced(xs: &vec![0.7, 0.2, 0.4], x: 0.9));
    laws!(cloned_over(xs: &vec![0.7, 0.2, 0.4], x: 0.9));
    laws!(excluded_scratch(x: 0.7, _: &mut vec![1]));
}

#[test]
fn callees() {
    laws!(read_before_and_after(xs: &mut vec![0.7, 0.2, 0.4]));
    map_laws!(two_mutable(xs: &mut vec![0.7, 0.2], ys: &mut vec![0.3, 0.9]));
    laws!(two_mutable_called(x: 0.7, y: 0.2));
    laws!(counted(xs: &vec![0.7, -0.2, 0.4], _: &mut 0));
}

#[test]
fn references() {
    map_laws!(borrow_keeps_its_index(xs: &mut vec![0.7, 0.2, 0.4]));
    map_laws!(reborrowed(xs: &mut vec![0.7, 0.2, 0.4]));
    laws!(rows_by_reference(m: &[[0.7, 0.2, 0.4], [0.1, 0.5, 0.9]], rows: &vec![vec![0.3, 0.2, 0.1], vec![0.6, 0.8, 0.7]]));
    map_laws!(row_changed(m: &mut vec![[0.7, 0.2, 0.4], [0.1, 0.5, 0.9]], _: 1));
    laws!(nested_rows_changed(rows: &mut vec![vec![0.7, 0.2], vec![0.4, 0.1, 0.5]]));
}
