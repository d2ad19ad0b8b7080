//! Parts of a text, which carry no derivative.
//!
//! The macro sees the name of a method and not its receiver. A loop over `x.lines()` or `x.split(' ')` reads them from a list; generated
//! code says so to rustc, and a method of the user's with such a name that gives anything else is an error.

use alloc::vec::Vec;

/// A part of a text.
#[diagnostic::on_unimplemented(
    message = "a loop over what is named like the parts of a text gives `{Self}`, and its derivative would be lost",
    label = "`{Self}` may carry a derivative",
    note = "give the method another name, or loop over the indices of a list"
)]
pub trait Text {}

implement!(Text for &str, char, u8);

impl<T: Text> Text for (usize, T) {}

/// The parts in a list.
#[inline]
pub fn texts<I: Iterator>(parts: I) -> Vec<I::Item>
where
    I::Item: Text,
{
    parts.collect()
}
