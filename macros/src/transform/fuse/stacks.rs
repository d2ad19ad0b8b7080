//! The residuals of a fused loop: what one iteration saves at its own level is a variable; what its inner loops save
//! stands on stacks that are emptied, but keep their memory, from iteration to iteration.

use crate::ir::{Access, Block, Expr, Pattern, Place, Role, Room, Stmt, Ty, Var, VarMap, Vars};
use crate::simplify::{changes, changes_any};
use std::collections::BTreeSet;

/// The stacks that a reverse loop reads, by the variable that rewinds them.
pub struct Rewinds {
    stacks: VarMap<Var>,
}

/// Finds the stacks of the loop at a position. There are none to use if anything else reads them.
pub fn rewinds(stmts: &[Stmt], reverse: usize) -> Option<Rewinds> {
    let mut popped = BTreeSet::new();
    stmts[reverse].collect_reads(&mut popped);
    let mut stacks = VarMap::new();
    for stmt in stmts {
        if let Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)) = stmt
            && popped.contains(rewind)
        {
            stacks.insert(*rewind, *stack);
        }
    }
    let shared = stmts.iter().enumerate().any(|(index, stmt)| {
        let mut reads = false;
        stmt.for_each_read(&mut |var| reads |= stacks.contains_key(&var));
        reads && index != reverse
    });
    (!shared).then_some(Rewinds { stacks })
}

impl Rewinds {
    /// Whether a statement starts the reverse sweep over one of the stacks.
    pub fn starts_at(&self, stmt: &Stmt) -> bool {
        matches!(stmt, Stmt::Let(Pattern::Var(rewind), Expr::Rewind(_)) if self.stacks.contains_key(rewind))
    }

    /// The stacks and their rewinds.
    pub fn all(&self) -> BTreeSet<Var> {
        self.stacks.iter().flat_map(|(rewind, stack)| [*rewind, *stack]).collect()
    }
}

/// One iteration and its reverse as one body.
pub fn join(vars: &mut Vars, forward: &Block, reverse: &Block, rewinds: &Rewinds) -> Option<Block> {
    let mut first = forward.stmts.clone();
    let mut second = reverse.stmts.clone();
    let (mut clears, mut restarts) = (Vec::new(), Vec::new());
    for (rewind, stack) in &rewinds.stacks {
        if !hold_in_variable(vars, &mut first, &mut second, *rewind, *stack) {
            clears.push(Stmt::Assign(Place::of(*stack), Expr::NewStack(Room::Growing)));
            restarts.push(Stmt::Let(Pattern::Var(*rewind), Expr::Rewind(*stack)));
        }
    }
    read_what_is_there(vars, &first, &mut second);
    let defined: BTreeSet<Var> = first.iter().flat_map(Stmt::defines).collect();
    // what the reverse evaluates again is there already
    let again = |stmt: &Stmt| stmt.defines().iter().any(|var| defined.contains(var));
    for stmt in second.iter().filter(|stmt| again(stmt)) {
        match stmt {
            Stmt::Let(Pattern::Var(var), _) if !vars[*var].mutable => {}
            _ => return None,
        }
    }
    second.retain(|stmt| !again(stmt));
    let mut stmts: Vec<Stmt> = clears.into_iter().chain(first).chain(restarts).chain(second).collect();
    crate::simplify::borrow_unchanged(vars, &mut stmts);
    Some(Block::of(stmts))
}

/// Where the body itself saves a value once and its reverse pops it once, a variable holds it.
fn hold_in_variable(vars: &mut Vars, first: &mut [Stmt], second: &mut Vec<Stmt>, rewind: Var, stack: Var) -> bool {
    let saves: Vec<usize> = positions(first, |stmt| matches!(stmt, Stmt::Save { stack: to, .. } if *to == stack));
    let pops: Vec<usize> = positions(second, |stmt| matches!(stmt, Stmt::Let(_, Expr::Pop(from)) if *from == rewind));
    let ([save], [pop]) = (saves.as_slice(), pops.as_slice()) else { return false };
    let Stmt::Save { value, .. } = &first[*save] else { return false };
    let Stmt::Let(Pattern::Var(popped), _) = &second[*pop] else { return false };
    let (value, popped) = (value.clone(), *popped);
    if value == Expr::Var(popped) && !vars[popped].mutable {
        first[*save] = nothing();
        second.remove(*pop);
        return true;
    }
    let source = match &value {
        Expr::Snapshot(place) if place.is_whole() => Some(place.root),
        Expr::Var(var) => Some(*var),
        _ => None,
    };
    if let Some(source) = source
        && vars[popped].access == Access::Shared
        && vars[source].access == Access::Owned
        && !first[*save..].iter().chain(&*second).any(|stmt| changes_any(stmt, &BTreeSet::from([source])))
    {
        first[*save] = nothing();
        second.remove(*pop);
        second.iter_mut().for_each(|stmt| stmt.rename(popped, source));
        return true;
    }
    let held = vars.derived(popped, "_held", Role::Residual, false);
    vars[held].access = Access::Owned;
    if vars[popped].access == Access::Shared {
        vars[held].ty = Ty::Unknown;
        second[*pop] = Stmt::Let(Pattern::Var(popped), Expr::Borrow(Place::of(held), false));
    } else {
        second[*pop] = Stmt::Let(Pattern::Var(popped), Expr::Var(held));
    }
    first[*save] = Stmt::Let(Pattern::Var(held), value);
    true
}

/// What the reverse of an iteration fills again, right after the iteration has filled it, is still there.
fn read_what_is_there(vars: &Vars, first: &[Stmt], second: &mut Vec<Stmt>) {
    let mut at = 0;
    while at < second.len() {
        match filled_again(vars, first, &second[at]) {
            Some((again, of)) if !changes(second, of) => {
                second.remove(at);
                second.iter_mut().for_each(|stmt| stmt.rename(again, of));
            }
            _ => at += 1,
        }
    }
}

/// The scratch that a loop fills again, and the variable that a loop of the iteration has filled.
fn filled_again(vars: &Vars, first: &[Stmt], stmt: &Stmt) -> Option<(Var, Var)> {
    let Stmt::For { .. } = stmt else { return None };
    let mut written = BTreeSet::new();
    stmt.for_each_write(&mut |var| {
        written.insert(var);
    });
    let [again] = written.into_iter().collect::<Vec<Var>>()[..] else { return None };
    let Role::Again(of) = vars[again].role else { return None };
    let mut fills = first.iter().filter(|stmt| changes_any(stmt, &BTreeSet::from([of])));
    let once = matches!((fills.next(), fills.next()), (Some(Stmt::For { .. }), None));
    once.then_some((again, of))
}

fn nothing() -> Stmt {
    Stmt::Do(Expr::Tuple(Vec::new()))
}

/// Where statements stand, if all that touch the stack stand in the block itself.
fn positions(stmts: &[Stmt], is_one: impl Fn(&Stmt) -> bool) -> Vec<usize> {
    let mut inner = false;
    for block in stmts.iter().flat_map(Stmt::blocks) {
        block.for_each_stmt(&mut |stmt| inner |= is_one(stmt));
    }
    if inner {
        return Vec::new();
    }
    stmts.iter().enumerate().filter(|(_, stmt)| is_one(stmt)).map(|(index, _)| index).collect()
}
