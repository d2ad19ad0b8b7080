//! Up to which order a function is differentiated.

/// The companion of a function with `order = N` or higher.
#[diagnostic::on_unimplemented(
    message = "the derivatives of order {N} of `{Self}` are missing, which is called in a function with `order = {N}`",
    label = "called here",
    note = "write `#[differentiable(order = {N})]` before `{Self}`"
)]
pub trait HasOrder<const N: usize> {}

/// A callee has to be differentiated to this order.
#[inline(always)]
pub const fn has_order<const N: usize, F: HasOrder<N>>() {}
