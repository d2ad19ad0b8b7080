/// The derivatives of [`softmax_cross_entropy`](fn@softmax_cross_entropy).
#[allow(non_camel_case_types)]
pub struct softmax_cross_entropy {}
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
impl softmax_cross_entropy {
    /// The gradient of [`softmax_cross_entropy`](fn@softmax_cross_entropy).
    #[inline]
    pub fn grad<T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
    ) -> <DMatrix<T> as ::chainrule::Differentiable>::Tangent
    where
        T: ::chainrule::Real,
    {
        Self::value_and_grad::<T>(logits, labels).1
    }
    /// The value of [`softmax_cross_entropy`](fn@softmax_cross_entropy) and its gradient.
    #[inline]
    pub fn value_and_grad<T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
    ) -> (T, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let mut logits_bar = ::chainrule::Differentiable::zero_tangent(logits);
        let value = Self::vjp_into::<T>(
            logits,
            labels,
            &mut logits_bar,
            <T as ::chainrule::Real>::constant(1.0),
        );
        (value, logits_bar)
    }
    /// The value of [`softmax_cross_entropy`](fn@softmax_cross_entropy); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into<T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
        logits_bar: &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> T
    where
        T: ::chainrule::Real,
    {
        ::chainrule::SetZero::set_to_zero(logits_bar);
        Self::vjp_into::<T>(logits, labels, logits_bar, <T as ::chainrule::Real>::constant(1.0))
    }
    /// The value of [`softmax_cross_entropy`](fn@softmax_cross_entropy) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
        logits_dot: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let mut total = T::zero();
        let mut total_dot = <T as ::chainrule::Real>::constant(0.0);
        for j in 0..logits.ncols() {
            let largest = stop_gradient(logits.column(j).max());
            let mut sum = T::zero();
            let mut sum_dot = <T as ::chainrule::Real>::constant(0.0);
            for i in 0..logits.nrows() {
                let t_9 = (logits[(i, j)] - largest.clone()).exp();
                sum_dot += logits_dot[(i, j)] * t_9;
                sum += t_9;
            }
            let t_5 = labels[j];
            let logits_value_1 = logits[(t_5, j)];
            let logits_value_1_dot = logits_dot[(t_5, j)];
            total_dot += ::chainrule::rules::float::strong_mul(
                sum_dot,
                <T as ::chainrule::Real>::constant(1.0) / sum,
            ) - logits_value_1_dot;
            total += sum.ln() + largest.clone() - logits_value_1;
        }
        let t_7 = T::constant(logits.ncols() as f64);
        (total / t_7, total_dot / t_7)
    }
    /// The value of [`softmax_cross_entropy`](fn@softmax_cross_entropy) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1, T: Real + RealField>(
        logits: &'arg0 DMatrix<T>,
        labels: &'arg1 [usize],
    ) -> (
        T,
        impl Fn(T) -> <DMatrix<T> as ::chainrule::Differentiable>::Tangent + use<'arg0, 'arg1, T>,
    )
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _, _>(
            logits,
            labels,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
        );
        (value, move |result_bar: T| {
            let mut logits_bar = ::chainrule::Differentiable::zero_tangent(logits);
            pullback(logits, labels, result_bar, &mut logits_bar, ());
            logits_bar
        })
    }
    /// The value of [`softmax_cross_entropy`](fn@softmax_cross_entropy); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
        logits_bar: &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        result_bar: T,
    ) -> T
    where
        T: ::chainrule::Real,
    {
        let mut t_9_saved = ::chainrule::residual::Stack::new();
        let mut total = T::zero();
        let t = logits.ncols();
        let mut sum_1_saved = ::chainrule::residual::Stack::with_room_for(&(0..t));
        for j in 0..t {
            let largest = stop_gradient(logits.column(j).max());
            let mut sum = T::zero();
            for i in 0..logits.nrows() {
                let t_9 = (logits[(i, j)] - largest.clone()).exp();
                t_9_saved.push(t_9);
                sum += t_9;
            }
            sum_1_saved.push(sum);
            let t_5 = labels[j];
            let logits_value_1 = logits[(t_5, j)];
            total += sum.ln() + largest.clone() - logits_value_1;
        }
        let t_7 = T::constant(logits.ncols() as f64);
        let mut t_9_saved = t_9_saved.rewind();
        let mut sum_1_saved = sum_1_saved.rewind();
        let total_bar = result_bar / t_7;
        for j in (0..t).rev() {
            let sum_1 = *sum_1_saved.pop();
            let t_5 = labels[j];
            logits_bar[(t_5, j)] -= total_bar;
            let sum_bar = ::chainrule::rules::float::strong_mul(
                total_bar,
                <T as ::chainrule::Real>::constant(1.0) / sum_1,
            );
            for i in (0..logits.nrows()).rev() {
                let t_9 = *t_9_saved.pop();
                logits_bar[(i, j)] += sum_bar * t_9;
            }
        }
        total / t_7
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        logits: &DMatrix<T>,
        labels: &[usize],
        _: (A0, A1),
        mut dot_0: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_1: A1::SharedDot<'_, ()>,
    ) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(logits);
                &zero_0
            }
        };
        Self::jvp::<T>(logits, labels, dot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        logits: &DMatrix<T>,
        labels: &[usize],
        (activity_0, activity_1): (A0, A1),
    ) -> (
        T,
        impl for<'bar0, 'bar1> Fn(
            &DMatrix<T>,
            &[usize],
            T,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, ()>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let mut t_9_saved = ::chainrule::residual::Stack::new();
        let mut total = T::zero();
        let t = logits.ncols();
        let mut sum_1_saved = ::chainrule::residual::Stack::with_room_for(&(0..t));
        for j in 0..t {
            let largest = stop_gradient(logits.column(j).max());
            let mut sum = T::zero();
            for i in 0..logits.nrows() {
                let t_9 = (logits[(i, j)] - largest.clone()).exp();
                t_9_saved.push(t_9);
                sum += t_9;
            }
            let sum_1 = sum;
            sum_1_saved.push(sum_1);
            let t_5 = labels[j];
            let logits_value_1 = logits[(t_5, j)];
            total += sum_1.ln() + largest.clone() - logits_value_1;
        }
        let t_7 = T::constant(logits.ncols() as f64);
        (
            total / t_7,
            move |logits: &DMatrix<T>,
                  labels: &[usize],
                  result_bar: T,
                  mut logits_bar: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut unused_bar_1: A1::Bar<'_, ()>| {
                let t = logits.ncols();
                let mut t_9_saved = t_9_saved.rewind();
                let mut sum_1_saved = sum_1_saved.rewind();
                let total_bar = result_bar / t_7;
                for j in (0..t).rev() {
                    let sum_1 = *sum_1_saved.pop();
                    let t_5 = labels[j];
                    if let Some(logits_bar) = A0::open(&mut logits_bar) {
                        logits_bar[(t_5, j)] -= total_bar;
                    }
                    let sum_bar = ::chainrule::rules::float::strong_mul(
                        total_bar,
                        <T as ::chainrule::Real>::constant(1.0) / sum_1,
                    );
                    for i in (0..logits.nrows()).rev() {
                        let t_9 = *t_9_saved.pop();
                        if let Some(logits_bar) = A0::open(&mut logits_bar) {
                            logits_bar[(i, j)] += sum_bar * t_9;
                        }
                    }
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
    /// The product `H v` of the Hessian of [`softmax_cross_entropy`](fn@softmax_cross_entropy) with a direction `v` of the shape of the gradient (forward mode of the reverse mode).
    #[inline]
    pub fn hvp<T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
        logits_dot: impl ::core::borrow::Borrow<<DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> <DMatrix<T> as ::chainrule::Differentiable>::Tangent
    where
        T: ::chainrule::Real,
    {
        let logits_dot: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent =
            ::core::borrow::Borrow::borrow(&logits_dot);
        let mut logits_bar_dot = ::chainrule::Differentiable::zero_tangent(logits);
        let mut t_9_saved = ::chainrule::residual::Stack::new();
        let mut t_9_saved_dot = ::chainrule::residual::Stack::new();
        let mut total = T::zero();
        let mut total_dot = <T as ::chainrule::Real>::constant(0.0);
        let t = logits.ncols();
        let mut sum_1_saved = ::chainrule::residual::Stack::with_room_for(&(0..t));
        let mut sum_1_saved_dot = ::chainrule::residual::Stack::with_room_for(&(0..t));
        for j in 0..t {
            let largest = stop_gradient(logits.column(j).max());
            let mut sum = T::zero();
            let mut sum_dot = <T as ::chainrule::Real>::constant(0.0);
            for i in 0..logits.nrows() {
                let t_9 = (logits[(i, j)] - largest.clone()).exp();
                let t_9_dot = logits_dot[(i, j)] * t_9;
                t_9_saved.push(t_9);
                t_9_saved_dot.push(t_9_dot);
                sum_dot += t_9_dot;
                sum += t_9;
            }
            sum_1_saved.push(sum);
            sum_1_saved_dot.push(sum_dot);
            let t_5 = labels[j];
            let logits_value_1 = logits[(t_5, j)];
            let logits_value_1_dot = logits_dot[(t_5, j)];
            total_dot += ::chainrule::rules::float::strong_mul(
                sum_dot,
                <T as ::chainrule::Real>::constant(1.0) / sum,
            ) - logits_value_1_dot;
            total += sum.ln() + largest.clone() - logits_value_1;
        }
        let t_7 = T::constant(logits.ncols() as f64);
        let mut t_9_saved = t_9_saved.rewind();
        let mut t_9_saved_dot_1 = t_9_saved_dot.rewind();
        let mut sum_1_saved = sum_1_saved.rewind();
        let mut sum_1_saved_dot_1 = sum_1_saved_dot.rewind();
        let total_bar = <T as ::chainrule::Real>::constant(1.0) / t_7;
        for j in (0..t).rev() {
            let sum_1 = *sum_1_saved.pop();
            let sum_1_dot = *sum_1_saved_dot_1.pop();
            let sum_bar = ::chainrule::rules::float::strong_mul(
                total_bar,
                <T as ::chainrule::Real>::constant(1.0) / sum_1,
            );
            let sum_bar_dot = -::chainrule::rules::float::strong_mul(
                total_bar,
                ::chainrule::rules::float::strong_mul(
                    sum_1_dot,
                    <T as ::chainrule::Real>::constant(1.0) / sum_1 / sum_1,
                ),
            );
            for i in (0..logits.nrows()).rev() {
                let t_9 = *t_9_saved.pop();
                let t_9_dot = *t_9_saved_dot_1.pop();
                logits_bar_dot[(i, j)] += sum_bar_dot * t_9 + t_9_dot * sum_bar;
            }
        }
        logits_bar_dot
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Hessian of [`softmax_cross_entropy`](fn@softmax_cross_entropy): rows and columns are the components of the arguments in order. It is exactly symmetric."]
    #[inline] pub fn hessian < T : Real + RealField >
    (logits : & DMatrix < T > , labels : & [usize]) -> :: chainrule :: __private
    :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra :: Dyn, ::
    chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule :: Real {
                let mut direction_0 = :: chainrule :: Differentiable :: zero_tangent(logits);
                let size = 0 + :: chainrule :: jacobian :: count(& direction_0);
                let mut hessian : :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn > = :: chainrule :: jacobian :: zeros(size, size);
                let mut column = 0;
                for at in 0 .. :: chainrule :: jacobian :: count(& direction_0) {
                    :: chainrule :: jacobian :: set_unit(& mut direction_0, at);
                    let product = Self :: hvp :: < T, > (logits, labels, & direction_0);
                    let mut row = 0;
                    row += :: chainrule :: jacobian ::
    write_column(& mut hessian, row, column, & product);
                    column += 1;
                }
                :: chainrule :: SetZero :: set_to_zero(& mut direction_0);
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
        logits: &DMatrix<T>,
        labels: &[usize],
        (activity_0, activity_1): (A0, A1),
        mut logits_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut unused_dot_1: A1::SharedDot<'_, ()>,
    ) -> (
        (T, T),
        impl for<'bar0, 'bar1, 'dot0, 'dot1, 'bar_dot0, 'bar_dot1> Fn(
            &DMatrix<T>,
            &[usize],
            T,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, ()>,
            A0::SharedDot<'dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::SharedDot<'dot1, ()>,
            T,
            A0::Bar<'bar_dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar_dot1, ()>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let logits_dot = match A0::shared(logits_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(logits);
                &zero_0
            }
        };
        let mut t_9_saved = ::chainrule::residual::Stack::new();
        let mut t_9_saved_dot = ::chainrule::residual::Stack::new();
        let mut total = T::zero();
        let mut total_dot = <T as ::chainrule::Real>::constant(0.0);
        let t = logits.ncols();
        let mut sum_1_saved = ::chainrule::residual::Stack::with_room_for(&(0..t));
        let mut sum_1_saved_dot = ::chainrule::residual::Stack::with_room_for(&(0..t));
        for j in 0..t {
            let largest = stop_gradient(logits.column(j).max());
            let mut sum = T::zero();
            let mut sum_dot = <T as ::chainrule::Real>::constant(0.0);
            for i in 0..logits.nrows() {
                let t_9 = (logits[(i, j)] - largest.clone()).exp();
                let t_9_dot = logits_dot[(i, j)] * t_9;
                t_9_saved.push(t_9);
                t_9_saved_dot.push(t_9_dot);
                sum_dot += t_9_dot;
                sum += t_9;
            }
            let sum_1 = sum;
            let sum_1_dot = sum_dot;
            sum_1_saved.push(sum_1);
            sum_1_saved_dot.push(sum_1_dot);
            let t_5 = labels[j];
            let logits_value_1 = logits[(t_5, j)];
            let logits_value_1_dot = logits_dot[(t_5, j)];
            total_dot += ::chainrule::rules::float::strong_mul(
                sum_1_dot,
                <T as ::chainrule::Real>::constant(1.0) / sum_1,
            ) - logits_value_1_dot;
            total += sum_1.ln() + largest.clone() - logits_value_1;
        }
        let t_7 = T::constant(logits.ncols() as f64);
        (
            (total / t_7, total_dot / t_7),
            move |logits: &DMatrix<T>,
                  labels: &[usize],
                  result_bar: T,
                  mut logits_bar: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut unused_bar_1: A1::Bar<'_, ()>,
                  logits_dot: A0::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  unused_dot_1: A1::SharedDot<'_, ()>,
                  result_bar_dot: T,
                  mut logits_bar_dot: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut unused_bar_dot_1: A1::Bar<'_, ()>| {
                let zero_0;
                let logits_dot = match A0::shared(logits_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_0 = ::chainrule::Differentiable::zero_tangent(logits);
                        &zero_0
                    }
                };
                let mut t_9_saved = t_9_saved.rewind();
                let mut t_9_saved_dot_1 = t_9_saved_dot.rewind();
                let mut sum_1_saved = sum_1_saved.rewind();
                let mut sum_1_saved_dot_1 = sum_1_saved_dot.rewind();
                let total_bar = result_bar / t_7;
                let total_bar_dot = result_bar_dot / t_7;
                for j in (0..logits.ncols()).rev() {
                    let sum_1 = *sum_1_saved.pop();
                    let sum_1_dot = *sum_1_saved_dot_1.pop();
                    let t_5 = labels[j];
                    if let Some(logits_bar) = A0::open(&mut logits_bar) {
                        if let Some(logits_bar_dot) = A0::open(&mut logits_bar_dot) {
                            logits_bar_dot[(t_5, j)] -= total_bar_dot;
                            logits_bar[(t_5, j)] -= total_bar;
                        }
                    }
                    let sum_bar = ::chainrule::rules::float::strong_mul(
                        total_bar,
                        <T as ::chainrule::Real>::constant(1.0) / sum_1,
                    );
                    let sum_bar_dot = ::chainrule::rules::float::strong_mul(
                        total_bar_dot,
                        <T as ::chainrule::Real>::constant(1.0) / sum_1,
                    ) - ::chainrule::rules::float::strong_mul(
                        total_bar,
                        ::chainrule::rules::float::strong_mul(
                            sum_1_dot,
                            <T as ::chainrule::Real>::constant(1.0) / sum_1 / sum_1,
                        ),
                    );
                    for i in (0..logits.nrows()).rev() {
                        let t_9 = *t_9_saved.pop();
                        let t_9_dot = *t_9_saved_dot_1.pop();
                        if let Some(logits_bar) = A0::open(&mut logits_bar) {
                            if let Some(logits_bar_dot) = A0::open(&mut logits_bar_dot) {
                                logits_bar_dot[(i, j)] += sum_bar_dot * t_9 + t_9_dot * sum_bar;
                                logits_bar[(i, j)] += sum_bar * t_9;
                            }
                        }
                    }
                }
            },
        )
    }
    /// The Taylor coefficients of [`softmax_cross_entropy`](fn@softmax_cross_entropy) along a direction `v`: `c[k]` with `f(x + t v) = Σ_k c[k] t^k`, at most 3 of them.
    #[inline]
    pub fn taylor<const COEFFICIENTS: usize, T: Real + RealField>(
        logits: &DMatrix<T>,
        labels: &[usize],
        direction_0: impl ::core::borrow::Borrow<<DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> [T; COEFFICIENTS]
    where
        T: ::chainrule::Real,
    {
        const { assert!(COEFFICIENTS <= 3, "more Taylor coefficients than `order = 2` gives") }
        let direction_0: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent =
            ::core::borrow::Borrow::borrow(&direction_0);
        let mut coefficients = [<T as ::chainrule::Real>::constant(0.0); COEFFICIENTS];
        match COEFFICIENTS {
            0 => {}
            1 => {
                coefficients[0] = Self::pushforward::<T, _, _>(
                    logits,
                    labels,
                    (::chainrule::activity::Active, ::chainrule::activity::Inactive),
                    direction_0,
                    (),
                )
                .0
            }
            2 => {
                let (y_0, y_1) = Self::pushforward::<T, _, _>(
                    logits,
                    labels,
                    (::chainrule::activity::Active, ::chainrule::activity::Inactive),
                    direction_0,
                    (),
                );
                coefficients.copy_from_slice(&[y_0, y_1]);
            }
            3 => {
                let (y_0, y_1, y_2) = Self::pushforward_2::<T, _, _>(
                    logits,
                    labels,
                    (::chainrule::activity::Active, ::chainrule::activity::Inactive),
                    direction_0,
                    (),
                    &::chainrule::Differentiable::zero_tangent(logits),
                    (),
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
        logits: &DMatrix<T>,
        labels: &[usize],
        _: (A0, A1),
        mut logits_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut unused_dot_1_0: A1::SharedDot<'_, ()>,
        mut logits_dot_2: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut unused_dot_1_1: A1::SharedDot<'_, ()>,
    ) -> (T, T, T)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let logits_dot = match A0::shared(logits_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(logits);
                &zero_0
            }
        };
        let zero_2;
        let logits_dot_2 = match A0::shared(logits_dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(logits);
                &zero_2
            }
        };
        let mut total = T::zero();
        let mut total_dot = <T as ::chainrule::Real>::constant(0.0);
        let mut total_dot_2 = <T as ::chainrule::Real>::constant(0.0);
        for j in 0..logits.ncols() {
            let largest = stop_gradient(logits.column(j).max());
            let mut sum = T::zero();
            let mut sum_dot = <T as ::chainrule::Real>::constant(0.0);
            let mut sum_dot_2 = <T as ::chainrule::Real>::constant(0.0);
            for i in 0..logits.nrows() {
                let t_9 = (logits[(i, j)] - largest.clone()).exp();
                let t_9_dot = logits_dot[(i, j)] * t_9;
                sum_dot_2 += logits_dot_2[(i, j)] * t_9 + t_9_dot * logits_dot[(i, j)];
                sum_dot += t_9_dot;
                sum += t_9;
            }
            let t_11 = <T as ::chainrule::Real>::constant(1.0) / sum;
            let t_5 = labels[j];
            let logits_value_1 = logits[(t_5, j)];
            let logits_value_1_dot = logits_dot[(t_5, j)];
            let logits_value_1_dot_2 = logits_dot_2[(t_5, j)];
            total_dot_2 += ::chainrule::rules::float::strong_mul(sum_dot_2, t_11)
                - ::chainrule::rules::float::strong_mul(
                    sum_dot,
                    ::chainrule::rules::float::strong_mul(sum_dot, t_11 / sum),
                )
                - logits_value_1_dot_2;
            total_dot += ::chainrule::rules::float::strong_mul(sum_dot, t_11) - logits_value_1_dot;
            total += sum.ln() + largest.clone() - logits_value_1;
        }
        let t_7 = T::constant(logits.ncols() as f64);
        (total / t_7, total_dot / t_7, total_dot_2 / t_7)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`softmax_cross_entropy`](fn@softmax_cross_entropy): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField >
    (logits : & DMatrix < T > , labels : & [usize]) -> :: chainrule :: __private
    :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra :: Dyn, ::
    chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (logits, labels).1
            }
            #[doc =
    "The value of [`softmax_cross_entropy`](fn@softmax_cross_entropy) and its Jacobian."]
    #[inline] pub fn value_and_jacobian < T : Real + RealField >
    (logits : & DMatrix < T > , labels : & [usize]) ->
    (T, :: chainrule :: __private :: nalgebra :: OMatrix < T, :: chainrule ::
    __private :: nalgebra :: Dyn, :: chainrule :: __private :: nalgebra :: Dyn >)
    where T : :: chainrule :: Real {
                let direction_0 = :: chainrule :: Differentiable :: zero_tangent(logits);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0);
                let (value, pullback) = Self :: vjp(logits, labels);
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
    write_row(& mut jacobian, row, column, & gradient);
                }
                (value, jacobian)
            }
        }
}
impl ::chainrule::__private::HasOrder<2usize> for softmax_cross_entropy {}
