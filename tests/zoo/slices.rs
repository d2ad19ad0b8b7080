//! Operations of slices that move their elements (hard case 45, and 39, 43, 44 beside it).

zoo! {
    pub fn swapped(xs: &mut [f64], i: usize, j: usize) {
        xs.swap(i, j);
        xs[0] *= xs[1];
    }

    // 45: twice in a loop body
    pub fn swapped_twice(xs: &[f64]) -> f64 {
        let mut a = xs.to_vec();
        let n = a.len();
        let mut s = 0.0;
        for i in 0..n {
            a.swap(i, (i + 1) % n);
            s += a[i] * a[i] * (i as f64 + 1.0);
            a.swap(0, n - 1 - i);
            a[0] *= a[n - 1] + s;
        }
        s + a[1]
    }

    pub fn swapped_in_a_branch(xs: &[f64]) -> f64 {
        let mut a = [xs[0], xs[1], xs[2]];
        if a[0] > a[1] {
            a.swap(0, 1);
            a[2] *= a[0];
        }
        if a[1] > a[2] {
            a.swap(1, 2);
        }
        a[0] * a[1] + a[2]
    }

    // 34
    pub fn insertion_sort(xs: &[f64]) -> f64 {
        let mut a = xs.to_vec();
        for i in 1..a.len() {
            let mut j = i;
            while j > 0 && a[j - 1] > a[j] {
                a.swap(j - 1, j);
                j -= 1;
            }
        }
        let mut s = 0.0;
        for (i, x) in a.iter().enumerate() {
            s += x * x * (i as f64 + 1.0);
        }
        s
    }

    pub fn reversed_tail(xs: &mut [f64]) {
        xs[1..].reverse();
        xs[1] *= xs[2];
        xs.reverse();
    }

    pub fn rotated(xs: &mut [f64], k: usize) -> f64 {
        xs.rotate_left(k);
        let s = xs[0] * xs[1];
        xs.rotate_right(1);
        xs[2] *= s;
        xs[..2].rotate_left(1);
        s
    }

    pub fn rotated_in_a_loop(xs: &[f64], n: usize) -> f64 {
        let mut a = xs.to_vec();
        let mut s = 0.0;
        for i in 0..n {
            a.rotate_left(i % 3);
            a[0] = a[0] * a[1];
            s += a[0].sin();
        }
        s
    }

    pub fn filled(xs: &mut [f64], x: f64) -> f64 {
        let before = xs[0] * xs[1];
        xs[1..].fill(x * x);
        xs[1] *= before;
        xs.fill(xs[1]);
        before + xs[2]
    }

    pub fn filled_with_constant(xs: &mut [f64]) -> f64 {
        let s = xs[0] * xs[1];
        xs.fill(0.0);
        xs[0] += s;
        s
    }

    // 42
    pub fn scratch_filled(xs: &[f64], n: usize) -> f64 {
        let mut scratch = vec![0.0; xs.len()];
        let mut s = 1.0;
        for round in 0..n {
            scratch.fill(s);
            for i in 0..xs.len() {
                scratch[i] *= xs[i] + round as f64;
            }
            s = scratch[0] * scratch[1] + scratch[2].sin();
        }
        s
    }

    pub fn rows_filled(m: &mut [[f64; 2]], row: [f64; 2]) {
        m.fill(row);
        m[0][1] *= row[0];
    }

    pub fn copied_over(xs: &mut [f64], ys: &[f64]) -> f64 {
        let s = xs[0] * xs[1];
        xs[..2].copy_from_slice(&ys[1..3]);
        xs[0] *= s;
        xs[1..].clone_from_slice(ys);
        xs[2] * s
    }

    pub fn copied_within_itself(xs: &mut [f64]) {
        let (left, right) = xs.split_at_mut(2);
        left.copy_from_slice(right);
        left[0] *= right[1];
    }

    pub fn moved_within(xs: &mut [f64], k: usize) {
        xs.copy_within(0..3, k);
        xs[0] *= xs[1];
        xs.copy_within(2.., 0);
    }

    pub fn exchanged_slices(xs: &mut [f64], ys: &mut [f64]) {
        xs[..2].swap_with_slice(&mut ys[1..]);
        xs[0] *= ys[1];
        std::mem::swap(&mut xs[2], &mut ys[0]);
        xs.swap_with_slice(ys);
    }

    pub fn halves_exchanged(xs: &mut [f64]) {
        let (left, right) = xs.split_at_mut(2);
        left[0] *= right[0];
        left.swap_with_slice(right);
        right[1] = left[1] * right[0];
    }

    pub fn sorted(xs: &[f64]) -> f64 {
        let mut a = xs.to_vec();
        a.sort_by(|a, b| a.total_cmp(b));
        let mut s = 0.0;
        for i in 0..a.len() {
            s += a[i] * a[i] * (i as f64 + 0.5);
        }
        s
    }

    pub fn sorted_in_place(xs: &mut [f64]) {
        xs.sort_by(|a, b| b.partial_cmp(a).unwrap());
        xs[0] *= xs[1];
    }

    pub fn sorted_part_twice(xs: &[f64], n: usize) -> f64 {
        let mut a = xs.to_vec();
        for i in 0..n {
            a[i] *= a[i + 1];
            a[i..].sort_unstable_by(f64::total_cmp);
            a.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
        }
        a[0] * a[1] + a[2]
    }

    // ties keep their order, as in the standard library
    pub fn sorted_pairs(x: f64, y: f64) -> f64 {
        let mut pairs = [(x, 1.0), (y, 2.0), (x, 3.0)];
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs[0].0 * pairs[0].1 + pairs[1].0 * pairs[1].1 * y + pairs[2].1
    }

    pub fn sorted_by_distance(xs: &[f64], centre: f64) -> f64 {
        let mut a = [xs[0], xs[1], xs[2]];
        a.sort_by(|p, q| (p - centre).abs().total_cmp(&(q - centre).abs()));
        a[0] * a[1] - a[2] * centre
    }

    pub fn split_and_combined(xs: &[f64], k: usize) -> f64 {
        let (left, right) = xs.split_at(k);
        let mut s = 0.0;
        for (l, r) in left.iter().zip(right) {
            s += l * r;
        }
        s * left[0] + right[1]
    }

    pub fn ends(xs: &[f64]) -> f64 {
        let (first, rest) = xs.split_first().unwrap();
        let last = *xs.last().unwrap();
        let front = xs.first().copied().unwrap();
        let (end, middle) = rest.split_last().expect("two elements");
        first * rest[0] + last * front + middle[0] * end
    }

    // 31, 45: both halves change
    pub fn split_mutably(xs: &mut [f64]) {
        let (left, right) = xs.split_at_mut(2);
        for (l, r) in left.iter_mut().zip(right.iter_mut()) {
            *l *= *r;
            *r += *l;
        }
        right[0] = left[1] * right[0];
    }

    pub fn ends_exchanged(xs: &mut [f64]) {
        *xs.last_mut().unwrap() *= xs[0];
        let n = xs.len();
        xs[..n - 1].reverse();
        *xs.first_mut().unwrap() += 1.0;
    }

    // 29, 30
    pub fn sort_descending(xs: &mut [f64]) {
        xs.sort_by(|a, b| b.total_cmp(a));
    }

    pub fn sorted_by_a_callee(xs: &mut [f64]) -> f64 {
        let before = xs[0] * xs[1];
        sort_descending(xs);
        let between = xs[0] * before;
        sort_descending(&mut xs[1..]);
        between * xs[1]
    }
}

#[test]
fn permutations() {
    map_laws!(swapped(xs: &mut vec![0.7, 0.2, 0.4], _: 0, _: 2));
    map_laws!(swapped(xs: &mut vec![0.7, 0.2, 0.4], _: 1, _: 1));
    laws!(swapped_twice(xs: &vec![0.7, 0.2, 0.4, -0.3]));
    laws!(swapped_in_a_branch(xs: &vec![0.7, 0.2, 0.4]));
    laws!(swapped_in_a_branch(xs: &vec![0.1, 0.2, 0.4]));
    laws!(insertion_sort(xs: &vec![0.7, 0.2, -0.4, 0.3, 0.1]));
    map_laws!(reversed_tail(xs: &mut vec![0.7, 0.2, 0.4, -0.3]));
    laws!(rotated(xs: &mut vec![0.7, 0.2, 0.4, -0.3], _: 2));
    laws!(rotated_in_a_loop(xs: &vec![0.7, 0.2, 0.4], _: 5));
}

#[test]
fn overwritten() {
    laws!(filled(xs: &mut vec![0.7, 0.2, 0.4], x: 0.9));
    laws!(filled_with_constant(xs: &mut vec![0.7, 0.2, 0.4]));
    laws!(scratch_filled(xs: &vec![0.7, 0.2, 0.4], _: 3));
    map_laws!(rows_filled(m: &mut vec![[0.7, 0.2], [0.1, 0.3]], row: [0.4, 0.6]));
    laws!(copied_over(xs: &mut vec![0.7, 0.2, 0.4, 0.1], ys: &vec![0.5, 0.3, -0.2]));
    map_laws!(copied_within_itself(xs: &mut vec![0.7, 0.2, 0.4, -0.3]));
    map_laws!(moved_within(xs: &mut vec![0.7, 0.2, 0.4, -0.3, 0.9], _: 1));
    map_laws!(moved_within(xs: &mut vec![0.7, 0.2, 0.4, -0.3, 0.9], _: 2));
}

#[test]
fn exchanged() {
    map_laws!(exchanged_slices(xs: &mut vec![0.7, 0.2, 0.4], ys: &mut vec![0.5, 0.3, -0.2]));
    map_laws!(halves_exchanged(xs: &mut vec![0.7, 0.2, 0.4, -0.3]));
}

#[test]
fn sorting() {
    laws!(sorted(xs: &vec![0.7, 0.2, -0.4, 0.3]));
    map_laws!(sorted_in_place(xs: &mut vec![0.7, 0.2, -0.4, 0.9]));
    laws!(sorted_part_twice(xs: &vec![0.7, 0.2, -0.4, 0.9, 1.3], _: 3));
    laws!(sorted_pairs(x: 0.7, y: 0.2));
    laws!(sorted_by_distance(xs: &vec![0.7, 0.2, -0.4], centre: 0.35));
    laws!(sorted_by_a_callee(xs: &mut vec![0.7, 0.2, -0.4, 0.9]));
}

#[test]
fn parts() {
    laws!(split_and_combined(xs: &vec![0.7, 0.2, -0.4, 0.9], _: 2));
    laws!(ends(xs: &vec![0.7, 0.2, -0.4, 0.9]));
    map_laws!(split_mutably(xs: &mut vec![0.7, 0.2, -0.4, 0.9]));
    map_laws!(ends_exchanged(xs: &mut vec![0.7, 0.2, -0.4, 0.9]));
}
