/// The derivatives of [`recurrence`](fn@recurrence).
#[allow(non_camel_case_types)]
pub struct recurrence {}
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
impl recurrence {
    /// The gradient of [`recurrence`](fn@recurrence).
    #[inline]
    pub fn grad(x: f64, n: usize) -> f64 {
        Self::value_and_grad(x, n).1
    }
    /// The value of [`recurrence`](fn@recurrence) and its gradient.
    #[inline]
    pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
        let mut x_bar = 0.0;
        let value = Self::vjp_into(x, n, &mut x_bar, 1.0);
        (value, x_bar)
    }
    /// The value of [`recurrence`](fn@recurrence); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(x: f64, n: usize, x_bar: &mut f64) -> f64 {
        ::chainrule::SetZero::set_to_zero(x_bar);
        Self::vjp_into(x, n, x_bar, 1.0)
    }
    /// The value of [`recurrence`](fn@recurrence) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(x: f64, n: usize, x_dot: f64) -> (f64, f64) {
        let mut y_dot = x_dot;
        let mut y = x;
        for _ in 0..n {
            let sin_y_1 = y.sin();
            y_dot = y_dot * y.cos() * x + x_dot * sin_y_1;
            y = sin_y_1 * x;
        }
        (y, y_dot)
    }
    /// The value of [`recurrence`](fn@recurrence) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp(x: f64, n: usize) -> (f64, impl Fn(f64) -> f64 + use<>) {
        let (value, pullback) =
            Self::linearize(x, n, (::chainrule::activity::Active, ::chainrule::activity::Inactive));
        (value, move |result_bar: f64| {
            let mut x_bar = 0.0;
            pullback(result_bar, &mut x_bar, ());
            x_bar
        })
    }
    /// The value of [`recurrence`](fn@recurrence); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(x: f64, n: usize, x_bar: &mut f64, result_bar: f64) -> f64 {
        let mut y_dot = 1.0;
        let mut y = x;
        for _ in 0..n {
            let sin_y_1 = y.sin();
            y_dot = y_dot * y.cos() * x + sin_y_1;
            y = sin_y_1 * x;
        }
        *x_bar += y_dot * result_bar;
        y
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        x: f64,
        n: usize,
        _: (A0, A1),
        dot_0: A0::Dot<f64>,
        dot_1: A1::Dot<()>,
    ) -> (f64, f64) {
        let dot_0 = A0::value(dot_0).unwrap_or(0.0);
        Self::jvp(x, n, dot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        x: f64,
        n: usize,
        (activity_0, activity_1): (A0, A1),
    ) -> (f64, impl for<'bar0, 'bar1> Fn(f64, A0::Bar<'bar0, f64>, A1::Bar<'bar1, ()>) + use<A0, A1>)
    {
        let mut y_dot = 1.0;
        let mut y = x;
        for _ in 0..n {
            let sin_y_1 = y.sin();
            y_dot = y_dot * y.cos() * x + sin_y_1;
            y = sin_y_1 * x;
        }
        let slope = y_dot;
        (
            y,
            move |result_bar: f64,
                  mut x_bar: A0::Bar<'_, f64>,
                  mut unused_bar_1: A1::Bar<'_, ()>| {
                if let Some(x_bar) = A0::open(&mut x_bar) {
                    *x_bar += slope * result_bar;
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
        /// The Jacobian of [`recurrence`](fn@recurrence): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            x: f64,
            n: usize,
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Const<1>,
            ::chainrule::__private::nalgebra::Const<1>,
        > {
            Self::value_and_jacobian(x, n).1
        }
        /// The value of [`recurrence`](fn@recurrence) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            x: f64,
            n: usize,
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Const<1>,
                ::chainrule::__private::nalgebra::Const<1>,
            >,
        ) {
            let mut direction_0 = 0.0;
            let columns = ::chainrule::jacobian::count(&direction_0);
            let (value, _) = Self::jvp(x, n, direction_0.clone());
            let mut value_bar = ::chainrule::Differentiable::zero_tangent(&value);
            let rows = ::chainrule::jacobian::count(&value_bar);
            let mut jacobian: ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Const<1>,
                ::chainrule::__private::nalgebra::Const<1>,
            > = ::chainrule::jacobian::zeros(rows, columns);
            let mut column = 0;
            for at in 0..::chainrule::jacobian::count(&direction_0) {
                ::chainrule::jacobian::set_unit(&mut direction_0, at);
                let (_, value_dot) = Self::jvp(x, n, direction_0.clone());
                ::chainrule::jacobian::write_column(&mut jacobian, 0, column, &value_dot);
                column += 1;
            }
            ::chainrule::SetZero::set_to_zero(&mut direction_0);
            (value, jacobian)
        }
    }
}
