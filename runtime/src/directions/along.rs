//! Tangents of compound values whose floats have a direction as their tangent.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Columns, Lanes};

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

    /// The tangent whose components are all the same.
    fn filled(&self, component: D) -> Self::Tangent
    where
        D: Copy;

    /// Calls `each` with the components of a tangent, in order.
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D));
}

/// The zero tangent of the shape of a value.
#[inline]
pub fn zeros<D: Along<D, Tangent = D> + Copy, V: Along<D> + ?Sized>(value: &V, zero: D) -> V::Tangent {
    value.filled(zero)
}

/// The number of components of a value's tangent.
#[inline]
pub fn count<D: Along<D, Tangent = D> + Default, V: Along<D> + ?Sized>(value: &V) -> usize {
    let mut components = 0;
    value.along(&mut || {
        components += 1;
        D::default()
    });
    components
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
                fn filled(&self, component: $direction) -> $direction
                where
                    $direction: Copy,
                {
                    component
                }

                #[inline(always)]
                fn components(tangent: &$direction, each: &mut dyn FnMut(&$direction)) {
                    each(tangent);
                }
            }
        )*
    };
}

// a direction is its own tangent
scalar! {
    [D] D, f64;
    [D] D, f32;
    [T, const N: usize] Lanes<T, N>, Lanes<T, N>;
    [const W: usize] Columns<W>, Columns<W>
}

macro_rules! inert {
    ($($value:ty),*) => {
        $(
            impl<D> Along<D> for $value {
                type Tangent = ();

                #[inline(always)]
                fn along(&self, _: &mut dyn FnMut() -> D) {}

                #[inline(always)]
                fn filled(&self, _: D)
                where
                    D: Copy,
                {
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
    fn filled(&self, component: D) -> Self::Tangent
    where
        D: Copy,
    {
        self.iter().map(|value| value.filled(component)).collect()
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        tangent.iter().for_each(|part| V::components(part, each));
    }
}

impl<D, V: Along<D>> Along<D> for Vec<V> {
    type Tangent = Vec<V::Tangent>;

    #[inline]
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
        self.as_slice().along(seed)
    }

    #[inline]
    fn filled(&self, component: D) -> Self::Tangent
    where
        D: Copy,
    {
        self.as_slice().filled(component)
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        <[V]>::components(tangent, each);
    }
}

impl<D, V: Along<D>, const N: usize> Along<D> for [V; N] {
    type Tangent = [V::Tangent; N];

    #[inline]
    fn along(&self, seed: &mut dyn FnMut() -> D) -> Self::Tangent {
        self.each_ref().map(|value| value.along(seed))
    }

    #[inline]
    fn filled(&self, component: D) -> Self::Tangent
    where
        D: Copy,
    {
        core::array::from_fn(|at| self[at].filled(component))
    }

    #[inline]
    fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
        tangent.iter().for_each(|part| V::components(part, each));
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
                fn filled(&self, component: D) -> Self::Tangent
                where
                    D: Copy,
                {
                    (**self).filled(component)
                }

                #[inline]
                fn components(tangent: &Self::Tangent, each: &mut dyn FnMut(&D)) {
                    V::components(tangent, each);
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
    fn filled(&self, component: D) -> Self::Tangent
    where
        D: Copy,
    {
        self.as_ref().map(|value| value.filled(component))
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
            fn filled(&self, _component: Dir) -> Self::Tangent
            where
                Dir: Copy,
            {
                ($(self.$index.filled(_component),)*)
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
