//! Training and test sets.

use nalgebra::RealField;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::Dataset;
use crate::Real;
use crate::error::{Error, Result};

impl<T: Real + RealField> Dataset<T> {
    /// Two disjoint parts, of which the first holds `share` of every class, rounded; the examples are in random order.
    /// The same seed gives the same split.
    ///
    /// # Errors
    /// [`Error::Split`] if one part would be empty.
    pub fn split(&self, share: f64, seed: u64) -> Result<(Self, Self)> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for class in 0..self.classes {
            let mut members: Vec<usize> = (0..self.len()).filter(|&index| self.labels[index] == class).collect();
            members.shuffle(&mut rng);
            let count = (members.len() as f64 * share).round().clamp(0.0, members.len() as f64) as usize;
            second.extend(members.split_off(count));
            first.extend(members);
        }
        if first.is_empty() || second.is_empty() {
            return Err(Error::Split { share, examples: self.len() });
        }
        first.shuffle(&mut rng);
        second.shuffle(&mut rng);
        Ok((self.select(&first), self.select(&second)))
    }
}

#[cfg(test)]
mod tests {
    use crate::data::Dataset;
    use nalgebra::DMatrix;

    fn dataset() -> Dataset<f64> {
        Dataset {
            inputs: DMatrix::from_fn(1, 40, |_, j| j as f64),
            labels: (0..40).map(|j| usize::from(j % 4 == 0)).collect(),
            classes: 2,
        }
    }

    #[test]
    fn the_parts_are_disjoint_and_stratified() {
        let data = dataset();
        let (train, test) = data.split(0.75, 5).unwrap();
        let count = |part: &Dataset<f64>, class| part.labels.iter().filter(|&&label| label == class).count();
        // 30 of class 0 (rounded from 22.5), 10 of class 1 (from 7.5)
        assert_eq!((count(&train, 0), count(&train, 1), count(&test, 0), count(&test, 1)), (23, 8, 7, 2));
        let mut all: Vec<f64> = train.inputs.iter().chain(test.inputs.iter()).copied().collect();
        all.sort_by(f64::total_cmp);
        assert_eq!(all, (0..40).map(f64::from).collect::<Vec<_>>());
        assert_eq!(data.split(0.75, 5).unwrap(), (train, test));
    }

    #[test]
    fn an_empty_part_is_an_error() {
        for share in [0.0, 1.0, f64::NAN] {
            assert!(dataset().split(share, 1).is_err(), "{share}");
        }
    }
}
