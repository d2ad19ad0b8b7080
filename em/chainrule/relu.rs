/// The derivatives of [`relu`](fn@relu).
#[allow(non_camel_case_types)]
pub struct relu {}
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
impl relu {
    /// The gradient of [`relu`](fn@relu).
    #[inline]
    pub fn grad<T: Real + RealField>(z: T) -> T
    where
        T: ::chainrule::Real,
    {
        Self::value_and_grad::<T>(z).1
    }
    /// The value of [`relu`](fn@relu) and its gradient.
    #[inline]
    pub fn value_and_grad<T: Real + RealField>(z: T) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let mut z_bar = <T as ::chainrule::Real>::constant(0.0);
        let value = Self::vjp_into::<T>(z, &mut z_bar, <T as ::chainrule::Real>::constant(1.0));
        (value, z_bar)
    }
    /// The value of [`relu`](fn@relu); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into<T: Real + RealField>(z: T, z_bar: &mut T) -> T
    where
        T: ::chainrule::Real,
    {
        ::chainrule::SetZero::set_to_zero(z_bar);
        Self::vjp_into::<T>(z, z_bar, <T as ::chainrule::Real>::constant(1.0))
    }
    /// The value of [`relu`](fn@relu) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(z: T, z_dot: T) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let mut branch_dot;
        let branch = if z > T::zero() {
            branch_dot = z_dot;
            z
        } else {
            let t = T::zero();
            branch_dot = <T as ::chainrule::Real>::constant(0.0);
            t
        };
        (branch, branch_dot)
    }
    /// The value of [`relu`](fn@relu) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<T: Real + RealField>(z: T) -> (T, impl Fn(T) -> T + use<T>)
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _>(z, (::chainrule::activity::Active,));
        (value, move |result_bar: T| {
            let mut z_bar = <T as ::chainrule::Real>::constant(0.0);
            pullback(result_bar, &mut z_bar);
            z_bar
        })
    }
    /// The value of [`relu`](fn@relu); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(z: T, z_bar: &mut T, result_bar: T) -> T
    where
        T: ::chainrule::Real,
    {
        let branch_1 = z > T::zero();
        let branch = if branch_1 {
            z
        } else {
            let t = T::zero();
            t
        };
        let mut z_bar_1 = <T as ::chainrule::Real>::constant(0.0);
        if branch_1 {
            z_bar_1 += result_bar;
        }
        *z_bar += z_bar_1;
        branch
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<T: Real + RealField, A0: ::chainrule::activity::Activity>(
        z: T,
        _: (A0,),
        mut dot_0: A0::Dot<T>,
    ) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let dot_0 = A0::value(dot_0).unwrap_or_else(|| <T as ::chainrule::Real>::constant(0.0));
        Self::jvp::<T>(z, dot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<T: Real + RealField, A0: ::chainrule::activity::Activity>(
        z: T,
        (activity_0,): (A0,),
    ) -> (T, impl for<'bar0> Fn(T, A0::Bar<'bar0, T>) + use<T, A0>)
    where
        T: ::chainrule::Real,
    {
        let mut branch_dot;
        let branch = if z > T::zero() {
            branch_dot = <T as ::chainrule::Real>::constant(1.0);
            z
        } else {
            let t = T::zero();
            branch_dot = <T as ::chainrule::Real>::constant(0.0);
            t
        };
        let slope = branch_dot;
        (branch, move |result_bar: T, mut z_bar: A0::Bar<'_, T>| {
            if let Some(z_bar) = A0::open(&mut z_bar) {
                *z_bar += slope * result_bar;
            }
        })
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 1usize]) -> bool {
        match param {
            _ => false,
        }
    }
    /// The product `H v` of the Hessian of [`relu`](fn@relu) with a direction `v` of the shape of the gradient (forward mode of the reverse mode).
    #[inline]
    pub fn hvp<T: Real + RealField>(z: T, z_dot: T) -> T
    where
        T: ::chainrule::Real,
    {
        let branch_1 = z > T::zero();
        if branch_1 {
        } else {
            let t = T::zero();
        }
        <T as ::chainrule::Real>::constant(0.0)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Hessian of [`relu`](fn@relu): rows and columns are the components of the arguments in order. It is exactly symmetric."]
    #[inline] pub fn hessian < T : Real + RealField > (z : T) -> :: chainrule ::
    __private :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra ::
    Const < 1usize > , :: chainrule :: __private :: nalgebra :: Const < 1usize > >
    where T : :: chainrule :: Real {
                let mut direction_0 = < T as :: chainrule :: Real > :: constant(0.0);
                let size = 0 + :: chainrule :: jacobian :: count(& direction_0);
                let mut hessian : :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Const < 1usize > , :: chainrule ::
    __private :: nalgebra :: Const < 1usize > > = :: chainrule :: jacobian ::
    zeros(size, size);
                let mut column = 0;
                for at in 0 .. :: chainrule :: jacobian :: count(& direction_0) {
                    :: chainrule :: jacobian :: set_unit(& mut direction_0, at);
                    let product = Self :: hvp :: < T, > (z, direction_0.clone());
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
    pub fn linearize_order_2<T: Real + RealField, A0: ::chainrule::activity::Activity>(
        z: T,
        (activity_0,): (A0,),
        mut z_dot: A0::Dot<T>,
    ) -> (
        (T, T),
        impl for<'bar0, 'bar_dot0> Fn(T, A0::Bar<'bar0, T>, T, A0::Bar<'bar_dot0, T>) + use<T, A0>,
    )
    where
        T: ::chainrule::Real,
    {
        let mut z_dot = A0::value(z_dot).unwrap_or_else(|| <T as ::chainrule::Real>::constant(0.0));
        let branch_1 = z > T::zero();
        let mut branch_dot;
        let branch = if branch_1 {
            branch_dot = z_dot;
            z
        } else {
            let t = T::zero();
            branch_dot = <T as ::chainrule::Real>::constant(0.0);
            t
        };
        (
            (branch, branch_dot),
            move |result_bar: T,
                  mut z_bar: A0::Bar<'_, T>,
                  result_bar_dot: T,
                  mut z_bar_dot: A0::Bar<'_, T>| {
                let mut z_bar_1 = <T as ::chainrule::Real>::constant(0.0);
                let mut z_bar_1_dot = <T as ::chainrule::Real>::constant(0.0);
                if branch_1 {
                    z_bar_1_dot += result_bar_dot;
                    z_bar_1 += result_bar;
                }
                if let Some(z_bar) = A0::open(&mut z_bar) {
                    if let Some(z_bar_dot) = A0::open(&mut z_bar_dot) {
                        *z_bar_dot += z_bar_1_dot;
                        *z_bar += z_bar_1;
                    }
                }
            },
        )
    }
    /// The derivative of [`relu`](fn@relu) of order `ORDER` by `z`, for orders up to 2.
    #[inline]
    pub fn derivative<const ORDER: usize, T: Real + RealField>(z: T) -> T
    where
        T: ::chainrule::Real,
    {
        const { assert!(ORDER <= 2, "a derivative beyond `order = 2`") }
        match ORDER {
            1 => {
                Self::pushforward::<T, _>(
                    z,
                    (::chainrule::activity::Active,),
                    <T as ::chainrule::Real>::constant(1.0),
                )
                .1
            }
            2 => {
                Self::pushforward_2::<T, _>(
                    z,
                    (::chainrule::activity::Active,),
                    <T as ::chainrule::Real>::constant(1.0),
                    <T as ::chainrule::Real>::constant(0.0),
                )
                .2
            }
            _ => {
                Self::pushforward::<T, _>(
                    z,
                    (::chainrule::activity::Active,),
                    <T as ::chainrule::Real>::constant(1.0),
                )
                .0
            }
        }
    }
    /// The Taylor coefficients of [`relu`](fn@relu) along a direction `v`: `c[k]` with `f(x + t v) = Σ_k c[k] t^k`, at most 3 of them.
    #[inline]
    pub fn taylor<const COEFFICIENTS: usize, T: Real + RealField>(
        z: T,
        direction_0: T,
    ) -> [T; COEFFICIENTS]
    where
        T: ::chainrule::Real,
    {
        const { assert!(COEFFICIENTS <= 3, "more Taylor coefficients than `order = 2` gives") }
        let mut coefficients = [<T as ::chainrule::Real>::constant(0.0); COEFFICIENTS];
        match COEFFICIENTS {
            0 => {}
            1 => {
                coefficients[0] =
                    Self::pushforward::<T, _>(z, (::chainrule::activity::Active,), direction_0).0
            }
            2 => {
                let (y_0, y_1) =
                    Self::pushforward::<T, _>(z, (::chainrule::activity::Active,), direction_0);
                coefficients.copy_from_slice(&[y_0, y_1]);
            }
            3 => {
                let (y_0, y_1, y_2) = Self::pushforward_2::<T, _>(
                    z,
                    (::chainrule::activity::Active,),
                    direction_0,
                    <T as ::chainrule::Real>::constant(0.0),
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
    pub fn pushforward_2<T: Real + RealField, A0: ::chainrule::activity::Activity>(
        z: T,
        _: (A0,),
        mut z_dot: A0::Dot<T>,
        mut z_dot_2: A0::Dot<T>,
    ) -> (T, T, T)
    where
        T: ::chainrule::Real,
    {
        let mut z_dot = A0::value(z_dot).unwrap_or_else(|| <T as ::chainrule::Real>::constant(0.0));
        let mut z_dot_2 =
            A0::value(z_dot_2).unwrap_or_else(|| <T as ::chainrule::Real>::constant(0.0));
        let mut branch_dot;
        let mut branch_dot_2;
        let branch = if z > T::zero() {
            branch_dot_2 = z_dot_2;
            branch_dot = z_dot;
            z
        } else {
            let t = T::zero();
            branch_dot = <T as ::chainrule::Real>::constant(0.0);
            branch_dot_2 = <T as ::chainrule::Real>::constant(0.0);
            t
        };
        (branch, branch_dot, branch_dot_2)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`relu`](fn@relu): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField > (z : T) -> :: chainrule ::
    __private :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra ::
    Const < 1usize > , :: chainrule :: __private :: nalgebra :: Const < 1usize > >
    where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (z).1
            }
            #[doc = "The value of [`relu`](fn@relu) and its Jacobian."] #[inline] pub fn
    value_and_jacobian < T : Real + RealField > (z : T) ->
    (T, :: chainrule :: __private :: nalgebra :: OMatrix < T, :: chainrule ::
    __private :: nalgebra :: Const < 1usize > , :: chainrule :: __private ::
    nalgebra :: Const < 1usize > >) where T : :: chainrule :: Real {
                let mut direction_0 = < T as :: chainrule :: Real > :: constant(0.0);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0);
                let (value, _) = Self :: jvp :: < T, > (z, direction_0.clone());
                let mut value_bar = :: chainrule :: Differentiable :: zero_tangent(& value);
                let rows = :: chainrule :: jacobian :: count(& value_bar);
                let mut jacobian : :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Const < 1usize > , :: chainrule ::
    __private :: nalgebra :: Const < 1usize > > = :: chainrule :: jacobian ::
    zeros(rows, columns);
                let mut column = 0;
                for at in 0 .. :: chainrule :: jacobian :: count(& direction_0) {
                    :: chainrule :: jacobian :: set_unit(& mut direction_0, at);
                    let (_, value_dot) = Self :: jvp :: < T, > (z, direction_0.clone());
                    :: chainrule :: jacobian ::
    write_column(& mut jacobian, 0, column, & value_dot);
                    column += 1;
                }
                :: chainrule :: SetZero :: set_to_zero(& mut direction_0);
                (value, jacobian)
            }
        }
}
impl ::chainrule::__private::HasOrder<2usize> for relu {}
