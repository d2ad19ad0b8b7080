//! What moves the elements of a sequence, where the standard library has no name for it.
//!
//! Sorting is split in two: the order, which only compares and carries no derivative, and the permutation, which is
//! linear. The transposes of `swap_remove` and `copy_within` are here too.

use alloc::collections::VecDeque;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::{Bound, RangeBounds};

/// The order in which a stable sort puts the elements: position `i` of the result is that of element `order[i]`.
pub fn sort_order<T>(items: &[T], mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| compare(&items[a], &items[b]));
    order
}

/// The same, by a key.
pub fn sort_order_by_key<T, K: Ord>(items: &[T], mut key: impl FnMut(&T) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&index| key(&items[index]));
    order
}

/// `y_i = x_{order[i]}`, in place.
///
/// # Panics
/// If `order` is no permutation of the positions.
pub fn permute<T>(items: &mut [T], order: &[usize]) {
    assert!(items.len() == order.len(), "an order of {} positions for {} elements", order.len(), items.len());
    let mut placed = vec![false; order.len()];
    for start in 0..order.len() {
        // along a cycle every swap puts one element where it belongs
        let mut at = start;
        while !placed[at] {
            placed[at] = true;
            let from = order[at];
            if from != start {
                items.swap(at, from);
            }
            at = from;
        }
    }
}

/// The inverse, and the transpose, of [`permute`]: `x_{order[i]} = y_i`.
///
/// # Panics
/// If `order` is no permutation of the positions.
pub fn unpermute<T>(items: &mut [T], order: &[usize]) {
    let mut inverse = vec![0; order.len()];
    for (position, &from) in order.iter().enumerate() {
        inverse[from] = position;
    }
    permute(items, &inverse);
}

/// Lets what `pop_front` gave enter again at the front.
#[inline]
pub fn extend_front<T>(items: &mut VecDeque<T>, popped: Option<T>) {
    if let Some(item) = popped {
        items.push_front(item);
    }
}

/// Puts an element back where `swap_remove` took it: the transpose of `swap_remove`.
///
/// # Panics
/// If `index` is greater than the length.
pub fn swap_insert<T>(items: &mut Vec<T>, index: usize, item: T) {
    items.push(item);
    let last = items.len() - 1;
    items.swap(index, last);
}

/// The transpose of `copy_within(from, to)`: the cotangents of the copies move back to what they are copies of, and
/// zeros remain in their place.
///
/// # Panics
/// If a range is out of bounds.
pub fn copy_back<T: crate::Tangent>(items: &mut [T], from: impl RangeBounds<usize>, to: usize) {
    let start = match from.start_bound() {
        Bound::Included(&start) => start,
        Bound::Excluded(&start) => start + 1,
        Bound::Unbounded => 0,
    };
    let end = match from.end_bound() {
        Bound::Included(&end) => end + 1,
        Bound::Excluded(&end) => end,
        Bound::Unbounded => items.len(),
    };
    let copies = items[to..to + (end - start)].to_vec();
    items[to..to + (end - start)].iter_mut().for_each(T::set_to_zero);
    for (item, copy) in items[start..end].iter_mut().zip(&copies) {
        item.accumulate(copy);
    }
}

#[cfg(test)]
mod tests {
    use super::{permute, sort_order, swap_insert, unpermute};
    use alloc::vec::Vec;

    #[test]
    fn sorting_is_a_permutation() {
        let items = [3.0, 1.0, 2.0, 1.0, 5.0, -4.0];
        let order = sort_order(&items, f64::total_cmp);
        let (mut moved, mut sorted) = (items, items);
        permute(&mut moved, &order);
        sorted.sort_by(f64::total_cmp);
        assert_eq!(moved, sorted);
        unpermute(&mut moved, &order);
        assert_eq!(moved, items);
        assert!(
            order.windows(2).all(|pair| items[pair[0]] < items[pair[1]] || pair[0] < pair[1]),
            "ties keep their order"
        );
    }

    #[test]
    fn swap_insert_undoes_swap_remove() {
        for index in 0..4 {
            let mut items: Vec<u8> = (0..4).collect();
            let removed = items.swap_remove(index);
            swap_insert(&mut items, index, removed);
            assert_eq!(items, [0, 1, 2, 3]);
        }
    }
}
