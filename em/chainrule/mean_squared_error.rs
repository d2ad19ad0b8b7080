/// The derivatives of [`mean_squared_error`](fn@mean_squared_error).
#[allow(non_camel_case_types)]
pub struct mean_squared_error {}
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
impl mean_squared_error {
    /// The gradient of [`mean_squared_error`](fn@mean_squared_error).
    #[inline]
    pub fn grad<T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
    ) -> (
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    )
    where
        T: ::chainrule::Real,
    {
        Self::value_and_grad::<T>(prediction, target).1
    }
    /// The value of [`mean_squared_error`](fn@mean_squared_error) and its gradient.
    #[inline]
    pub fn value_and_grad<T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
    ) -> (
        T,
        (
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
    )
    where
        T: ::chainrule::Real,
    {
        let mut prediction_bar = ::chainrule::Differentiable::zero_tangent(prediction);
        let mut target_bar = ::chainrule::Differentiable::zero_tangent(target);
        let value = Self::vjp_into::<T>(
            prediction,
            target,
            (&mut prediction_bar, &mut target_bar),
            <T as ::chainrule::Real>::constant(1.0),
        );
        (value, (prediction_bar, target_bar))
    }
    /// The value of [`mean_squared_error`](fn@mean_squared_error); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into<T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (prediction_bar, target_bar): (
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> T
    where
        T: ::chainrule::Real,
    {
        ::chainrule::SetZero::set_to_zero(prediction_bar);
        ::chainrule::SetZero::set_to_zero(target_bar);
        Self::vjp_into::<T>(
            prediction,
            target,
            (prediction_bar, target_bar),
            <T as ::chainrule::Real>::constant(1.0),
        )
    }
    /// The value of [`mean_squared_error`](fn@mean_squared_error) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (prediction_dot, target_dot): (
            &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let difference = prediction - target;
        let difference_dot = {
            let mut sum = ::chainrule::rules::sub::push_0(prediction, target, prediction_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::sub::push_1(prediction, target, target_dot),
            );
            sum
        };
        let t_1 = T::constant(prediction.ncols() as f64);
        (
            difference.norm_squared() / t_1,
            ::chainrule::rules::norm_squared::push_0(&difference, &difference_dot) / t_1,
        )
    }
    /// The value of [`mean_squared_error`](fn@mean_squared_error) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1, T: Real + RealField>(
        prediction: &'arg0 DMatrix<T>,
        target: &'arg1 DMatrix<T>,
    ) -> (
        T,
        impl Fn(
            T,
        ) -> (
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) + use<'arg0, 'arg1, T>,
    )
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _, _>(
            prediction,
            target,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        (value, move |result_bar: T| {
            let mut prediction_bar = ::chainrule::Differentiable::zero_tangent(prediction);
            let mut target_bar = ::chainrule::Differentiable::zero_tangent(target);
            pullback(prediction, target, result_bar, &mut prediction_bar, &mut target_bar);
            (prediction_bar, target_bar)
        })
    }
    /// The value of [`mean_squared_error`](fn@mean_squared_error); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (prediction_bar, target_bar): (
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
        result_bar: T,
    ) -> T
    where
        T: ::chainrule::Real,
    {
        let difference = prediction - target;
        let t_1 = T::constant(prediction.ncols() as f64);
        let difference_bar =
            ::chainrule::rules::norm_squared::pull_0(&difference, &(result_bar / t_1));
        ::chainrule::Accumulate::accumulate(
            &mut *prediction_bar,
            &::chainrule::rules::sub::pull_0(prediction, target, &difference_bar),
        );
        ::chainrule::Accumulate::accumulate(
            &mut *target_bar,
            &::chainrule::rules::sub::pull_1(prediction, target, &difference_bar),
        );
        difference.norm_squared() / t_1
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        _: (A0, A1),
        mut dot_0: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_1: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(prediction);
                &zero_0
            }
        };
        let zero_1;
        let dot_1 = match A1::shared(dot_1) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(target);
                &zero_1
            }
        };
        Self::jvp::<T>(prediction, target, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (activity_0, activity_1): (A0, A1),
    ) -> (
        T,
        impl for<'bar0, 'bar1> Fn(
            &DMatrix<T>,
            &DMatrix<T>,
            T,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let difference = prediction - target;
        let t_1 = T::constant(prediction.ncols() as f64);
        (
            difference.norm_squared() / t_1,
            move |prediction: &DMatrix<T>,
                  target: &DMatrix<T>,
                  result_bar: T,
                  mut prediction_bar: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut target_bar: A1::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >| {
                let difference_bar =
                    ::chainrule::rules::norm_squared::pull_0(&difference, &(result_bar / t_1));
                if let Some(prediction_bar) = A0::open(&mut prediction_bar) {
                    ::chainrule::Accumulate::accumulate(
                        &mut *prediction_bar,
                        &::chainrule::rules::sub::pull_0(prediction, target, &difference_bar),
                    );
                }
                if let Some(target_bar) = A1::open(&mut target_bar) {
                    ::chainrule::Accumulate::accumulate(
                        &mut *target_bar,
                        &::chainrule::rules::sub::pull_1(prediction, target, &difference_bar),
                    );
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 2usize]) -> bool {
        match param {
            _ => false,
        }
    }
    /// The product `H v` of the Hessian of [`mean_squared_error`](fn@mean_squared_error) with a direction `v` of the shape of the gradient (forward mode of the reverse mode).
    #[inline]
    pub fn hvp<T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (prediction_dot, target_dot): (
            impl ::core::borrow::Borrow<<DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            impl ::core::borrow::Borrow<<DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ),
    ) -> (
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    )
    where
        T: ::chainrule::Real,
    {
        let prediction_dot: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent =
            ::core::borrow::Borrow::borrow(&prediction_dot);
        let target_dot: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent =
            ::core::borrow::Borrow::borrow(&target_dot);
        let difference = prediction - target;
        let difference_dot = {
            let mut sum = ::chainrule::rules::sub::push_0(prediction, target, prediction_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::sub::push_1(prediction, target, target_dot),
            );
            sum
        };
        let t_1 = T::constant(prediction.ncols() as f64);
        let difference_bar_dot = ::chainrule::rules::second_order::norm_squared::pull_0_by_0(
            &difference,
            &(<T as ::chainrule::Real>::constant(1.0) / t_1),
            &difference_dot,
        );
        let mut prediction_bar_dot =
            ::chainrule::rules::sub::pull_0(prediction, target, &difference_bar_dot);
        let mut target_bar_dot =
            ::chainrule::rules::sub::pull_1(prediction, target, &difference_bar_dot);
        (prediction_bar_dot, target_bar_dot)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Hessian of [`mean_squared_error`](fn@mean_squared_error): rows and columns are the components of the arguments in order. It is exactly symmetric."]
    #[inline] pub fn hessian < T : Real + RealField >
    (prediction : & DMatrix < T > , target : & DMatrix < T >) -> :: chainrule ::
    __private :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra ::
    Dyn, :: chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule ::
    Real {
                let mut direction_0 = :: chainrule :: Differentiable ::
    zero_tangent(prediction);
                let mut direction_1 = :: chainrule :: Differentiable :: zero_tangent(target);
                let size = 0 + :: chainrule :: jacobian :: count(& direction_0) + :: chainrule
    :: jacobian :: count(& direction_1);
                let mut hessian : :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn > = :: chainrule :: jacobian :: zeros(size, size);
                let mut column = 0;
                for at in 0 .. :: chainrule :: jacobian :: count(& direction_0) {
                    :: chainrule :: jacobian :: set_unit(& mut direction_0, at);
                    let product = Self :: hvp :: < T, >
    (prediction, target, (& direction_0, & direction_1));
                    let mut row = 0;
                    row += :: chainrule :: jacobian ::
    write_column(& mut hessian, row, column, & product.0);
                    row += :: chainrule :: jacobian ::
    write_column(& mut hessian, row, column, & product.1);
                    column += 1;
                }
                :: chainrule :: SetZero :: set_to_zero(& mut direction_0);
                for at in 0 .. :: chainrule :: jacobian :: count(& direction_1) {
                    :: chainrule :: jacobian :: set_unit(& mut direction_1, at);
                    let product = Self :: hvp :: < T, >
    (prediction, target, (& direction_0, & direction_1));
                    let mut row = 0;
                    row += :: chainrule :: jacobian ::
    write_column(& mut hessian, row, column, & product.0);
                    row += :: chainrule :: jacobian ::
    write_column(& mut hessian, row, column, & product.1);
                    column += 1;
                }
                :: chainrule :: SetZero :: set_to_zero(& mut direction_1);
                :: chainrule :: jacobian :: mirror(& mut hessian);
                hessian
            }
        }
    #[doc(hidden)]
    #[inline]
    pub fn linearize_order_2<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (activity_0, activity_1): (A0, A1),
        mut prediction_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut target_dot: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (
        (T, T),
        impl for<'bar0, 'bar1, 'dot0, 'dot1, 'bar_dot0, 'bar_dot1> Fn(
            &DMatrix<T>,
            &DMatrix<T>,
            T,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A0::SharedDot<'dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::SharedDot<'dot1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            T,
            A0::Bar<'bar_dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar_dot1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let prediction_dot = match A0::shared(prediction_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(prediction);
                &zero_0
            }
        };
        let zero_1;
        let target_dot = match A1::shared(target_dot) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(target);
                &zero_1
            }
        };
        let difference = prediction - target;
        let difference_dot = {
            let mut sum = ::chainrule::rules::sub::push_0(prediction, target, prediction_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::sub::push_1(prediction, target, target_dot),
            );
            sum
        };
        let t_1 = T::constant(prediction.ncols() as f64);
        (
            (
                difference.norm_squared() / t_1,
                ::chainrule::rules::norm_squared::push_0(&difference, &difference_dot) / t_1,
            ),
            move |prediction: &DMatrix<T>,
                  target: &DMatrix<T>,
                  result_bar: T,
                  mut prediction_bar: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut target_bar: A1::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  prediction_dot: A0::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  target_dot: A1::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  result_bar_dot: T,
                  mut prediction_bar_dot: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut target_bar_dot: A1::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >| {
                let zero_0;
                let prediction_dot = match A0::shared(prediction_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_0 = ::chainrule::Differentiable::zero_tangent(prediction);
                        &zero_0
                    }
                };
                let zero_1;
                let target_dot = match A1::shared(target_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_1 = ::chainrule::Differentiable::zero_tangent(target);
                        &zero_1
                    }
                };
                let t_3 = result_bar / t_1;
                let difference_bar = ::chainrule::rules::norm_squared::pull_0(&difference, &t_3);
                let difference_bar_dot = {
                    let mut sum = ::chainrule::rules::norm_squared::pull_0(
                        &difference,
                        &(result_bar_dot / t_1),
                    );
                    ::chainrule::Accumulate::accumulate(
                        &mut sum,
                        &::chainrule::rules::second_order::norm_squared::pull_0_by_0(
                            &difference,
                            &t_3,
                            &difference_dot,
                        ),
                    );
                    sum
                };
                if let Some(prediction_bar) = A0::open(&mut prediction_bar) {
                    if let Some(prediction_bar_dot) = A0::open(&mut prediction_bar_dot) {
                        ::chainrule::Accumulate::accumulate(
                            &mut *prediction_bar_dot,
                            &::chainrule::rules::sub::pull_0(
                                prediction,
                                target,
                                &difference_bar_dot,
                            ),
                        );
                        ::chainrule::Accumulate::accumulate(
                            &mut *prediction_bar,
                            &::chainrule::rules::sub::pull_0(prediction, target, &difference_bar),
                        );
                    }
                }
                if let Some(target_bar) = A1::open(&mut target_bar) {
                    if let Some(target_bar_dot) = A1::open(&mut target_bar_dot) {
                        ::chainrule::Accumulate::accumulate(
                            &mut *target_bar_dot,
                            &::chainrule::rules::sub::pull_1(
                                prediction,
                                target,
                                &difference_bar_dot,
                            ),
                        );
                        ::chainrule::Accumulate::accumulate(
                            &mut *target_bar,
                            &::chainrule::rules::sub::pull_1(prediction, target, &difference_bar),
                        );
                    }
                }
            },
        )
    }
    /// The Taylor coefficients of [`mean_squared_error`](fn@mean_squared_error) along a direction `v`: `c[k]` with `f(x + t v) = Σ_k c[k] t^k`, at most 3 of them.
    #[inline]
    pub fn taylor<const COEFFICIENTS: usize, T: Real + RealField>(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        (direction_0, direction_1): (
            impl ::core::borrow::Borrow<<DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            impl ::core::borrow::Borrow<<DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ),
    ) -> [T; COEFFICIENTS]
    where
        T: ::chainrule::Real,
    {
        const { assert!(COEFFICIENTS <= 3, "more Taylor coefficients than `order = 2` gives") }
        let direction_0: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent =
            ::core::borrow::Borrow::borrow(&direction_0);
        let direction_1: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent =
            ::core::borrow::Borrow::borrow(&direction_1);
        let mut coefficients = [<T as ::chainrule::Real>::constant(0.0); COEFFICIENTS];
        match COEFFICIENTS {
            0 => {}
            1 => {
                coefficients[0] = Self::pushforward::<T, _, _>(
                    prediction,
                    target,
                    (::chainrule::activity::Active, ::chainrule::activity::Active),
                    direction_0,
                    direction_1,
                )
                .0
            }
            2 => {
                let (y_0, y_1) = Self::pushforward::<T, _, _>(
                    prediction,
                    target,
                    (::chainrule::activity::Active, ::chainrule::activity::Active),
                    direction_0,
                    direction_1,
                );
                coefficients.copy_from_slice(&[y_0, y_1]);
            }
            3 => {
                let (y_0, y_1, y_2) = Self::pushforward_2::<T, _, _>(
                    prediction,
                    target,
                    (::chainrule::activity::Active, ::chainrule::activity::Active),
                    direction_0,
                    direction_1,
                    &::chainrule::Differentiable::zero_tangent(prediction),
                    &::chainrule::Differentiable::zero_tangent(target),
                );
                coefficients.copy_from_slice(&[
                    y_0,
                    y_1,
                    y_2 / <T as ::chainrule::Real>::constant(2.0),
                ]);
            }
            _ => {}
        }
        coefficients
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward_2<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        prediction: &DMatrix<T>,
        target: &DMatrix<T>,
        _: (A0, A1),
        mut prediction_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut target_dot: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut prediction_dot_2: A0::SharedDot<
            '_,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        >,
        mut target_dot_2: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (T, T, T)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let prediction_dot = match A0::shared(prediction_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(prediction);
                &zero_0
            }
        };
        let zero_1;
        let target_dot = match A1::shared(target_dot) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(target);
                &zero_1
            }
        };
        let zero_2;
        let prediction_dot_2 = match A0::shared(prediction_dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(prediction);
                &zero_2
            }
        };
        let zero_3;
        let target_dot_2 = match A1::shared(target_dot_2) {
            Some(dot) => dot,
            None => {
                zero_3 = ::chainrule::Differentiable::zero_tangent(target);
                &zero_3
            }
        };
        let difference = prediction - target;
        let difference_dot = {
            let mut sum = ::chainrule::rules::sub::push_0(prediction, target, prediction_dot);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::sub::push_1(prediction, target, target_dot),
            );
            sum
        };
        let difference_dot_2 = {
            let mut sum = ::chainrule::rules::sub::push_0(prediction, target, prediction_dot_2);
            ::chainrule::Accumulate::accumulate(
                &mut sum,
                &::chainrule::rules::sub::push_1(prediction, target, target_dot_2),
            );
            sum
        };
        let t_1 = T::constant(prediction.ncols() as f64);
        (
            difference.norm_squared() / t_1,
            ::chainrule::rules::norm_squared::push_0(&difference, &difference_dot) / t_1,
            ({
                let mut sum =
                    ::chainrule::rules::norm_squared::push_0(&difference, &difference_dot_2);
                ::chainrule::Accumulate::accumulate(
                    &mut sum,
                    &::chainrule::rules::second_order::norm_squared::push_0_by_0(
                        &difference,
                        &difference_dot,
                        &difference_dot,
                    ),
                );
                sum
            }) / t_1,
        )
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`mean_squared_error`](fn@mean_squared_error): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField >
    (prediction : & DMatrix < T > , target : & DMatrix < T >) -> :: chainrule ::
    __private :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra ::
    Dyn, :: chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule ::
    Real {
                Self :: value_and_jacobian :: < T, > (prediction, target).1
            }
            #[doc =
    "The value of [`mean_squared_error`](fn@mean_squared_error) and its Jacobian."]
    #[inline] pub fn value_and_jacobian < T : Real + RealField >
    (prediction : & DMatrix < T > , target : & DMatrix < T >) ->
    (T, :: chainrule :: __private :: nalgebra :: OMatrix < T, :: chainrule ::
    __private :: nalgebra :: Dyn, :: chainrule :: __private :: nalgebra :: Dyn >)
    where T : :: chainrule :: Real {
                let direction_0 = :: chainrule :: Differentiable :: zero_tangent(prediction);
                let direction_1 = :: chainrule :: Differentiable :: zero_tangent(target);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0) + ::
    chainrule :: jacobian :: count(& direction_1);
                let (value, pullback) = Self :: vjp(prediction, target);
                let mut value_bar = :: chainrule :: Differentiable :: zero_tangent(& value);
                let rows = :: chainrule :: jacobian :: count(& value_bar);
                let mut jacobian : :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn > = :: chainrule :: jacobian :: zeros(rows, columns);
                for row in 0 .. rows {
                    :: chainrule :: jacobian :: set_unit(& mut value_bar, row);
                    let gradient = pullback(value_bar.clone());
                    let mut column = 0;
                    column += :: chainrule :: jacobian ::
    write_row(& mut jacobian, row, column, & gradient.0);
                    column += :: chainrule :: jacobian ::
    write_row(& mut jacobian, row, column, & gradient.1);
                }
                (value, jacobian)
            }
        }
}
impl ::chainrule::__private::HasOrder<2usize> for mean_squared_error {}
