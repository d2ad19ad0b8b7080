//! Room on the stacks: a stack that a counted loop pushes to once an iteration is made before that loop, with room for
//! all of its iterations.
//!
//! Takes the statements of the forward sweep; stacks that inner loops push to stay as they are, and grow. Where the loop stands in a
//! branch, the stack is made outside and given its room there. Where the bounds are literals and the residuals plain
//! numbers, the stack is given an array type, and stands in an array.

use crate::ir::{Block, Expr, Pattern, Place, Range, Room, Stmt, Ty, Var, Vars};

/// The largest number of residuals that stand in an array.
const MOST: usize = 64;

/// Gives stacks their room.
pub fn reserve(vars: &mut Vars, stmts: &mut Vec<Stmt>) {
    let stacks: Vec<Var> = stmts
        .iter()
        .filter_map(|stmt| match stmt {
            Stmt::Let(Pattern::Var(stack), Expr::NewStack(Room::Growing)) => Some(*stack),
            _ => None,
        })
        .collect();
    for stack in stacks {
        let Some((at, range, body)) = only_saver(stmts, stack) else {
            reserve_in_branches(stmts, stack);
            continue;
        };
        let saved = saved_type(vars, body, stack);
        if let (Some(ty), Some(_), false) = (saved.filter(Ty::is_scalar), literal_length(range), vars.generic) {
            vars[stack].ty = Ty::Array(Box::new(ty));
        }
        let sized = Stmt::Let(Pattern::Var(stack), Expr::NewStack(Room::Loop(Box::new(range.clone()))));
        stmts.insert(at, sized);
        stmts.retain(
            |stmt| !matches!(stmt, Stmt::Let(Pattern::Var(var), Expr::NewStack(Room::Growing)) if *var == stack),
        );
    }
}

/// Before a loop in a branch, where the stack itself has to be made outside.
fn reserve_in_branches(stmts: &mut [Stmt], stack: Var) {
    let mut users = stmts.iter_mut().filter(|stmt| saves(stmt, stack) > 0);
    let (Some(Stmt::If { then, otherwise, .. }), None) = (users.next(), users.next()) else { return };
    for block in [then, otherwise] {
        match only_saver(&block.stmts, stack).map(|(at, range, _)| (at, range.clone())) {
            Some((at, range)) => {
                let room = Expr::NewStack(Room::Loop(Box::new(range)));
                block.stmts.insert(at, Stmt::Assign(Place::of(stack), room));
            }
            None => reserve_in_branches(&mut block.stmts, stack),
        }
    }
}

/// The type of what a loop saves to a stack.
pub fn saved_type(vars: &Vars, body: &Block, stack: Var) -> Option<Ty> {
    body.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Save { stack: to, value: Expr::Var(var) } if *to == stack => Some(vars[*var].ty.clone()),
        Stmt::Save { stack: to, value: Expr::Load(place) } if *to == stack => Some(vars.place_type(place)),
        _ => None,
    })
}

/// The counted loop that is the only statement to save to a stack, which it does once in each iteration.
pub fn only_saver(stmts: &[Stmt], stack: Var) -> Option<(usize, &Range, &Block)> {
    let mut users = stmts.iter().enumerate().filter(|(_, stmt)| saves(stmt, stack) > 0);
    let (Some((at, Stmt::For { range, body, .. })), None) = (users.next(), users.next()) else { return None };
    let once = body.stmts.iter().filter(|stmt| is_save(stmt, stack)).count() == 1;
    let pure = [&range.low, &range.high].into_iter().chain(&range.step).all(Expr::is_pure);
    (once && inner_saves(body, stack) == 1 && pure && range.last.is_none() && range.part.is_none())
        .then_some((at, range, body))
}

/// The number of iterations, if both bounds are literals.
pub fn literal_length(range: &Range) -> Option<usize> {
    let literal = |bound: &Expr| match bound {
        Expr::Opaque(opaque) => opaque.tokens.0.to_string().trim_end_matches("usize").parse::<usize>().ok(),
        _ => None,
    };
    let length = literal(&range.high)?.checked_sub(literal(&range.low)?)?;
    (range.step.is_none() && range.last.is_none() && range.part.is_none())
        .then_some(length + usize::from(range.inclusive))
        .filter(|n| *n <= MOST)
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
