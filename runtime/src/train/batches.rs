//! Shuffled minibatches.

use rand::Rng;
use rand::seq::SliceRandom;

/// The indices `0..examples` in random order, cut into batches of `size`; the last one may be smaller.
///
/// # Panics
/// If `size` is zero.
pub fn minibatches(examples: usize, size: usize, rng: &mut impl Rng) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..examples).collect();
    order.shuffle(rng);
    order.chunks(size).map(<[usize]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::minibatches;
    use rand::SeedableRng;

    #[test]
    fn every_example_is_in_one_batch() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let batches = minibatches(10, 4, &mut rng);
        assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
        let mut all: Vec<usize> = batches.concat();
        assert_ne!(all, (0..10).collect::<Vec<_>>());
        all.sort_unstable();
        assert_eq!(all, (0..10).collect::<Vec<_>>());
    }
}
