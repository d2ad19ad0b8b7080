//! Random programs against their derivatives.
//!
//! A seed becomes a program of the supported language ([`generate`]), which is interpreted in dual numbers ([`interpret`])
//! and printed as Rust ([`mod@print`]). Many programs make a crate ([`batch`]), whose generated forward and reverse modes are
//! compared with the interpretation ([`compare`]). What disagrees is made small before it is reported ([`shrink`]).
//!
//! The same seed always gives the same program.

#![allow(missing_docs, reason = "a test program, not a library")]
#![allow(clippy::large_enum_variant, clippy::collapsible_match, reason = "clarity counts more than size or speed here")]

pub mod ast;
pub mod batch;
pub mod compare;
pub mod dual;
pub mod generate;
pub mod interpret;
pub mod jacobians;
pub mod print;
pub mod random;
pub mod shrink;

use ast::Program;
use compare::Failure;

/// A program that its derivatives do not agree with.
#[derive(Clone)]
pub struct Finding {
    /// What it was generated from.
    pub seed: u64,
    /// The program.
    pub program: Program,
    /// What is wrong.
    pub failure: Failure,
}

impl Finding {
    /// The smallest program that fails in the same way.
    pub fn shrunk(&self, crates: &batch::Crates) -> Self {
        match compare::Case::of(self.program.clone(), self.seed) {
            Some(case) => {
                let (program, failure) = shrink::shrink(&case, self.failure.clone(), crates);
                Self { seed: self.seed, program, failure }
            }
            None => self.clone(),
        }
    }
}

/// Checks programs from consecutive seeds, in batches; returns how many were checked and what was found.
pub fn check(first: u64, programs: usize, batch: usize, crates: &batch::Crates) -> (usize, Vec<Finding>) {
    let mut seed = first;
    let mut checked = 0;
    let mut findings = Vec::new();
    while checked < programs {
        let mut cases = Vec::new();
        while cases.len() < batch.min(programs - checked) {
            let program = generate::generate(seed);
            if let Some(case) = compare::Case::of(program, seed) {
                cases.push(case);
            }
            seed += 1;
        }
        checked += cases.len();
        for (case, failure) in compare::failures(&cases, crates) {
            findings.push(Finding { seed: case.seed, program: case.program.clone(), failure });
        }
    }
    (checked, findings)
}
