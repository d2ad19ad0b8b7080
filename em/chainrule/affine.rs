/// The derivatives of [`affine`](fn@affine).
#[allow(non_camel_case_types)]
pub struct affine {}
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
impl affine {
    /// The value of [`affine`](fn@affine) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(
        weights: &DMatrix<T>,
        bias: &DVector<T>,
        x: &DMatrix<T>,
        (weights_dot, bias_dot, x_dot): (
            &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            &<DVector<T> as ::chainrule::Differentiable>::Tangent,
            &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let mut z = weights * x;
        let mut z_dot = {
            let mut sum = ::chainrule::rules::mul::push_0(weights, x, weights_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::mul::push_1(weights, x, x_dot),
            );
            sum
        };
        for j in 0..x.ncols() {
            ::chainrule::Accumulate::accumulate(&mut z_dot.column_mut(j), bias_dot);
            *(&mut z.column_mut(j)) += bias;
        }
        (z, z_dot)
    }
    /// The value of [`affine`](fn@affine) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1, 'arg2, T: Real + RealField>(
        weights: &'arg0 DMatrix<T>,
        bias: &'arg1 DVector<T>,
        x: &'arg2 DMatrix<T>,
    ) -> (
        DMatrix<T>,
        impl Fn(
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) -> (
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            <DVector<T> as ::chainrule::Differentiable>::Tangent,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) + use<'arg0, 'arg1, 'arg2, T>,
    )
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _, _, _>(
            weights,
            bias,
            x,
            (
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
            ),
        );
        (value, move |result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent| {
            let mut weights_bar = ::chainrule::Differentiable::zero_tangent(weights);
            let mut bias_bar = ::chainrule::Differentiable::zero_tangent(bias);
            let mut x_bar = ::chainrule::Differentiable::zero_tangent(x);
            pullback(weights, bias, x, result_bar, &mut weights_bar, &mut bias_bar, &mut x_bar);
            (weights_bar, bias_bar, x_bar)
        })
    }
    /// The value of [`affine`](fn@affine); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(
        weights: &DMatrix<T>,
        bias: &DVector<T>,
        x: &DMatrix<T>,
        (weights_bar, bias_bar, x_bar): (
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            &mut <DVector<T> as ::chainrule::Differentiable>::Tangent,
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
        result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> DMatrix<T>
    where
        T: ::chainrule::Real,
    {
        let mut z = weights * x;
        let mut z_bar = result_bar;
        for j in 0..x.ncols() {
            *(&mut z.column_mut(j)) += bias;
            ::chainrule::Accumulate::accumulate(&mut *bias_bar, &z_bar.column(j));
        }
        ::chainrule::Accumulate::accumulate(
            &mut *weights_bar,
            &::chainrule::rules::mul::pull_0(weights, x, &z_bar),
        );
        ::chainrule::Accumulate::accumulate(
            &mut *x_bar,
            &::chainrule::rules::mul::pull_1(weights, x, &z_bar),
        );
        z
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Activity,
    >(
        weights: &DMatrix<T>,
        bias: &DVector<T>,
        x: &DMatrix<T>,
        _: (A0, A1, A2),
        mut dot_0: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_1: A1::SharedDot<'_, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_2: A2::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(weights);
                &zero_0
            }
        };
        let zero_1;
        let dot_1 = match A1::shared(dot_1) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(bias);
                &zero_1
            }
        };
        let zero_2;
        let dot_2 = match A2::shared(dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_2
            }
        };
        Self::jvp::<T>(weights, bias, x, (dot_0, dot_1, dot_2))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Activity,
    >(
        weights: &DMatrix<T>,
        bias: &DVector<T>,
        x: &DMatrix<T>,
        (activity_0, activity_1, activity_2): (A0, A1, A2),
    ) -> (
        DMatrix<T>,
        impl for<'bar0, 'bar1, 'bar2> Fn(
            &DMatrix<T>,
            &DVector<T>,
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
            A2::Bar<'bar2, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1, A2>,
    )
    where
        T: ::chainrule::Real,
    {
        let mut z = weights * x;
        let t = x.ncols();
        for j in 0..t {
            *(&mut z.column_mut(j)) += bias;
        }
        (z, move | weights : & DMatrix < T > , bias : & DVector < T > , x : & DMatrix
< T > , result_bar : < DMatrix < T > as :: chainrule :: Differentiable > ::
Tangent, mut weights_bar : A0 :: Bar < '_, < DMatrix < T > as :: chainrule ::
Differentiable > :: Tangent > , mut bias_bar : A1 :: Bar < '_, < DVector < T >
as :: chainrule :: Differentiable > :: Tangent > , mut x_bar : A2 :: Bar < '_,
< DMatrix < T > as :: chainrule :: Differentiable > :: Tangent > |
{
    let t = x.ncols(); let mut z_bar = result_bar; for j in (0 .. t).rev()
    {
        if let Some(bias_bar) = A1 :: open(& mut bias_bar)
        {
            :: chainrule :: Accumulate ::
            accumulate(& mut * bias_bar, & z_bar.column(j));
        }
    } if let Some(weights_bar) = A0 :: open(& mut weights_bar)
    {
        :: chainrule :: Accumulate ::
        accumulate(& mut * weights_bar, & :: chainrule :: rules :: mul ::
        pull_0(weights, x, & z_bar));
    } if let Some(x_bar) = A2 :: open(& mut x_bar)
    {
        :: chainrule :: Accumulate ::
        accumulate(& mut * x_bar, & :: chainrule :: rules :: mul ::
        pull_1(weights, x, & z_bar));
    }
})
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 3usize]) -> bool {
        match param {
            _ => false,
        }
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize_order_2<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Activity,
    >(
        weights: &DMatrix<T>,
        bias: &DVector<T>,
        x: &DMatrix<T>,
        (activity_0, activity_1, activity_2): (A0, A1, A2),
        mut weights_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut bias_dot: A1::SharedDot<'_, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot: A2::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (
        (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent),
        impl for<'bar0, 'bar1, 'bar2, 'dot0, 'dot1, 'dot2, 'bar_dot0, 'bar_dot1, 'bar_dot2> Fn(
            &DMatrix<T>,
            &DVector<T>,
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
            A2::Bar<'bar2, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A0::SharedDot<'dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::SharedDot<'dot1, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
            A2::SharedDot<'dot2, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar_dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar_dot1, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
            A2::Bar<'bar_dot2, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1, A2>,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let weights_dot = match A0::shared(weights_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(weights);
                &zero_0
            }
        };
        let zero_1;
        let bias_dot = match A1::shared(bias_dot) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(bias);
                &zero_1
            }
        };
        let zero_2;
        let x_dot = match A2::shared(x_dot) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_2
            }
        };
        let mut z = weights * x;
        let mut z_dot = {
            let mut sum = ::chainrule::rules::mul::push_0(weights, x, weights_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::mul::push_1(weights, x, x_dot),
            );
            sum
        };
        for j in 0..x.ncols() {
            ::chainrule::Accumulate::accumulate(&mut z_dot.column_mut(j), bias_dot);
            *(&mut z.column_mut(j)) += bias;
        }
        (
            (z, z_dot),
            move |weights: &DMatrix<T>,
                  bias: &DVector<T>,
                  x: &DMatrix<T>,
                  result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut weights_bar: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut bias_bar: A1::Bar<
                '_,
                <DVector<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut x_bar: A2::Bar<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
                  weights_dot: A0::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  bias_dot: A1::SharedDot<
                '_,
                <DVector<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  x_dot: A2::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  result_bar_dot: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut weights_bar_dot: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut bias_bar_dot: A1::Bar<
                '_,
                <DVector<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut x_bar_dot: A2::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >| {
                let zero_0;
                let weights_dot = match A0::shared(weights_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_0 = ::chainrule::Differentiable::zero_tangent(weights);
                        &zero_0
                    }
                };
                let zero_1;
                let bias_dot = match A1::shared(bias_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_1 = ::chainrule::Differentiable::zero_tangent(bias);
                        &zero_1
                    }
                };
                let zero_2;
                let x_dot = match A2::shared(x_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_2 = ::chainrule::Differentiable::zero_tangent(x);
                        &zero_2
                    }
                };
                let mut z_bar = result_bar;
                let mut z_bar_dot = result_bar_dot;
                for j in (0..x.ncols()).rev() {
                    if let Some(bias_bar) = A1::open(&mut bias_bar) {
                        if let Some(bias_bar_dot) = A1::open(&mut bias_bar_dot) {
                            ::chainrule::Accumulate::accumulate(
                                &mut *bias_bar_dot,
                                &z_bar_dot.column(j),
                            );
                            ::chainrule::Accumulate::accumulate(&mut *bias_bar, &z_bar.column(j));
                        }
                    }
                }
                if let Some(weights_bar) = A0::open(&mut weights_bar) {
                    if let Some(weights_bar_dot) = A0::open(&mut weights_bar_dot) {
                        ::chainrule::Accumulate::accumulate(
                            &mut *weights_bar_dot,
                            &::chainrule::rules::mul::pull_0(weights, x, &z_bar_dot),
                        );
                        ::chainrule::Accumulate::accumulate(
                            &mut *weights_bar_dot,
                            &::chainrule::rules::mul::pull_0(weights, x_dot, &z_bar),
                        );
                        ::chainrule::Accumulate::accumulate(
                            &mut *weights_bar,
                            &::chainrule::rules::mul::pull_0(weights, x, &z_bar),
                        );
                    }
                }
                if let Some(x_bar) = A2::open(&mut x_bar) {
                    if let Some(x_bar_dot) = A2::open(&mut x_bar_dot) {
                        ::chainrule::Accumulate::accumulate(
                            &mut *x_bar_dot,
                            &::chainrule::rules::mul::pull_1(weights, x, &z_bar_dot),
                        );
                        ::chainrule::Accumulate::accumulate(
                            &mut *x_bar_dot,
                            &::chainrule::rules::mul::pull_1(weights_dot, x, &z_bar),
                        );
                        ::chainrule::Accumulate::accumulate(
                            &mut *x_bar,
                            &::chainrule::rules::mul::pull_1(weights, x, &z_bar),
                        );
                    }
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward_2<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Activity,
    >(
        weights: &DMatrix<T>,
        bias: &DVector<T>,
        x: &DMatrix<T>,
        _: (A0, A1, A2),
        mut weights_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut bias_dot: A1::SharedDot<'_, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot: A2::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut weights_dot_2: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut bias_dot_2: A1::SharedDot<'_, <DVector<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot_2: A2::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (
        DMatrix<T>,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let weights_dot = match A0::shared(weights_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(weights);
                &zero_0
            }
        };
        let zero_1;
        let bias_dot = match A1::shared(bias_dot) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(bias);
                &zero_1
            }
        };
        let zero_2;
        let x_dot = match A2::shared(x_dot) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_2
            }
        };
        let zero_3;
        let weights_dot_2 = match A0::shared(weights_dot_2) {
            Some(dot) => dot,
            None => {
                zero_3 = ::chainrule::Differentiable::zero_tangent(weights);
                &zero_3
            }
        };
        let zero_4;
        let bias_dot_2 = match A1::shared(bias_dot_2) {
            Some(dot) => dot,
            None => {
                zero_4 = ::chainrule::Differentiable::zero_tangent(bias);
                &zero_4
            }
        };
        let zero_5;
        let x_dot_2 = match A2::shared(x_dot_2) {
            Some(dot) => dot,
            None => {
                zero_5 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_5
            }
        };
        let mut z = weights * x;
        let mut z_dot = {
            let mut sum = ::chainrule::rules::mul::push_0(weights, x, weights_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::mul::push_1(weights, x, x_dot),
            );
            sum
        };
        let mut z_dot_2 = {
            let mut sum = {
                let mut sum = ::chainrule::rules::mul::push_0(weights, x, weights_dot_2);
                ::chainrule::Accumulate::accumulate(
                    &mut sum,
                    &::chainrule::rules::mul::push_0(weights, x_dot, weights_dot),
                );
                sum
            };
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &({
                    let mut sum = ::chainrule::rules::mul::push_1(weights, x, x_dot_2);
                    ::chainrule::Accumulate::accumulate(
                        &mut sum,
                        &::chainrule::rules::mul::push_1(weights_dot, x, x_dot),
                    );
                    sum
                }),
            );
            sum
        };
        for j in 0..x.ncols() {
            ::chainrule::Accumulate::accumulate(&mut z_dot_2.column_mut(j), bias_dot_2);
            ::chainrule::Accumulate::accumulate(&mut z_dot.column_mut(j), bias_dot);
            *(&mut z.column_mut(j)) += bias;
        }
        (z, z_dot, z_dot_2)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`affine`](fn@affine): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField >
    (weights : & DMatrix < T > , bias : & DVector < T > , x : & DMatrix < T >) ->
    :: chainrule :: __private :: nalgebra :: OMatrix < T, :: chainrule ::
    __private :: nalgebra :: Dyn, :: chainrule :: __private :: nalgebra :: Dyn >
    where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (weights, bias, x).1
            }
            #[doc = "The value of [`affine`](fn@affine) and its Jacobian."] #[inline] pub
    fn value_and_jacobian < T : Real + RealField >
    (weights : & DMatrix < T > , bias : & DVector < T > , x : & DMatrix < T >) ->
    (DMatrix < T > , :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn >) where T : :: chainrule :: Real {
                let mut direction_0 = :: chainrule :: Differentiable :: zero_tangent(weights);
                let mut direction_1 = :: chainrule :: Differentiable :: zero_tangent(bias);
                let mut direction_2 = :: chainrule :: Differentiable :: zero_tangent(x);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0) + ::
    chainrule :: jacobian :: count(& direction_1) + :: chainrule :: jacobian ::
    count(& direction_2);
                let (value, pullback) = Self :: vjp(weights, bias, x);
                let mut value_bar = :: chainrule :: Differentiable :: zero_tangent(& value);
                let rows = :: chainrule :: jacobian :: count(& value_bar);
                let mut jacobian : :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn > = :: chainrule :: jacobian :: zeros(rows, columns);
                if columns <= rows {
                    let mut column = 0;
                    for at in 0 .. :: chainrule :: jacobian :: count(& direction_0) {
                        :: chainrule :: jacobian :: set_unit(& mut direction_0, at);
                        let (_, value_dot) = Self :: jvp :: < T, >
    (weights, bias, x, (& direction_0, & direction_1, & direction_2));
                        :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                        column += 1;
                    }
                    :: chainrule :: SetZero :: set_to_zero(& mut direction_0);
                    for at in 0 .. :: chainrule :: jacobian :: count(& direction_1) {
                        :: chainrule :: jacobian :: set_unit(& mut direction_1, at);
                        let (_, value_dot) = Self :: jvp :: < T, >
    (weights, bias, x, (& direction_0, & direction_1, & direction_2));
                        :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                        column += 1;
                    }
                    :: chainrule :: SetZero :: set_to_zero(& mut direction_1);
                    for at in 0 .. :: chainrule :: jacobian :: count(& direction_2) {
                        :: chainrule :: jacobian :: set_unit(& mut direction_2, at);
                        let (_, value_dot) = Self :: jvp :: < T, >
    (weights, bias, x, (& direction_0, & direction_1, & direction_2));
                        :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                        column += 1;
                    }
                    :: chainrule :: SetZero :: set_to_zero(& mut direction_2);
                }
                else {
                    for row in 0 .. rows {
                        :: chainrule :: jacobian :: set_unit(& mut value_bar, row);
                        let gradient = pullback(value_bar.clone());
                        let mut column = 0;
                        column += :: chainrule :: jacobian ::
    write_row(& mut jacobian, row, column, & gradient.0);
                        column += :: chainrule :: jacobian ::
    write_row(& mut jacobian, row, column, & gradient.1);
                        column += :: chainrule :: jacobian ::
    write_row(& mut jacobian, row, column, & gradient.2);
                    }
                }
                (value, jacobian)
            }
        }
}
impl ::chainrule::__private::HasOrder<2usize> for affine {}
