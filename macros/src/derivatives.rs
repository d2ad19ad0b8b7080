//! The middle of the pipeline: from a lowered function to its forward and reverse mode, each stage followed by the
//! verifier.

use crate::analysis::activity::find_activity;
use crate::analysis::overwrite::{Overwritten, analyse_overwrites};
use crate::analysis::storage::analyse_storage;
use crate::ir::verify::{verify, verify_normal_form};
use crate::ir::{Block, Function, Passing, Stmt, Var};
use crate::simplify::{number_values, simplify_fused, simplify_pushforward, simplify_split};
use crate::transform::capacity::reserve;
use crate::transform::captures::repeat_lengths;
use crate::transform::forward::{Pushforward, forward_function};
use crate::transform::fuse::fuse_loops;
use crate::transform::registers::keep_in_registers;
use crate::transform::reverse::{Mode, Sweeps, checkpointed, reverse_function};

/// Everything that is derived from one function.
pub struct Derivatives {
    /// Value and tangent.
    pub pushforward: Pushforward,
    /// Both sweeps in one function.
    pub fused: Sweeps,
    /// The reverse sweep as a closure.
    pub split: Sweeps,
    /// The slices that the function overwrites before it reads them.
    pub overwritten: Vec<Overwritten>,
}

impl Derivatives {
    /// Derives a function. An error is a mistake of the compiler's, not of its user.
    pub fn of(function: &mut Function, simplified: bool) -> Result<Self, String> {
        verify_lowered(function, "lowering")?;
        if simplified {
            number_values(function);
            verify_lowered(function, "value numbering")?;
        }
        // a value that is read in two places is active if either is
        let activity = find_activity(function);
        let storage = analyse_storage(function);
        let mut derivatives = Self {
            pushforward: forward_function(function, &activity),
            fused: reverse_function(function, &activity, &storage, Mode::Fused),
            split: reverse_function(function, &activity, &storage, Mode::Split),
            overwritten: analyse_overwrites(function),
        };
        derivatives.verify(function, "the transforms")?;
        if simplified {
            simplify_pushforward(&mut derivatives.pushforward);
            simplify_fused(&mut derivatives.fused);
            fuse(&mut derivatives.fused, function);
            simplify_split(&mut derivatives.split);
            keep_in_registers(&mut derivatives.fused.vars, &mut derivatives.fused.forward);
            keep_in_registers(&mut derivatives.split.vars, &mut derivatives.split.reverse);
            simplify_fused(&mut derivatives.fused);
            simplify_split(&mut derivatives.split);
            repeat_lengths(&mut derivatives.split);
            reserve(&mut derivatives.fused.vars, &mut derivatives.fused.forward);
            reserve(&mut derivatives.split.vars, &mut derivatives.split.forward);
            derivatives.verify(function, "simplification")?;
        }
        if function.checkpoint {
            derivatives.split = checkpointed(function, derivatives.split);
            derivatives.verify(function, "checkpointing")?;
        }
        Ok(derivatives)
    }

    fn verify(&self, function: &Function, stage: &str) -> Result<(), String> {
        let Self { pushforward, fused, split, .. } = self;
        let params: Vec<Var> = function.params.iter().map(|param| param.var).collect();
        let lent = |own: &[Option<Var>]| own.iter().flatten().copied().collect::<Vec<Var>>();

        let outside = [params.clone(), lent(&pushforward.dots)].concat();
        verify(&format!("{stage} (forward mode)"), &pushforward.vars, &outside, &pushforward.body)?;

        let outside = [params.clone(), lent(&fused.bars), vec![fused.seed]].concat();
        let stmts = fused.forward.iter().chain(&fused.reverse).cloned().collect();
        let both = Block { stmts, result: fused.result.clone() };
        verify(&format!("{stage} (reverse mode)"), &fused.vars, &outside, &both)?;

        let forward = Block { stmts: split.forward.clone(), result: split.result.clone() };
        verify(&format!("{stage} (forward sweep)"), &split.vars, &params, &forward)?;
        let captured = match &split.again {
            Some(again) => again.clone(),
            None => split.forward.iter().flat_map(Stmt::defines).collect(),
        };
        // what a `&mut` parameter refers to has changed when the reverse sweep runs
        let given = function.params.iter().filter(|param| match param.passing {
            Passing::Shared => true,
            Passing::Value => split.again.is_none(),
            Passing::Mutable => false,
        });
        let outside: Vec<Var> = captured
            .into_iter()
            .chain(given.map(|param| param.var))
            .chain(lent(&split.bars))
            .chain([split.seed])
            .collect();
        verify(&format!("{stage} (reverse sweep)"), &split.vars, &outside, &Block::of(split.reverse.clone()))
    }
}

/// Runs the reverse of an iteration directly after the iteration, where that is right.
fn fuse(sweeps: &mut Sweeps, function: &Function) {
    let mut block = Block::of(std::mem::take(&mut sweeps.forward));
    block.stmts.append(&mut sweeps.reverse);
    let fused = fuse_loops(&mut sweeps.vars, &mut block, &function.params);
    sweeps.forward = block.stmts;
    if fused {
        simplify_fused(sweeps);
    }
}

fn verify_lowered(function: &Function, stage: &str) -> Result<(), String> {
    let params: Vec<Var> = function.params.iter().map(|param| param.var).collect();
    verify(stage, &function.vars, &params, &function.body)?;
    verify_normal_form(&function.vars, &function.body)
}
