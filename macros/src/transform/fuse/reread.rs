//! What a loop saves although its reverse, in the same fused iteration, finds it where it was: the reverse reads it there.
//!
//! Takes statements of both sweeps as one sequence; an inner loop and its reverse stand in one block, and what lies from the one to the other
//! does not change what was saved.

use super::{body, partner};
use crate::ir::{Block, Expr, Pattern, Stmt, Var, Vars};
use crate::simplify::{changes, changes_any, remove_stacks};
use std::collections::BTreeSet;

/// Reads again in every block.
pub fn read_again(vars: &Vars, stmts: &mut Vec<Stmt>) {
    let mut unread = BTreeSet::new();
    in_block(vars, stmts, &mut unread);
    remove_stacks(stmts, &unread);
}

/// Notes the stacks that are not read any more, and what rewinds them.
fn in_block(vars: &Vars, stmts: &mut [Stmt], unread: &mut BTreeSet<Var>) {
    for block in stmts.iter_mut().flat_map(Stmt::blocks_mut) {
        in_block(vars, &mut block.stmts, unread);
    }
    for ahead in 0..stmts.len() {
        let Some(back) = partner(stmts, ahead) else { continue };
        for Found { at, value, stacks } in found_again(vars, stmts, ahead, back) {
            if let Stmt::For { body, .. } = &mut stmts[back]
                && let Stmt::Let(_, popped) = &mut body.stmts[at]
            {
                *popped = value;
                unread.extend(stacks);
            }
        }
    }
}

/// A statement of the reverse of a loop that pops what is there.
struct Found {
    at: usize,
    /// What it can read instead.
    value: Expr,
    /// The stack, and what rewinds it.
    stacks: [Var; 2],
}

fn found_again(vars: &Vars, stmts: &[Stmt], ahead: usize, back: usize) -> Vec<Found> {
    let (Stmt::For { var, body, .. }, Some(saving)) = (&stmts[back], body(&stmts[ahead])) else { return Vec::new() };
    let between = &stmts[ahead..=back];
    let mut found = Vec::new();
    for (at, stmt) in body.stmts.iter().enumerate() {
        if let Stmt::Let(Pattern::Var(popped), Expr::Pop(rewind)) = stmt
            && vars[*popped].ty.is_scalar()
            && let Some((value, stack)) = saved_once(stmts, between, saving, *rewind)
            && is_steady(&value, *var, saving, between)
        {
            found.push(Found { at, value, stacks: [stack, *rewind] });
        }
    }
    found
}

/// What a loop's body saves, if that is all that the stack holds and what is popped there all that is read of it, and the stack.
fn saved_once(stmts: &[Stmt], between: &[Stmt], saving: &Block, rewind: Var) -> Option<(Expr, Var)> {
    let stack = between.iter().find_map(|stmt| match stmt {
        Stmt::Let(Pattern::Var(var), Expr::Rewind(stack)) if *var == rewind => Some(*stack),
        _ => None,
    })?;
    let (mut saves, mut pops) = (0, 0);
    stmts.iter().for_each(|stmt| {
        stmt.for_each_stmt(&mut |stmt| {
            saves += usize::from(matches!(stmt, Stmt::Save { stack: to, .. } if *to == stack));
            pops += usize::from(matches!(stmt, Stmt::Let(_, Expr::Pop(from)) if *from == rewind));
        });
    });
    let value = saving.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Save { stack: to, value } if *to == stack => Some(value),
        _ => None,
    })?;
    // of what changes behind its definition, this is not the value that was saved
    let source = match value {
        Expr::Var(var) if !saving.stmts.iter().any(|stmt| changes_any(stmt, &BTreeSet::from([*var]))) => {
            saving.stmts.iter().find_map(|stmt| stmt.value_of(*var))
        }
        _ => None,
    };
    let source = source.filter(|source| matches!(source, Expr::Load(_)));
    (saves == 1 && pops == 1).then(|| (source.unwrap_or(value).clone(), stack))
}

/// Whether a value that a loop reads in an iteration is what it reads there from the statements' end.
fn is_steady(value: &Expr, counter: Var, saving: &Block, between: &[Stmt]) -> bool {
    let mut steady = matches!(value, Expr::Load(_) | Expr::Var(_));
    value.for_each_read(&mut |read| {
        steady &= read == counter || (!saving.defines(read) && !changes(between, read));
    });
    steady
}
