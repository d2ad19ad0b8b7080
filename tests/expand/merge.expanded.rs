/// The derivatives of [`merge`](fn@merge).
#[allow(non_camel_case_types)]
pub struct merge {}
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
impl merge {
    /// The value of [`merge`](fn@merge) and its tangent along the given tangents (forward mode).
    #[inline]
    pub fn jvp(
        left: &[f64],
        right: &[f64],
        merged: &mut [f64],
        (left_dot, right_dot, merged_dot): (&[f64], &[f64], &mut [f64]),
    ) -> ((), ()) {
        assert_eq!(left_dot.len(), left.len(), "the tangent of `left` must have its length");
        assert_eq!(right_dot.len(), right.len(), "the tangent of `right` must have its length");
        assert_eq!(merged_dot.len(), merged.len(), "the tangent of `merged` must have its length");
        let mut i = 0;
        let mut j = 0;
        for to in 0..merged.len() {
            if j == right.len() || (i < left.len() && left[i] <= right[j]) {
                merged_dot[to] = left_dot[i];
                merged[to] = left[i];
                i += 1;
            } else {
                merged_dot[to] = right_dot[j];
                merged[to] = right[j];
                j += 1;
            }
        }
        ((), ())
    }
    /// The value of [`merge`](fn@merge) and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The pullback can be called any number of times.
    #[inline]
    pub fn vjp<'arg0, 'arg1>(
        left: &'arg0 [f64],
        right: &'arg1 [f64],
        merged: &mut [f64],
    ) -> (
        (),
        impl Fn(
            (),
        ) -> (
            ::chainrule::__private::Vec<f64>,
            ::chainrule::__private::Vec<f64>,
            ::chainrule::__private::Vec<f64>,
        ) + use<'arg0, 'arg1>,
    ) {
        let merged_bar_zero = ::chainrule::Differentiable::zero_tangent(&*merged);
        let (value, pullback) = Self::linearize(
            left,
            right,
            merged,
            (
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
                ::chainrule::activity::Active,
            ),
        );
        (value, move |result_bar: ()| {
            let mut left_bar = ::chainrule::Differentiable::zero_tangent(left);
            let mut right_bar = ::chainrule::Differentiable::zero_tangent(right);
            let mut merged_bar = merged_bar_zero.clone();
            pullback(left, right, result_bar, &mut left_bar, &mut right_bar, &mut merged_bar);
            (left_bar, right_bar, merged_bar)
        })
    }
    /// The value of [`merge`](fn@merge); adds the cotangents of its parameters to the buffers, given that of the result (reverse mode, both sweeps in one call).
    #[inline]
    pub fn vjp_into(
        left: &[f64],
        right: &[f64],
        merged: &mut [f64],
        (left_bar, right_bar, merged_bar): (&mut [f64], &mut [f64], &mut [f64]),
        result_bar: (),
    ) -> () {
        assert_eq!(left_bar.len(), left.len(), "the cotangent of `left` must have its length");
        assert_eq!(right_bar.len(), right.len(), "the cotangent of `right` must have its length");
        assert_eq!(
            merged_bar.len(),
            merged.len(),
            "the cotangent of `merged` must have its length"
        );
        let mut i = 0;
        let mut j = 0;
        let t = merged.len();
        let mut branch_saved = ::chainrule::residual::Stack::new();
        let branch_frame = branch_saved.frame(&(0..t));
        let branch_frame_part = &mut branch_frame[..t];
        for to in 0..t {
            let branch = j == right.len() || (i < left.len() && left[i] <= right[j]);
            branch_frame_part[to] = branch;
            if branch {
                merged[to] = left[i];
                i += 1;
            } else {
                merged[to] = right[j];
                j += 1;
            }
        }
        let mut branch_saved = branch_saved.rewind();
        let mut i_back = i;
        let mut j_back = j;
        let branch_frame = branch_saved.frame(&(0..t));
        let branch_frame_part_1 = &branch_frame[..t];
        for to in (0..t).rev() {
            let branch = branch_frame_part_1[to];
            if branch {
                i_back -= 1;
                let merged_bar_1 = merged_bar[to];
                merged_bar[to] = 0.0;
                left_bar[i_back] += merged_bar_1;
            } else {
                j_back -= 1;
                let merged_bar_2 = merged_bar[to];
                merged_bar[to] = 0.0;
                right_bar[j_back] += merged_bar_2;
            }
        }
    }
    #[doc(hidden)]
    #[inline]
    pub fn pushforward<
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Required,
    >(
        left: &[f64],
        right: &[f64],
        merged: &mut [f64],
        _: (A0, A1, A2),
        dot_0: A0::SharedDot<'_, [f64]>,
        dot_1: A1::SharedDot<'_, [f64]>,
        mut dot_2: A2::Bar<'_, [f64]>,
    ) -> ((), ()) {
        let zero_0;
        let dot_0 = match A0::shared(dot_0) {
            Some(dot) => dot,
            None => {
                zero_0 = ::chainrule::Differentiable::zero_tangent(left);
                &zero_0
            }
        };
        let zero_1;
        let dot_1 = match A1::shared(dot_1) {
            Some(dot) => dot,
            None => {
                zero_1 = ::chainrule::Differentiable::zero_tangent(right);
                &zero_1
            }
        };
        Self::jvp(left, right, merged, (dot_0, dot_1, A2::lent(&mut dot_2)))
    }
    #[doc(hidden)]
    #[inline]
    pub fn linearize<
        A0: ::chainrule::activity::Activity,
        A1: ::chainrule::activity::Activity,
        A2: ::chainrule::activity::Required,
    >(
        left: &[f64],
        right: &[f64],
        merged: &mut [f64],
        (activity_0, activity_1, activity_2): (A0, A1, A2),
    ) -> (
        (),
        impl for<'bar0, 'bar1, 'bar2> Fn(
            &[f64],
            &[f64],
            (),
            A0::Bar<'bar0, [f64]>,
            A1::Bar<'bar1, [f64]>,
            A2::Bar<'bar2, [f64]>,
        ) + use<A0, A1, A2>,
    ) {
        let mut i = 0;
        let mut j = 0;
        let t = merged.len();
        let mut branch_saved = ::chainrule::residual::Stack::new();
        let branch_frame = branch_saved.frame(&(0..t));
        let branch_frame_part = &mut branch_frame[..t];
        for to in 0..t {
            let branch = j == right.len() || (i < left.len() && left[i] <= right[j]);
            branch_frame_part[to] = branch;
            if branch {
                merged[to] = left[i];
                i += 1;
            } else {
                merged[to] = right[j];
                j += 1;
            }
        }
        (
            (),
            move |left: &[f64],
                  right: &[f64],
                  result_bar: (),
                  mut left_bar: A0::Bar<'_, [f64]>,
                  mut right_bar: A1::Bar<'_, [f64]>,
                  mut merged_bar: A2::Bar<'_, [f64]>| {
                let merged_bar = A2::lent(&mut merged_bar);
                let mut branch_saved = branch_saved.rewind();
                let mut i_back = i;
                let mut j_back = j;
                let branch_frame = branch_saved.frame(&(0..t));
                let branch_frame_part_1 = &branch_frame[..t];
                for to in (0..t).rev() {
                    let branch = branch_frame_part_1[to];
                    if branch {
                        i_back -= 1;
                        let merged_bar_1 = merged_bar[to];
                        merged_bar[to] = 0.0;
                        if let Some(left_bar) = A0::open(&mut left_bar) {
                            left_bar[i_back] += merged_bar_1;
                        }
                    } else {
                        j_back -= 1;
                        let merged_bar_2 = merged_bar[to];
                        merged_bar[to] = 0.0;
                        if let Some(right_bar) = A1::open(&mut right_bar) {
                            right_bar[j_back] += merged_bar_2;
                        }
                    }
                }
            },
        )
    }
    #[doc(hidden)]
    #[inline]
    pub const fn overwrites(param: usize, lengths: [usize; 3]) -> bool {
        false
    }
}
