//! The middle of the pipeline: from a lowered function to its forward and reverse mode, each stage followed by the
//! verifier.

mod second_order;

use crate::analysis::activity::find_activity;
use crate::analysis::induction::analyse_induction;
use crate::analysis::overwrite::{Overwritten, analyse_overwrites};
use crate::analysis::restorable::find_restorable;
use crate::analysis::storage::analyse_storage;
use crate::elimination::{Elimination, Obstacle};
use crate::ir::verify::{verify, verify_normal_form};
use crate::ir::{Block, Function, Param, Passing, Stmt, Var, VarMap, Vars, Wrt};
use crate::options::JacobianMode;
use crate::refusal::Refusal;
use crate::simplify::{number_values, simplify_fused, simplify_pushforward, simplify_split};
use crate::transform::capacity::reserve;
use crate::transform::captures::repeat_what_is_cheap;
use crate::transform::copies::copy_what_is_used_again;
use crate::transform::directions::{
    Cotangents, Directions, Prices, along_cotangents, along_directions, curvature_along, is_plain, pushed_alone,
    pushed_apart, pushed_near,
};
use crate::transform::forward::{Pushforward, forward_function};
use crate::transform::frames::save_in_frames;
use crate::transform::fuse::fuse_sweeps;
use crate::transform::lent::copy_what_is_lent;
use crate::transform::moves::{move_apart, move_in_both};
use crate::transform::overwriting::overwriting_gradient;
use crate::transform::preaccumulate::preaccumulate;
use crate::transform::records::save_together;
use crate::transform::registers::{count_along, keep_in_registers};
use crate::transform::reverse::{BroughtBack, Mode, Subject, Sweeps, checkpointed, reverse_function};
use crate::transform::slices::hoist_slices;
use crate::transform::taken_apart::copy_parts_of_what_is_asked_for;
use crate::transform::tangent_of_sweeps::TangentSweeps;
use crate::transform::taylor::{Taylor, taylor_functions};
use crate::transform::variants::ask_for_variants;
use crate::transform::zeros::keep_no_fixed_zeros;
pub use second_order::SecondOrder;

/// Everything that is derived from one function.
pub struct Derivatives {
    /// Value and tangent.
    pub pushforward: Pushforward,
    /// Both sweeps in one function.
    pub fused: Sweeps,
    /// The gradient with both sweeps in one function, where it overwrites its buffers by more than setting them to zero.
    pub gradient: Option<Sweeps>,
    /// The reverse sweep as a closure.
    pub split: Sweeps,
    /// The slices that the function overwrites before it reads them.
    pub overwritten: Vec<Overwritten>,
    /// What `order = 2` adds.
    pub second_order: Option<SecondOrder>,
    /// Of each order from 2 on, the derivatives along a curve.
    pub taylor: Vec<Taylor>,
    /// The Jacobian by vertex elimination.
    pub elimination: Option<Elimination>,
    /// Forward mode along several directions at once.
    pub directions: Option<Directions>,
    /// Reverse mode with several cotangents at once.
    pub cotangents: Option<Cotangents>,
}

impl Derivatives {
    /// Derives a function. An error is a mistake of the compiler's, not of its user.
    pub fn of(function: &mut Function, elimination: Option<Elimination>, simplified: bool) -> Result<Self, String> {
        verify_lowered(function, "lowering")?;
        if simplified {
            number_values(function);
            verify_lowered(function, "value numbering")?;
        }
        copy_what_is_used_again(function);
        copy_what_is_lent(function);
        verify_lowered(function, "copies")?;
        // a value that is read in two places is active if either is
        let activity = find_activity(function);
        let storage = analyse_storage(function);
        function.checkpoint |= storage.lends_what_changes();
        let counters = analyse_induction(function, &activity);
        let restorable = find_restorable(function, &storage);
        let subject = Subject::of(function, &activity, &storage);
        let reverse = |mode, brought_back: &BroughtBack| reverse_function(&subject, mode, brought_back);
        let mut brought_back = BroughtBack { counters, restored: VarMap::new() };
        let mut split = reverse(Mode::Split, &brought_back);
        brought_back.restored = subject.worth_restoring(&restorable, &split.vars, &split.forward);
        if !brought_back.restored.is_empty() {
            split = reverse(Mode::Split, &brought_back);
        }
        let mut derivatives = Self {
            pushforward: forward_function(function, &activity)?,
            // loops may be fused, and then have what they change themselves
            fused: reverse(Mode::Fused, &BroughtBack::default()),
            gradient: None,
            split,
            overwritten: analyse_overwrites(function),
            second_order: None,
            taylor: Vec::new(),
            elimination,
            directions: None,
            cotangents: None,
        };
        derivatives.verify(function, "the transforms")?;
        derivatives.taylor = taylor_functions(function, &activity, derivatives.pushforward.clone(), simplified)
            .map_err(|(order, missing)| {
                Refusal::HigherOrder { order, operations: missing.join(", the ") }.to_string()
            })?;
        derivatives.verify(function, "the higher orders")?;
        let stored = !function.checkpoint && !has_checkpoints(&function.body);
        let preaccumulated = [Mode::Fused, Mode::Split].map(|mode| {
            (simplified && stored).then(|| preaccumulate(function, &derivatives.pushforward, mode)).flatten()
        });
        let mut separate = derivatives.fused.clone();
        if simplified {
            simplify_pushforward(&mut derivatives.pushforward);
            simplify_fused(&mut derivatives.fused);
            separate = derivatives.fused.clone();
            let loops = fuse_sweeps(&mut derivatives.fused, &function.params);
            brought_back.restored =
                subject.worth_restoring(&restorable, &derivatives.fused.vars, &derivatives.fused.forward);
            if !brought_back.is_empty() {
                let mut fused = reverse(Mode::Fused, &brought_back);
                simplify_fused(&mut fused);
                if fuse_sweeps(&mut fused, &function.params) >= loops {
                    derivatives.fused = fused;
                }
            }
            derivatives.simplify_sweeps(function);
            derivatives.verify(function, "simplification")?;
        }
        if function.checkpoint {
            derivatives.split = checkpointed(function, derivatives.split);
            derivatives.verify(function, "checkpointing")?;
        }
        if function.order > 1 && has_checkpoints(&function.body) {
            derivatives = derivatives.with_second_order_of(function, simplified)?;
        } else if function.order > 1 {
            // of what was fused on a condition there is no form of second order
            let sweeps = if derivatives.fused.has_requirements() { &separate } else { &derivatives.fused };
            let second = SecondOrder::of(function, &activity, sweeps, &derivatives.split, simplified);
            let second = second
                .map_err(|missing| Refusal::HigherOrder { order: 2, operations: missing.join(", the ") }.to_string())?;
            second.verify(function)?;
            derivatives.second_order = Some(second);
        }
        let [fused, split] = preaccumulated;
        if let Some(mut fused) = fused.filter(|_| derivatives.fused.has_stacks()) {
            simplify_fused(&mut fused);
            derivatives.fused = fused;
            derivatives.gradient = None;
        }
        if let Some(mut split) = split {
            simplify_split(&mut split);
            derivatives.split = split;
        }
        derivatives.verify(function, "preaccumulation")?;
        if simplified {
            derivatives.move_and_hoist();
            derivatives.verify(function, "moves and hoisting")?;
        }
        derivatives.copy_what_is_taken_apart();
        Ok(derivatives)
    }

    /// The sweeps of reverse mode, fused where they can be, in their last order.
    fn simplify_sweeps(&mut self, function: &Function) {
        simplify_split(&mut self.split);
        keep_in_registers(&mut self.fused.vars, &mut self.fused.forward);
        let Sweeps { vars, forward, reverse, .. } = &mut self.split;
        keep_in_registers(vars, reverse);
        count_along(vars, forward, reverse);
        simplify_fused(&mut self.fused);
        simplify_split(&mut self.split);
        repeat_what_is_cheap(&mut self.split, &function.params);
        self.gradient = overwriting_gradient(function, &self.fused);
        self.gradient.iter_mut().for_each(simplify_fused);
        for Sweeps { vars, forward, .. } in self.all_sweeps() {
            reserve(vars, forward);
        }
    }

    /// What is done to the sweeps as they are emitted.
    fn move_and_hoist(&mut self) {
        ask_for_variants(&mut self.fused, false);
        self.gradient.iter_mut().for_each(|gradient| ask_for_variants(gradient, false));
        ask_for_variants(&mut self.split, true);
        move_in_both(&mut self.fused);
        self.gradient.iter_mut().for_each(move_in_both);
        move_apart(&mut self.split);
        for sweeps in self.all_sweeps() {
            save_in_frames(sweeps);
            let Sweeps { vars, forward, reverse, .. } = sweeps;
            for stmts in [forward, reverse] {
                hoist_slices(vars, stmts);
            }
        }
    }

    /// What rustc would not let the sweeps move, however far they are simplified.
    fn copy_what_is_taken_apart(&mut self) {
        for Sweeps { vars, forward, reverse, .. } in self.all_sweeps() {
            copy_parts_of_what_is_asked_for(vars, forward, reverse);
        }
        let Some(second) = &mut self.second_order else { return };
        for TangentSweeps { vars, forward, reverse, .. } in second.product.iter_mut().chain([&mut second.split]) {
            copy_parts_of_what_is_asked_for(vars, forward, reverse);
        }
    }

    /// The stacks as they are emitted, when nothing is derived from the sweeps any more.
    pub fn settle_stacks(&mut self, function: &Function) -> Result<(), String> {
        for Sweeps { vars, forward, reverse, again, .. } in self.all_sweeps() {
            settle(vars, forward, reverse, again.is_some());
        }
        self.verify(function, "stacks")?;
        let Some(second) = &mut self.second_order else { return Ok(()) };
        for sweeps in second.product.iter_mut().chain([&mut second.split]) {
            let TangentSweeps { vars, forward, reverse, again, .. } = sweeps;
            settle(vars, forward, reverse, again.is_some());
        }
        second.verify(function)
    }

    fn all_sweeps(&mut self) -> impl Iterator<Item = &mut Sweeps> {
        [&mut self.fused, &mut self.split].into_iter().chain(&mut self.gradient)
    }

    /// Adds what works along several directions at once, where the function asks for what takes it. What nobody asks for is
    /// left out where it cannot be.
    pub fn along_directions(&mut self, function: &Function, simplified: bool) -> Result<(), Obstacle> {
        let plain = is_plain(function, &self.pushforward);
        let by_columns = matches!(function.jacobian, JacobianMode::Forward | JacobianMode::Auto);
        if function.sparse || (plain && by_columns) {
            let directions = along_directions(function, &self.pushforward);
            self.directions = if function.sparse { Some(directions?) } else { directions.ok() };
            // others call the function along directions only with the option
            for directions in self.directions.iter_mut().filter(|_| function.sparse) {
                directions.alone = pushed_alone(function, simplified);
                if function.ret.is_some() {
                    directions.apart = pushed_apart(function, simplified);
                    directions.near = pushed_near(function, simplified);
                }
            }
        }
        let by_rows = matches!(function.jacobian, JacobianMode::Reverse | JacobianMode::Auto);
        if plain && (by_rows || function.sparse) {
            self.cotangents = along_cotangents(function, &self.split).ok();
        }
        self.take_the_cheapest(function);
        let many = plain && has_many_components(function);
        if let Some(second) = self.second_order.as_mut().filter(|_| function.sparse || many) {
            let product = second.product.as_ref().filter(|_| function.ret_ty.is_float());
            let split = function.sparse.then_some(&second.split);
            let along = curvature_along(function, product, split);
            second.along = if function.sparse { Some(along?) } else { along.ok() };
        }
        Ok(())
    }

    /// The bodies for fewer arguments, and with a tangent for each, which nothing else has looked at.
    pub fn verify_directions(&self, function: &Function) -> Result<(), String> {
        let params = function.params.iter().map(|param| param.var);
        let Some(directions) = &self.directions else { return Ok(()) };
        let alone = directions.alone.iter().map(|(_, pushforward)| ("along one argument", pushforward));
        let apart = directions.apart.iter().chain(&directions.near);
        let apart = apart.map(|apart| ("along each argument", &apart.pushforward));
        for (stage, pushforward) in alone.chain(apart) {
            let outside: Vec<Var> = params.clone().chain(pushforward.dots.iter().flatten().copied()).collect();
            verify(stage, &pushforward.vars, &outside, &pushforward.body)?;
        }
        Ok(())
    }

    /// With `jacobian = auto`, elimination is taken only where it is less work than either mode, and sets of directions only
    /// where there is no elimination.
    fn take_the_cheapest(&mut self, function: &Function) {
        let Some(elimination) = &self.elimination else { return };
        let prices = self.directions.as_ref().zip(self.cotangents.as_ref());
        let prices = prices.map(|(directions, cotangents)| Prices::of(directions, cotangents));
        let (rows, columns) = elimination.size;
        let dearer =
            prices.is_some_and(|prices| elimination.work() > prices.by_columns(columns).min(prices.by_rows(rows)));
        if dearer && function.jacobian == JacobianMode::Auto {
            self.elimination = None;
        } else {
            self.cotangents = None;
            self.directions = self.directions.take().filter(|_| function.sparse);
        }
    }

    /// The sweeps of second order keep their residuals, also where those of first order have checkpoints.
    fn with_second_order_of(mut self, function: &Function, simplified: bool) -> Result<Self, String> {
        let mut unchecked = function.clone();
        remove_checkpoints(&mut unchecked.body);
        let second = Self::of(&mut unchecked, None, simplified)?;
        self.second_order = second.second_order;
        Ok(self)
    }

    fn verify(&self, function: &Function, stage: &str) -> Result<(), String> {
        let Self { pushforward, fused, gradient, split, .. } = self;
        let params: Vec<Var> = function.params.iter().map(|param| param.var).collect();
        let lent = |own: &[Option<Var>]| own.iter().flatten().copied().collect::<Vec<Var>>();

        if let Some(elimination) = &self.elimination {
            for block in [Some(&elimination.block), elimination.alone.as_ref()].into_iter().flatten() {
                verify(&format!("{stage} (elimination)"), &elimination.vars, &params, block)?;
            }
        }

        let outside = [params.clone(), lent(&pushforward.dots)].concat();
        verify(&format!("{stage} (forward mode)"), &pushforward.vars, &outside, &pushforward.body)?;

        for taylor in &self.taylor {
            let dots = taylor.dots.iter().flat_map(|dots| lent(dots));
            let outside: Vec<Var> = params.iter().copied().chain(dots).collect();
            verify(&format!("{stage} (order {})", taylor.dots.len()), &taylor.vars, &outside, &taylor.body)?;
        }

        let seeded = [(fused, Some(fused.seed))].into_iter();
        for (sweeps, seed) in seeded.chain(gradient.iter().map(|gradient| (gradient, None))) {
            let outside: Vec<Var> = params.iter().copied().chain(lent(&sweeps.bars)).chain(seed).collect();
            let stmts = sweeps.forward.iter().chain(&sweeps.reverse).cloned().collect();
            let both = Block { stmts, result: sweeps.result.clone() };
            verify(&format!("{stage} (reverse mode)"), &sweeps.vars, &outside, &both)?;
        }

        let forward = Block { stmts: split.forward.clone(), result: split.result.clone() };
        verify(&format!("{stage} (forward sweep)"), &split.vars, &params, &forward)?;
        let given = function.params.iter().filter(|param| is_seen_again(param, split.again.as_ref()));
        let outside: Vec<Var> = captured(&split.forward, split.again.as_ref())
            .into_iter()
            .chain(given.map(|param| param.var))
            .chain(lent(&split.bars))
            .chain([split.seed])
            .collect();
        verify(&format!("{stage} (reverse sweep)"), &split.vars, &outside, &Block::of(split.reverse.clone()))
    }
}

/// What a reverse sweep on its own captures of the forward sweep, which it may run again.
fn captured(forward: &[Stmt], again: Option<&Vec<Var>>) -> Vec<Var> {
    again.cloned().unwrap_or_else(|| forward.iter().flat_map(Stmt::defines).collect())
}

/// Whether it sees an argument. What a `&mut` parameter refers to has changed when it runs.
fn is_seen_again(param: &Param, again: Option<&Vec<Var>>) -> bool {
    match param.passing {
        Passing::Shared => true,
        Passing::Value => again.is_none(),
        Passing::Mutable => false,
    }
}

/// Whether there may be so many components that it pays to push several at once: more than three scalars.
fn has_many_components(function: &Function) -> bool {
    let mut active = function.params.iter().filter(|param| param.wrt == Wrt::Active);
    active.clone().count() > 3 || active.any(|param| !function.vars[param.var].ty.is_float())
}

fn has_checkpoints(body: &Block) -> bool {
    let mut found = false;
    body.for_each_stmt(&mut |stmt| found |= matches!(stmt, Stmt::For { range, .. } if range.checkpoint.is_some()));
    found
}

fn remove_checkpoints(body: &mut Block) {
    for stmt in &mut body.stmts {
        if let Stmt::For { range, .. } = stmt {
            range.checkpoint = None;
        }
        stmt.blocks_mut().into_iter().for_each(remove_checkpoints);
    }
}

/// What runs the forward sweep again keeps its stacks as they are.
fn settle(vars: &mut Vars, forward: &mut Vec<Stmt>, reverse: &mut Vec<Stmt>, again: bool) {
    keep_no_fixed_zeros(vars, forward, reverse);
    if !again {
        save_together(vars, forward, reverse);
    }
}

fn verify_lowered(function: &Function, stage: &str) -> Result<(), String> {
    let params: Vec<Var> = function.params.iter().map(|param| param.var).collect();
    verify(stage, &function.vars, &params, &function.body)?;
    verify_normal_form(&function.vars, &function.body)
}
