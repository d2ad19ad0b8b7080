/// The derivatives of [`activate`](fn@activate).
#[allow(non_camel_case_types)]
pub struct activate {}
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
impl activate {
    /// The value of [`activate`](fn@activate) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp<T: Real + RealField>(
        z: &DMatrix<T>,
        activation: Activation,
        z_dot: &<DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let mut branch_2_dot;
        let branch_2 = if matches!(activation, Activation::Identity) {
            branch_2_dot = z_dot.clone_owned();
            z.clone_owned()
        } else {
            let mut branch_1_dot;
            let branch_1 = if matches!(activation, Activation::Relu) {
                branch_1_dot =
                    ::chainrule::rules::map::push(z, z_dot, |x, x_dot| relu::jvp::<T>(x, x_dot).1);
                z.map(relu::<T>)
            } else {
                let mut branch_dot;
                let branch = if matches!(activation, Activation::Tanh) {
                    let t_2 = z.map(T::tanh);
                    branch_dot = ::chainrule::rules::map::push(&t_2, z_dot, |z, seed| {
                        seed * (<T as ::chainrule::Real>::constant(1.0) - z * z)
                    });
                    t_2
                } else {
                    branch_dot = ::chainrule::rules::map::push(z, z_dot, |x, x_dot| {
                        sigmoid::jvp::<T>(x, x_dot).1
                    });
                    z.map(sigmoid::<T>)
                };
                branch_1_dot = branch_dot;
                branch
            };
            branch_2_dot = branch_1_dot;
            branch_1
        };
        (branch_2, branch_2_dot)
    }
    /// The value of [`activate`](fn@activate) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, T: Real + RealField>(
        z: &'arg0 DMatrix<T>,
        activation: Activation,
    ) -> (
        DMatrix<T>,
        impl Fn(
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        ) -> <DMatrix<T> as ::chainrule::Differentiable>::Tangent
        + use<'arg0, T>,
    )
    where
        T: ::chainrule::Real,
    {
        let (value, pullback) = Self::linearize::<T, _, _>(
            z,
            activation,
            (::chainrule::activity::Active, ::chainrule::activity::Inactive),
        );
        (value, move |result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent| {
            let mut z_bar = ::chainrule::Differentiable::zero_tangent(z);
            pullback(z, result_bar, &mut z_bar, ());
            z_bar
        })
    }
    /// The value of [`activate`](fn@activate); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into<T: Real + RealField>(
        z: &DMatrix<T>,
        activation: Activation,
        z_bar: &mut <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    ) -> DMatrix<T>
    where
        T: ::chainrule::Real,
    {
        let mut t_4_saved = ::chainrule::residual::Slot::new();
        let branch_5 = matches!(activation, Activation::Identity);
        let branch_2 = if branch_5 {
            z.clone_owned()
        } else if matches!(activation, Activation::Relu) {
            z.map(relu::<T>)
        } else if matches!(activation, Activation::Tanh) {
            let t_4 = z.map(T::tanh);
            t_4_saved.push(t_4.clone());
            t_4
        } else {
            z.map(sigmoid::<T>)
        };
        let mut t_4_saved = t_4_saved.rewind();
        let branch_2_bar = result_bar;
        if branch_5 {
            ::chainrule::Accumulate::accumulate(&mut *z_bar, &branch_2_bar);
        } else {
            let branch_1_bar = branch_2_bar;
            if matches!(activation, Activation::Relu) {
                ::chainrule::Accumulate::accumulate(
                    &mut *z_bar,
                    &::chainrule::rules::map::pull(z, &branch_1_bar, |x, z_bar| {
                        let mut x_bar = ::chainrule::Differentiable::zero_tangent(&x);
                        relu::vjp_into::<T>(x, &mut x_bar, z_bar);
                        x_bar
                    }),
                );
            } else {
                let branch_bar = branch_1_bar;
                if matches!(activation, Activation::Tanh) {
                    let t_4 = t_4_saved.pop();
                    ::chainrule::Accumulate::accumulate(
                        &mut *z_bar,
                        &::chainrule::rules::map::pull(t_4, &branch_bar, |z, seed| {
                            seed * (<T as ::chainrule::Real>::constant(1.0) - z * z)
                        }),
                    );
                } else {
                    ::chainrule::Accumulate::accumulate(
                        &mut *z_bar,
                        &::chainrule::rules::map::pull(z, &branch_bar, |x, z_bar| {
                            let mut x_bar = ::chainrule::Differentiable::zero_tangent(&x);
                            sigmoid::vjp_into::<T>(x, &mut x_bar, z_bar);
                            x_bar
                        }),
                    );
                }
            }
        }
        branch_2
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Excluded,
    >(
        z: &DMatrix<T>,
        activation: Activation,
        _: (A0, A1),
        mut dot_0: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut dot_1: A1::Dot<()>,
    ) -> (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent)
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(z);
                &zero_0
            }
        };
        Self::jvp::<T>(z, activation, dot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Excluded,
    >(
        z: &DMatrix<T>,
        activation: Activation,
        (activity_0, activity_1): (A0, A1),
    ) -> (
        DMatrix<T>,
        impl for<'bar0, 'bar1> Fn(
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, ()>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let mut t_4_saved = ::chainrule::residual::Slot::new();
        let branch_5 = matches!(activation, Activation::Identity);
        let branch_2 = if branch_5 {
            z.clone_owned()
        } else if matches!(activation, Activation::Relu) {
            z.map(relu::<T>)
        } else if matches!(activation, Activation::Tanh) {
            let t_4 = z.map(T::tanh);
            t_4_saved.push(t_4.clone());
            t_4
        } else {
            z.map(sigmoid::<T>)
        };
        (
            branch_2,
            move |z: &DMatrix<T>,
                  result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut z_bar: A0::Bar<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
                  mut unused_bar_1: A1::Bar<'_, ()>| {
                let mut t_4_saved = t_4_saved.rewind();
                let branch_2_bar = result_bar;
                if branch_5 {
                    if let Some(z_bar) = A0::open(&mut z_bar) {
                        ::chainrule::Accumulate::accumulate(&mut *z_bar, &branch_2_bar);
                    }
                } else {
                    let branch_1_bar = branch_2_bar;
                    if matches!(activation, Activation::Relu) {
                        if let Some(z_bar) = A0::open(&mut z_bar) {
                            ::chainrule::Accumulate::accumulate(
                                &mut *z_bar,
                                &::chainrule::rules::map::pull(z, &branch_1_bar, |x, z_bar| {
                                    let mut x_bar = ::chainrule::Differentiable::zero_tangent(&x);
                                    relu::vjp_into::<T>(x, &mut x_bar, z_bar);
                                    x_bar
                                }),
                            );
                        }
                    } else {
                        let branch_bar = branch_1_bar;
                        if matches!(activation, Activation::Tanh) {
                            let t_4 = t_4_saved.pop();
                            if let Some(z_bar) = A0::open(&mut z_bar) {
                                ::chainrule::Accumulate::accumulate(
                                    &mut *z_bar,
                                    &::chainrule::rules::map::pull(t_4, &branch_bar, |z, seed| {
                                        seed * (<T as ::chainrule::Real>::constant(1.0) - z * z)
                                    }),
                                );
                            }
                        } else {
                            if let Some(z_bar) = A0::open(&mut z_bar) {
                                ::chainrule::Accumulate::accumulate(
                                    &mut *z_bar,
                                    &::chainrule::rules::map::pull(z, &branch_bar, |x, z_bar| {
                                        let mut x_bar =
                                            ::chainrule::Differentiable::zero_tangent(&x);
                                        sigmoid::vjp_into::<T>(x, &mut x_bar, z_bar);
                                        x_bar
                                    }),
                                );
                            }
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
    #[doc(hidden)]
    #[inline]
    pub fn linearize_order_2<
        T: Real + RealField,
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Excluded,
    >(
        z: &DMatrix<T>,
        activation: Activation,
        (activity_0, activity_1): (A0, A1),
        mut z_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut unused_dot_1: A1::Dot<()>,
    ) -> (
        (DMatrix<T>, <DMatrix<T> as ::chainrule::Differentiable>::Tangent),
        impl for<'bar0, 'bar1, 'dot0, 'bar_dot0, 'bar_dot1> Fn(
            &DMatrix<T>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar1, ()>,
            A0::SharedDot<'dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            A0::Bar<'bar_dot0, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
            A1::Bar<'bar_dot1, ()>,
        ) + use<T, A0, A1>,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let z_dot = match A0::shared(z_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(z);
                &zero_0
            }
        };
        let mut t_4_saved = ::chainrule::residual::Slot::new();
        let mut t_4_saved_dot = ::chainrule::residual::Slot::new();
        let branch_5 = matches!(activation, Activation::Identity);
        let mut branch_2_dot;
        let branch_2 = if branch_5 {
            branch_2_dot = z_dot.clone_owned();
            z.clone_owned()
        } else {
            let mut branch_1_dot;
            let branch_1 = if matches!(activation, Activation::Relu) {
                branch_1_dot =
                    ::chainrule::rules::map::push(z, z_dot, |x, x_dot| relu::jvp::<T>(x, x_dot).1);
                z.map(relu::<T>)
            } else {
                let mut branch_dot;
                let branch = if matches!(activation, Activation::Tanh) {
                    let t_4 = z.map(T::tanh);
                    let t_4_dot = ::chainrule::rules::map::push(&t_4, z_dot, |z, seed| {
                        seed * (<T as ::chainrule::Real>::constant(1.0) - z * z)
                    });
                    t_4_saved.push(t_4.clone());
                    t_4_saved_dot.push(t_4_dot.clone());
                    branch_dot = t_4_dot;
                    t_4
                } else {
                    branch_dot = ::chainrule::rules::map::push(z, z_dot, |x, x_dot| {
                        sigmoid::jvp::<T>(x, x_dot).1
                    });
                    z.map(sigmoid::<T>)
                };
                branch_1_dot = branch_dot;
                branch
            };
            branch_2_dot = branch_1_dot;
            branch_1
        };
        (
            (branch_2, branch_2_dot),
            move |z: &DMatrix<T>,
                  result_bar: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut z_bar: A0::Bar<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
                  mut unused_bar_1: A1::Bar<'_, ()>,
                  z_dot: A0::SharedDot<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  result_bar_dot: <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
                  mut z_bar_dot: A0::Bar<
                '_,
                <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
            >,
                  mut unused_bar_dot_1: A1::Bar<'_, ()>| {
                let zero_0;
                let z_dot = match A0::shared(z_dot) {
                    Some(dot) => dot,
                    None => {
                        zero_0 = ::chainrule::Differentiable::zero_tangent(z);
                        &zero_0
                    }
                };
                let mut t_4_saved = t_4_saved.rewind();
                let mut t_4_saved_dot_1 = t_4_saved_dot.rewind();
                let branch_2_bar = result_bar;
                let branch_2_bar_dot = result_bar_dot;
                if branch_5 {
                    if let Some(z_bar) = A0::open(&mut z_bar) {
                        if let Some(z_bar_dot) = A0::open(&mut z_bar_dot) {
                            ::chainrule::Accumulate::accumulate(&mut *z_bar_dot, &branch_2_bar_dot);
                            ::chainrule::Accumulate::accumulate(&mut *z_bar, &branch_2_bar);
                        }
                    }
                } else {
                    let branch_1_bar = branch_2_bar;
                    let branch_1_bar_dot = branch_2_bar_dot;
                    if matches!(activation, Activation::Relu) {
                        if let Some(z_bar) = A0::open(&mut z_bar) {
                            if let Some(z_bar_dot) = A0::open(&mut z_bar_dot) {
                                ::chainrule::Accumulate::accumulate(
                                    &mut *z_bar_dot,
                                    &::chainrule::rules::map::pull(
                                        z,
                                        &branch_1_bar_dot,
                                        |x, z_bar| {
                                            let mut x_bar =
                                                ::chainrule::Differentiable::zero_tangent(&x);
                                            relu::vjp_into::<T>(x, &mut x_bar, z_bar);
                                            x_bar
                                        },
                                    ),
                                );
                                ::chainrule::Accumulate::accumulate(
                                    &mut *z_bar_dot,
                                    &::chainrule::rules::second_order::map::pull(
                                        z,
                                        &branch_1_bar,
                                        z_dot,
                                        |x, seed, x_dot| relu::hvp::<T>(x, x_dot) * seed,
                                    ),
                                );
                                ::chainrule::Accumulate::accumulate(
                                    &mut *z_bar,
                                    &::chainrule::rules::map::pull(z, &branch_1_bar, |x, z_bar| {
                                        let mut x_bar =
                                            ::chainrule::Differentiable::zero_tangent(&x);
                                        relu::vjp_into::<T>(x, &mut x_bar, z_bar);
                                        x_bar
                                    }),
                                );
                            }
                        }
                    } else {
                        let branch_bar = branch_1_bar;
                        let branch_bar_dot = branch_1_bar_dot;
                        if matches!(activation, Activation::Tanh) {
                            let t_4 = t_4_saved.pop();
                            let t_4_dot_1 = t_4_saved_dot_1.pop();
                            if let Some(z_bar) = A0::open(&mut z_bar) {
                                if let Some(z_bar_dot) = A0::open(&mut z_bar_dot) {
                                    ::chainrule::Accumulate::accumulate(
                                        &mut *z_bar_dot,
                                        &::chainrule::rules::map::pull(
                                            t_4,
                                            &branch_bar_dot,
                                            |z, seed| {
                                                seed * (<T as ::chainrule::Real>::constant(1.0)
                                                    - z * z)
                                            },
                                        ),
                                    );
                                    ::chainrule::Accumulate::accumulate(
                                        &mut *z_bar_dot,
                                        &::chainrule::rules::second_order::map::pull(
                                            t_4,
                                            &branch_bar,
                                            t_4_dot_1,
                                            |z, seed, z_dot| {
                                                -(<T as ::chainrule::Real>::constant(2.0)
                                                    * z_dot
                                                    * z
                                                    * seed)
                                            },
                                        ),
                                    );
                                    ::chainrule::Accumulate::accumulate(
                                        &mut *z_bar,
                                        &::chainrule::rules::map::pull(
                                            t_4,
                                            &branch_bar,
                                            |z, seed| {
                                                seed * (<T as ::chainrule::Real>::constant(1.0)
                                                    - z * z)
                                            },
                                        ),
                                    );
                                }
                            }
                        } else {
                            if let Some(z_bar) = A0::open(&mut z_bar) {
                                if let Some(z_bar_dot) = A0::open(&mut z_bar_dot) {
                                    ::chainrule::Accumulate::accumulate(
                                        &mut *z_bar_dot,
                                        &::chainrule::rules::map::pull(
                                            z,
                                            &branch_bar_dot,
                                            |x, z_bar| {
                                                let mut x_bar =
                                                    ::chainrule::Differentiable::zero_tangent(&x);
                                                sigmoid::vjp_into::<T>(x, &mut x_bar, z_bar);
                                                x_bar
                                            },
                                        ),
                                    );
                                    ::chainrule::Accumulate::accumulate(
                                        &mut *z_bar_dot,
                                        &::chainrule::rules::second_order::map::pull(
                                            z,
                                            &branch_bar,
                                            z_dot,
                                            |x, seed, x_dot| sigmoid::hvp::<T>(x, x_dot) * seed,
                                        ),
                                    );
                                    ::chainrule::Accumulate::accumulate(
                                        &mut *z_bar,
                                        &::chainrule::rules::map::pull(
                                            z,
                                            &branch_bar,
                                            |x, z_bar| {
                                                let mut x_bar =
                                                    ::chainrule::Differentiable::zero_tangent(&x);
                                                sigmoid::vjp_into::<T>(x, &mut x_bar, z_bar);
                                                x_bar
                                            },
                                        ),
                                    );
                                }
                            }
                        }
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
        A1: ::chainrule::activity::Excluded,
    >(
        z: &DMatrix<T>,
        activation: Activation,
        _: (A0, A1),
        mut z_dot: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut unused_dot_1_0: A1::Dot<()>,
        mut z_dot_2: A0::SharedDot<'_, <DMatrix<T> as ::chainrule::Differentiable>::Tangent>,
        mut unused_dot_1_1: A1::Dot<()>,
    ) -> (
        DMatrix<T>,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
        <DMatrix<T> as ::chainrule::Differentiable>::Tangent,
    )
    where
        T: ::chainrule::Real,
    {
        let zero_0;
        let z_dot = match A0::shared(z_dot) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(z);
                &zero_0
            }
        };
        let zero_2;
        let z_dot_2 = match A0::shared(z_dot_2) {
            Some(dot) => dot,
            None => {
                zero_2 = ::chainrule::Differentiable::zero_tangent(z);
                &zero_2
            }
        };
        let mut branch_2_dot;
        let mut branch_2_dot_2;
        let branch_2 = if matches!(activation, Activation::Identity) {
            branch_2_dot_2 = z_dot_2.clone_owned();
            branch_2_dot = z_dot.clone_owned();
            z.clone_owned()
        } else {
            let mut branch_1_dot;
            let mut branch_1_dot_2;
            let branch_1 = if matches!(activation, Activation::Relu) {
                branch_1_dot_2 = {
                    let mut sum = ::chainrule::rules::map::push(z, z_dot_2, |x, x_dot| {
                        relu::jvp::<T>(x, x_dot).1
                    });
                    ::chainrule::Accumulate::accumulate(
                        &mut sum,
                        &::chainrule::rules::second_order::map::push(
                            z,
                            z_dot,
                            z_dot,
                            |x, seed, x_dot| relu::hvp::<T>(x, x_dot) * seed,
                        ),
                    );
                    sum
                };
                branch_1_dot =
                    ::chainrule::rules::map::push(z, z_dot, |x, x_dot| relu::jvp::<T>(x, x_dot).1);
                z.map(relu::<T>)
            } else {
                let mut branch_dot;
                let mut branch_dot_2;
                let branch = if matches!(activation, Activation::Tanh) {
                    let t_2 = z.map(T::tanh);
                    let t_2_dot = ::chainrule::rules::map::push(&t_2, z_dot, |z, seed| {
                        seed * (<T as ::chainrule::Real>::constant(1.0) - z * z)
                    });
                    branch_dot_2 = {
                        let mut sum = ::chainrule::rules::map::push(&t_2, z_dot_2, |z, seed| {
                            seed * (<T as ::chainrule::Real>::constant(1.0) - z * z)
                        });
                        ::chainrule::Accumulate::accumulate(
                            &mut sum,
                            &::chainrule::rules::second_order::map::push(
                                &t_2,
                                z_dot,
                                &t_2_dot,
                                |z, seed, z_dot| {
                                    -(<T as ::chainrule::Real>::constant(2.0) * z_dot * z * seed)
                                },
                            ),
                        );
                        sum
                    };
                    branch_dot = t_2_dot;
                    t_2
                } else {
                    branch_dot_2 = {
                        let mut sum = ::chainrule::rules::map::push(z, z_dot_2, |x, x_dot| {
                            sigmoid::jvp::<T>(x, x_dot).1
                        });
                        ::chainrule::Accumulate::accumulate(
                            &mut sum,
                            &::chainrule::rules::second_order::map::push(
                                z,
                                z_dot,
                                z_dot,
                                |x, seed, x_dot| sigmoid::hvp::<T>(x, x_dot) * seed,
                            ),
                        );
                        sum
                    };
                    branch_dot = ::chainrule::rules::map::push(z, z_dot, |x, x_dot| {
                        sigmoid::jvp::<T>(x, x_dot).1
                    });
                    z.map(sigmoid::<T>)
                };
                branch_1_dot_2 = branch_dot_2;
                branch_1_dot = branch_dot;
                branch
            };
            branch_2_dot_2 = branch_1_dot_2;
            branch_2_dot = branch_1_dot;
            branch_1
        };
        (branch_2, branch_2_dot, branch_2_dot_2)
    }
    ::chainrule::__if_nalgebra! {
            #[doc =
    "The Jacobian of [`activate`](fn@activate): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is."]
    #[inline] pub fn jacobian < T : Real + RealField >
    (z : & DMatrix < T > , activation : Activation) -> :: chainrule :: __private
    :: nalgebra :: OMatrix < T, :: chainrule :: __private :: nalgebra :: Dyn, ::
    chainrule :: __private :: nalgebra :: Dyn > where T : :: chainrule :: Real {
                Self :: value_and_jacobian :: < T, > (z, activation).1
            }
            #[doc = "The value of [`activate`](fn@activate) and its Jacobian."] #[inline]
    pub fn value_and_jacobian < T : Real + RealField >
    (z : & DMatrix < T > , activation : Activation) ->
    (DMatrix < T > , :: chainrule :: __private :: nalgebra :: OMatrix < T, ::
    chainrule :: __private :: nalgebra :: Dyn, :: chainrule :: __private ::
    nalgebra :: Dyn >) where T : :: chainrule :: Real {
                let direction_0 = :: chainrule :: Differentiable :: zero_tangent(z);
                let columns = 0 + :: chainrule :: jacobian :: count(& direction_0);
                let (value, pullback) = Self :: vjp(z, activation);
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
impl ::chainrule::__private::HasOrder<2usize> for activate {}
