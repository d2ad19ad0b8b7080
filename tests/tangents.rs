//! The laws of `Differentiable`, `Retract`, `Accumulate`, `SetZero` and `Tangent`, for every type of the library.

use std::fmt::Debug;

use chainrule::residual::Zeros;
use chainrule::{Accumulate, Differentiable, Retract, SetZero, Tangent};

/// Checks the laws at `x`; `a` and `b` are tangents with components that floats add exactly.
fn assert_laws<P>(x: P, a: P::Tangent, b: P::Tangent)
where
    P: Retract + Clone + PartialEq + Debug,
{
    let zero = x.zero_tangent();
    let mut sum = zero.clone();
    sum.accumulate(&a);
    assert_eq!(sum, a, "zero is neutral");
    sum.accumulate(&b);
    let mut commuted = b.clone();
    commuted.accumulate(&a);
    assert_eq!(sum, commuted, "accumulate is commutative");

    let (mut still, mut once, mut twice) = (x.clone(), x.clone(), x);
    still.add_tangent(&zero);
    assert_eq!(still, twice, "the zero tangent does not move");
    once.add_tangent(&sum);
    twice.add_tangent(&a);
    twice.add_tangent(&b);
    assert_eq!(once, twice, "moves add up");

    assert_eq!(a.zero_tangent(), zero, "a tangent is its own tangent");
    assert!(P::Tangent::fixed_zero().is_none_or(|fixed| fixed == zero), "the type tells the zero");
    let mut scaled = a.clone();
    scaled.scale(2.0);
    let mut doubled = a.clone();
    doubled.accumulate(&a);
    assert_eq!(scaled, doubled);
    assert_eq!(scaled.inner(&b), 2.0 * b.inner(&a));
    scaled.set_to_zero();
    assert_eq!(scaled, zero);
}

#[test]
fn scalars() {
    assert_laws(1.5, 2.0, -3.0);
    assert_laws(1.5f32, 2.0, -3.0);
}

#[test]
fn inactive_values_have_dimension_zero() {
    assert_laws((), (), ());
    assert_laws(3usize, (), ());
    assert_laws(true, (), ());
    assert_laws('c', (), ());
    assert_laws(String::from("name"), (), ());
    let () = "name".zero_tangent();
}

#[test]
fn sequences() {
    assert_laws([1.0, 2.0], [3.0, 4.0], [5.0, -6.0]);
    assert_laws(vec![1.0, 2.0], vec![3.0, 4.0], vec![5.0, -6.0]);
    assert_laws(vec![1.0f32, 2.0].into_boxed_slice(), vec![3.0, 4.0], vec![5.0, -6.0]);
    assert_laws(vec![[1.0f32; 2]; 2], vec![[3.0; 2]; 2], vec![[0.5, 1.0]; 2]);
    assert_laws(Vec::<f64>::new(), vec![], vec![]);
    assert_laws(vec![1u8, 2], vec![(), ()], vec![(), ()]);
}

#[test]
fn products_options_and_pointers() {
    assert_laws((1.0, 2.0f32), (3.0, 4.0), (5.0, 6.0));
    assert_laws((1.0, 7, (vec![2.0],)), (3.0, (), (vec![4.0],)), (5.0, (), (vec![6.0],)));
    assert_laws(
        (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0),
        (8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0),
    );
    assert_laws(Some(1.0), Some(2.0), Some(3.0));
    assert_laws(None::<f64>, None, None);
    assert_laws(Box::new(1.0), 2.0, 3.0);
}

#[test]
fn types_that_tell_the_shape() {
    assert_eq!(<(f64, [[f32; 2]; 3], ())>::fixed_zero(), Some((0.0, [[0.0; 2]; 3], ())));
    assert_eq!(Vec::<f64>::fixed_zero(), None);
    assert_eq!(<(f64, Option<f64>)>::fixed_zero(), None);
    assert_eq!(<[Vec<f64>; 2]>::fixed_zero(), None);

    let (mut fixed, mut lengths) = (Zeros::new(), Zeros::new());
    for n in 1..4 {
        fixed.push(&[0.5; 2]);
        lengths.push(&vec![0.5; n][..]);
    }
    for _ in 0..2 {
        let (mut fixed, mut lengths) = (fixed.rewind(), lengths.rewind());
        for n in (1..4).rev() {
            assert_eq!(fixed.pop(), [0.0; 2]);
            assert_eq!(lengths.pop(), vec![0.0; n]);
        }
    }
}

#[test]
fn borrows_have_owned_tangents() {
    let mut values = vec![1.0, 2.0];
    let zero: Vec<f64> = values.as_slice().zero_tangent();
    assert_eq!(<&[f64] as Differentiable>::zero_tangent(&values.as_slice()), zero);
    let mut borrow = values.as_mut_slice();
    <&mut [f64] as Retract>::add_tangent(&mut borrow, &vec![1.0, 1.0]);
    assert_eq!(values, [2.0, 3.0]);
}

#[test]
fn owned_contributions_meet_lent_buffers() {
    let mut owned = vec![1.0, 2.0];
    {
        let lent: &mut [f64] = &mut owned;
        lent.accumulate(&[1.0, 1.0]);
        lent.accumulate(&vec![1.0, 1.0]);
        lent.accumulate(&[1.0, 1.0][..]);
        lent.set_to_zero();
        lent.accumulate(&[3.0, 4.0]);
    }
    owned.accumulate(&[1.0, 1.0][..]);
    owned.accumulate(&[1.0, 1.0]);
    assert_eq!(owned, [5.0, 6.0]);
    let mut array = [0.0; 2];
    array.accumulate(&owned);
    array.accumulate(&owned[..]);
    assert_eq!(array, [10.0, 12.0]);
}

#[test]
#[should_panic = "sequences of 2 and 1 components have different shapes"]
fn lengths_must_agree() {
    vec![1.0, 2.0].accumulate(&vec![1.0]);
}

#[test]
#[should_panic = "a tangent must be `Some` exactly where its value is"]
fn options_must_agree() {
    Some(1.0).add_tangent(&None);
}

#[cfg(feature = "nalgebra")]
mod matrices {
    use super::*;
    use nalgebra::{DMatrix, DVector, Matrix2, Matrix2x3, Vector3};

    #[test]
    fn owned() {
        assert_laws(Matrix2::new(1.0, 2.0, 3.0, 4.0), Matrix2::new(1.0, 0.0, 2.0, 1.0), Matrix2::from_element(0.5));
        assert_laws(
            DMatrix::from_row_slice(1, 2, &[1.0f32, 2.0]),
            DMatrix::from_row_slice(1, 2, &[3.0, 4.0]),
            DMatrix::from_row_slice(1, 2, &[5.0, 6.0]),
        );
        assert_laws(vec![Vector3::new(1.0, 2.0, 3.0)], vec![Vector3::x()], vec![Vector3::y()]);
        assert_eq!(Matrix2x3::<f64>::fixed_zero(), Some(Matrix2x3::zeros()));
        assert_eq!(DMatrix::<f64>::fixed_zero(), None);
        assert_eq!(nalgebra::Point2::<f64>::fixed_zero(), Some(nalgebra::Point2::origin()));
    }

    #[test]
    fn views_have_owned_tangents() {
        let mut m = Matrix2x3::from_element(1.0);
        let zero: DMatrix<f64> = m.view((0, 1), (2, 2)).zero_tangent();
        assert_eq!(zero, DMatrix::zeros(2, 2));
        m.view_mut((0, 1), (2, 2)).add_tangent(&DMatrix::identity(2, 2));
        assert_eq!(m, Matrix2x3::new(1.0, 2.0, 1.0, 1.0, 1.0, 2.0));
        m.column_mut(0).set_to_zero();
        m.column_mut(0).accumulate(&DVector::from_element(2, 7.0));
        assert_eq!(m, Matrix2x3::new(7.0, 2.0, 1.0, 7.0, 1.0, 2.0));
    }

    #[test]
    #[should_panic = "matrices of shapes (2, 1) and (1, 2)"]
    fn shapes_must_agree() {
        DMatrix::<f64>::zeros(2, 1).accumulate(&DMatrix::<f64>::zeros(1, 2));
    }
}
