//! Residuals: the primal values that a loop saves for its reverse sweep.
//!
//! The forward sweep pushes; the reverse sweep pops in the opposite order through a [`Rewind`], which borrows, so that a
//! pullback can run any number of times over the same residuals.

use alloc::vec::Vec;

use crate::differentiable::{Differentiable, Tangent};
use crate::heap;

/// The residuals of one variable, in the order in which the forward sweep produced them.
///
/// A stack that is emptied keeps its items until others take their places, so that their memory is used again.
#[derive(Clone, Debug)]
pub struct Stack<T> {
    items: Vec<T>,
    len: usize,
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
        Self { items: Vec::new(), len: 0 }
    }

    /// An empty stack with room for the residuals of a loop whose trip count is known.
    #[inline]
    pub fn with_capacity(capacity: usize) -> Self {
        heap::expect(capacity.saturating_mul(size_of::<T>()));
        Self { items: Vec::with_capacity(capacity), len: 0 }
    }

    /// An empty stack with room for the residuals of a loop.
    #[inline]
    pub fn with_room_for(iterations: &impl Iterator) -> Self {
        Self::with_capacity(iterations.size_hint().0)
    }

    /// Room for the residuals of a loop that is about to start.
    #[inline]
    pub fn make_room_for(&mut self, iterations: &impl Iterator) {
        make_room(&mut self.items, iterations.size_hint().0);
    }

    /// Saves a residual.
    #[inline]
    pub fn push(&mut self, item: T) {
        match self.items.get_mut(self.len) {
            Some(old) => *old = item,
            None => add(&mut self.items, item),
        }
        self.len += 1;
    }

    /// Saves a copy of a value, in the memory of an earlier residual if there is one.
    #[inline]
    pub fn push_copy(&mut self, item: &T)
    where
        T: Clone,
    {
        match self.items.get_mut(self.len) {
            Some(old) => old.clone_from(item),
            None => add(&mut self.items, item.clone()),
        }
        self.len += 1;
    }

    /// Empties the stack for the next iteration of a loop.
    #[inline]
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Starts a reverse sweep at the newest residual.
    #[inline]
    pub fn rewind(&self) -> Rewind<'_, T> {
        Rewind { items: &self.items[..self.len] }
    }
}

#[inline]
fn add<T>(items: &mut Vec<T>, item: T) {
    if items.len() == items.capacity() {
        make_room_for_one(items);
    }
    items.push(item);
}

#[cold]
#[inline(never)]
fn make_room_for_one<T>(items: &mut Vec<T>) {
    make_room(items, 1);
}

#[inline]
fn make_room<T>(items: &mut Vec<T>, more: usize) {
    items.reserve(more);
    heap::expect(items.capacity().saturating_mul(size_of::<T>()));
}

/// The zero cotangents of values that the reverse sweep does not have: none is kept where their type tells the shape.
#[derive(Clone, Debug)]
pub struct Zeros<T> {
    kept: Stack<T>,
}

impl<T> Default for Zeros<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Zeros<T> {
    /// Nothing yet.
    #[inline]
    pub const fn new() -> Self {
        Self { kept: Stack::new() }
    }

    /// Saves the zero of the shape of a value.
    #[inline]
    pub fn push(&mut self, value: &(impl Differentiable<Tangent = T> + ?Sized))
    where
        T: Tangent,
    {
        if T::fixed_zero().is_none() {
            self.kept.push(value.zero_tangent());
        }
    }

    /// Empties it for the next iteration of a loop around.
    #[inline]
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Starts a reverse sweep at the newest zero.
    #[inline]
    pub fn rewind(&self) -> ZerosAgain<'_, T> {
        ZerosAgain { kept: self.kept.rewind() }
    }
}

/// One reverse sweep over [`Zeros`].
#[derive(Clone, Debug)]
pub struct ZerosAgain<'a, T> {
    kept: Rewind<'a, T>,
}

impl<T: Tangent> ZerosAgain<'_, T> {
    /// The newest zero that this sweep has not seen.
    ///
    /// # Panics
    /// If the sweep pops more than was pushed, which generated code never does.
    #[inline]
    pub fn pop(&mut self) -> T {
        T::fixed_zero().unwrap_or_else(|| self.kept.pop().clone())
    }
}

/// The residual of a branch, which is saved once or not at all: without memory of its own.
#[derive(Clone, Debug)]
pub struct Slot<T> {
    item: Option<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Slot<T> {
    /// Nothing yet.
    #[inline]
    pub const fn new() -> Self {
        Self { item: None }
    }

    /// Saves the residual.
    #[inline]
    pub fn push(&mut self, item: T) {
        debug_assert!(self.item.is_none(), "a branch saved a residual twice");
        self.item = Some(item);
    }

    /// Saves a copy of a value.
    #[inline]
    pub fn push_copy(&mut self, item: &T)
    where
        T: Clone,
    {
        self.push(item.clone());
    }

    /// Starts a reverse sweep.
    #[inline]
    pub fn rewind(&self) -> Rewind<'_, T> {
        Rewind { items: self.item.as_slice() }
    }
}

/// The residuals of a loop whose trip count is written in the source: without memory of their own.
#[derive(Clone, Debug)]
pub struct Array<T, const N: usize> {
    items: [T; N],
    len: usize,
}

impl<T: Copy + Default, const N: usize> Default for Array<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Copy + Default, const N: usize> Array<T, N> {
    /// Nothing yet.
    #[inline]
    pub fn new() -> Self {
        Self { items: [T::default(); N], len: 0 }
    }

    /// Saves a residual.
    #[inline]
    pub fn push(&mut self, item: T) {
        // a loop pushes as often as its bounds say
        debug_assert!(self.len < N, "a loop saved more residuals than it has iterations");
        if let Some(slot) = self.items.get_mut(self.len) {
            *slot = item;
            self.len += 1;
        }
    }

    /// Empties it for the next iteration of a loop around.
    #[inline]
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Starts a reverse sweep at the newest residual.
    #[inline]
    pub fn rewind(&self) -> Rewind<'_, T> {
        Rewind { items: &self.items[..self.len] }
    }
}

/// What stands in a place to which nothing has been saved.
///
/// It is something else than zeros on purpose: zeroed memory comes from a slower part of some allocators.
pub trait Blank: Copy {
    /// Not a number, where there is such a value.
    const BLANK: Self;
}

macro_rules! blank {
    ($value:ident: $($t:ident)*) => { $(impl Blank for $t { const BLANK: Self = $t::$value; })* };
}

blank!(NAN: f32 f64);
blank!(MAX: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl Blank for bool {
    const BLANK: Self = true;
}

impl<T: Blank> Stack<T> {
    /// Places for the residuals of a loop that is about to start, one for each iteration.
    #[inline]
    pub fn frame(&mut self, iterations: &impl Iterator) -> &mut [T] {
        let (start, length) = (self.len, iterations.size_hint().0);
        self.len = start + length;
        if self.items.capacity() == 0 {
            self.items = alloc::vec![T::BLANK; self.len];
            heap::expect(self.len.saturating_mul(size_of::<T>()));
        } else if self.len > self.items.len() {
            self.items.resize(self.len, T::BLANK);
        }
        // its length is visibly that of the loop
        &mut self.items[start..][..length]
    }
}

/// One reverse sweep over a [`Stack`], a [`Slot`] or an [`Array`].
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

    /// What the iterations of a loop saved, in the order in which they ran forward.
    ///
    /// # Panics
    /// If the sweep asks for more than was saved, which generated code never does.
    #[inline]
    pub fn frame(&mut self, iterations: &impl Iterator) -> &'a [T] {
        let length = iterations.size_hint().0;
        let (rest, frame) = self.items.split_at(self.items.len() - length);
        self.items = rest;
        &frame[..length]
    }
}
