//! Activity markers: how a caller tells a callee which arguments it differentiates.
//!
//! The linearisation of a differentiable function is generic over one marker an argument. [`Active`] lends a buffer
//! that the pullback increments (or a tangent); [`Inactive`] is a zero-sized sink, so that the work for that argument is
//! compiled out.

use alloc::vec::Vec;
use core::slice::SliceIndex;

/// Whether the caller differentiates with respect to one argument.
pub trait Activity: Copy + 'static {
    /// Whether the caller does.
    const IS_ACTIVE: bool;
    /// The tangent of an argument that is passed by value: `T`, or nothing.
    type Dot<T>;
    /// The tangent of an argument that is passed by shared reference: `&B`, or nothing.
    type SharedDot<'b, B: ?Sized + 'b>;
    /// The buffer that the pullback increments: `&mut B`, or nothing.
    type Bar<'b, B: ?Sized + 'b>;

    /// The tangent, if there is one.
    fn value<T>(dot: Self::Dot<T>) -> Option<T>;

    /// The tangent, if there is one.
    fn shared<'b, B: ?Sized + 'b>(dot: Self::SharedDot<'b, B>) -> Option<&'b B>;

    /// A look at a tangent that was passed by value, if there is one.
    fn look<T>(dot: &Self::Dot<T>) -> Option<&T>;

    /// A look at a tangent that was lent, if there is one.
    fn look_behind<'a, 'b: 'a, B: ?Sized + 'b>(dot: &'a Self::SharedDot<'b, B>) -> Option<&'a B>;

    /// The buffer to increment, if there is one. The answer is known when the caller is compiled.
    fn open<'a, 'b, B: ?Sized + 'b>(bar: &'a mut Self::Bar<'b, B>) -> Option<&'a mut B>;

    /// Lends a tangent on.
    fn share<'b, P: ?Sized + Lent<C> + 'b, C: ?Sized + 'b>(dot: &'b P) -> Self::SharedDot<'b, C>;

    /// Lends a part of the buffer on.
    fn project<'a, 'b: 'a, B: ?Sized + 'b, P: ?Sized + Lend<C> + 'a, C: ?Sized + 'a>(
        bar: &'a mut Self::Bar<'b, B>,
        part: impl FnOnce(&'a mut B) -> &'a mut P,
    ) -> Self::Bar<'a, C>;

    /// Elements of the buffer.
    ///
    /// # Panics
    /// If there is a buffer, and it does not have them.
    fn part<'a, 'b: 'a, T: 'b>(
        bar: &'a mut Self::Bar<'b, [T]>,
        range: impl SliceIndex<[T], Output = [T]>,
    ) -> Self::Bar<'a, [T]>;

    /// Lends a buffer of the caller's own.
    fn local<'a, P: ?Sized + Lend<C>, C: ?Sized + 'a>(buffer: &'a mut P) -> Self::Bar<'a, C>;
}

/// The marker of an argument that the callee writes: its final cotangent, or its tangent, has to be lent.
#[diagnostic::on_unimplemented(message = "an argument that the callee writes has to be lent a cotangent")]
pub trait Required: Activity {
    /// The buffer.
    fn lent<'a, 'b, B: ?Sized + 'b>(bar: &'a mut Self::Bar<'b, B>) -> &'a mut B;
}

/// The marker of an argument that the callee does not differentiate.
#[diagnostic::on_unimplemented(
    message = "this call passes an active value to a parameter that is not differentiated",
    label = "its derivative would be lost here",
    note = "the callee excludes the parameter with `#[no_diff]` or `wrt(..)`: include it there, or pass a constant"
)]
pub trait Excluded: Activity {}

/// A buffer that can be lent as `C`: as it is, or a sequence as a slice, as the language coerces references.
pub trait Lend<C: ?Sized> {
    /// The same buffer.
    fn lend(&mut self) -> &mut C;
}

/// A tangent that can be lent as `C`, as [`Lend`] is for buffers.
pub trait Lent<C: ?Sized> {
    /// The same tangent.
    fn lent(&self) -> &C;
}

impl<C: ?Sized> Lent<C> for C {
    #[inline(always)]
    fn lent(&self) -> &C {
        self
    }
}

impl<T> Lent<[T]> for Vec<T> {
    #[inline(always)]
    fn lent(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> Lent<[T]> for [T; N] {
    #[inline(always)]
    fn lent(&self) -> &[T] {
        self
    }
}

impl<C: ?Sized> Lend<C> for C {
    #[inline(always)]
    fn lend(&mut self) -> &mut C {
        self
    }
}

impl<T> Lend<[T]> for Vec<T> {
    #[inline(always)]
    fn lend(&mut self) -> &mut [T] {
        self
    }
}

impl<T, const N: usize> Lend<[T]> for [T; N] {
    #[inline(always)]
    fn lend(&mut self) -> &mut [T] {
        self
    }
}

/// The caller lends a cotangent buffer or a tangent.
#[derive(Clone, Copy, Debug)]
pub struct Active;

/// The caller does not differentiate with respect to this argument.
#[derive(Clone, Copy, Debug)]
pub struct Inactive;

impl Activity for Active {
    const IS_ACTIVE: bool = true;
    type Dot<T> = T;
    type SharedDot<'b, B: ?Sized + 'b> = &'b B;
    type Bar<'b, B: ?Sized + 'b> = &'b mut B;

    #[inline(always)]
    fn value<T>(dot: T) -> Option<T> {
        Some(dot)
    }

    #[inline(always)]
    fn shared<'b, B: ?Sized + 'b>(dot: &'b B) -> Option<&'b B> {
        Some(dot)
    }

    #[inline(always)]
    fn look<T>(dot: &T) -> Option<&T> {
        Some(dot)
    }

    #[inline(always)]
    fn look_behind<'a, 'b: 'a, B: ?Sized + 'b>(dot: &'a &'b B) -> Option<&'a B> {
        Some(dot)
    }

    #[inline(always)]
    fn open<'a, 'b, B: ?Sized + 'b>(bar: &'a mut &'b mut B) -> Option<&'a mut B> {
        Some(bar)
    }

    #[inline(always)]
    fn share<'b, P: ?Sized + Lent<C> + 'b, C: ?Sized + 'b>(dot: &'b P) -> &'b C {
        dot.lent()
    }

    #[inline(always)]
    fn project<'a, 'b: 'a, B: ?Sized + 'b, P: ?Sized + Lend<C> + 'a, C: ?Sized + 'a>(
        bar: &'a mut &'b mut B,
        part: impl FnOnce(&'a mut B) -> &'a mut P,
    ) -> &'a mut C {
        part(bar).lend()
    }

    #[inline(always)]
    fn part<'a, 'b: 'a, T: 'b>(bar: &'a mut &'b mut [T], range: impl SliceIndex<[T], Output = [T]>) -> &'a mut [T] {
        &mut bar[range]
    }

    #[inline(always)]
    fn local<'a, P: ?Sized + Lend<C>, C: ?Sized + 'a>(buffer: &'a mut P) -> &'a mut C {
        buffer.lend()
    }
}

impl Required for Active {
    #[inline(always)]
    fn lent<'a, 'b, B: ?Sized + 'b>(bar: &'a mut &'b mut B) -> &'a mut B {
        bar
    }
}

impl Excluded for Inactive {}

impl Activity for Inactive {
    const IS_ACTIVE: bool = false;
    type Dot<T> = ();
    type SharedDot<'b, B: ?Sized + 'b> = ();
    type Bar<'b, B: ?Sized + 'b> = ();

    #[inline(always)]
    fn value<T>(_: ()) -> Option<T> {
        None
    }

    #[inline(always)]
    fn shared<'b, B: ?Sized + 'b>(_: ()) -> Option<&'b B> {
        None
    }

    #[inline(always)]
    fn look<T>((): &()) -> Option<&T> {
        None
    }

    #[inline(always)]
    fn look_behind<'a, 'b: 'a, B: ?Sized + 'b>((): &'a ()) -> Option<&'a B> {
        None
    }

    #[inline(always)]
    fn open<'a, 'b, B: ?Sized + 'b>(_: &'a mut ()) -> Option<&'a mut B> {
        None
    }

    #[inline(always)]
    fn share<'b, P: ?Sized + Lent<C> + 'b, C: ?Sized + 'b>(_: &'b P) {}

    #[inline(always)]
    fn project<'a, 'b: 'a, B: ?Sized + 'b, P: ?Sized + Lend<C> + 'a, C: ?Sized + 'a>(
        _: &'a mut (),
        _: impl FnOnce(&'a mut B) -> &'a mut P,
    ) {
    }

    #[inline(always)]
    fn part<'a, 'b: 'a, T: 'b>(_: &'a mut (), _: impl SliceIndex<[T], Output = [T]>) {}

    #[inline(always)]
    fn local<'a, P: ?Sized + Lend<C>, C: ?Sized + 'a>(_: &'a mut P) {}
}
