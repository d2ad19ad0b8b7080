//! Frames of residuals: what a loop saves once an iteration stands in a part of its stack that is as long as the loop, at the index of
//! the iteration, and is not pushed and popped one by one.
//!
//! ```text
//! for i in 1..n { .. saved.push(y); }                 let frame = saved.frame(&(1..n));
//!                                                     for i in 1..n { .. frame[i - 1] = y; }
//! for i in (1..n).rev() { let y = saved.pop(); .. }   let frame = saved.frame(&(1..n));
//!                                                     for i in (1..n).rev() { let y = frame[i - 1]; .. }
//! ```
//!
//! Takes both sweeps as they are emitted; returns sweeps that save and read the same values in the same order. An index is what the
//! loop has anyway, where a stack counts along, and its accesses can be hoisted, so that the loop vectorises. Applied to numbers, in loops
//! whose variable is visibly an index: other integers may have another type.

use super::capacity::{only_saver, saved_type};
use super::reverse::Sweeps;
use crate::analysis::sum::{Sum, is_index};
use crate::ir::{Access, Block, Expr, FloatTy, Pattern, Place, Projection, Range, Room, Stmt, Ty, Var, Vars};

/// Gives the loops of both sweeps their frames.
pub fn save_in_frames(sweeps: &mut Sweeps) {
    if sweeps.vars.generic || sweeps.again.is_some() {
        return;
    }
    let stacks: Vec<Var> = sweeps.forward.iter().filter_map(|stmt| stack_of(&sweeps.vars, stmt)).collect();
    for stack in stacks {
        if let Some(found) = find(sweeps, stack) {
            replace(sweeps, stack, &found);
        }
    }
}

/// A stack with the type of what it holds, and the start of its reverse sweep.
struct Found {
    ty: Ty,
    rewind: Var,
}

/// The stack that a statement makes, if it is none of a fixed length.
fn stack_of(vars: &Vars, stmt: &Stmt) -> Option<Var> {
    match stmt {
        Stmt::Let(Pattern::Var(stack), Expr::NewStack(Room::Growing | Room::Loop(_))) => {
            (!matches!(vars[*stack].ty, Ty::Array(_))).then_some(*stack)
        }
        _ => None,
    }
}

/// Tells whether one loop saves to a stack, and another one reads what it saved in the opposite order.
fn find(sweeps: &Sweeps, stack: Var) -> Option<Found> {
    let Sweeps { vars, forward, reverse, .. } = sweeps;
    let blocks = [forward, reverse].map(|stmts| &stmts[..]);
    let (index, range, body) = blocks.iter().find_map(|stmts| saver(stmts, stack))?;
    let ty = saved_type(vars, body, stack)?;
    let plain = matches!(ty, Ty::Float(FloatTy::F64 | FloatTy::F32 | FloatTy::Inferred) | Ty::Int | Ty::Bool);
    if !plain || !is_framed(vars, index, range, body) {
        return None;
    }
    let mut rewinds = Vec::new();
    for stmts in blocks {
        for_each_inside(stmts, &mut |stmt| match stmt {
            Stmt::Let(Pattern::Var(rewind), Expr::Rewind(of)) if *of == stack => rewinds.push(*rewind),
            _ => {}
        });
    }
    let [rewind] = rewinds[..] else { return None };
    let once = blocks.into_iter().map(|stmts| pops(stmts, rewind)).sum::<usize>() == 1;
    let (index_back, back, body) = blocks.iter().find_map(|stmts| reader(stmts, rewind))?;
    let opposite = back.reversed != range.reversed;
    (once && opposite && is_framed(vars, index_back, back, body)).then_some(Found { ty, rewind })
}

/// The only loop that saves to a stack, wherever it stands.
fn saver(stmts: &[Stmt], stack: Var) -> Option<(Var, &Range, &Block)> {
    if let Some((at, range, body)) = only_saver(stmts, stack)
        && let Stmt::For { var, .. } = &stmts[at]
    {
        return Some((*var, range, body));
    }
    stmts.iter().flat_map(Stmt::blocks).find_map(|block| saver(&block.stmts, stack))
}

/// The loop whose body reads a residual itself, wherever it stands.
fn reader(stmts: &[Stmt], rewind: Var) -> Option<(Var, &Range, &Block)> {
    let own = |stmt: &Stmt| matches!(stmt, Stmt::Let(Pattern::Var(_), Expr::Pop(of)) if *of == rewind);
    let found = stmts.iter().find_map(|stmt| match stmt {
        Stmt::For { var, range, body } if body.stmts.iter().any(own) => Some((*var, range, body)),
        _ => None,
    });
    found.or_else(|| stmts.iter().flat_map(Stmt::blocks).find_map(|block| reader(&block.stmts, rewind)))
}

/// Whether every iteration of a loop has one place of a frame, which its index tells. Of a loop that is left the reverse runs through a part.
fn is_framed(vars: &Vars, index: Var, range: &Range, body: &Block) -> bool {
    let plain =
        range.is_whole() && range.checkpoint.is_none() && [&range.low, &range.high].into_iter().all(Expr::is_pure);
    plain && Sum::of(&range.low).is_some() && is_index(vars, body, index)
}

fn for_each_inside<'a>(stmts: &'a [Stmt], f: &mut dyn FnMut(&'a Stmt)) {
    stmts.iter().for_each(|stmt| stmt.for_each_stmt(f));
}

/// How often statements, or those in them, read a residual.
fn pops(stmts: &[Stmt], rewind: Var) -> usize {
    let mut count = 0;
    for_each_inside(stmts, &mut |stmt| {
        stmt.for_each_expr(&mut |expr| count += usize::from(matches!(expr, Expr::Pop(of) if *of == rewind)));
    });
    count
}

fn replace(sweeps: &mut Sweeps, stack: Var, found: &Found) {
    let Sweeps { vars, forward, reverse, .. } = sweeps;
    for stmts in [forward, reverse] {
        for stmt in stmts.iter_mut() {
            // the first frame makes the memory
            if let Stmt::Let(Pattern::Var(var), room @ Expr::NewStack(_)) = stmt
                && *var == stack
            {
                *room = Expr::NewStack(Room::Growing);
            }
        }
        frame_in(vars, stmts, stack, found);
    }
}

/// Puts the frames before the loops.
fn frame_in(vars: &mut Vars, stmts: &mut Vec<Stmt>, stack: Var, found: &Found) {
    let mut at = 0;
    while at < stmts.len() {
        if let Some(frame) = framed(vars, &mut stmts[at], stack, found) {
            stmts.insert(at, frame);
            at += 1;
        }
        for block in stmts[at].blocks_mut() {
            frame_in(vars, &mut block.stmts, stack, found);
        }
        at += 1;
    }
}

/// Lets a loop save to its frame, or read from it; returns the statement that makes the frame.
fn framed(vars: &mut Vars, stmt: &mut Stmt, stack: Var, found: &Found) -> Option<Stmt> {
    let Stmt::For { var: index, range, body } = stmt else { return None };
    let (mut at, mut saves) = (None, false);
    for (position, stmt) in body.stmts.iter().enumerate() {
        match stmt {
            Stmt::Save { stack: to, .. } if *to == stack => (at, saves) = (Some(position), true),
            Stmt::Let(_, Expr::Pop(of)) if *of == found.rewind => at = Some(position),
            _ => {}
        }
    }
    let inner = &mut body.stmts[at?];
    let of = if saves { stack } else { found.rewind };
    let frame = vars.derived(of, "_frame", vars[of].role, false);
    let name = vars[of].name.trim_end_matches("_saved").to_owned();
    vars[frame].name = vars.unused_name(&format!("{name}_frame"));
    vars[frame].ty = Ty::Slice(Box::new(found.ty.clone()));
    vars[frame].access = if saves { Access::Mutable } else { Access::Shared };
    let position = Sum::of_var(*index).less(&Sum::of(&range.low)?).expr();
    let element = Place::of(frame).project(Projection::Index(Box::new(position)));
    match inner {
        Stmt::Save { value, .. } => *inner = Stmt::Assign(element, value.clone()),
        Stmt::Let(_, value) => *value = Expr::Load(element),
        _ => {}
    }
    let iterations = Range { reversed: false, ..range.clone() };
    Some(Stmt::Let(Pattern::Var(frame), Expr::Frame(of, Box::new(iterations))))
}
