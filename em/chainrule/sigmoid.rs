/// The derivatives of [`sigmoid`](fn@sigmoid).
#[allow(non_camel_case_types)]
pub struct sigmoid {}
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
impl sigmoid {
    /// The gradient of [`sigmoid`](fn@sigmoid).
    #[inline]
    pub fn grad<T: Real + RealField>(z: T) -> T
    where
        T: ::chainrule::Real,
    {
        Self::value_and_grad::<T>(z).1
    }
    /// The value of [`sigmoid`](fn@sigmoid) and its gradient.
    #[inline]
    pub fn value_and_grad<T: Real + RealField>(z: T) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let mut z_bar = <T as ::chainrule::Real>::constant(0.0);
        let value = Self::vjp_into::<T>(z, &mut z_bar, <T as ::chainrule::Real>::constant(1.0));
        (value, z_bar)
    }
    /// The value of [`sigmoid`](fn@sigmoid); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into<T: Real + RealField>(z: T, z_bar: &mut T) -> T
    where
        T: ::chainrule::Real,
    {
        ::chainrule::SetZero::set_to_zero(z_bar);
        Self::vjp_into::<T>(z, z_bar, <T as ::chainrule::Real>::constant(1.0))
    }
    /// The value of [`sigmoid`](fn@sigmoid) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(z: T, z_dot: T) -> (T, T)
    where
        T: ::chainrule::Real,
    {
        let mut branch_dot;
        let branch = if z >= T::zero() {
            let t = T::one();
            let t_1 = T::one();
            let exp_minus_z = (-z).exp();
            let t_2 = t_1 + exp_minus_z;
            let t_3 = t / t_2;
            branch_dot = z_dot * exp_minus_z * (t_3 / t_2);
            t_3
        } else {
            let e = z.exp();
            let e_dot = z_dot * e;
            let t_4 = T::one();
            let t_5 = t_4 + e;
            let t_6 = e / t_5;
            branch_dot = e_dot / t_5 - e_dot * (t_6 / t_5);
            t_6
        };
        (branch, branch_dot)
    }
    /// The value of [`sigmoid`](fn@sigmoid) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
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
    /// The value of [`sigmoid`](fn@sigmoid); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(z: T, z_bar: &mut T, result_bar: T) -> T
    where
        T: ::chainrule::Real,
    {
        let mut exp_minus_z_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_1_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_4_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut e_kept = <T as ::chainrule::Real>::constant(0.0);
        let branch_1 = z >= T::zero();
        let branch = if branch_1 {
            let t = T::one();
            t_kept = t;
            let t_1 = T::one();
            t_1_kept = t_1;
            let exp_minus_z = (-z).exp();
            exp_minus_z_kept = exp_minus_z;
            t / (t_1 + exp_minus_z)
        } else {
            let e = z.exp();
            e_kept = e;
            let t_4 = T::one();
            t_4_kept = t_4;
            e / (t_4 + e)
        };
        let mut z_bar_1 = <T as ::chainrule::Real>::constant(0.0);
        if branch_1 {
            let t_2 = t_1_kept + exp_minus_z_kept;
            z_bar_1 += result_bar * (t_kept / t_2 / t_2) * exp_minus_z_kept;
        } else {
            let e = e_kept;
            let t_5 = t_4_kept + e;
            let e_bar = result_bar / t_5 - result_bar * (e / t_5 / t_5);
            z_bar_1 += e_bar * e;
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
        let branch = if z >= T::zero() {
            let t = T::one();
            let t_1 = T::one();
            let exp_minus_z = (-z).exp();
            let t_2 = t_1 + exp_minus_z;
            let t_3 = t / t_2;
            branch_dot = exp_minus_z * (t_3 / t_2);
            t_3
        } else {
            let e = z.exp();
            let t_4 = T::one();
            let t_5 = t_4 + e;
            let t_6 = e / t_5;
            branch_dot = e / t_5 - e * (t_6 / t_5);
            t_6
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
    /// The product `H v` of the Hessian of [`sigmoid`](fn@sigmoid) with a direction `v` of the shape of the gradient (forward mode of the reverse mode).
    #[inline]
    pub fn hvp<T: Real + RealField>(z: T, z_dot: T) -> T
    where
        T: ::chainrule::Real,
    {
        let mut exp_minus_z_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut exp_minus_z_kept_dot = <T as ::chainrule::Real>::constant(0.0);
        let mut t_1_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_4_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut e_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut e_kept_dot = <T as ::chainrule::Real>::constant(0.0);
        let branch_1 = z >= T::zero();
        if branch_1 {
            let t = T::one();
            t_kept = t;
            let t_1 = T::one();
            t_1_kept = t_1;
            let exp_minus_z = (-z).exp();
            exp_minus_z_kept_dot = -(z_dot * exp_minus_z);
            exp_minus_z_kept = exp_minus_z;
        } else {
            let e = z.exp();
            e_kept_dot = z_dot * e;
            e_kept = e;
            let t_4 = T::one();
            t_4_kept = t_4;
        }
        let mut z_bar_1_dot = <T as ::chainrule::Real>::constant(0.0);
        if branch_1 {
            let t_2 = t_1_kept + exp_minus_z_kept;
            let t_9 = t_kept / t_2;
            let t_10 = t_9 / t_2;
            z_bar_1_dot += exp_minus_z_kept_dot * t_10
                - (exp_minus_z_kept_dot * (t_9 / t_2) / t_2 + exp_minus_z_kept_dot * (t_10 / t_2))
                    * exp_minus_z_kept;
        } else {
            let e = e_kept;
            let t_5 = t_4_kept + e;
            let t_12 = <T as ::chainrule::Real>::constant(1.0) / t_5;
            let t_13 = e / t_5;
            let t_14 = t_13 / t_5;
            let e_bar_dot = -(e_kept_dot * (t_12 / t_5)
                + ((e_kept_dot / t_5 - e_kept_dot * (t_13 / t_5)) / t_5
                    - e_kept_dot * (t_14 / t_5)));
            z_bar_1_dot += e_bar_dot * e + e_kept_dot * (t_12 - t_14);
        }
        z_bar_1_dot
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Hessian of [`sigmoid`](fn@sigmoid): rows and columns are the components of the arguments in order. It is exactly symmetric."]
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
        let mut exp_minus_z_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut exp_minus_z_kept_dot = <T as ::chainrule::Real>::constant(0.0);
        let mut t_1_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut t_4_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut e_kept = <T as ::chainrule::Real>::constant(0.0);
        let mut e_kept_dot = <T as ::chainrule::Real>::constant(0.0);
        let branch_1 = z >= T::zero();
        let mut branch_dot;
        let branch = if branch_1 {
            let t = T::one();
            t_kept = t;
            let t_1 = T::one();
            t_1_kept = t_1;
            let exp_minus_z = (-z).exp();
            let exp_minus_z_dot = -(z_dot * exp_minus_z);
            exp_minus_z_kept_dot = exp_minus_z_dot;
            exp_minus_z_kept = exp_minus_z;
            let t_2 = t_1 + exp_minus_z;
            branch_dot = -(exp_minus_z_dot * (t / t_2 / t_2));
            t / t_2
        } else {
            let e = z.exp();
            let e_dot = z_dot * e;
            e_kept_dot = e_dot;
            e_kept = e;
            let t_4 = T::one();
            t_4_kept = t_4;
            let t_5 = t_4 + e;
            branch_dot = e_dot / t_5 - e_dot * (e / t_5 / t_5);
            e / t_5
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
                    let t_2 = t_1_kept + exp_minus_z_kept;
                    let t_7 = t_kept / t_2;
                    let t_8 = t_7 / t_2;
                    let t_9 = result_bar * t_8;
                    let t_14_dot = (result_bar_dot * t_8
                        - (exp_minus_z_kept_dot * (t_7 / t_2) / t_2
                            + exp_minus_z_kept_dot * (t_8 / t_2))
                            * result_bar)
                        * exp_minus_z_kept
                        + exp_minus_z_kept_dot * t_9;
                    z_bar_1_dot += t_14_dot;
                    z_bar_1 += t_9 * exp_minus_z_kept;
                } else {
                    let e = e_kept;
                    let t_5 = t_4_kept + e;
                    let t_10 = result_bar / t_5;
                    let t_11 = e / t_5;
                    let t_12 = t_11 / t_5;
                    let t_13_dot = result_bar_dot * t_12
                        + ((e_kept_dot / t_5 - e_kept_dot * (t_11 / t_5)) / t_5
                            - e_kept_dot * (t_12 / t_5))
                            * result_bar;
                    let e_bar = t_10 - result_bar * t_12;
                    z_bar_1_dot += (result_bar_dot / t_5 - e_kept_dot * (t_10 / t_5) - t_13_dot)
                        * e
                        + e_kept_dot * e_bar;
                    z_bar_1 += e_bar * e;
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
    /// The derivative of [`sigmoid`](fn@sigmoid) of order `ORDER` by `z`, for orders up to 2.
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
    /// The Taylor coefficients of [`sigmoid`](fn@sigmoid) along a direction `v`: `c[k]` with `f(x + t v) = Σ_k c[k] t^k`, at most 3 of them.
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
        let branch = if z >= T::zero() {
            let t = T::one();
            let t_1 = T::one();
            let exp_minus_z = (-z).exp();
            let exp_minus_z_dot = -(z_dot * exp_minus_z);
            let t_2 = t_1 + exp_minus_z;
            let t_3 = t / t_2;
            let t_7 = t_3 / t_2;
            let t_3_dot = -(exp_minus_z_dot * t_7);
            branch_dot_2 = (z_dot_2 * exp_minus_z + exp_minus_z_dot * z_dot) * t_7
                - (t_3_dot / t_2 - exp_minus_z_dot * (t_7 / t_2)) * exp_minus_z_dot;
            branch_dot = t_3_dot;
            t_3
        } else {
            let e = z.exp();
            let e_dot = z_dot * e;
            let e_dot_2 = z_dot_2 * e + e_dot * z_dot;
            let t_4 = T::one();
            let t_5 = t_4 + e;
            let t_6 = e / t_5;
            let t_6_dot = (e_dot - e_dot * t_6) / t_5;
            branch_dot_2 =
                (e_dot_2 - (e_dot_2 * t_6 + t_6_dot * e_dot)) / t_5 - e_dot * (t_6_dot / t_5);
            branch_dot = t_6_dot;
            t_6
        };
        (branch, branch_dot, branch_dot_2)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`sigmoid`](fn@sigmoid): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField > (z : T) -> :: chainrule ::
    __private :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra ::
    Const < 1usize > , :: chainrule :: __private :: nalgebra :: Const < 1usize > >
    where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (z).1
            }
            #[doc = "The value of [`sigmoid`](fn@sigmoid) and its Jacobian."] #[inline]
    pub fn value_and_jacobian < T : Real + RealField > (z : T) ->
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
impl ::chainrule::__private::HasOrder<2usize> for sigmoid {}
