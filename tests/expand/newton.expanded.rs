/// The derivatives of [`newton`](fn@newton).
#[allow(non_camel_case_types)]
pub struct newton {}
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
impl newton {
    /// The gradient of [`newton`](fn@newton).
    #[inline]
    pub fn grad(a: f64) -> f64 {
        Self::value_and_grad(a).1
    }
    /// The value of [`newton`](fn@newton) and its gradient.
    #[inline]
    pub fn value_and_grad(a: f64) -> (f64, f64) {
        let mut a_bar = 0.0;
        let value = Self::vjp_into(a, &mut a_bar, 1.0);
        (value, a_bar)
    }
    /// The value of [`newton`](fn@newton); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(a: f64, a_bar: &mut f64) -> f64 {
        ::chainrule::SetZero::set_to_zero(a_bar);
        Self::vjp_into(a, a_bar, 1.0)
    }
    /// The value of [`newton`](fn@newton) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(a: f64, a_dot: f64) -> (f64, f64) {
        let mut x = 1.0;
        let mut x_dot = 0.0;
        let mut stopped = false;
        loop {
            let t_2 = 2.0 * x;
            let step = (x * x - a) / t_2;
            let step_dot = (2.0 * x_dot * x - a_dot) / t_2 - 2.0 * x_dot * (step / t_2);
            x_dot -= step_dot;
            x -= step;
            if step.abs() < 1e-12 {
                stopped = true;
            }
            if stopped {
                break;
            }
        }
        (x, x_dot)
    }
    /// The value of [`newton`](fn@newton) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp(a: f64) -> (f64, impl Fn(f64) -> f64 + use<>) {
        let (value, pullback) = Self::linearize(a, (::chainrule::activity::Active,));
        (value, move |result_bar: f64| {
            let mut a_bar = 0.0;
            pullback(result_bar, &mut a_bar);
            a_bar
        })
    }
    /// The value of [`newton`](fn@newton); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(a: f64, a_bar: &mut f64, result_bar: f64) -> f64 {
        let mut x = 1.0;
        let mut x_dot = 0.0;
        let mut stopped = false;
        loop {
            let t_2 = 2.0 * x;
            let step = (x * x - a) / t_2;
            let step_dot = (2.0 * x_dot * x - 1.0) / t_2 - 2.0 * x_dot * (step / t_2);
            x_dot -= step_dot;
            x -= step;
            if step.abs() < 1e-12 {
                stopped = true;
            }
            if stopped {
                break;
            }
        }
        *a_bar += x_dot * result_bar;
        x
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity>(
        a: f64,
        _: (A0,),
        dot_0: A0::Dot<f64>,
    ) -> (f64, f64) {
        let dot_0 = A0::value(dot_0).unwrap_or(0.0);
        Self::jvp(a, dot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity>(
        a: f64,
        (activity_0,): (A0,),
    ) -> (f64, impl for<'bar0> Fn(f64, A0::Bar<'bar0, f64>) + use<A0>) {
        let mut x = 1.0;
        let mut x_dot = 0.0;
        let mut stopped = false;
        loop {
            let t_2 = 2.0 * x;
            let step = (x * x - a) / t_2;
            let step_dot = (2.0 * x_dot * x - 1.0) / t_2 - 2.0 * x_dot * (step / t_2);
            x_dot -= step_dot;
            x -= step;
            if step.abs() < 1e-12 {
                stopped = true;
            }
            if stopped {
                break;
            }
        }
        let slope = x_dot;
        (x, move |result_bar: f64, mut a_bar: A0::Bar<'_, f64>| {
            if let Some(a_bar) = A0::open(&mut a_bar) {
                *a_bar += slope * result_bar;
            }
        })
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 1]) -> bool {
        false
    }
    ::chainrule::__if_nalgebra! {
        /// The Jacobian of [`newton`](fn@newton): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            a: f64,
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Const<1>,
            ::chainrule::__private::nalgebra::Const<1>,
        > {
            Self::value_and_jacobian(a).1
        }
        /// The value of [`newton`](fn@newton) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            a: f64,
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
            let (value, _) = Self::jvp(a, direction_0.clone());
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
                let (_, value_dot) = Self::jvp(a, direction_0.clone());
                ::chainrule::jacobian::write_column(&mut jacobian, 0, column, &value_dot);
                column += 1;
            }
            ::chainrule::SetZero::set_to_zero(&mut direction_0);
            (value, jacobian)
        }
    }
}
