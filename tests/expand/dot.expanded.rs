/// The derivatives of [`dot`](fn@dot).
#[allow(non_camel_case_types)]
pub struct dot {}
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
impl dot {
    /// The gradient of [`dot`](fn@dot).
    #[inline]
    pub fn grad(
        xs: &[f64],
        ys: &[f64],
    ) -> (::chainrule::__private::Vec<f64>, ::chainrule::__private::Vec<f64>) {
        Self::value_and_grad(xs, ys).1
    }
    /// The value of [`dot`](fn@dot) and its gradient.
    #[inline]
    pub fn value_and_grad(
        xs: &[f64],
        ys: &[f64],
    ) -> (f64, (::chainrule::__private::Vec<f64>, ::chainrule::__private::Vec<f64>)) {
        let mut xs_bar = ::chainrule::Differentiable::zero_tangent(xs);
        let mut ys_bar = ::chainrule::Differentiable::zero_tangent(ys);
        let value = Self::grad_into(xs, ys, (&mut xs_bar, &mut ys_bar));
        (value, (xs_bar, ys_bar))
    }
    /// The value of [`dot`](fn@dot); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(xs: &[f64], ys: &[f64], (xs_bar, ys_bar): (&mut [f64], &mut [f64])) -> f64 {
        assert_eq!(xs_bar.len(), xs.len(), "the cotangent of `xs` must have its length");
        assert_eq!(ys_bar.len(), ys.len(), "the cotangent of `ys` must have its length");
        let mut sum = 0.0;
        let n = xs.len();
        let n_1 = ys.len();
        let n_2 = n.min(n_1);
        ::chainrule::SetZero::set_to_zero(&mut xs_bar[n_2..]);
        ::chainrule::SetZero::set_to_zero(&mut ys_bar[n_2..]);
        let xs_part = &xs[..n_2];
        let ys_part = &ys[..n_2];
        let xs_bar_part = &mut xs_bar[..n_2];
        let ys_bar_part = &mut ys_bar[..n_2];
        for k in 0..n_2 {
            sum += xs_part[k] * ys_part[k];
            ys_bar_part[k] = xs_part[k];
            xs_bar_part[k] = ys_part[k];
        }
        sum
    }
    /// The value of [`dot`](fn@dot) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(xs: &[f64], ys: &[f64], (xs_dot, ys_dot): (&[f64], &[f64])) -> (f64, f64) {
        assert_eq!(xs_dot.len(), xs.len(), "the tangent of `xs` must have its length");
        assert_eq!(ys_dot.len(), ys.len(), "the tangent of `ys` must have its length");
        let mut sum = 0.0;
        let mut sum_dot = 0.0;
        let n = xs.len();
        let n_1 = ys.len();
        let n_2 = n.min(n_1);
        for k in 0..n_2 {
            sum_dot += xs_dot[k] * ys[k] + ys_dot[k] * xs[k];
            sum += xs[k] * ys[k];
        }
        (sum, sum_dot)
    }
    /// The value of [`dot`](fn@dot) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1>(
        xs: &'arg0 [f64],
        ys: &'arg1 [f64],
    ) -> (
        f64,
        impl Fn(f64) -> (::chainrule::__private::Vec<f64>, ::chainrule::__private::Vec<f64>)
        + use<'arg0, 'arg1>,
    ) {
        let (value, pullback) =
            Self::linearize(xs, ys, (::chainrule::activity::Active, ::chainrule::activity::Active));
        (value, move |result_bar: f64| {
            let mut xs_bar = ::chainrule::Differentiable::zero_tangent(xs);
            let mut ys_bar = ::chainrule::Differentiable::zero_tangent(ys);
            pullback(xs, ys, result_bar, &mut xs_bar, &mut ys_bar);
            (xs_bar, ys_bar)
        })
    }
    /// The value of [`dot`](fn@dot); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        xs: &[f64],
        ys: &[f64],
        (xs_bar, ys_bar): (&mut [f64], &mut [f64]),
        result_bar: f64,
    ) -> f64 {
        assert_eq!(xs_bar.len(), xs.len(), "the cotangent of `xs` must have its length");
        assert_eq!(ys_bar.len(), ys.len(), "the cotangent of `ys` must have its length");
        let mut sum = 0.0;
        let n = xs.len();
        let n_1 = ys.len();
        let n_2 = n.min(n_1);
        let xs_part = &xs[..n_2];
        let ys_part = &ys[..n_2];
        let xs_bar_part = &mut xs_bar[..n_2];
        let ys_bar_part = &mut ys_bar[..n_2];
        for k in 0..n_2 {
            sum += xs_part[k] * ys_part[k];
            ys_bar_part[k] += result_bar * xs_part[k];
            xs_bar_part[k] += result_bar * ys_part[k];
        }
        sum
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        xs: &[f64],
        ys: &[f64],
        _: (A0, A1),
        dot_0: A0::SharedDot<'_, [f64]>,
        dot_1: A1::SharedDot<'_, [f64]>,
    ) -> (f64, f64) {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(xs);
                &zero_0
            }
        };
        let zero_1;
        let dot_1 = match A1::shared(dot_1) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(ys);
                &zero_1
            }
        };
        Self::jvp(xs, ys, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        xs: &[f64],
        ys: &[f64],
        (activity_0, activity_1): (A0, A1),
    ) -> (
        f64,
        impl for<'bar0, 'bar1> Fn(&[f64], &[f64], f64, A0::Bar<'bar0, [f64]>, A1::Bar<'bar1, [f64]>)
        + use<A0, A1>,
    ) {
        let mut sum = 0.0;
        let n = xs.len();
        let n_1 = ys.len();
        let n_2 = n.min(n_1);
        let xs_part = &xs[..n_2];
        let ys_part = &ys[..n_2];
        for k in 0..n_2 {
            sum += xs_part[k] * ys_part[k];
        }
        (
            sum,
            move |xs: &[f64],
                  ys: &[f64],
                  result_bar: f64,
                  mut xs_bar: A0::Bar<'_, [f64]>,
                  mut ys_bar: A1::Bar<'_, [f64]>| {
                if 0 < n_2 {
                    let xs_part_1 = &xs[..n_2];
                    let ys_part_1 = &ys[..n_2];
                    let mut xs_bar_part = A0::part(&mut xs_bar, ..n_2);
                    let mut ys_bar_part = A1::part(&mut ys_bar, ..n_2);
                    for k in 0..n_2 {
                        if let Some(ys_bar_part) = A1::open(&mut ys_bar_part) {
                            ys_bar_part[k] += result_bar * xs_part_1[k];
                        }
                        if let Some(xs_bar_part) = A0::open(&mut xs_bar_part) {
                            xs_bar_part[k] += result_bar * ys_part_1[k];
                        }
                    }
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 2]) -> bool {
        false
    }
    ::chainrule::__if_nalgebra! {
        /// The Jacobian of [`dot`](fn@dot): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            xs: &[f64],
            ys: &[f64],
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Dyn,
            ::chainrule::__private::nalgebra::Dyn,
        > {
            Self::value_and_jacobian(xs, ys).1
        }
        /// The value of [`dot`](fn@dot) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            xs: &[f64],
            ys: &[f64],
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Dyn,
                ::chainrule::__private::nalgebra::Dyn,
            >,
        ) {
            let direction_0 = ::chainrule::Differentiable::zero_tangent(xs);
            let direction_1 = ::chainrule::Differentiable::zero_tangent(ys);
            let columns = ::chainrule::jacobian::count(&direction_0)
                + ::chainrule::jacobian::count(&direction_1);
            let (value, pullback) = Self::vjp(xs, ys);
            let mut value_bar = ::chainrule::Differentiable::zero_tangent(&value);
            let rows = ::chainrule::jacobian::count(&value_bar);
            let mut jacobian: ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Dyn,
                ::chainrule::__private::nalgebra::Dyn,
            > = ::chainrule::jacobian::zeros(rows, columns);
            for row in 0..rows {
                ::chainrule::jacobian::set_unit(&mut value_bar, row);
                let gradient = pullback(value_bar.clone());
                let mut column = 0;
                column +=
                    ::chainrule::jacobian::write_row(&mut jacobian, row, column, &gradient.0);
                column +=
                    ::chainrule::jacobian::write_row(&mut jacobian, row, column, &gradient.1);
            }
            (value, jacobian)
        }
    }
}
