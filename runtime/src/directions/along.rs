//! Tangents of compound values whose floats have a direction as their tangent.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Columns, Lanes, Traced, Zero};
use crate::real::Real;

/// A value that is made of floats, whose tangent has the same parts with a direction `D` for each float.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no tangent along several directions at once",
    label = "this value reaches a derivative",
    note = "floats, tuples, arrays, slices and `Vec` have one; take the fields of a struct, or the entries of a matrix, as such"
)]
pub trait Along<D> {
    /// The tangent, owned.
    type Tangent;

    /// The tangent whose components the seeds are, in order.
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent;

    /// The zero tangent of the shape of the value.
    fn zeros(&self) -> Self::Tangent;

    /// The number of components of the tangent.
    fn count(&self) -> usize;

    /// Calls `each` with the components of a tangent, in order.
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D));

    /// The components of a tangent, if they stand side by side.
    #[inline]
    fn side_by_side(tangent: &Self::Tangent) -> Option<&[D]> {
        Self::all_side_by_side(core::slice::from_ref(tangent))
    }

    /// The components of several tangents, if they stand side by side.
    #[inline]
    fn all_side_by_side(_: &[Self::Tangent]) -> Option<&[D]> {
        None
    }
}

/// The components of a tangent of a `V`, in order, copied only where they are not side by side.
#[inline]
pub fn components<V: Along<D> + ?Sized, D: Clone>(tangent: &V::Tangent) -> Cow<'_, [D]> {
    V::side_by_side(tangent).map_or_else(
        || {
            let mut components = Vec::new();
            V::components(tangent, &mut |component| components.push(component.clone()));
            Cow::Owned(components)
        },
        Cow::Borrowed,
    )
}

/// The zero tangent of the shape of a value.
#[inline]
pub fn zeros<D, V: Along<D> + ?Sized>(value: &V) -> V::Tangent {
    value.zeros()
}

/// The most components that are asked whether they are zero: of a larger value, a function may read little.
const FEW: usize = 16;

/// A value whose tangent may tell that it is zero.
pub trait Telling<D: Zero>: Along<D> {
    /// Whether tangents are asked. Known when the caller is compiled, so that what else would follow is not.
    const ASKED: bool = D::TELLS && size_of::<Self::Tangent>() <= FEW * size_of::<D>();

    /// Whether a tangent tells that it is zero.
    #[inline(always)]
    fn is_known_zero(tangent: Option<&Self::Tangent>) -> bool {
        tangent.and_then(Self::side_by_side).is_some_and(|components| components.iter().all(D::is_known_zero))
    }
}

impl<D: Zero, V: Along<D> + ?Sized> Telling<D> for V {}

/// The number of components of a value's tangent.
#[inline]
pub fn count<D, V: Along<D> + ?Sized>(value: &V) -> usize {
    value.count()
}

macro_rules! scalar {
    ($([$($generics:tt)*] $direction:ty, $value:ty);*) => {
        $(
            impl<$($generics)*> Along<$direction> for $value {
                type Tangent = $direction;

                #[inline(always)]
                fn along(&self, seed: &mut dyn FnMut() -> $direction) -> $direction {
                    seed()
                }

                #[inline(always)]
                fn zeros(&self) -> $direction {
                    <$direction as Zero>::ZERO
                }

                #[inline(always)]
                fn count(&self) -> usize {
                    1
                }

                #[inline(always)]
                fn components(tangent: &$direction, each: &mut dyn FnMut(&$direction)) {
                    each(tangent);
                }

                #[inline(always)]
                fn all_side_by_side(tangents: &[$direction]) -> Option<&[$direction]> {
                    Some(tangents)
                }
            }
        )*
    };
}

// a direction is its own tangent
scalar! {
    [D: Zero] D, f64;
    [D: Zero] D, f32;
    [T: Real, const N: usize] Lanes<T, N>, Lanes<T, N>;
    [const W: usize] Columns<W>, Columns<W>;
    [A: Zero, const W: usize] Traced<A, W>, Traced<A, W>
}

macro_rules! inert {
    ($($value:ty),*) => {
        $(
            impl<D> Along<D> for $value {
                type Tangent = ();

                #[inline(always)]
                fn along(&self, _: &mut dyn FnMut() -> D) {}

                #[inline(always)]
                fn zeros(&self) {}

                #[inline(always)]
                fn count(&self) -> usize {
                    0
                }

                #[inline(always)]
                fn components((): &(), _: &mut dyn FnMut(&D)) {}
            }
        )*
    };
}

inert!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, bool, char, str);

impl<D, V: Along<D>> Along<D> for [V] {
    type Tangent = Vec<V::Tangent>;

    #[inline]
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
        self.iter().map(|value| value.along(seed)).collect()
    }

    #[inline]
    fn zeros(&self) -> Self::Tangent {
        self.iter().map(V::zeros).collect()
    }

    #[inline]
    fn count(&self) -> usize {
        self.iter().map(V::count).sum()
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        tangent.iter().for_each(|part| V::components(part, each));
    }

    #[inline]
    fn side_by_side(tangent: &Self::Tangent) -> Option<&[D]> {
        V::all_side_by_side(tangent)
    }
}

impl<D, V: Along<D>> Along<D> for Vec<V> {
    type Tangent = Vec<V::Tangent>;

    #[inline]
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
        self.as_slice().along(seed)
    }

    #[inline]
    fn zeros(&self) -> Self::Tangent {
        self.as_slice().zeros()
    }

    #[inline]
    fn count(&self) -> usize {
        <[V] as Along<D>>::count(self)
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        <[V]>::components(tangent, each);
    }

    #[inline]
    fn side_by_side(tangent: &Self::Tangent) -> Option<&[D]> {
        V::all_side_by_side(tangent)
    }
}

impl<D, V: Along<D>, const N: usize> Along<D> for [V; N] {
    type Tangent = [V::Tangent; N];

    #[inline]
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
        core::array::from_fn(|at| self[at].along(seed))
    }

    #[inline]
    fn zeros(&self) -> Self::Tangent {
        core::array::from_fn(|at| self[at].zeros())
    }

    #[inline]
    fn count(&self) -> usize {
        <[V] as Along<D>>::count(self)
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        tangent.iter().for_each(|part| V::components(part, each));
    }

    #[inline]
    fn all_side_by_side(tangents: &[Self::Tangent]) -> Option<&[D]> {
        V::all_side_by_side(tangents.as_flattened())
    }
}

macro_rules! pointer {
    ($($value:ty),*) => {
        $(
            impl<D, V: Along<D> + ?Sized> Along<D> for $value {
                type Tangent = V::Tangent;

                #[inline]
                fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
                    (**self).along(seed)
                }

                #[inline]
                fn zeros(&self) -> Self::Tangent {
                    (**self).zeros()
                }

                #[inline]
                fn count(&self) -> usize {
                    (**self).count()
                }

                #[inline]
                fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
                    V::components(tangent, each);
                }

                #[inline]
                fn side_by_side(tangent: &Self::Tangent) -> Option<&[D]> {
                    V::side_by_side(tangent)
                }

                #[inline]
                fn all_side_by_side(tangents: &[Self::Tangent]) -> Option<&[D]> {
                    V::all_side_by_side(tangents)
                }
            }
        )*
    };
}

pointer!(&V, &mut V, Box<V>);

impl<D, V: Along<D>> Along<D> for Option<V> {
    type Tangent = Option<V::Tangent>;

    #[inline]
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
        self.as_ref().map(|value| value.along(seed))
    }

    #[inline]
    fn zeros(&self) -> Self::Tangent {
        self.as_ref().map(V::zeros)
    }

    #[inline]
    fn count(&self) -> usize {
        self.as_ref().map_or(0, V::count)
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        if let Some(part) = tangent {
            V::components(part, each);
        }
    }
}

macro_rules! tuple {
    ($($name:ident . $index:tt),*) => {
        #[allow(clippy::unused_unit)]
        impl<Dir, $($name: Along<Dir>),*> Along<Dir> for ($($name,)*) {
            type Tangent = ($($name::Tangent,)*);

            #[inline]
            fn along(&self, _seed: &mut dyn FnMut() -> Dir) -> Self::Tangent {
                ($(self.$index.along(_seed),)*)
            }

            #[inline]
            fn zeros(&self) -> Self::Tangent {
                ($(self.$index.zeros(),)*)
            }

            #[inline]
            fn count(&self) -> usize {
                0 $(+ self.$index.count())*
            }

            #[inline]
            fn components(_tangent: &Self::Tangent, _each: &mut dyn FnMut(&Dir)) {
                $($name::components(&_tangent.$index, _each);)*
            }
        }
    };
}

tuple!();
tuple!(A.0);
tuple!(A.0, B.1);
tuple!(A.0, B.1, C.2);
tuple!(A.0, B.1, C.2, D.3);
tuple!(A.0, B.1, C.2, D.3, E.4);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6, H.7);

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    type Two = Lanes<f64, 2>;

    fn of<V: Along<Two> + ?Sized>(value: &V) -> (V::Tangent, usize, usize) {
        let zeros = zeros::<Two, V>(value);
        assert_eq!(count::<Two, V>(value), components::<V, Two>(&zeros).len());
        let (all, side_by_side) = (components::<V, Two>(&zeros).len(), V::side_by_side(&zeros).map_or(0, <[Two]>::len));
        (zeros, all, side_by_side)
    }

    /// Zeros have the shape of the value; their components stand side by side in lists and arrays of floats.
    #[test]
    fn zeros_by_shape() {
        let zero = Two::ZERO;
        assert_eq!(of(&1.0), (zero, 1, 1));
        assert_eq!(of(&[[1.0; 3]; 2]), ([[zero; 3]; 2], 6, 6));
        assert_eq!(of(&vec![[1.0; 2]; 3]), (vec![[zero; 2]; 3], 6, 6));
        assert_eq!(of([1.0, 2.0].as_slice()), (vec![zero; 2], 2, 2));
        assert_eq!(of(&[vec![1.0], vec![2.0; 2]]), ([vec![zero], vec![zero; 2]], 3, 0));
        assert_eq!(of(&([1.0; 2], 3.0, 4_u8)), (([zero; 2], zero, ()), 3, 0));
        assert_eq!(of(&[(1.0, 2.0); 2]), ([(zero, zero); 2], 4, 0));
        assert_eq!(of(&[Some(1.0), None]), ([Some(zero), None], 1, 0));
        assert_eq!(of(&&vec![1.0]), (vec![zero], 1, 1));
        assert_eq!(of(&[&1.0, &2.0]), ([zero; 2], 2, 2));
    }
}
