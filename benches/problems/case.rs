//! One problem of one size: what is timed.

use std::hint::black_box;

/// Runs one of the variants that many times and returns the last value of the objective.
pub type Run = Box<dyn FnMut(usize) -> f64>;

/// A problem with its inputs.
pub struct Case {
    /// What it is called on the command line.
    pub name: String,
    /// The function alone.
    pub primal: Run,
    /// The function and its gradient as generated, into buffers that are used again (`grad_into`).
    pub generated: Run,
    /// The function and its gradient by hand, into the same kind of buffers.
    pub by_hand: Run,
    /// A product of the Hessian with a vector, as generated (`hvp`): of problems with `order = 2`.
    pub product: Option<Run>,
}

/// A run of `once`, compiled as a loop around it: a call through a pointer would be felt in the smallest problems.
pub fn repeat(mut once: impl FnMut() -> f64 + 'static) -> Run {
    Box::new(move |times| {
        let mut value = f64::NAN;
        for _ in 0..times {
            value = black_box(once());
        }
        value
    })
}

impl Case {
    /// The variants with the names that they have on the command line.
    pub fn variants(&mut self) -> Vec<(&'static str, &mut Run)> {
        let first = [("primal", &mut self.primal), ("generated", &mut self.generated), ("by-hand", &mut self.by_hand)];
        first.into_iter().chain(self.product.as_mut().map(|product| ("product", product))).collect()
    }
}
