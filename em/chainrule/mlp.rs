/// The derivatives of [`mlp`](fn@mlp).
#[allow(non_camel_case_types)]
pub struct mlp {}
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
impl mlp {
    /// The value of [`mlp`](fn@mlp) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(
        model: &Mlp<T>,
        x: &DMatrix<T>,
        (model_dot, x_dot): (
            &<Mlp<T> as ::chainrule::Differentiable>::Tangent,
            &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let (mut h, mut h_dot) = dense::pushforward(
            &model.layers[0],
            x,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
            &model_dot.layers[0],
            x_dot,
        );
        for l in 1..model.layers.len() {
            let (dense_1, dense_1_dot) = dense::pushforward(
                &model.layers[l],
                &h,
                (::chainrule::activity::Active, ::chainrule::activity::Active),
                &model_dot.layers[l],
                &h_dot,
            );
            h_dot = dense_1_dot;
            h = dense_1;
        }
        (h, h_dot)
    }
    /// The value of [`mlp`](fn@mlp) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1, T: Real + RealField>(
        model: &'arg0 Mlp<T>,
        x: &'arg1 DMatrix<T>,
    ) -> (
        DMatrix<T>,
        impl Fn(
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) -> (
            <Mlp<T> as ::chainrule::Differentiable>::Tangent,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) + use<'arg0, 'arg1, T>,
    )
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _, _>(
            model,
            x,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        (value, move |result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent| {
            let mut model_bar = ::chainrule::Differentiable::zero_tangent(model);
            let mut x_bar = ::chainrule::Differentiable::zero_tangent(x);
            pullback(model, x, result_bar, &mut model_bar, &mut x_bar);
            (model_bar, x_bar)
        })
    }
    /// The value of [`mlp`](fn@mlp); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(
        model: &Mlp<T>,
        x: &DMatrix<T>,
        (model_bar, x_bar): (
            &mut <Mlp<T> as ::chainrule::Differentiable>::Tangent,
            &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ),
        result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> DMatrix<T>
    where
        T: ::chainrule::Real,
    {
        let (mut h, dense_pullback_1) = dense::linearize(
            &model.layers[0],
            x,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        let t = model.layers.len();
        let mut h_zero_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut dense_pullback_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut h_kept_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        for l in 1..t {
            h_kept_saved.push(h.clone_owned());
            let (dense_1, dense_pullback) = dense::linearize(
                &model.layers[l],
                &h,
                (::chainrule::activity::Active, ::chainrule::activity::Active),
            );
            dense_pullback_saved.push(dense_pullback);
            h_zero_saved.push(::chainrule::Differentiable::zero_tangent(&h));
            h = dense_1;
        }
        let mut h_zero_saved = h_zero_saved.rewind();
        let mut dense_pullback_saved = dense_pullback_saved.rewind();
        let mut h_kept_saved = h_kept_saved.rewind();
        let mut h_bar = result_bar;
        for l in (1..t).rev() {
            let h_kept = h_kept_saved.pop();
            let dense_pullback = dense_pullback_saved.pop();
            let h_zero = h_zero_saved.pop();
            let h_bar_1 = h_bar.clone_owned();
            h_bar = h_zero.clone();
            dense_pullback(&model.layers[l], h_kept, h_bar_1, &mut model_bar.layers[l], &mut h_bar);
        }
        dense_pullback_1(&model.layers[0], x, h_bar, &mut model_bar.layers[0], &mut *x_bar);
        h
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        model: &Mlp<T>,
        x: &DMatrix<T>,
        _: (A0, A1),
        mut dot_0: A0::SharedDot<'_, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_1: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(model);
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
        Self::jvp::<T>(model, x, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
    >(
        model: &Mlp<T>,
        x: &DMatrix<T>,
        (activity_0, activity_1): (A0, A1),
    ) -> (
        DMatrix<T>,
        impl for<'bar0, 'bar1> Fn(
            &Mlp<T>,
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let (mut h, dense_pullback_1) =
            dense::linearize(&model.layers[0], x, (activity_0, activity_1));
        let t = model.layers.len();
        let mut h_zero_1_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut dense_pullback_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut h_kept_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        for l in 1..t {
            h_kept_saved.push(h.clone_owned());
            let (dense_1, dense_pullback) =
                dense::linearize(&model.layers[l], &h, (activity_0, ::chainrule::activity::Active));
            dense_pullback_saved.push(dense_pullback);
            h_zero_1_saved.push(::chainrule::Differentiable::zero_tangent(&h));
            h = dense_1;
        }
        (h, move | model : & Mlp < T > , x : & DMatrix < T > , result_bar : < DMatrix
< T > as :: chainrule :: Differentiable > :: Tangent, mut model_bar : A0 ::
Bar < '_, < Mlp < T > as :: chainrule :: Differentiable > :: Tangent > , mut
x_bar : A1 :: Bar < '_, < DMatrix < T > as :: chainrule :: Differentiable > ::
Tangent > |
{
    let t = model.layers.len(); let mut h_zero_1_saved =
    h_zero_1_saved.rewind(); let mut dense_pullback_saved =
    dense_pullback_saved.rewind(); let mut h_kept_saved =
    h_kept_saved.rewind(); let mut h_bar = result_bar; for l in (1 .. t).rev()
    {
        let h_kept = h_kept_saved.pop(); let dense_pullback =
        dense_pullback_saved.pop(); let h_zero_1 = h_zero_1_saved.pop(); let
        h_bar_1 = h_bar.clone_owned(); h_bar = h_zero_1.clone();
        dense_pullback(& model.layers [l], h_kept, h_bar_1, A0 ::
        project(& mut model_bar, | model_bar | & mut model_bar.layers [l]), &
        mut h_bar);
    }
    dense_pullback_1(& model.layers [0], x, h_bar, A0 ::
    project(& mut model_bar, | model_bar | & mut model_bar.layers [0]), A1 ::
    project(& mut x_bar, | x_bar | x_bar));
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
        model: &Mlp<T>,
        x: &DMatrix<T>,
        (activity_0, activity_1): (A0, A1),
        mut model_dot: A0::SharedDot<'_, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
    ) -> (
        (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent),
        impl for<'bar0, 'bar1, 'dot0, 'dot1, 'bar_dot0, 'bar_dot1> Fn(
            &Mlp<T>,
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A0::SharedDot<'dot0, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
            A1::SharedDot<'dot1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar_dot0, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar_dot1, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        ::chainrule::__private::has_order::<2usize, dense>();
        let zero_0;
        let model_dot = match A0::shared(model_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(model);
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
        let ((mut h, mut h_dot), dense_pullback_1) = dense::linearize_order_2(
            &model.layers[0],
            x,
            (activity_0, activity_1),
            A0::share(&model_dot.layers[0]),
            A1::share(x_dot),
        );
        let t = model.layers.len();
        let mut h_zero_1_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut dense_pullback_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut h_kept_saved = ::chainrule::residual::Stack::with_room_for(&(1..t));
        let mut h_kept_saved_dot = ::chainrule::residual::Stack::with_room_for(&(1..t));
        for l in 1..t {
            h_kept_saved.push(h.clone_owned());
            h_kept_saved_dot.push(h_dot.clone_owned());
            let ((dense_1, dense_1_dot), dense_pullback) = dense::linearize_order_2(
                &model.layers[l],
                &h,
                (activity_0, ::chainrule::activity::Active),
                A0::share(&model_dot.layers[l]),
                &h_dot,
            );
            dense_pullback_saved.push(dense_pullback);
            h_zero_1_saved.push(::chainrule::Differentiable::zero_tangent(&h));
            h_dot = dense_1_dot;
            h = dense_1;
        }
        (
            (h, h_dot),
            move |model: &Mlp<T>,
                  x: &DMatrix<T>,
                  result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut model_bar: A0::Bar<'_, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
                  mut x_bar: A1::Bar<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
                  model_dot: A0::SharedDot<
                '_,
                <Mlp<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  x_dot: A1::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  result_bar_dot: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut model_bar_dot: A0::Bar<
                '_,
                <Mlp<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut x_bar_dot: A1::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >| {
                let zero_0;
                let model_dot = match A0::shared(model_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_0 = ::chainrule::Differentiable::zero_tangent(model);
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
                let mut h_zero_1_saved = h_zero_1_saved.rewind();
                let mut dense_pullback_saved = dense_pullback_saved.rewind();
                let mut h_kept_saved = h_kept_saved.rewind();
                let mut h_kept_saved_dot_1 = h_kept_saved_dot.rewind();
                let mut h_bar = result_bar;
                let mut h_bar_dot = result_bar_dot;
                for l in (1..model.layers.len()).rev() {
                    let h_kept = h_kept_saved.pop();
                    let h_kept_dot = h_kept_saved_dot_1.pop();
                    let dense_pullback = dense_pullback_saved.pop();
                    let h_zero_1 = h_zero_1_saved.pop();
                    let h_bar_1 = h_bar.clone_owned();
                    let h_bar_1_dot = h_bar_dot.clone_owned();
                    h_bar = h_zero_1.clone();
                    h_bar_dot = ::chainrule::Differentiable::zero_tangent(&h_bar);
                    dense_pullback(
                        &model.layers[l],
                        h_kept,
                        h_bar_1,
                        A0::project(&mut model_bar, |model_bar| &mut model_bar.layers[l]),
                        &mut h_bar,
                        A0::share(&model_dot.layers[l]),
                        h_kept_dot,
                        h_bar_1_dot,
                        A0::project(&mut model_bar_dot, |model_bar_dot| {
                            &mut model_bar_dot.layers[l]
                        }),
                        &mut h_bar_dot,
                    );
                }
                dense_pullback_1(
                    &model.layers[0],
                    x,
                    h_bar,
                    A0::project(&mut model_bar, |model_bar| &mut model_bar.layers[0]),
                    A1::project(&mut x_bar, |x_bar| x_bar),
                    A0::share(&model_dot.layers[0]),
                    A1::share(x_dot),
                    h_bar_dot,
                    A0::project(&mut model_bar_dot, |model_bar_dot| &mut model_bar_dot.layers[0]),
                    A1::project(&mut x_bar_dot, |x_bar_dot| x_bar_dot),
                );
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
        model: &Mlp<T>,
        x: &DMatrix<T>,
        _: (A0, A1),
        mut model_dot: A0::SharedDot<'_, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
        mut x_dot: A1::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut model_dot_2: A0::SharedDot<'_, <Mlp<T> as ::chainrule::Differentiable>::Tangent>,
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
        let model_dot = match A0::shared(model_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(model);
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
        let model_dot_2 = match A0::shared(model_dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(model);
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
        let (mut h, mut h_dot, mut h_dot_2) = dense::pushforward_2(
            &model.layers[0],
            x,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
            &model_dot.layers[0],
            x_dot,
            &model_dot_2.layers[0],
            x_dot_2,
        );
        for l in 1..model.layers.len() {
            let (dense_1, dense_1_dot, dense_1_dot_2) = dense::pushforward_2(
                &model.layers[l],
                &h,
                (::chainrule::activity::Active, ::chainrule::activity::Active),
                &model_dot.layers[l],
                &h_dot,
                &model_dot_2.layers[l],
                &h_dot_2,
            );
            h_dot_2 = dense_1_dot_2;
            h_dot = dense_1_dot;
            h = dense_1;
        }
        (h, h_dot, h_dot_2)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`mlp`](fn@mlp): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField >
    (model : & Mlp < T > , x : & DMatrix < T >) -> :: chainrule :: __private ::
    nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra :: Dyn, ::
    chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (model, x).1
            }
            #[doc = "The value of [`mlp`](fn@mlp) and its Jacobian."] #[inline] pub fn
    value_and_jacobian < T : Real + RealField >
    (model : & Mlp < T > , x : & DMatrix < T >) ->
    (DMatrix < T > , :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn >) where T : :: chainrule :: Real {
                let mut direction_0 = :: chainrule :: Differentiable :: zero_tangent(model);
                let mut direction_1 = :: chainrule :: Differentiable :: zero_tangent(x);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0) + ::
    chainrule :: jacobian :: count(& direction_1);
                let (value, pullback) = Self :: vjp(model, x);
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
    (model, x, (& direction_0, & direction_1));
                        :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                        column += 1;
                    }
                    :: chainrule :: SetZero :: set_to_zero(& mut direction_0);
                    for at in 0 .. :: chainrule :: jacobian :: count(& direction_1) {
                        :: chainrule :: jacobian :: set_unit(& mut direction_1, at);
                        let (_, value_dot) = Self :: jvp :: < T, >
    (model, x, (& direction_0, & direction_1));
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
impl ::chainrule::__private::HasOrder<2usize> for mlp {}
