/// The derivatives of [`dense`](fn@dense).
#[allow(non_camel_case_types)]
pub struct dense {}
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
impl dense {
    /// The value of [`dense`](fn@dense) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(
        layer: &Dense<T>,
        x: &DMatrix<T>,
        (layer_dot, x_dot): (
            &<Dense<T> as ::chainrule::Differentiable>::Tangent,
            &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let (z, z_dot) = affine::pushforward(
            &layer.weights,
            &layer.bias,
            x,
            (
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
            ),
            &layer_dot.weights,
            &layer_dot.bias,
            x_dot,
        );
        let t = stop_gradient(layer.activation);
        let (activate_1, activate_1_dot) = activate::pushforward(
            &z,
            t,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
            &z_dot,
            (),
        );
        (activate_1, activate_1_dot)
    }
    /// The value of [`dense`](fn@dense) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1, T: Real + RealField>(
        layer: &'arg0 Dense<T>,
        x: &'arg1 DMatrix<T>,
    ) -> (
        DMatrix<T>,
        impl Fn(
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) -> (
            <Dense<T> as ::chainrule::Differentiable>::Tangent,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) + use<'arg0, 'arg1, T>,
    )
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _, _>(
            layer,
            x,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        (value, move |result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent| {
            let mut layer_bar = ::chainrule::Differentiable::zero_tangent(layer);
            let mut x_bar = ::chainrule::Differentiable::zero_tangent(x);
            pullback(layer, x, result_bar, &mut layer_bar, &mut x_bar);
            (layer_bar, x_bar)
        })
    }
    /// The value of [`dense`](fn@dense); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(
        layer: &Dense<T>,
        x: &DMatrix<T>,
        (layer_bar, x_bar): (
            &mut <Dense<T> as ::chainrule::Differentiable>::Tangent,
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
        result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> DMatrix<T>
    where
        T: ::chainrule::Real,
    {
        let (z, affine_pullback) = affine::linearize(
            &layer.weights,
            &layer.bias,
            x,
            (
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
            ),
        );
        let t = stop_gradient(layer.activation);
        let (activate_1, activate_pullback) = activate::linearize(
            &z,
            t,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
        );
        let mut z_bar = ::chainrule::Differentiable::zero_tangent(&z);
        activate_pullback(&z, result_bar, &mut z_bar, ());
        let mut layer_bar_1 = ::chainrule::Differentiable::zero_tangent(&layer.bias);
        affine_pullback(
            &layer.weights,
            &layer.bias,
            x,
            z_bar,
            &mut layer_bar.weights,
            &mut layer_bar_1,
            &mut *x_bar,
        );
        ::chainrule::Accumulate::accumulate(&mut layer_bar.bias, &layer_bar_1);
        activate_1
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        layer: &Dense<T>,
        x: &DMatrix<T>,
        _: (A0, A1),
        mut dot_0: A0::SharedDot<'_, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_1: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(layer);
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
        Self::jvp::<T>(layer, x, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        layer: &Dense<T>,
        x: &DMatrix<T>,
        (activity_0, activity_1): (A0, A1),
    ) -> (
        DMatrix<T>,
        impl for<'bar0, 'bar1> Fn(
            &Dense<T>,
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let (z, affine_pullback) =
            affine::linearize(&layer.weights, &layer.bias, x, (activity_0, activity_0, activity_1));
        let z_zero = ::chainrule::Differentiable::zero_tangent(&z);
        let t = stop_gradient(layer.activation);
        let (activate_1, activate_pullback) = activate::linearize(
            &z,
            t,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
        );
        (activate_1, move | layer : & Dense < T > , x : & DMatrix < T > , result_bar :
< DMatrix < T > as :: chainrule :: Differentiable > :: Tangent, mut layer_bar
: A0 :: Bar < '_, < Dense < T > as :: chainrule :: Differentiable > :: Tangent
> , mut x_bar : A1 :: Bar < '_, < DMatrix < T > as :: chainrule ::
Differentiable > :: Tangent > |
{
    let mut z_bar = z_zero.clone();
    activate_pullback(& z, result_bar, & mut z_bar, ()); let mut layer_bar_1 =
    :: chainrule :: Differentiable :: zero_tangent(& layer.bias);
    affine_pullback(& layer.weights, & layer.bias, x, z_bar, A0 ::
    project(& mut layer_bar, | layer_bar | & mut layer_bar.weights), A0 ::
    local(& mut layer_bar_1), A1 :: project(& mut x_bar, | x_bar | x_bar)); if
    let Some(layer_bar) = A0 :: open(& mut layer_bar)
    {
        :: chainrule :: Accumulate ::
        accumulate(& mut layer_bar.bias, & layer_bar_1);
    }
})
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 2usize]) -> bool {
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
    >(
        layer: &Dense<T>,
        x: &DMatrix<T>,
        (activity_0, activity_1): (A0, A1),
        mut layer_dot: A0::SharedDot<'_, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (
        (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent),
        impl for<'bar0, 'bar1, 'dot0, 'dot1, 'bar_dot0, 'bar_dot1> Fn(
            &Dense<T>,
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A0::SharedDot<'dot0, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
            A1::SharedDot<'dot1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar_dot0, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar_dot1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        ::chainrule::__private::has_order::<2usize, affine>();
        ::chainrule::__private::has_order::<2usize, activate>();
        let zero_0;
        let layer_dot = match A0::shared(layer_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(layer);
                &zero_0
            }
        };
        let zero_1;
        let x_dot = match A1::shared(x_dot) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_1
            }
        };
        let ((z, z_dot), affine_pullback) = affine::linearize_order_2(
            &layer.weights,
            &layer.bias,
            x,
            (activity_0, activity_0, activity_1),
            A0::share(&layer_dot.weights),
            A0::share(&layer_dot.bias),
            A1::share(x_dot),
        );
        let z_zero = ::chainrule::Differentiable::zero_tangent(&z);
        let t = stop_gradient(layer.activation);
        let ((activate_1, activate_1_dot), activate_pullback) = activate::linearize_order_2(
            &z,
            t,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
            &z_dot,
            (),
        );
        (
            (activate_1, activate_1_dot),
            move |layer: &Dense<T>,
                  x: &DMatrix<T>,
                  result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut layer_bar: A0::Bar<
                '_,
                <Dense<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut x_bar: A1::Bar<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
                  layer_dot: A0::SharedDot<
                '_,
                <Dense<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  x_dot: A1::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  result_bar_dot: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut layer_bar_dot: A0::Bar<
                '_,
                <Dense<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut x_bar_dot: A1::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >| {
                let zero_0;
                let layer_dot = match A0::shared(layer_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_0 = ::chainrule::Differentiable::zero_tangent(layer);
                        &zero_0
                    }
                };
                let zero_1;
                let x_dot = match A1::shared(x_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_1 = ::chainrule::Differentiable::zero_tangent(x);
                        &zero_1
                    }
                };
                let mut z_bar = z_zero.clone();
                let mut z_bar_dot = ::chainrule::Differentiable::zero_tangent(&z_bar);
                activate_pullback(
                    &z,
                    result_bar,
                    &mut z_bar,
                    (),
                    &z_dot,
                    result_bar_dot,
                    &mut z_bar_dot,
                    (),
                );
                let mut layer_bar_1 = ::chainrule::Differentiable::zero_tangent(&layer.bias);
                let mut layer_bar_1_dot = ::chainrule::Differentiable::zero_tangent(&layer.bias);
                affine_pullback(
                    &layer.weights,
                    &layer.bias,
                    x,
                    z_bar,
                    A0::project(&mut layer_bar, |layer_bar| &mut layer_bar.weights),
                    A0::local(&mut layer_bar_1),
                    A1::project(&mut x_bar, |x_bar| x_bar),
                    A0::share(&layer_dot.weights),
                    A0::share(&layer_dot.bias),
                    A1::share(x_dot),
                    z_bar_dot,
                    A0::project(&mut layer_bar_dot, |layer_bar_dot| &mut layer_bar_dot.weights),
                    A0::local(&mut layer_bar_1_dot),
                    A1::project(&mut x_bar_dot, |x_bar_dot| x_bar_dot),
                );
                if let Some(layer_bar) = A0::open(&mut layer_bar) {
                    if let Some(layer_bar_dot) = A0::open(&mut layer_bar_dot) {
                        ::chainrule::Accumulate::accumulate(
                            &mut layer_bar_dot.bias,
                            &layer_bar_1_dot,
                        );
                        ::chainrule::Accumulate::accumulate(&mut layer_bar.bias, &layer_bar_1);
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
    >(
        layer: &Dense<T>,
        x: &DMatrix<T>,
        _: (A0, A1),
        mut layer_dot: A0::SharedDot<'_, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut layer_dot_2: A0::SharedDot<'_, <Dense<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot_2: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (
        DMatrix<T>,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let layer_dot = match A0::shared(layer_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(layer);
                &zero_0
            }
        };
        let zero_1;
        let x_dot = match A1::shared(x_dot) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_1
            }
        };
        let zero_2;
        let layer_dot_2 = match A0::shared(layer_dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(layer);
                &zero_2
            }
        };
        let zero_3;
        let x_dot_2 = match A1::shared(x_dot_2) {
            Some(dot) => dot,
            None => {
                zero_3 = ::chainrule::Differentiable::zero_tangent(x);
                &zero_3
            }
        };
        let (z, z_dot, z_dot_2) = affine::pushforward_2(
            &layer.weights,
            &layer.bias,
            x,
            (
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
            ),
            &layer_dot.weights,
            &layer_dot.bias,
            x_dot,
            &layer_dot_2.weights,
            &layer_dot_2.bias,
            x_dot_2,
        );
        let t = stop_gradient(layer.activation);
        let (activate_1, activate_1_dot, activate_1_dot_2) = activate::pushforward_2(
            &z,
            t,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
            &z_dot,
            (),
            &z_dot_2,
            (),
        );
        (activate_1, activate_1_dot, activate_1_dot_2)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`dense`](fn@dense): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField >
    (layer : & Dense < T > , x : & DMatrix < T >) -> :: chainrule :: __private ::
    nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra :: Dyn, ::
    chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (layer, x).1
            }
            #[doc = "The value of [`dense`](fn@dense) and its Jacobian."] #[inline] pub fn
    value_and_jacobian < T : Real + RealField >
    (layer : & Dense < T > , x : & DMatrix < T >) ->
    (DMatrix < T > , :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn >) where T : :: chainrule :: Real {
                let mut direction_0 = :: chainrule :: Differentiable :: zero_tangent(layer);
                let mut direction_1 = :: chainrule :: Differentiable :: zero_tangent(x);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0) + ::
    chainrule :: jacobian :: count(& direction_1);
                let (value, pullback) = Self :: vjp(layer, x);
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
    (layer, x, (& direction_0, & direction_1));
                        :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                        column += 1;
                    }
                    :: chainrule :: SetZero :: set_to_zero(& mut direction_0);
                    for at in 0 .. :: chainrule :: jacobian :: count(& direction_1) {
                        :: chainrule :: jacobian :: set_unit(& mut direction_1, at);
                        let (_, value_dot) = Self :: jvp :: < T, >
    (layer, x, (& direction_0, & direction_1));
                        :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                        column += 1;
                    }
                    :: chainrule :: SetZero :: set_to_zero(& mut direction_1);
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
                    }
                }
                (value, jacobian)
            }
        }
}
impl ::chainrule::__private::HasOrder<2usize> for dense {}
