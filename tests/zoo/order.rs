//! The order of evaluation: what an operand reads before a later one changes it.
#![allow(unused_assignments)]

#[derive(Clone, Copy, Debug, PartialEq, chainrule::Differentiable)]
pub struct Two {
    a: f64,
    b: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, chainrule::Differentiable)]
pub struct Both(f64, f64);

impl crate::laws::flat::Components for Two {
    fn append_to(&self, components: &mut Vec<f64>) {
        components.extend([self.a, self.b]);
    }
}

#[chainrule::differentiable]
impl Two {
    fn weighted(self, by: f64) -> f64 {
        self.a * by + self.b * self.b
    }
}

zoo! {
    pub fn grow(xs: &mut [f64], by: f64) -> f64 {
        let before = xs[0] * by;
        xs[0] += by * by;
        before
    }

    pub fn step(x: &mut f64) -> f64 {
        *x *= 1.5;
        *x * *x
    }

    pub fn lent_after_it_is_read(x: f64, xs: &mut [f64]) -> (f64, f64) {
        (xs[0] * x, grow(xs, x))
    }

    pub fn bare_name_after_an_element(x: f64, xs: &mut [f64]) -> (f64, f64) {
        (xs[0], grow(xs, x))
    }

    pub fn product_with_a_call_that_changes(x: f64, xs: &mut [f64]) -> f64 {
        xs[0] * grow(xs, x) + xs[0]
    }

    pub fn element_that_its_factor_changes(x: f64, xs: &mut [f64]) {
        for i in 0..xs.len() {
            xs[i] *= grow(xs, x);
        }
        xs[1] -= grow(xs, x);
    }

    pub fn choice_that_is_overwritten(x: f64, y: f64) -> (f64, f64) {
        let (a, b) = (0.1, y);
        let mut c = if x < 0.5 { y } else { b };
        c = 0.5;
        c *= x;
        (a, c)
    }

    pub fn pair_of(x: f64) -> (f64, f64) {
        (x * x, 0.5)
    }

    pub fn part_minus_itself(x: f64, n: usize) -> f64 {
        let mut p = pair_of(x);
        for _ in 0..n {
            p.1 += p.0;
            p.0 -= p.0;
            p.1 -= p.1 * x;
        }
        p.0 + p.1
    }

    pub fn array_of_calls(mut x: f64) -> f64 {
        let [a, b, c] = [x, step(&mut x), x];
        a * b - c * c + a
    }

    pub fn count_in_tuple(x: f64, n: usize) -> f64 {
        let mut k = n;
        let (a, b) = (k as f64, { k += 1; x * k as f64 });
        a * b + x
    }

    pub fn count_in_sum(x: f64, n: usize) -> f64 {
        let mut k = n;
        let y = (k as f64 + { k += 2; x * k as f64 }) * x;
        y - k as f64 * x
    }

    pub fn count_in_array(x: f64, n: usize) -> f64 {
        let mut k = n;
        let ys = [k as f64 * 0.5, { k += 1; x * k as f64 }, k as f64];
        ys[0] * x + ys[1] * ys[2]
    }

    pub fn index_that_counts(xs: &[f64]) -> f64 {
        let mut k = 0;
        let a = xs[{ k += 1; k }] * xs[{ k += 1; k }] + xs[k];
        a * xs[0]
    }

    pub fn element_before_its_index_changes(xs: &[f64]) -> f64 {
        let mut k = 0;
        let y = xs[k] * { k += 1; xs[k] } - { k += 1; xs[k] };
        y * y
    }

    pub fn target_after_value(xs: &[f64]) -> f64 {
        let mut ys = [0.5, 0.25, 0.125];
        let mut k = 0;
        ys[k] = { k += 1; xs[k] * xs[0] };
        ys[k] += { k += 1; xs[0] * xs[1] };
        ys[k] *= { k -= 2; xs[2] };
        ys[0] * 2.0 + ys[1] * ys[1] * 3.0 + ys[2]
    }

    pub fn target_reads_what_its_value_changed(x: f64, mut a: f64) -> f64 {
        a += { a *= x; a };
        a *= { a -= x; a.sin() };
        a
    }

    pub fn receiver_before_argument(mut a: f64, b: f64) -> f64 {
        let y = a.powf({ a += b; 2.0 }) + a.hypot({ a *= b; a });
        y.mul_add({ a -= 0.5; a }, a)
    }

    pub fn call_result_that_changes(mut x: f64) -> f64 {
        let mut y = step(&mut x);
        let (a, b) = (y, { y += x; y });
        a * b + y
    }

    pub fn closure_that_counts(x: f64) -> f64 {
        let mut a = x;
        let mut next = |by: f64| {
            a = a * by + 0.1;
            a
        };
        let (p, q) = (next(x), next(2.0));
        p - q * q + next(p) / next(q)
    }

    pub fn negated_before_it_changes(mut a: f64, b: f64) -> f64 {
        let y = -a * { a *= b; a } + (a - b) * { a += 1.0; a * b };
        y + if a > b { a } else { b }
    }

    pub fn repeated_item(mut a: f64) -> f64 {
        let ys = [{ a *= a; a }; 3];
        let zs = vec![{ a += 1.0; a }; 2];
        ys[0] + ys[2] * zs[1] + zs[0] * a
    }

    pub fn returned_pair(mut a: f64, b: f64) -> (f64, f64) {
        if b > 0.0 {
            return (a, { a = a * b + 1.0; a * a });
        }
        (a * b, { a += b; a })
    }

    pub fn taken_apart_by_assignment(x: f64, n: usize) -> f64 {
        let (mut a, mut b, mut c): (f64, f64, f64);
        (a, b) = pair_of(x);
        for _ in 0..n {
            (a, b) = (b * x, a + b);
            let p = pair_of(a);
            (b, _) = p;
            (c, (a, b)) = (a, (p.1 * x + c_of(a), b));
            a += c;
        }
        let mut ys = [a, b, x];
        (ys[1], ys[0]) = pair_of(ys[0] * ys[2]);
        (a, ys[2]) = if a > b { (ys[0], b) } else { (b, a) };
        a * ys[0] + ys[1] * ys[2]
    }

    pub fn c_of(a: f64) -> f64 {
        a.sin()
    }

    pub fn swapped_parts(mut p: (f64, f64), x: f64) -> f64 {
        p = (p.1, { p.0 *= x; p.0 });
        let q = (p.0, { p.1 += p.0; p.1 }, p.1);
        q.0 * q.1 + q.2 * x
    }

    pub fn bounds_of_a_range(x: f64, n: usize) -> f64 {
        let mut k = n;
        let mut y = x;
        let first = { k += 1; k };
        for i in first..({ k += 3; k }) {
            y = y * x + i as f64 * 0.1;
        }
        y
    }

    pub fn fields_in_order(mut x: f64, y: f64) -> f64 {
        let t = Two { b: x, a: { x += y; x * x } };
        let u = Both(x, { x *= y; x });
        let v = Some((x, { x -= 1.0; x }));
        let w = match v {
            Some((p, q)) => p * q,
            None => 0.0,
        };
        t.a * u.0 - t.b * u.1 + x + w
    }

    pub fn copied_struct(mut t: Two, x: f64) -> f64 {
        let (before, after) = (t, { t.a *= x; t });
        before.a * after.a + after.b + (t.a + t.b)
    }

    pub fn receiver_by_value(mut t: Two, x: f64) -> f64 {
        let y = t.weighted({ t.a *= x; t.a }) + t.a;
        y * t.weighted(x)
    }

    pub fn behind_a_reference(t: &mut Two, x: f64) -> Two {
        if x > 1.0 {
            return *t;
        }
        t.a *= x;
        let pair = (*t, *t);
        let [u, v] = [*t, pair.0];
        Two { a: u.a * pair.1.b, b: v.b }
    }

    pub fn writes_what_nobody_reads(x: f64, xs: &[f64]) -> f64 {
        let mut y = xs[0];
        let mut t = Two { a: y, b: x };
        behind_a_reference(&mut t, y);
        let mut z = x;
        std::mem::swap(&mut y, &mut z);
        y * x + z
    }

    pub fn doubly_negated(a: f64, xs: &mut [f64]) -> f64 {
        let mut t = a * a;
        let unused = -(-t) * { t += -0.7; xs[0] };
        let _ = unused;
        -(-t) * { xs[0] *= t; xs[0] }
    }

    pub fn larger_of_a_field(a: f64, t: &mut Two) -> f64 {
        t.b.max(a * t.b + a) + t.a.min((t.b * a).powi(2))
    }

    pub fn copied_and_changed(t: Two, x: f64) -> f64 {
        let mut u = t;
        u.a *= x;
        u.a * t.a + t.b
    }

    pub fn kept_before_a_change(mut t: Two, x: f64) -> f64 {
        let u = t;
        t.a *= x;
        u.a * t.a + t.b
    }

    pub fn copied_twice(mut t: Two, x: f64) -> f64 {
        let (u, v) = (t, t);
        t.a *= x;
        let w = [t, t];
        t.b *= x;
        u.a * t.a + t.b * v.b + w[0].a * w[1].b
    }

    pub fn product_of(t: Two, u: Two) -> f64 {
        u.a * t.b
    }

    pub fn passed_twice(mut t: Two, x: f64) -> f64 {
        t.b += product_of(t, t);
        t.a *= product_of(t, t) * x;
        product_of(t, t)
    }

    pub fn copied_in_a_loop(mut t: Two, x: f64, n: usize) -> f64 {
        let start = t;
        let mut y = 0.0;
        for _ in 0..n {
            let before = t;
            t = Two { a: before.b * x, b: before.a + start.b };
            y += product_of(before, t);
        }
        y + t.a
    }

    pub fn constants_over_a_base(t: &Two, x: f64, n: usize) -> f64 {
        let c = Two { a: 0.7, ..t.clone() };
        let d = Two { b: n as f64, ..c.clone() };
        let e = Two { a: x, ..d.clone() };
        c.a * c.b * x + d.a * d.b + e.a * e.b * t.a
    }

    pub fn updated_from_a_base(mut t: Two, x: f64) -> f64 {
        let u = Two { a: { t.b *= x; t.b }, ..t };
        u.a + u.b * u.b
    }
}

#[test]
fn operands() {
    map_laws!(lent_after_it_is_read(x: 0.7, xs: &mut vec![1.2, 0.4]));
    map_laws!(bare_name_after_an_element(x: 0.7, xs: &mut vec![1.2, 0.4]));
    laws!(product_with_a_call_that_changes(x: 0.7, xs: &mut vec![1.2, 0.4]));
    map_laws!(element_that_its_factor_changes(x: 0.7, xs: &mut vec![1.2, 0.4]));
    map_laws!(choice_that_is_overwritten(x: 0.7, y: 0.4));
    laws!(part_minus_itself(x: 0.7, _: 0));
    laws!(part_minus_itself(x: 0.7, _: 2));
    laws!(array_of_calls(x: 0.7));
    laws!(call_result_that_changes(x: 0.7));
    laws!(closure_that_counts(x: 0.7));
    laws!(negated_before_it_changes(a: 0.7, b: 1.2));
    laws!(repeated_item(a: 0.7));
    map_laws!(returned_pair(a: 0.7, b: 1.2));
    map_laws!(returned_pair(a: 0.7, b: -0.3));
    laws!(taken_apart_by_assignment(x: 0.7, _: 0));
    laws!(taken_apart_by_assignment(x: 0.7, _: 2));
    laws!(swapped_parts(p: (0.7, 1.2), x: 0.4));
    laws!(receiver_before_argument(a: 0.7, b: 1.2));
}

#[test]
fn counts() {
    laws!(count_in_tuple(x: 0.7, _: 2));
    laws!(count_in_sum(x: 0.7, _: 2));
    laws!(count_in_array(x: 0.7, _: 2));
    laws!(index_that_counts(xs: &vec![0.7, 1.2, 0.4]));
    laws!(element_before_its_index_changes(xs: &vec![0.7, 1.2, 0.4]));
    laws!(bounds_of_a_range(x: 0.7, _: 1));
}

#[test]
fn targets() {
    laws!(target_after_value(xs: &vec![0.7, 1.2, 0.4]));
    laws!(target_reads_what_its_value_changed(x: 0.7, a: 1.2));
}

#[test]
fn aggregates() {
    laws!(fields_in_order(x: 0.7, y: 1.2));
    laws!(copied_struct(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
    laws!(receiver_by_value(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
    map_laws!(behind_a_reference(t: &mut Two { a: 0.7, b: 1.2 }, x: 0.4));
    map_laws!(behind_a_reference(t: &mut Two { a: 0.7, b: 1.2 }, x: 1.4));
    laws!(writes_what_nobody_reads(x: 0.4, xs: &vec![0.7, 1.2]));
    laws!(doubly_negated(a: 0.4, xs: &mut vec![0.7, 1.2]));
    laws!(larger_of_a_field(a: 0.4, t: &mut Two { a: 0.7, b: 1.2 }));
    laws!(larger_of_a_field(a: 1.4, t: &mut Two { a: 9.7, b: 1.2 }));
    laws!(copied_and_changed(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
    laws!(kept_before_a_change(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
    laws!(copied_twice(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
    laws!(passed_twice(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
    laws!(copied_in_a_loop(t: Two { a: 0.7, b: 1.2 }, x: 0.4, _: 3));
    laws!(constants_over_a_base(t: &Two { a: 0.7, b: 1.2 }, x: 0.4, _: 3));
    laws!(updated_from_a_base(t: Two { a: 0.7, b: 1.2 }, x: 0.4));
}
