//! Residuals: the primal values that a loop saves for its reverse sweep.
//!
//! The forward sweep pushes; the reverse sweep pops in the opposite order through a [`Rewind`], which borrows, so that a
//! pullback can run any number of times over the same residuals.

use alloc::vec::Vec;

/// The residuals of one variable, in the order in which the forward sweep produced them.
#[derive(Clone, Debug)]
pub struct Stack<T> {
    items: Vec<T>,
}

impl<T> Default for Stack<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Stack<T> {
    /// An empty stack; it allocates at the first push.
    #[inline]
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// An empty stack with room for the residuals of a loop whose trip count is known.
    #[inline]
    pub fn with_capacity(capacity: usize) -> Self {
        Self { items: Vec::with_capacity(capacity) }
    }

    /// Saves a residual.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Starts a reverse sweep at the newest residual.
    #[inline]
    pub fn rewind(&self) -> Rewind<'_, T> {
        Rewind { items: &self.items }
    }
}

/// One reverse sweep over a [`Stack`].
#[derive(Clone, Debug)]
pub struct Rewind<'a, T> {
    items: &'a [T],
}

impl<'a, T> Rewind<'a, T> {
    /// The newest residual that this sweep has not seen.
    ///
    /// # Panics
    /// If the sweep pops more than was pushed, which generated code never does.
    #[inline]
    pub fn pop(&mut self) -> &'a T {
        match self.items.split_last() {
            Some((last, rest)) => {
                self.items = rest;
                last
            }
            None => panic!("the reverse sweep asked for more residuals than the forward sweep saved"),
        }
    }
}
