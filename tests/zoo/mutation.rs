//! Overwritten values: elements, scratch buffers, `&mut` parameters.

zoo! {
    pub fn write_read_write(x: f64) -> f64 {
        let mut cell = [0.0; 2];
        cell[0] = x * x;
        let before = cell[0] * x;
        cell[0] = before.sin();
        cell[1] = cell[0] * before;
        cell[0] += cell[1];
        cell[0] * cell[1]
    }

    pub fn read_i_write_next(xs: &[f64]) -> f64 {
        let mut f = xs.to_vec();
        for i in 0..f.len() - 1 {
            f[i + 1] = f[i] * f[i + 1] + f[i].sin();
        }
        f[f.len() - 1]
    }

    pub fn scratch_reused(xs: &[f64]) -> f64 {
        let mut scratch = vec![0.0; xs.len()];
        let mut s = 0.0;
        for round in 0..3 {
            for i in 0..xs.len() {
                scratch[i] = xs[i] * (round as f64 + 1.0) + s;
            }
            for i in 0..xs.len() {
                s += scratch[i] * scratch[(i + 1) % xs.len()];
            }
            s = s.tanh();
        }
        s
    }

    pub fn outer_overwrites(xs: &[f64], n: usize) -> f64 {
        let mut y = xs[0];
        let mut s = 0.0;
        for i in 0..n {
            for x in xs {
                s += (y * x).sin();
            }
            y = y * s + i as f64 * 0.1;
        }
        s
    }

    pub fn in_place(xs: &mut [f64]) {
        for i in 0..xs.len() {
            xs[i] = xs[i] * xs[i] + 1.0;
        }
    }

    pub fn in_place_iter_mut(xs: &mut [f64], a: f64) {
        for x in xs.iter_mut() {
            *x *= a;
            *x = x.sin() + *x;
        }
    }

    pub fn in_place_zip(ys: &mut [f64], xs: &[f64], a: f64) {
        for (y, x) in ys.iter_mut().zip(xs) {
            *y += a * x;
        }
    }

    pub fn scalar_out(x: f64, out: &mut f64) {
        *out = x * *out;
        *out += x;
    }

    pub fn two_outputs(x: &[f64], sum: &mut f64, product: &mut f64) -> f64 {
        *sum = 0.0;
        *product = 1.0;
        for v in x {
            *sum += v;
            *product *= v;
        }
        *sum * *product
    }

    pub fn empty(_xs: &mut [f64]) {}

    pub fn overwritten_by_constant(xs: &mut [f64]) -> f64 {
        let kept = xs[0] * xs[1];
        xs[0] = 3.0;
        xs[1] *= xs[0];
        kept + xs[1]
    }

    pub fn prefix_sums(xs: &mut [f64]) {
        for i in 1..xs.len() {
            xs[i] += xs[i - 1];
        }
    }

    pub fn prefix_products(xs: &mut [f64]) {
        for i in 1..xs.len() {
            xs[i] *= xs[i - 1];
        }
    }

    pub fn alias_of_element(xs: &mut [f64], i: usize) {
        let r = &mut xs[i];
        *r = *r * *r;
        *r += 1.0;
    }

    pub fn alias_of_range(xs: &mut [f64]) {
        let tail = &mut xs[1..3];
        tail[0] = tail[1] * tail[0];
        tail[1] = tail[0].sin();
    }

    pub fn exchanged(xs: &mut [f64]) {
        let t = xs[0];
        xs[0] = xs[1] * t;
        xs[1] = t;
    }

    pub fn bubble_sort(xs: &[f64]) -> f64 {
        let mut a = xs.to_vec();
        for i in 0..a.len() {
            for j in 0..a.len() - 1 - i {
                if a[j] > a[j + 1] {
                    let t = a[j];
                    a[j] = a[j + 1];
                    a[j + 1] = t;
                }
            }
        }
        let mut s = 0.0;
        for i in 0..a.len() {
            s += a[i] * (i as f64 + 1.0);
        }
        s
    }

    pub fn two_dimensional(x: f64) -> f64 {
        let mut m = [[0.0; 3]; 2];
        for i in 0..2 {
            for j in 0..3 {
                m[i][j] = x * (i + j) as f64;
            }
        }
        for i in 0..2 {
            m[i][0] *= m[1 - i][2];
        }
        m[0][0] * m[1][1] + m[1][0]
    }

    pub fn row_buffer_in_loop(xs: &[f64], n: usize) -> f64 {
        let mut s = 0.0;
        for i in 0..n {
            let mut row = [0.0; 4];
            for j in 0..4 {
                row[j] = xs[j] * (i as f64 + 0.5);
            }
            row[i % 4] *= row[0];
            s += row[0] * row[1] + row[2] * row[3];
        }
        s
    }

    pub fn vec_in_loop(xs: &[f64], n: usize) -> f64 {
        let mut s = 0.0;
        for i in 1..n {
            let mut row = vec![s; i];
            for j in 0..i {
                row[j] += xs[j % xs.len()] * row[j];
            }
            s = row[i - 1].sin() + row[0];
        }
        s
    }

    pub fn shared_array_passed(xs: [f64; 3]) -> f64 {
        let mut ys = xs;
        ys[0] = xs[1] * xs[2];
        ys[1] *= ys[0];
        ys[0] * ys[1] * xs[0]
    }

    pub fn divisor_rebuilt(xs: &[f64]) -> f64 {
        let mut r = 1.0;
        for i in 0..xs.len() {
            let mut d = 1.0;
            for j in 0..i {
                d *= xs[j];
            }
            r = r / d + xs[i];
        }
        r
    }
}

#[test]
fn cells() {
    laws!(write_read_write(x: 0.7));
    laws!(read_i_write_next(xs: &vec![0.7, 0.2, -0.5, 1.1]));
    laws!(scratch_reused(xs: &vec![0.7, 0.2, -0.5]));
    laws!(outer_overwrites(xs: &vec![0.7, 0.2, -0.5], _: 3));
    laws!(bubble_sort(xs: &vec![0.7, 0.2, -0.5, 0.9, 0.1]));
    laws!(two_dimensional(x: 0.7));
    laws!(row_buffer_in_loop(xs: &vec![0.7, 0.2, -0.5, 0.4], _: 6));
    laws!(vec_in_loop(xs: &vec![0.7, 0.2, -0.5], _: 5));
    laws!(shared_array_passed(xs: [0.7, 0.2, -0.5]));
    laws!(divisor_rebuilt(xs: &vec![0.7, 0.2, -0.5, 1.3]));
}

#[test]
fn mutable_parameters() {
    map_laws!(in_place(xs: &mut vec![0.7, 0.2]));
    map_laws!(in_place_iter_mut(xs: &mut vec![0.7, 0.2], a: 0.9));
    map_laws!(in_place_zip(ys: &mut vec![0.7, 0.2], xs: &vec![1.0, 2.0], a: 0.9));
    map_laws!(scalar_out(x: 0.7, out: &mut 1.3));
    laws!(two_outputs(x: &vec![0.7, 0.2], sum: &mut 5.0, product: &mut 6.0));
    map_laws!(empty(xs: &mut vec![0.7, 0.2]));
    laws!(overwritten_by_constant(xs: &mut vec![0.7, 0.2]));
    map_laws!(prefix_sums(xs: &mut vec![0.7, 0.2, 0.4]));
    map_laws!(prefix_products(xs: &mut vec![0.7, 0.2, 0.4]));
}

#[test]
fn aliases() {
    map_laws!(alias_of_element(xs: &mut vec![0.7, 0.2, 0.4], _: 1));
    map_laws!(alias_of_range(xs: &mut vec![0.7, 0.2, 0.4, 0.1]));
    map_laws!(exchanged(xs: &mut vec![0.7, 0.2, 0.4]));
}

mod read_by_their_own_increment {
    zoo! {
        /// The cotangent is incremented, and then by a part of itself.
        pub fn cancelled_in_a_branch(a: f64, cancel: bool) -> f64 {
            let mut a = a;
            let z = if cancel {
                a -= a;
                a
            } else {
                a
            };
            a + z
        }

        /// A part of a tuple is evaluated before a later one changes its variable.
        pub fn parts_in_order(a: f64, b: f64, change: bool) -> f64 {
            let mut a = a;
            let pair = (a, if change { a += b * a; a } else { b });
            let items = [a, { a *= b; a }, a];
            pair.0 * pair.1 + items[0] * items[1] * items[2].sin()
        }

        pub fn arguments_in_order(a: f64, b: f64) -> f64 {
            let mut a = a;
            product_of(a, { a += b; a }) * a
        }

        pub fn product_of(a: f64, b: f64) -> f64 {
            a * a * b
        }

        /// So is the value itself.
        pub fn doubled_after_a_sum(a: f64, b: f64) -> f64 {
            let mut a = a;
            a += b;
            a += 0.5 * a;
            a -= b * a;
            a
        }
    }

    #[test]
    fn increments() {
        laws!(cancelled_in_a_branch(a: 2.0, _: true));
        laws!(cancelled_in_a_branch(a: 2.0, _: false));
        laws!(parts_in_order(a: 2.0, b: 0.3, _: true));
        laws!(parts_in_order(a: 2.0, b: 0.3, _: false));
        laws!(arguments_in_order(a: 2.0, b: 0.3));
        laws!(doubled_after_a_sum(a: 2.0, b: 0.3));
    }
}
