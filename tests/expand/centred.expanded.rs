/// The derivatives of [`centred`](fn@centred).
#[allow(non_camel_case_types)]
pub struct centred {}
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
impl centred {
    /// The gradient of [`centred`](fn@centred).
    #[inline]
    pub fn grad(
        points: &[f64],
        centre: &[f64],
    ) -> (::chainrule::__private::Vec<f64>, ::chainrule::__private::Vec<f64>) {
        Self::value_and_grad(points, centre).1
    }
    /// The value of [`centred`](fn@centred) and its gradient.
    #[inline]
    pub fn value_and_grad(
        points: &[f64],
        centre: &[f64],
    ) -> (f64, (::chainrule::__private::Vec<f64>, ::chainrule::__private::Vec<f64>)) {
        let mut points_bar = ::chainrule::Differentiable::zero_tangent(points);
        let mut centre_bar = ::chainrule::Differentiable::zero_tangent(centre);
        let value = Self::grad_into(points, centre, (&mut points_bar, &mut centre_bar));
        (value, (points_bar, centre_bar))
    }
    /// The value of [`centred`](fn@centred); its gradient overwrites the buffers.
    #[inline]
    pub fn grad_into(
        points: &[f64],
        centre: &[f64],
        (points_bar, centre_bar): (&mut [f64], &mut [f64]),
    ) -> f64 {
        assert_eq!(
            points_bar.len(),
            points.len(),
            "the cotangent of `points` must have its length"
        );
        assert_eq!(
            centre_bar.len(),
            centre.len(),
            "the cotangent of `centre` must have its length"
        );
        ::chainrule::SetZero::set_to_zero(&mut *centre_bar);
        let mut product_1_saved = ::chainrule::residual::Stack::new();
        let d = centre.len();
        let mut offset = ::chainrule::__private::vec![0.0; d];
        let mut product = 1.0;
        let t = points.len() / d;
        for k in 0..t {
            if 0 < d {
                let points_part = &points[k * d..k * d + d];
                let centre_part = &centre[..d];
                let offset_part = &mut offset[..d];
                for j in 0..d {
                    offset_part[j] = points_part[j] - centre_part[j];
                }
            }
            for i in 0..d {
                let product_1_frame = product_1_saved.frame(&(0..i));
                if 0 < i {
                    let offset_part_1 = &offset[..i];
                    let product_1_frame_part = &mut product_1_frame[..i];
                    let offset_value_2 = offset[i];
                    for j in 0..i {
                        product_1_frame_part[j] = product;
                        product += offset_value_2 * offset_part_1[j] * product;
                    }
                }
            }
        }
        let mut product_1_saved = product_1_saved.rewind();
        let mut offset_again = ::chainrule::__private::vec![0.0; d];
        let mut offset_bar = ::chainrule::__private::vec![0.0; d];
        let mut product_bar = 1.0;
        ::chainrule::SetZero::set_to_zero(&mut points_bar[t * d..]);
        for k in (0..t).rev() {
            if 0 < d {
                let points_part_1 = &points[k * d..k * d + d];
                let centre_part_1 = &centre[..d];
                let offset_again_part = &mut offset_again[..d];
                for j in 0..d {
                    offset_again_part[j] = points_part_1[j] - centre_part_1[j];
                }
            }
            for i in (0..d).rev() {
                let mut offset_bar_sum = 0.0;
                let product_1_frame = product_1_saved.frame(&(0..i));
                if 0 < i {
                    let offset_bar_part = &mut offset_bar[..i];
                    let offset_again_part_1 = &offset_again[..i];
                    let product_1_frame_part_1 = &product_1_frame[..i];
                    let offset_again_value = offset_again[i];
                    for j in (0..i).rev() {
                        let product_1 = product_1_frame_part_1[j];
                        let product_bar_1 = product_bar;
                        product_bar +=
                            product_bar_1 * (offset_again_value * offset_again_part_1[j]);
                        let t_1_bar = product_bar_1 * product_1;
                        offset_bar_part[j] += t_1_bar * offset_again_value;
                        offset_bar_sum += t_1_bar * offset_again_part_1[j];
                    }
                }
                if 0 < i {
                    offset_bar[i] += offset_bar_sum;
                }
            }
            if 0 < d {
                let points_bar_part = &mut points_bar[k * d..k * d + d];
                let centre_bar_part = &mut centre_bar[..d];
                let offset_bar_part_1 = &mut offset_bar[..d];
                for j in 0..d {
                    let offset_bar_1 = offset_bar_part_1[j];
                    offset_bar_part_1[j] = 0.0;
                    centre_bar_part[j] -= offset_bar_1;
                    points_bar_part[j] = offset_bar_1;
                }
            }
        }
        product
    }
    /// The value of [`centred`](fn@centred) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(
        points: &[f64],
        centre: &[f64],
        (points_dot, centre_dot): (&[f64], &[f64]),
    ) -> (f64, f64) {
        assert_eq!(points_dot.len(), points.len(), "the tangent of `points` must have its length");
        assert_eq!(centre_dot.len(), centre.len(), "the tangent of `centre` must have its length");
        let d = centre.len();
        let mut offset_dot = ::chainrule::__private::vec![0.0; d];
        let mut offset = ::chainrule::__private::vec![0.0; d];
        let mut product = 1.0;
        let mut product_dot = 0.0;
        for k in 0..points.len() / d {
            for j in 0..d {
                offset_dot[j] = points_dot[k * d + j] - centre_dot[j];
                offset[j] = points[k * d + j] - centre[j];
            }
            for i in 0..d {
                for j in 0..i {
                    let t_1 = offset[i] * offset[j];
                    let t_1_dot = offset_dot[i] * offset[j] + offset_dot[j] * offset[i];
                    product_dot += t_1_dot * product + product_dot * t_1;
                    product += t_1 * product;
                }
            }
        }
        (product, product_dot)
    }
    /// The value of [`centred`](fn@centred) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1>(
        points: &'arg0 [f64],
        centre: &'arg1 [f64],
    ) -> (
        f64,
        impl Fn(f64) -> (::chainrule::__private::Vec<f64>, ::chainrule::__private::Vec<f64>)
        + use<'arg0, 'arg1>,
    ) {
        let (value, pullback) = Self::linearize(
            points,
            centre,
            (::chainrule::activity::Active, ::chainrule::activity::Active),
        );
        (value, move |result_bar: f64| {
            let mut points_bar = ::chainrule::Differentiable::zero_tangent(points);
            let mut centre_bar = ::chainrule::Differentiable::zero_tangent(centre);
            pullback(points, centre, result_bar, &mut points_bar, &mut centre_bar);
            (points_bar, centre_bar)
        })
    }
    /// The value of [`centred`](fn@centred); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        points: &[f64],
        centre: &[f64],
        (points_bar, centre_bar): (&mut [f64], &mut [f64]),
        result_bar: f64,
    ) -> f64 {
        assert_eq!(
            points_bar.len(),
            points.len(),
            "the cotangent of `points` must have its length"
        );
        assert_eq!(
            centre_bar.len(),
            centre.len(),
            "the cotangent of `centre` must have its length"
        );
        let mut product_1_saved = ::chainrule::residual::Stack::new();
        let d = centre.len();
        let mut offset = ::chainrule::__private::vec![0.0; d];
        let mut product = 1.0;
        let t = points.len() / d;
        for k in 0..t {
            if 0 < d {
                let points_part = &points[k * d..k * d + d];
                let centre_part = &centre[..d];
                let offset_part = &mut offset[..d];
                for j in 0..d {
                    offset_part[j] = points_part[j] - centre_part[j];
                }
            }
            for i in 0..d {
                let product_1_frame = product_1_saved.frame(&(0..i));
                if 0 < i {
                    let offset_part_1 = &offset[..i];
                    let product_1_frame_part = &mut product_1_frame[..i];
                    let offset_value_2 = offset[i];
                    for j in 0..i {
                        product_1_frame_part[j] = product;
                        product += offset_value_2 * offset_part_1[j] * product;
                    }
                }
            }
        }
        let mut product_1_saved = product_1_saved.rewind();
        let mut offset_again = ::chainrule::__private::vec![0.0; d];
        let mut offset_bar = ::chainrule::__private::vec![0.0; d];
        let mut product_bar = result_bar;
        for k in (0..t).rev() {
            if 0 < d {
                let points_part_1 = &points[k * d..k * d + d];
                let centre_part_1 = &centre[..d];
                let offset_again_part = &mut offset_again[..d];
                for j in 0..d {
                    offset_again_part[j] = points_part_1[j] - centre_part_1[j];
                }
            }
            for i in (0..d).rev() {
                let mut offset_bar_sum = 0.0;
                let product_1_frame = product_1_saved.frame(&(0..i));
                if 0 < i {
                    let offset_bar_part = &mut offset_bar[..i];
                    let offset_again_part_1 = &offset_again[..i];
                    let product_1_frame_part_1 = &product_1_frame[..i];
                    let offset_again_value = offset_again[i];
                    for j in (0..i).rev() {
                        let product_1 = product_1_frame_part_1[j];
                        let product_bar_1 = product_bar;
                        product_bar +=
                            product_bar_1 * (offset_again_value * offset_again_part_1[j]);
                        let t_1_bar = product_bar_1 * product_1;
                        offset_bar_part[j] += t_1_bar * offset_again_value;
                        offset_bar_sum += t_1_bar * offset_again_part_1[j];
                    }
                }
                if 0 < i {
                    offset_bar[i] += offset_bar_sum;
                }
            }
            if 0 < d {
                let points_bar_part = &mut points_bar[k * d..k * d + d];
                let centre_bar_part = &mut centre_bar[..d];
                let offset_bar_part_1 = &mut offset_bar[..d];
                for j in 0..d {
                    let offset_bar_1 = offset_bar_part_1[j];
                    offset_bar_part_1[j] = 0.0;
                    centre_bar_part[j] -= offset_bar_1;
                    points_bar_part[j] += offset_bar_1;
                }
            }
        }
        product
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        points: &[f64],
        centre: &[f64],
        _: (A0, A1),
        dot_0: A0::SharedDot<'_, [f64]>,
        dot_1: A1::SharedDot<'_, [f64]>,
    ) -> (f64, f64) {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(points);
                &zero_0
            }
        };
        let zero_1;
        let dot_1 = match A1::shared(dot_1) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(centre);
                &zero_1
            }
        };
        Self::jvp(points, centre, (dot_0, dot_1))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<A0: ::chainrule::activity::Activity, A1: ::chainrule::activity::Activity>(
        points: &[f64],
        centre: &[f64],
        (activity_0, activity_1): (A0, A1),
    ) -> (
        f64,
        impl for<'bar0, 'bar1> Fn(&[f64], &[f64], f64, A0::Bar<'bar0, [f64]>, A1::Bar<'bar1, [f64]>)
        + use<A0, A1>,
    ) {
        let mut product_1_saved = ::chainrule::residual::Stack::new();
        let d = centre.len();
        let mut offset = ::chainrule::__private::vec![0.0; d];
        let mut product = 1.0;
        let t = points.len() / d;
        for k in 0..t {
            if 0 < d {
                let points_part = &points[k * d..k * d + d];
                let centre_part = &centre[..d];
                let offset_part = &mut offset[..d];
                for j in 0..d {
                    offset_part[j] = points_part[j] - centre_part[j];
                }
            }
            for i in 0..d {
                let product_1_frame = product_1_saved.frame(&(0..i));
                if 0 < i {
                    let offset_part_1 = &offset[..i];
                    let product_1_frame_part = &mut product_1_frame[..i];
                    let offset_value_2 = offset[i];
                    for j in 0..i {
                        let product_1 = product;
                        product_1_frame_part[j] = product_1;
                        product += offset_value_2 * offset_part_1[j] * product_1;
                    }
                }
            }
        }
        (
            product,
            move |points: &[f64],
                  centre: &[f64],
                  result_bar: f64,
                  mut points_bar: A0::Bar<'_, [f64]>,
                  mut centre_bar: A1::Bar<'_, [f64]>| {
                let d = centre.len();
                let mut product_1_saved = product_1_saved.rewind();
                let mut offset_again = ::chainrule::__private::vec![0.0; d];
                let mut offset_bar = ::chainrule::__private::vec![0.0; d];
                let mut product_bar = result_bar;
                for k in (0..t).rev() {
                    if 0 < d {
                        let points_part_1 = &points[k * d..k * d + d];
                        let centre_part_1 = &centre[..d];
                        let offset_again_part = &mut offset_again[..d];
                        for j in 0..d {
                            offset_again_part[j] = points_part_1[j] - centre_part_1[j];
                        }
                    }
                    for i in (0..d).rev() {
                        let mut offset_bar_sum = 0.0;
                        let product_1_frame = product_1_saved.frame(&(0..i));
                        if 0 < i {
                            let offset_bar_part = &mut offset_bar[..i];
                            let offset_again_part_1 = &offset_again[..i];
                            let product_1_frame_part_1 = &product_1_frame[..i];
                            let offset_again_value = offset_again[i];
                            for j in (0..i).rev() {
                                let product_1 = product_1_frame_part_1[j];
                                let product_bar_1 = product_bar;
                                product_bar +=
                                    product_bar_1 * (offset_again_value * offset_again_part_1[j]);
                                let t_1_bar = product_bar_1 * product_1;
                                offset_bar_part[j] += t_1_bar * offset_again_value;
                                offset_bar_sum += t_1_bar * offset_again_part_1[j];
                            }
                        }
                        if 0 < i {
                            offset_bar[i] += offset_bar_sum;
                        }
                    }
                    if 0 < d {
                        let mut points_bar_part = A0::part(&mut points_bar, k * d..k * d + d);
                        let mut centre_bar_part = A1::part(&mut centre_bar, ..d);
                        let offset_bar_part_1 = &mut offset_bar[..d];
                        for j in 0..d {
                            let offset_bar_1 = offset_bar_part_1[j];
                            offset_bar_part_1[j] = 0.0;
                            if let Some(centre_bar_part) = A1::open(&mut centre_bar_part) {
                                centre_bar_part[j] -= offset_bar_1;
                            }
                            if let Some(points_bar_part) = A0::open(&mut points_bar_part) {
                                points_bar_part[j] += offset_bar_1;
                            }
                        }
                    }
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 2]) -> bool {
        false
    }
    ::chainrule::__if_nalgebra! {
        /// The Jacobian of [`centred`](fn@centred): a row for each component of the result, a column for each component of the arguments in order. What a `&mut` argument refers to is left as it is.
        #[inline]
        pub fn jacobian(
            points: &[f64],
            centre: &[f64],
        ) -> ::chainrule::__private::nalgebra::OMatrix<
            f64,
            ::chainrule::__private::nalgebra::Dyn,
            ::chainrule::__private::nalgebra::Dyn,
        > {
            Self::value_and_jacobian(points, centre).1
        }
        /// The value of [`centred`](fn@centred) and its Jacobian.
        #[inline]
        pub fn value_and_jacobian(
            points: &[f64],
            centre: &[f64],
        ) -> (
            f64,
            ::chainrule::__private::nalgebra::OMatrix<
                f64,
                ::chainrule::__private::nalgebra::Dyn,
                ::chainrule::__private::nalgebra::Dyn,
            >,
        ) {
            let direction_0 = ::chainrule::Differentiable::zero_tangent(points);
            let direction_1 = ::chainrule::Differentiable::zero_tangent(centre);
            let columns = ::chainrule::jacobian::count(&direction_0)
                + ::chainrule::jacobian::count(&direction_1);
            let (value, pullback) = Self::vjp(points, centre);
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
            }
            (value, jacobian)
        }
    }
}
