//! An order of products: what it costs, what it holds, how it is written.

use super::Chain;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{Display, Formatter, Result};

/// One product: J_last .. J_{split+1} times J_split .. J_first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first layer, which is the rightmost factor.
    pub first: usize,
    /// The last layer of the right factor.
    pub split: usize,
    /// The last layer, which is the leftmost factor.
    pub last: usize,
}

/// A complete bracketing of a chain, as the products that it carries out one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    chain: Chain,
    steps: Vec<Step>,
}

impl Order {
    /// `steps` form a bracketing, inner products first.
    pub(super) fn new(chain: Chain, steps: Vec<Step>) -> Self {
        Self { chain, steps }
    }

    /// The chain.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The products, each after those that make its factors.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The number of multiplications: d_last d_split d_{first-1} for each product.
    pub fn multiplications(&self) -> u128 {
        let width = |i: usize| self.chain.widths()[i] as u128;
        self.steps.iter().map(|step| width(step.last) * width(step.split) * width(step.first - 1)).sum()
    }

    /// The most numbers that are held at once.
    ///
    /// The layers are evaluated from the first to the last, and each then has its Jacobian. A product is made as soon as
    /// its factors are there, and they are dropped after it. So forward accumulation holds one Jacobian and the product
    /// so far, where reverse accumulation holds the Jacobians of all layers.
    pub fn memory(&self) -> u128 {
        let width = |i: usize| self.chain.widths()[i] as u128;
        let size = |first: usize, last: usize| width(last) * width(first - 1);
        let mut due: BTreeMap<usize, Vec<Step>> = BTreeMap::new();
        for &step in &self.steps {
            due.entry(step.last).or_default().push(step);
        }
        let (mut held, mut most) = (0, 0);
        for layer in 1..=self.chain.layers() {
            held += size(layer, layer);
            most = most.max(held);
            for Step { first, split, last } in due.remove(&layer).unwrap_or_default() {
                most = most.max(held + size(first, last));
                held = held + size(first, last) - size(first, split) - size(split + 1, last);
            }
        }
        most
    }
}

/// `(J4 J3) (J2 J1)`
impl Display for Order {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut written: BTreeMap<(usize, usize), String> = BTreeMap::new();
        let factor = |written: &mut BTreeMap<(usize, usize), String>, first: usize, last: usize| {
            written.remove(&(first, last)).map_or_else(|| format!("J{last}"), |product| format!("({product})"))
        };
        for &Step { first, split, last } in &self.steps {
            let (left, right) = (factor(&mut written, split + 1, last), factor(&mut written, first, split));
            written.insert((first, last), format!("{left} {right}"));
        }
        let whole = written.remove(&(1, self.chain.layers()));
        f.write_str(whole.as_deref().unwrap_or("J1"))
    }
}
