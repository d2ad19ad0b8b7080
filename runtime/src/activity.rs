//! Activity markers: how a caller tells a callee which arguments it differentiates.
//!
//! The linearisation of a differentiable function is generic over one marker an argument. [`Active`] lends a buffer
//! that the pullback increments; [`Inactive`] is a zero-sized sink, so that the work for that argument is compiled out.

/// Whether the caller differentiates with respect to one argument.
pub trait Activity: Copy {
    /// What the pullback receives for the argument: `&mut B`, or nothing.
    type Bar<'b, B: ?Sized + 'b>;

    /// The buffer to increment, if there is one. The answer is known when the caller is compiled.
    fn open<'a, 'b, B: ?Sized + 'b>(bar: &'a mut Self::Bar<'b, B>) -> Option<&'a mut B>;

    /// Lends a part of the buffer on.
    fn project<'a, 'b: 'a, B: ?Sized + 'b, C: ?Sized + 'a>(
        bar: &'a mut Self::Bar<'b, B>,
        part: impl FnOnce(&'a mut B) -> &'a mut C,
    ) -> Self::Bar<'a, C>;
}

/// The caller lends a cotangent buffer, which is incremented.
#[derive(Clone, Copy, Debug)]
pub struct Active;

/// The caller does not differentiate with respect to this argument.
#[derive(Clone, Copy, Debug)]
pub struct Inactive;

impl Activity for Active {
    type Bar<'b, B: ?Sized + 'b> = &'b mut B;

    #[inline(always)]
    fn open<'a, 'b, B: ?Sized + 'b>(bar: &'a mut Self::Bar<'b, B>) -> Option<&'a mut B> {
        Some(bar)
    }

    #[inline(always)]
    fn project<'a, 'b: 'a, B: ?Sized + 'b, C: ?Sized + 'a>(
        bar: &'a mut Self::Bar<'b, B>,
        part: impl FnOnce(&'a mut B) -> &'a mut C,
    ) -> Self::Bar<'a, C> {
        part(bar)
    }
}

impl Activity for Inactive {
    type Bar<'b, B: ?Sized + 'b> = ();

    #[inline(always)]
    fn open<'a, 'b, B: ?Sized + 'b>(_: &'a mut Self::Bar<'b, B>) -> Option<&'a mut B> {
        None
    }

    #[inline(always)]
    fn project<'a, 'b: 'a, B: ?Sized + 'b, C: ?Sized + 'a>(
        _: &'a mut Self::Bar<'b, B>,
        _: impl FnOnce(&'a mut B) -> &'a mut C,
    ) -> Self::Bar<'a, C> {
    }
}
