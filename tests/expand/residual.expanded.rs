/// The derivatives of [`residual`](fn@residual).
#[allow(non_camel_case_types)]
pub struct residual {}
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
impl residual {
    /// The gradient of [`residual`](fn@residual).
    #[inline]
    pub fn grad(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
    ) -> (
        <DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
        <DVector<f64> as ::chainrule::Differentiable>::Tangent,
        <DVector<f64> as ::chainrule::Differentiable>::Tangent,
    ) {
        Self::value_and_grad(a, x, b).1
    }
    /// The value of [`residual`](fn@residual) and its gradient.
    #[inline]
    pub fn value_and_grad(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
    ) -> (
        f64,
        (
            <DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
            <DVector<f64> as ::chainrule::Differentiable>::Tangent,
            <DVector<f64> as ::chainrule::Differentiable>::Tangent,
        ),
    ) {
        let mut a_bar = ::chainrule::Differentiable::zero_tangent(a);
        let mut x_bar = ::chainrule::Differentiable::zero_tangent(x);
        let mut b_bar = ::chainrule::Differentiable::zero_tangent(b);
        let value = Self::vjp_into(a, x, b, (&mut a_bar, &mut x_bar, &mut b_bar), 1.0);
        (value, (a_bar, x_bar, b_bar))
    }
    /// The value of [`residual`](fn@residual); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
        (a_bar, x_bar, b_bar): (
            &mut <DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
            &mut <DVector<f64> as ::chainrule::Differentiable>::Tangent,
            &mut <DVector<f64> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> f64 {
        ::chainrule::SetZero::set_to_zero(a_bar);
        ::chainrule::SetZero::set_to_zero(x_bar);
        ::chainrule::SetZero::set_to_zero(b_bar);
        Self::vjp_into(a, x, b, (a_bar, x_bar, b_bar), 1.0)
    }
    /// The value of [`residual`](fn@residual) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
        (a_dot, x_dot, b_dot): (
            &<DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
            &<DVector<f64> as ::chainrule::Differentiable>::Tangent,
            &<DVector<f64> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> (f64, f64) {
        let t = a * x;
        let t_dot = ::chainrule::rules::mul::push(a, x, a_dot, x_dot);
        let r = &t - b;
        let r_dot = ::chainrule::rules::sub::push(&t, b, &t_dot, b_dot);
        (r.norm_squared(), ::chainrule::rules::norm_squared::push_0(&r, &r_dot))
    }
    /// The value of [`residual`](fn@residual) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1, 'arg2>(
        a: &'arg0 DMatrix<f64>,
        x: &'arg1 DVector<f64>,
        b: &'arg2 DVector<f64>,
    ) -> (
        f64,
        impl Fn(
            f64,
        ) -> (
            <DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
            <DVector<f64> as ::chainrule::Differentiable>::Tangent,
            <DVector<f64> as ::chainrule::Differentiable>::Tangent,
        ) + use<'arg0, 'arg1, 'arg2>,
    ) {
        let (value, pullback) = Self::linearize(
            a,
            x,
            b,
            (
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
            ),
        );
        (value, move |result_bar: f64| {
            let mut a_bar = ::chainrule::Differentiable::zero_tangent(a);
            let mut x_bar = ::chainrule::Differentiable::zero_tangent(x);
            let mut b_bar = ::chainrule::Differentiable::zero_tangent(b);
            pullback(a, x, b, result_bar, &mut a_bar, &mut x_bar, &mut b_bar);
            (a_bar, x_bar, b_bar)
        })
    }
    /// The value of [`residual`](fn@residual); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
        (a_bar, x_bar, b_bar): (
            &mut <DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
            &mut <DVector<f64> as ::chainrule::Differentiable>::Tangent,
            &mut <DVector<f64> as ::chainrule::Differentiable>::Tangent,
        ),
        result_bar: f64,
    ) -> f64 {
        let t = a * x;
        let r = &t - b;
        let r_bar = ::chainrule::rules::norm_squared::pull_0(&r, &result_bar);
        ::chainrule::Accumulate::accumulate(
            &mut *b_bar,
            &::chainrule::rules::sub::pull_1(&t, b, &r_bar),
        );
        let t_bar = ::chainrule::rules::sub::pull_0(&t, b, &r_bar);
        ::chainrule::Accumulate::accumulate(
            &mut *a_bar,
            &::chainrule::rules::mul::pull_0(a, x, &t_bar),
        );
        ::chainrule::Accumulate::accumulate(
            &mut *x_bar,
            &::chainrule::rules::mul::pull_1(a, x, &t_bar),
        );
        r.norm_squared()
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Activity,
    >(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
        _: (A0, A1, A2),
        dot_0: A0::SharedDot<'_, <DMatrix<f64> as ::chainrule::Differentiable>::Tangent>,
        dot_1: A1::SharedDot<'_, <DVector<f64> as ::chainrule::Differentiable>::Tangent>,
        dot_2: A2::SharedDot<'_, <DVector<f64> as ::chainrule::Differentiable>::Tangent>,
    ) -> (f64, f64) {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(a);
                &zero_0
            }
        };
        let zero_1;
        let dot_1 = match A1::shared(dot_1) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_1
            }
        };
        let zero_2;
        let dot_2 = match A2::shared(dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(b);
                &zero_2
            }
        };
        Self::jvp(a, x, b, (dot_0, dot_1, dot_2))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Activity,
    >(
        a: &DMatrix<f64>,
        x: &DVector<f64>,
        b: &DVector<f64>,
        (activity_0, activity_1, activity_2): (A0, A1, A2),
    ) -> (
        f64,
        impl for<'bar0, 'bar1, 'bar2> Fn(
            &DMatrix<f64>,
            &DVector<f64>,
            &DVector<f64>,
            f64,
            A0::Bar<'bar0, <DMatrix<f64> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DVector<f64> as ::chainrule::Differentiable>::Tangent>,
            A2::Bar<'bar2, <DVector<f64> as ::chainrule::Differentiable>::Tangent>,
        ) + use<A0, A1, A2>,
    ) {
        let t = a * x;
        let r = &t - b;
        (
            r.norm_squared(),
            move |a: &DMatrix<f64>,
                  x: &DVector<f64>,
                  b: &DVector<f64>,
                  result_bar: f64,
                  mut a_bar: A0::Bar<
                '_,
                <DMatrix<f64> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut x_bar: A1::Bar<
                '_,
                <DVector<f64> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut b_bar: A2::Bar<
                '_,
                <DVector<f64> as ::chainrule::Differentiable>::Tangent,
            >| {
                let r_bar = ::chainrule::rules::norm_squared::pull_0(&r, &result_bar);
                if let Some(b_bar) = A2::open(&mut b_bar) {
                    ::chainrule::Accumulate::accumulate(
                        &mut *b_bar,
                        &::chainrule::rules::sub::pull_1(&t, b, &r_bar),
                    );
                }
                let t_bar = ::chainrule::rules::sub::pull_0(&t, b, &r_bar);
                if let Some(a_bar) = A0::open(&mut a_bar) {
                    ::chainrule::Accumulate::accumulate(
                        &mut *a_bar,
                        &::chainrule::rules::mul::pull_0(a, x, &t_bar),
                    );
                }
                if let Some(x_bar) = A1::open(&mut x_bar) {
                    ::chainrule::Accumulate::accumulate(
                        &mut *x_bar,
                        &::chainrule::rules::mul::pull_1(a, x, &t_bar),
                    );
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 3]) -> bool {
        false
    }
    ::chainrule::__if_nalgebra! {
        /// The Jacobian of [`residual`](fn@residual): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            a: &DMatrix<f64>,
            x: &DVector<f64>,
            b: &DVector<f64>,
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Dyn,
            ::chainrule::__private::nalgebra::Dyn,
        > {
            Self::value_and_jacobian(a, x, b).1
        }
        /// The value of [`residual`](fn@residual) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            a: &DMatrix<f64>,
            x: &DVector<f64>,
            b: &DVector<f64>,
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Dyn,
                ::chainrule::__private::nalgebra::Dyn,
            >,
        ) {
            let direction_0 = ::chainrule::Differentiable::zero_tangent(a);
            let direction_1 = ::chainrule::Differentiable::zero_tangent(x);
            let direction_2 = ::chainrule::Differentiable::zero_tangent(b);
            let columns = ::chainrule::jacobian::count(&direction_0)
                + ::chainrule::jacobian::count(&direction_1)
                + ::chainrule::jacobian::count(&direction_2);
            let (value, pullback) = Self::vjp(a, x, b);
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
                column +=
                    ::chainrule::jacobian::write_row(&mut jacobian, row, column, &gradient.2);
            }
            (value, jacobian)
        }
    }
}
