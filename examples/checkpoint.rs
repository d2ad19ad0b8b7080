//! Peak memory of a gradient through a long time loop: everything kept, blocks, and the binomial schedule.
//!
//! A chain of 64 pendulums is pushed once and followed over n steps; the gradient of its energy by the push is the same in all
//! three cases, bit for bit, and only memory and the number of steps that run again differ. `cargo run --release --example
//! checkpoint`

use allocation_counter::measure;
use chainrule::checkpoint::forward_steps;
use chainrule::differentiable;

/// Pendulums in the chain.
const SIZE: usize = 64;
/// The length of a time step.
const STEP: f64 = 0.02;

/// One step of symplectic Euler: angles `q`, velocities `p`.
#[differentiable]
fn advance(q: &mut [f64], p: &mut [f64]) {
    let n = q.len();
    for i in 0..n {
        let left = if i > 0 { q[i - 1] } else { 0.0 };
        let right = if i + 1 < n { q[i + 1] } else { 0.0 };
        p[i] += STEP * (left - 2.0 * q[i] + right - q[i].sin());
    }
    for i in 0..n {
        q[i] += STEP * p[i];
    }
}

/// The kinetic energy in the end.
#[differentiable]
fn energy(p: &[f64]) -> f64 {
    p.iter().map(|p| 0.5 * p * p).sum()
}

#[differentiable]
fn kept(push: &[f64], steps: usize) -> f64 {
    let (mut q, mut p) = (vec![0.0; SIZE], push.to_vec());
    for _ in 0..steps {
        advance(&mut q, &mut p);
    }
    energy(&p)
}

#[differentiable]
fn in_blocks(push: &[f64], steps: usize, block: usize) -> f64 {
    let (mut q, mut p) = (vec![0.0; SIZE], push.to_vec());
    #[checkpoint(every = block)]
    for _ in 0..steps {
        advance(&mut q, &mut p);
    }
    energy(&p)
}

#[differentiable]
fn binomial(push: &[f64], steps: usize, snapshots: usize) -> f64 {
    let (mut q, mut p) = (vec![0.0; SIZE], push.to_vec());
    #[checkpoint(binomial = snapshots)]
    for _ in 0..steps {
        advance(&mut q, &mut p);
    }
    energy(&p)
}

/// The gradient and the most bytes that were allocated at a time.
fn peak(gradient: impl FnOnce() -> Vec<f64>) -> (Vec<f64>, u64) {
    let mut found = Vec::new();
    let memory = measure(|| found = gradient());
    (found, memory.bytes_max)
}

fn main() {
    let push: Vec<f64> = (0..SIZE).map(|i| if i < 8 { 1.5 } else { 0.0 }).collect();
    println!(
        "Peak memory of a gradient through n steps of {SIZE} pendulums, in KiB; steps run forward per step in brackets.\n"
    );
    println!("{:>6} {:>12} {:>18} {:>18}", "n", "kept", "every √n", "binomial log₂ n");
    for steps in [100, 400, 1600, 6400] {
        let block = (steps as f64).sqrt().round() as usize;
        let snapshots = (steps as f64).log2().round() as usize;
        let (expected, all) = peak(|| kept::grad(&push, steps));
        let (blocks, of_blocks) = peak(|| in_blocks::grad(&push, steps, block));
        let (few, of_few) = peak(|| binomial::grad(&push, steps, snapshots));
        assert!(expected == blocks && expected == few, "checkpoints change no gradient");
        let kib = |bytes: u64| bytes.div_ceil(1024);
        let again = forward_steps(steps, snapshots) as f64 / steps as f64;
        println!(
            "{steps:>6} {:>12} {:>18} {:>18}",
            format!("{} (1.0)", kib(all)),
            format!("{} (2.0)", kib(of_blocks)),
            format!("{} ({:.1})", kib(of_few), again + 1.0)
        );
    }
}
