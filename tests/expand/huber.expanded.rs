/// The derivatives of [`huber`](fn@huber).
#[allow(non_camel_case_types)]
pub struct huber {}
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
impl huber {
    /// The gradient of [`huber`](fn@huber).
    #[inline]
    pub fn grad(x: f64, limit: f64) -> (f64, f64) {
        Self::value_and_grad(x, limit).1
    }
    /// The value of [`huber`](fn@huber) and its gradient.
    #[inline]
    pub fn value_and_grad(x: f64, limit: f64) -> (f64, (f64, f64)) {
        let mut x_bar = 0.0;
        let mut limit_bar = 0.0;
        let value = Self::vjp_into(x, limit, (&mut x_bar, &mut limit_bar), 1.0);
        (value, (x_bar, limit_bar))
    }
    /// The value of [`huber`](fn@huber); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(x: f64, limit: f64, (x_bar, limit_bar): (&mut f64, &mut f64)) -> f64 {
        ::chainrule::SetZero::set_to_zero(x_bar);
        ::chainrule::SetZero::set_to_zero(limit_bar);
        Self::vjp_into(x, limit, (x_bar, limit_bar), 1.0)
    }
    /// The value of [`huber`](fn@huber) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(x: f64, limit: f64, (x_dot, limit_dot): (f64, f64)) -> (f64, f64) {
        let (branch, branch_dot) = if x.abs() <= limit {
            let t = 0.5 * x;
            (t * x, 0.5 * x_dot * x + x_dot * t)
        } else {
            let t_3 = x.abs() - 0.5 * limit;
            (
                limit * t_3,
                limit_dot * t_3
                    + (x_dot * ::chainrule::rules::float::abs_dx(x) - 0.5 * limit_dot) * limit,
            )
        };
        (branch, branch_dot)
    }
    /// The value of [`huber`](fn@huber) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp(x: f64, limit: f64) -> (f64, impl Fn(f64) -> (f64, f64) + use<>) {
        let (value, pullback) = Self::linearize(
            x,
            limit,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        (value, move |result_bar: f64| {
            let mut x_bar = 0.0;
            let mut limit_bar = 0.0;
            pullback(result_bar, &mut x_bar, &mut limit_bar);
            (x_bar, limit_bar)
        })
    }
    /// The value of [`huber`](fn@huber); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        x: f64,
        limit: f64,
        (x_bar, limit_bar): (&mut f64, &mut f64),
        result_bar: f64,
    ) -> f64 {
        let branch = if x.abs() <= limit { 0.5 * x * x } else { limit * (x.abs() - 0.5 * limit) };
        let mut x_bar_1: f64 = 0.0;
        let mut limit_bar_1: f64 = 0.0;
        if x.abs() <= limit {
            x_bar_1 += result_bar * (0.5 * x) + 0.5 * result_bar * x;
        } else {
            let t_3_bar = result_bar * limit;
            limit_bar_1 += result_bar * (x.abs() - 0.5 * limit) - 0.5 * t_3_bar;
            x_bar_1 += t_3_bar * ::chainrule::rules::float::abs_dx(x);
        }
        *x_bar += x_bar_1;
        *limit_bar += limit_bar_1;
        branch
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        x: f64,
        limit: f64,
        _: (A0, A1),
        dot_0: A0::Dot<f64>,
        dot_1: A1::Dot<f64>,
    ) -> (f64, f64) {
        let dot_0 = A0::value(dot_0).unwrap_or(0.0);
        let dot_1 = A1::value(dot_1).unwrap_or(0.0);
        Self::jvp(x, limit, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        x: f64,
        limit: f64,
        (activity_0, activity_1): (A0, A1),
    ) -> (f64, impl for<'bar0, 'bar1> Fn(f64, A0::Bar<'bar0, f64>, A1::Bar<'bar1, f64>) + use<A0, A1>)
    {
        let branch = if x.abs() <= limit { 0.5 * x * x } else { limit * (x.abs() - 0.5 * limit) };
        (
            branch,
            move |result_bar: f64, mut x_bar: A0::Bar<'_, f64>, mut limit_bar: A1::Bar<'_, f64>| {
                let mut x_bar_1: f64 = 0.0;
                let mut limit_bar_1: f64 = 0.0;
                if x.abs() <= limit {
                    x_bar_1 += result_bar * (0.5 * x) + 0.5 * result_bar * x;
                } else {
                    let t_3_bar = result_bar * limit;
                    limit_bar_1 += result_bar * (x.abs() - 0.5 * limit) - 0.5 * t_3_bar;
                    x_bar_1 += t_3_bar * ::chainrule::rules::float::abs_dx(x);
                }
                if let Some(x_bar) = A0::open(&mut x_bar) {
                    *x_bar += x_bar_1;
                }
                if let Some(limit_bar) = A1::open(&mut limit_bar) {
                    *limit_bar += limit_bar_1;
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
        /// The Jacobian of [`huber`](fn@huber): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            x: f64,
            limit: f64,
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Const<1>,
            ::chainrule::__private::nalgebra::Const<2>,
        > {
            Self::value_and_jacobian(x, limit).1
        }
        /// The value of [`huber`](fn@huber) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            x: f64,
            limit: f64,
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Const<1>,
                ::chainrule::__private::nalgebra::Const<2>,
            >,
        ) {
            let direction_0 = 0.0;
            let direction_1 = 0.0;
            let columns = ::chainrule::jacobian::count(&direction_0)
                + ::chainrule::jacobian::count(&direction_1);
            let (value, pullback) = Self::vjp(x, limit);
            let mut value_bar = ::chainrule::Differentiable::zero_tangent(&value);
            let rows = ::chainrule::jacobian::count(&value_bar);
            let mut jacobian: ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Const<1>,
                ::chainrule::__private::nalgebra::Const<2>,
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
