/// The derivatives of [`products`](fn@products).
#[allow(non_camel_case_types)]
pub struct products {}
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
impl products {
    /// The gradient of [`products`](fn@products).
    #[inline]
    pub fn grad(xs: &[f64], y: f64) -> (::chainrule::__private::Vec<f64>, f64) {
        Self::value_and_grad(xs, y).1
    }
    /// The value of [`products`](fn@products) and its gradient.
    #[inline]
    pub fn value_and_grad(xs: &[f64], y: f64) -> (f64, (::chainrule::__private::Vec<f64>, f64)) {
        let mut xs_bar = ::chainrule::Differentiable::zero_tangent(xs);
        let mut y_bar = 0.0;
        let value = Self::vjp_into(xs, y, (&mut xs_bar, &mut y_bar), 1.0);
        (value, (xs_bar, y_bar))
    }
    /// The value of [`products`](fn@products); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(xs: &[f64], y: f64, (xs_bar, y_bar): (&mut [f64], &mut f64)) -> f64 {
        ::chainrule::SetZero::set_to_zero(xs_bar);
        ::chainrule::SetZero::set_to_zero(y_bar);
        Self::vjp_into(xs, y, (xs_bar, y_bar), 1.0)
    }
    /// The value of [`products`](fn@products) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(xs: &[f64], y: f64, (xs_dot, y_dot): (&[f64], f64)) -> (f64, f64) {
        assert_eq!(xs_dot.len(), xs.len(), "the tangent of `xs` must have its length");
        let mut sum = 0.0;
        let mut sum_dot = 0.0;
        let n = xs.len();
        for k in 0..n {
            let x = xs[k];
            let (product_1, product_1_dot) = product::pushforward(
                x,
                y,
                (::chainrule::activity::Active, ::chainrule::activity::Active),
                xs_dot[k],
                y_dot,
            );
            {
                let term =
                    ::chainrule::rules::mul::push(&product_1, &sum, &product_1_dot, &sum_dot);
                sum_dot += term;
            }
            {
                let term = product_1.clone() * sum;
                sum += term;
            }
        }
        (sum, sum_dot)
    }
    /// The value of [`products`](fn@products) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0>(
        xs: &'arg0 [f64],
        y: f64,
    ) -> (f64, impl Fn(f64) -> (::chainrule::__private::Vec<f64>, f64) + use<'arg0>) {
        let (value, pullback) =
            Self::linearize(xs, y, (::chainrule::activity::Active, ::chainrule::activity::Active));
        (value, move |result_bar: f64| {
            let mut xs_bar = ::chainrule::Differentiable::zero_tangent(xs);
            let mut y_bar = 0.0;
            pullback(xs, result_bar, &mut xs_bar, &mut y_bar);
            (xs_bar, y_bar)
        })
    }
    /// The value of [`products`](fn@products); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        xs: &[f64],
        y: f64,
        (xs_bar, y_bar): (&mut [f64], &mut f64),
        result_bar: f64,
    ) -> f64 {
        assert_eq!(xs_bar.len(), xs.len(), "the cotangent of `xs` must have its length");
        let mut sum = 0.0;
        let n = xs.len();
        let mut sum_1_saved = ::chainrule::residual::Stack::new();
        let mut saved = ::chainrule::residual::Stack::with_room_for(&(0..n));
        let sum_1_frame = sum_1_saved.frame(&(0..n));
        for k in 0..n {
            let x = xs[k];
            let (product_1, product_pullback) = product::linearize(
                x,
                y,
                (::chainrule::activity::Active, ::chainrule::activity::Active),
            );
            saved.push((product_pullback, product_1.clone()));
            sum_1_frame[k] = sum;
            {
                let term = product_1.clone() * sum;
                sum += term;
            }
        }
        let mut sum_1_saved = sum_1_saved.rewind();
        let mut saved = saved.rewind();
        let mut sum_bar = result_bar;
        let mut y_bar_2: f64 = 0.0;
        let sum_1_frame = sum_1_saved.frame(&(0..n));
        for k in (0..n).rev() {
            let &(ref product_pullback, ref product_1) = saved.pop();
            let sum_1 = sum_1_frame[k];
            let sum_bar_1 = sum_bar;
            sum_bar += ::chainrule::rules::mul::pull_1(product_1, &sum_1, &sum_bar_1);
            let mut x_bar: f64 = 0.0;
            let mut y_bar_1: f64 = 0.0;
            product_pullback(
                ::chainrule::rules::mul::pull_0(product_1, &sum_1, &sum_bar_1),
                &mut x_bar,
                &mut y_bar_1,
            );
            y_bar_2 += y_bar_1;
            xs_bar[k] += x_bar;
        }
        *y_bar += y_bar_2;
        sum
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        xs: &[f64],
        y: f64,
        _: (A0, A1),
        dot_0: A0::SharedDot<'_, [f64]>,
        dot_1: A1::Dot<f64>,
    ) -> (f64, f64) {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(xs);
                &zero_0
            }
        };
        let dot_1 = A1::value(dot_1).unwrap_or(0.0);
        Self::jvp(xs, y, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        xs: &[f64],
        y: f64,
        (activity_0, activity_1): (A0, A1),
    ) -> (
        f64,
        impl for<'bar0, 'bar1> Fn(&[f64], f64, A0::Bar<'bar0, [f64]>, A1::Bar<'bar1, f64>) + use<A0, A1>,
    ) {
        let mut sum = 0.0;
        let n = xs.len();
        let mut sum_1_saved = ::chainrule::residual::Stack::new();
        let mut saved = ::chainrule::residual::Stack::with_room_for(&(0..n));
        let sum_1_frame = sum_1_saved.frame(&(0..n));
        for k in 0..n {
            let x = xs[k];
            let (product_1, product_pullback) = product::linearize(
                x,
                y,
                (::chainrule::activity::Active, ::chainrule::activity::Active),
            );
            saved.push((product_pullback, product_1.clone()));
            let sum_1 = sum;
            sum_1_frame[k] = sum_1;
            sum += product_1.clone() * sum_1;
        }
        (
            sum,
            move |xs: &[f64],
                  result_bar: f64,
                  mut xs_bar: A0::Bar<'_, [f64]>,
                  mut y_bar: A1::Bar<'_, f64>| {
                let n = xs.len();
                let mut sum_1_saved = sum_1_saved.rewind();
                let mut saved = saved.rewind();
                let mut sum_bar = result_bar;
                let mut y_bar_2: f64 = 0.0;
                let sum_1_frame = sum_1_saved.frame(&(0..n));
                for k in (0..n).rev() {
                    let &(ref product_pullback, ref product_1) = saved.pop();
                    let sum_1 = sum_1_frame[k];
                    let sum_bar_1 = sum_bar;
                    sum_bar += ::chainrule::rules::mul::pull_1(product_1, &sum_1, &sum_bar_1);
                    let mut x_bar: f64 = 0.0;
                    let mut y_bar_1: f64 = 0.0;
                    product_pullback(
                        ::chainrule::rules::mul::pull_0(product_1, &sum_1, &sum_bar_1),
                        &mut x_bar,
                        &mut y_bar_1,
                    );
                    y_bar_2 += y_bar_1;
                    if let Some(xs_bar) = A0::open(&mut xs_bar) {
                        xs_bar[k] += x_bar;
                    }
                }
                if let Some(y_bar) = A1::open(&mut y_bar) {
                    *y_bar += y_bar_2;
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
        /// The Jacobian of [`products`](fn@products): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            xs: &[f64],
            y: f64,
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Dyn,
            ::chainrule::__private::nalgebra::Dyn,
        > {
            Self::value_and_jacobian(xs, y).1
        }
        /// The value of [`products`](fn@products) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            xs: &[f64],
            y: f64,
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Dyn,
                ::chainrule::__private::nalgebra::Dyn,
            >,
        ) {
            let direction_0 = ::chainrule::Differentiable::zero_tangent(xs);
            let direction_1 = 0.0;
            let columns = ::chainrule::jacobian::count(&direction_0)
                + ::chainrule::jacobian::count(&direction_1);
            let (value, pullback) = Self::vjp(xs, y);
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
