//! Room on the stacks: a stack that a counted loop pushes to once an iteration is made before that loop, with room for
//! all of its iterations.
//!
//! Takes the statements of the forward sweep; stacks that inner loops push to stay as they are, and grow.

use crate::ir::{Block, Expr, Pattern, Stmt, Var};

/// Gives stacks their room.
pub fn reserve(stmts: &mut Vec<Stmt>) {
    let stacks: Vec<Var> = stmts
        .iter()
        .filter_map(|stmt| match stmt {
            Stmt::Let(Pattern::Var(stack), Expr::NewStack(None)) => Some(*stack),
            _ => None,
        })
        .collect();
    for stack in stacks {
        let mut users = stmts.iter().enumerate().filter(|(_, stmt)| saves(stmt, stack) > 0);
        let (Some((at, Stmt::For { range, body, .. })), None) = (users.next(), users.next()) else { continue };
        let once = body.stmts.iter().filter(|stmt| is_save(stmt, stack)).count() == 1;
        let pure = [&range.low, &range.high].into_iter().chain(&range.step).all(Expr::is_pure);
        if !once || inner_saves(body, stack) != 1 || !pure || range.last.is_some() {
            continue;
        }
        let sized = Stmt::Let(Pattern::Var(stack), Expr::NewStack(Some(Box::new(range.clone()))));
        stmts.insert(at, sized);
        stmts.retain(|stmt| !matches!(stmt, Stmt::Let(Pattern::Var(var), Expr::NewStack(None)) if *var == stack));
    }
}

fn is_save(stmt: &Stmt, to: Var) -> bool {
    matches!(stmt, Stmt::Save { stack, .. } if *stack == to)
}

fn inner_saves(block: &Block, stack: Var) -> usize {
    let mut count = 0;
    block.for_each_stmt(&mut |stmt| count += usize::from(is_save(stmt, stack)));
    count
}

fn saves(stmt: &Stmt, stack: Var) -> usize {
    usize::from(is_save(stmt, stack)) + stmt.blocks().into_iter().map(|block| inner_saves(block, stack)).sum::<usize>()
}
