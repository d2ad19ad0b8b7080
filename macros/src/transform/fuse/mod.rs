//! Fusion of a loop with its reverse: the reverse of an iteration runs directly after the iteration.
//!
//! Takes both sweeps as one sequence, simplified. Where the iterations of a loop pass no cotangent to each other, and
//! what they add to is known before the loop, `F1 .. Fn, tail, Rn .. R1` becomes `F1 R1 .. Fn Rn, tail`: nothing is
//! kept for longer than one iteration. The primal's operations keep their order; increments of cotangents change theirs,
//! so that a derivative may differ from the unfused one in its last bits.
//!
//! A pair is fused if all of this can be shown:
//! - The reverse loop can move up to the forward one: what stands in between commutes with it, or is a definition that
//!   commutes with the forward loop and moves before it ([`motion`]).
//! - The reverse loop writes nothing that the forward one reads, and reads nothing that it changes, residuals apart.
//! - Its iterations commute: what they change outside is only incremented, or is a cotangent that is zero before and
//!   after each of them, because the iteration overwrites the primal before it reads it ([`scratch`]).
//!
//! Source: the idea is Tapenade's II-loops (Hascoët, Fidanova, Held, Adjoining independent computations, 2001), there by
//! a directive of the user's.

mod effects;
mod motion;
mod require;
mod reread;
mod scratch;
mod stacks;

use crate::analysis::extents::Extents;
use crate::ir::{Block, Param, Role, Stmt, Vars};
use crate::simplify::simplify_fused;
use crate::transform::reverse::Sweeps;
use effects::{Calls, Effects};

/// Fuses what can be fused of both sweeps; returns how many loops were.
pub fn fuse_sweeps(sweeps: &mut Sweeps, params: &[Param]) -> usize {
    let mut block = Block::of(std::mem::take(&mut sweeps.forward));
    block.stmts.append(&mut sweeps.reverse);
    let calls = Calls::of(&block);
    let extents = Extents::of(&sweeps.vars, &block);
    let fused = Fusion { vars: &mut sweeps.vars, calls, extents, params, depth: 0 }.stmts(&mut block.stmts);
    sweeps.forward = block.stmts;
    if fused > 0 {
        reread::read_again(&sweeps.vars, &mut sweeps.forward);
        simplify_fused(sweeps);
    }
    fused
}

struct Fusion<'a> {
    vars: &'a mut Vars,
    calls: Calls,
    extents: Extents,
    params: &'a [Param],
    /// How many fused loops are around the statements at hand.
    depth: usize,
}

impl Fusion<'_> {
    fn stmts(&mut self, stmts: &mut Vec<Stmt>) -> usize {
        let mut count = 0;
        let mut forward = 0;
        while forward < stmts.len() {
            if let Some(reverse) = partner(stmts, forward)
                && let Some(fused) = self.pair(stmts, forward, reverse)
            {
                let at = fused.at;
                *stmts = fused.stmts;
                if let Stmt::For { body, .. } = &mut stmts[at] {
                    self.depth += 1;
                    count += self.stmts(&mut body.stmts);
                    self.depth -= 1;
                }
                count += 1;
                forward = at;
            }
            forward += 1;
        }
        count
    }

    fn effects(&self, stmt: &Stmt) -> Effects {
        Effects::of(stmt, &self.calls)
    }

    /// The statements with the loops at these positions fused, if that is right.
    fn pair(&mut self, stmts: &[Stmt], forward: usize, reverse: usize) -> Option<Fused> {
        let rewinds = stacks::rewinds(stmts, reverse)?;
        let moved = self.meet(stmts, forward, reverse, &rewinds)?;
        let (first, second) = (self.effects(&stmts[forward]), self.effects(&stmts[reverse]));
        let own = rewinds.all();
        if !first.without(&own).commutes(&second.without(&own)) {
            return None;
        }
        let mut needs = Vec::new();
        let reversed = body(&stmts[reverse])?;
        for var in &second.without(&own).writes {
            let inner = stmts[reverse].defines_inside(*var);
            let refilled = matches!(self.vars[*var].role, Role::Again(_));
            if inner
                || refilled
                || self.starts_at_zero(*var, stmts, &moved) && self.keeps_zero(reversed, *var, &mut needs)
            {
                continue;
            }
            return None;
        }
        // what is read as well as incremented carries a value from one iteration to the next
        if second
            .sums
            .difference(&second.writes)
            .any(|var| second.reads.contains(var) && !stmts[reverse].defines_inside(*var))
        {
            return None;
        }
        let requirements = self.requirements(&needs, stmts, forward)?;
        let body = stacks::join(self.vars, body(&stmts[forward])?, reversed, &rewinds)?;
        let Stmt::For { var, range, .. } = &stmts[forward] else { return None };
        let fused = Stmt::For { var: *var, range: range.clone(), body };
        Some(moved.around(stmts, [forward, reverse], requirements, fused))
    }
}

/// The statements after a fusion, and where the fused loop stands.
struct Fused {
    stmts: Vec<Stmt>,
    at: usize,
}

/// The loop that runs backwards through the iterations of a loop, in the same block.
fn partner(stmts: &[Stmt], forward: usize) -> Option<usize> {
    let Stmt::For { var, range, body } = &stmts[forward] else { return None };
    if range.last.is_some() || range.part.is_some() || matches!(body.stmts.last(), Some(Stmt::BreakIf(_))) {
        return None;
    }
    let mut partners = stmts.iter().enumerate().skip(forward + 1).filter(
        |(_, stmt)| matches!(stmt, Stmt::For { var: other, range: back, .. } if other == var && *back == crate::ir::Range { reversed: !range.reversed, ..range.clone() }),
    );
    match (partners.next(), partners.next()) {
        (Some((reverse, _)), None) => Some(reverse),
        _ => None,
    }
}

fn body(stmt: &Stmt) -> Option<&Block> {
    match stmt {
        Stmt::For { body, .. } => Some(body),
        _ => None,
    }
}
