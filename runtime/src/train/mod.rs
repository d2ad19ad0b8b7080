//! Training: shuffled minibatches, one step of an optimiser for each, metrics by epoch.

mod batches;
mod progress;

pub use batches::minibatches;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::error::{Error, Result};
use crate::optim::Optimizer;
use crate::{Differentiable, Retract};
use progress::Progress;

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Training {
    /// How often every example is seen.
    pub epochs: usize,
    /// The number of examples of a batch; the last one of an epoch may be smaller.
    pub batch: usize,
    /// The seed of the shuffling.
    pub seed: u64,
    /// Whether to show a progress bar; there is none where the output is no terminal.
    pub progress: bool,
}

/// What became of one epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Epoch<S> {
    /// Its number, from 1.
    pub number: usize,
    /// The mean loss of its batches, weighted by their sizes, each before its step.
    pub loss: f64,
    /// What was measured after it.
    pub metrics: S,
}

impl Training {
    /// Trains a model on `examples` examples.
    ///
    /// `gradient` gives the mean loss and its gradient on the examples with the given indices; `measure` is called after
    /// every epoch. The same seed gives the same batches.
    ///
    /// # Errors
    /// [`Error::Option`] for a batch size of zero, or if there are no examples.
    pub fn run<M, O, S>(
        &self,
        model: &mut M,
        optimizer: &O,
        examples: usize,
        mut gradient: impl FnMut(&M, &[usize]) -> (f64, <M as Differentiable>::Tangent),
        mut measure: impl FnMut(&M) -> S,
    ) -> Result<Vec<Epoch<S>>>
    where
        M: Retract,
        O: Optimizer<M>,
    {
        if self.batch == 0 {
            return Err(Error::Option { name: "the batch size", expected: "at least 1", value: 0.0 });
        }
        if examples == 0 {
            return Err(Error::Option { name: "the number of examples", expected: "at least 1", value: 0.0 });
        }
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        let mut state = optimizer.init(model);
        let progress = Progress::new(self.epochs, self.progress);
        let mut epochs = Vec::with_capacity(self.epochs);
        for number in 1..=self.epochs {
            let mut sum = 0.0;
            for batch in minibatches(examples, self.batch, &mut rng) {
                let (loss, gradient) = gradient(model, &batch);
                sum += loss * batch.len() as f64;
                optimizer.update(&mut state, model, &gradient);
            }
            let loss = sum / examples as f64;
            progress.advance(loss);
            epochs.push(Epoch { number, loss, metrics: measure(model) });
        }
        Ok(epochs)
    }
}
