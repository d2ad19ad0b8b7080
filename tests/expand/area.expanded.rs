/// The derivatives of [`area`](fn@area).
#[allow(non_camel_case_types)]
pub struct area {}
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
impl area {
    /// The gradient of [`area`](fn@area).
    #[inline]
    pub fn grad(shape: &Shape) -> <Shape as ::chainrule::Differentiable>::Tangent {
        Self::value_and_grad(shape).1
    }
    /// The value of [`area`](fn@area) and its gradient.
    #[inline]
    pub fn value_and_grad(shape: &Shape) -> (f64, <Shape as ::chainrule::Differentiable>::Tangent) {
        let mut shape_bar = ::chainrule::Differentiable::zero_tangent(shape);
        let value = Self::vjp_into(shape, &mut shape_bar, 1.0);
        (value, shape_bar)
    }
    /// The value of [`area`](fn@area); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(
        shape: &Shape,
        shape_bar: &mut <Shape as ::chainrule::Differentiable>::Tangent,
    ) -> f64 {
        ::chainrule::SetZero::set_to_zero(shape_bar);
        Self::vjp_into(shape, shape_bar, 1.0)
    }
    /// The value of [`area`](fn@area) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(
        shape: &Shape,
        shape_dot: &<Shape as ::chainrule::Differentiable>::Tangent,
    ) -> (f64, f64) {
        let mut branch_dot;
        let branch = match shape {
            Shape::Circle(radius) => {
                let t = std::f64::consts::PI * radius.clone();
                let t_1_dot = ::chainrule::rules::mul::push(
                    &t,
                    radius,
                    &::chainrule::rules::mul::push_1(
                        &std::f64::consts::PI,
                        radius,
                        shape_dot.__payload_Circle_0(),
                    ),
                    shape_dot.__payload_Circle_0(),
                );
                branch_dot = t_1_dot;
                t.clone() * radius.clone()
            }
            Shape::Rectangle { width, height, .. } => {
                branch_dot = ::chainrule::rules::mul::push(
                    width,
                    height,
                    shape_dot.__payload_Rectangle_width(),
                    shape_dot.__payload_Rectangle_height(),
                );
                width.clone() * height.clone()
            }
            #[allow(unreachable_patterns)]
            _ => ::chainrule::__private::payload::other_variant(),
        };
        (branch, branch_dot)
    }
    /// The value of [`area`](fn@area) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0>(
        shape: &'arg0 Shape,
    ) -> (f64, impl Fn(f64) -> <Shape as ::chainrule::Differentiable>::Tangent + use<'arg0>) {
        let (value, pullback) = Self::linearize(shape, (::chainrule::activity::Active,));
        (value, move |result_bar: f64| {
            let mut shape_bar = ::chainrule::Differentiable::zero_tangent(shape);
            pullback(shape, result_bar, &mut shape_bar);
            shape_bar
        })
    }
    /// The value of [`area`](fn@area); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        shape: &Shape,
        shape_bar: &mut <Shape as ::chainrule::Differentiable>::Tangent,
        result_bar: f64,
    ) -> f64 {
        let mut t_saved = ::chainrule::residual::Slot::new();
        let branch = match shape {
            Shape::Circle(radius) => {
                let t = std::f64::consts::PI * radius.clone();
                t_saved.push(t.clone());
                t * radius.clone()
            }
            Shape::Rectangle { width, height, .. } => width.clone() * height.clone(),
            #[allow(unreachable_patterns)]
            _ => ::chainrule::__private::payload::other_variant(),
        };
        let mut t_saved = t_saved.rewind();
        match shape {
            Shape::Circle(radius) => {
                let t = t_saved.pop();
                ::chainrule::Accumulate::accumulate(
                    shape_bar.__payload_mut_Circle_0(),
                    &::chainrule::rules::mul::pull_1(t, radius, &result_bar),
                );
                ::chainrule::Accumulate::accumulate(
                    shape_bar.__payload_mut_Circle_0(),
                    &::chainrule::rules::mul::pull_1(
                        &std::f64::consts::PI,
                        radius,
                        &::chainrule::rules::mul::pull_0(t, radius, &result_bar),
                    ),
                );
            }
            Shape::Rectangle { width, height, .. } => {
                ::chainrule::Accumulate::accumulate(
                    shape_bar.__payload_mut_Rectangle_width(),
                    &::chainrule::rules::mul::pull_0(width, height, &result_bar),
                );
                ::chainrule::Accumulate::accumulate(
                    shape_bar.__payload_mut_Rectangle_height(),
                    &::chainrule::rules::mul::pull_1(width, height, &result_bar),
                );
            }
            #[allow(unreachable_patterns)]
            _ => ::chainrule::__private::payload::other_variant(),
        }
        branch
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity>(
        shape: &Shape,
        _: (A0,),
        dot_0: A0::SharedDot<'_, <Shape as ::chainrule::Differentiable>::Tangent>,
    ) -> (f64, f64) {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(shape);
                &zero_0
            }
        };
        Self::jvp(shape, dot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity>(
        shape: &Shape,
        (activity_0,): (A0,),
    ) -> (
        f64,
        impl for<'bar0> Fn(&Shape, f64, A0::Bar<'bar0, <Shape as ::chainrule::Differentiable>::Tangent>)
        + use<A0>,
    ) {
        let mut t_saved = ::chainrule::residual::Slot::new();
        let branch = match shape {
            Shape::Circle(radius) => {
                let t = std::f64::consts::PI * radius.clone();
                t_saved.push(t.clone());
                t * radius.clone()
            }
            Shape::Rectangle { width, height, .. } => width.clone() * height.clone(),
            #[allow(unreachable_patterns)]
            _ => ::chainrule::__private::payload::other_variant(),
        };
        (branch, move | shape : & Shape, result_bar : f64, mut shape_bar : A0 :: Bar <
'_, < Shape as :: chainrule :: Differentiable > :: Tangent > |
{
    let mut t_saved = t_saved.rewind(); if let Shape :: Circle(radius) = shape
    {
        let t = t_saved.pop(); if let Some(shape_bar) = A0 ::
        open(& mut shape_bar)
        {
            :: chainrule :: Accumulate ::
            accumulate(shape_bar.__payload_mut_Circle_0(), & :: chainrule ::
            rules :: mul :: pull_1(t, radius, & result_bar)); :: chainrule ::
            Accumulate ::
            accumulate(shape_bar.__payload_mut_Circle_0(), & :: chainrule ::
            rules :: mul ::
            pull_1(& std :: f64 :: consts :: PI, radius, & :: chainrule ::
            rules :: mul :: pull_0(t, radius, & result_bar)));
        }
    } else
    {
        if let Some(shape_bar) = A0 :: open(& mut shape_bar)
        {
            :: chainrule :: Accumulate ::
            accumulate(shape_bar.__payload_mut_Rectangle_width(), & ::
            chainrule :: rules :: mul ::
            pull_0(&
            (* match shape
            {
                Shape :: Rectangle { width : part, .. } => part,
                #[allow(unreachable_patterns)] _ => :: chainrule :: __private
                :: payload :: other_variant(),
            }), &
            (* match shape
            {
                Shape :: Rectangle { height : part, .. } => part,
                #[allow(unreachable_patterns)] _ => :: chainrule :: __private
                :: payload :: other_variant(),
            }), & result_bar)); :: chainrule :: Accumulate ::
            accumulate(shape_bar.__payload_mut_Rectangle_height(), & ::
            chainrule :: rules :: mul ::
            pull_1(&
            (* match shape
            {
                Shape :: Rectangle { width : part, .. } => part,
                #[allow(unreachable_patterns)] _ => :: chainrule :: __private
                :: payload :: other_variant(),
            }), &
            (* match shape
            {
                Shape :: Rectangle { height : part, .. } => part,
                #[allow(unreachable_patterns)] _ => :: chainrule :: __private
                :: payload :: other_variant(),
            }), & result_bar));
        }
    }
})
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 1]) -> bool {
        false
    }
    ::chainrule::__if_nalgebra! {
        /// The Jacobian of [`area`](fn@area): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            shape: &Shape,
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Dyn,
            ::chainrule::__private::nalgebra::Dyn,
        > {
            Self::value_and_jacobian(shape).1
        }
        /// The value of [`area`](fn@area) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            shape: &Shape,
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Dyn,
                ::chainrule::__private::nalgebra::Dyn,
            >,
        ) {
            let direction_0 = ::chainrule::Differentiable::zero_tangent(shape);
            let columns = ::chainrule::jacobian::count(&direction_0);
            let (value, pullback) = Self::vjp(shape);
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
                    ::chainrule::jacobian::write_row(&mut jacobian, row, column, &gradient);
            }
            (value, jacobian)
        }
    }
}
