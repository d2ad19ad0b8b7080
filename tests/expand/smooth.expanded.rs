/// The derivatives of [`smooth`](fn@smooth).
#[allow(non_camel_case_types)]
pub struct smooth {}
#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    non_snake_case,
    unreachable_code,
    unused_assignments,
    unused_mut,
    unused_parens,
    unused_variables
)]
impl smooth {
    /// The value of [`smooth`](fn@smooth) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(xs: &mut [f64], weight: f64, (xs_dot, weight_dot): (&mut [f64], f64)) -> ((), ()) {
        assert_eq!(xs_dot.len(), xs.len(), "the tangent of `xs` must have its length");
        for i in 1..xs.len() {
            let t_1 = 1.0 - weight;
            let t_4_dot = weight_dot * xs[i]
                + xs_dot[i] * weight
                + (xs_dot[i - 1] * t_1 - weight_dot * xs[i - 1]);
            xs_dot[i] = t_4_dot;
            xs[i] = weight * xs[i] + t_1 * xs[i - 1];
        }
        ((), ())
    }
    /// The value of [`smooth`](fn@smooth) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp(
        xs: &mut [f64],
        weight: f64,
    ) -> ((), impl Fn(()) -> (::chainrule::__private::Vec<f64>, f64) + use<>) {
        let xs_bar_zero = ::chainrule::Differentiable::zero_tangent(&*xs);
        let (value, pullback) = Self::linearize(
            xs,
            weight,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        (value, move |result_bar: ()| {
            let mut xs_bar = xs_bar_zero.clone();
            let mut weight_bar = 0.0;
            pullback(result_bar, &mut xs_bar, &mut weight_bar);
            (xs_bar, weight_bar)
        })
    }
    /// The value of [`smooth`](fn@smooth); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        xs: &mut [f64],
        weight: f64,
        (xs_bar, weight_bar): (&mut [f64], &mut f64),
        result_bar: (),
    ) -> () {
        assert_eq!(xs_bar.len(), xs.len(), "the cotangent of `xs` must have its length");
        let t = xs.len();
        let mut xs_value_saved = ::chainrule::residual::Stack::new();
        let xs_value_frame = xs_value_saved.frame(&(1..t));
        if 1 < t {
            let xs_value_frame_part = &mut xs_value_frame[..t - 1];
            for i_part in 0..t - 1 {
                let i = i_part + 1;
                xs_value_frame_part[i_part] = xs[i];
                xs[i] = weight * xs[i] + (1.0 - weight) * xs[i - 1];
            }
        }
        let mut xs_value_saved = xs_value_saved.rewind();
        let mut weight_bar_1: f64 = 0.0;
        let xs_value_frame = xs_value_saved.frame(&(1..t));
        if 1 < t {
            let xs_part = &xs[..t - 1];
            let xs_value_frame_part_1 = &xs_value_frame[..t - 1];
            for i_part in (0..t - 1).rev() {
                let i = i_part + 1;
                let xs_value = xs_value_frame_part_1[i_part];
                let xs_bar_1 = xs_bar[i];
                xs_bar[i] = 0.0;
                xs_bar[i - 1] += xs_bar_1 * (1.0 - weight);
                weight_bar_1 += xs_bar_1 * xs_value - xs_bar_1 * xs_part[i_part];
                xs_bar[i] += xs_bar_1 * weight;
            }
        }
        *weight_bar += weight_bar_1;
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Required, A1: ::chainrule::activity::Activity>(
        xs: &mut [f64],
        weight: f64,
        _: (A0, A1),
        mut dot_0: A0::Bar<'_, [f64]>,
        dot_1: A1::Dot<f64>,
    ) -> ((), ()) {
        let dot_1 = A1::value(dot_1).unwrap_or(0.0);
        Self::jvp(xs, weight, (A0::lent(&mut dot_0), dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Required, A1: ::chainrule::activity::Activity>(
        xs: &mut [f64],
        weight: f64,
        (activity_0, activity_1): (A0, A1),
    ) -> ((), impl for<'bar0, 'bar1> Fn((), A0::Bar<'bar0, [f64]>, A1::Bar<'bar1, f64>) + use<A0, A1>)
    {
        let t = xs.len();
        let mut xs_value_saved = ::chainrule::residual::Stack::new();
        let xs_value_frame = xs_value_saved.frame(&(1..t));
        if 1 < t {
            let xs_value_frame_part = &mut xs_value_frame[..t - 1];
            for i_part in 0..t - 1 {
                let i = i_part + 1;
                let xs_value = xs[i];
                xs_value_frame_part[i_part] = xs_value;
                xs[i] = weight * xs_value + (1.0 - weight) * xs[i - 1];
            }
        }
        let xs_kept = xs.to_vec();
        (
            (),
            move |result_bar: (),
                  mut xs_bar: A0::Bar<'_, [f64]>,
                  mut weight_bar: A1::Bar<'_, f64>| {
                let xs_bar = A0::lent(&mut xs_bar);
                let mut xs_value_saved = xs_value_saved.rewind();
                let mut weight_bar_1: f64 = 0.0;
                let xs_value_frame = xs_value_saved.frame(&(1..t));
                if 1 < t {
                    let xs_kept_part = &xs_kept[..t - 1];
                    let xs_value_frame_part_1 = &xs_value_frame[..t - 1];
                    for i_part in (0..t - 1).rev() {
                        let i = i_part + 1;
                        let xs_value = xs_value_frame_part_1[i_part];
                        let xs_bar_1 = xs_bar[i];
                        xs_bar[i] = 0.0;
                        xs_bar[i - 1] += xs_bar_1 * (1.0 - weight);
                        weight_bar_1 += xs_bar_1 * xs_value - xs_bar_1 * xs_kept_part[i_part];
                        xs_bar[i] += xs_bar_1 * weight;
                    }
                }
                if let Some(weight_bar) = A1::open(&mut weight_bar) {
                    *weight_bar += weight_bar_1;
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 2]) -> bool {
        false
    }
}
