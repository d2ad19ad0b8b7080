//! One stack for what a block saves: what an iteration or a branch saves at several places stands in one record.
//!
//! ```text
//! a_saved.push(a); .. b_saved.push(b.clone());        .. let b_kept = b.clone(); .. saved.push((a, b_kept));
//! let b = b_saved.pop(); let a = *a_saved.pop();      let &(a, ref b) = saved.pop();
//! ```
//!
//! Takes both sweeps as they are emitted, after what loops save has gone into frames; returns sweeps that save and read the same
//! values in the same order. Lists have stacks of their own, which use the memory of what they held before.

use crate::ir::{Access, Expr, Pattern, Place, Role, Room, Stmt, Ty, Var, VarMap, Vars};
use proc_macro2::Span;
use std::collections::BTreeMap;

/// Joins the stacks of each block.
pub fn save_together(vars: &mut Vars, forward: &mut Vec<Stmt>, reverse: &mut Vec<Stmt>) {
    let mut groups: BTreeMap<Sites, Vec<Stack>> = BTreeMap::new();
    for (sites, stack) in stacks(vars, [forward, reverse]) {
        groups.entry(sites).or_default().push(stack);
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|stack| stack.saved_at);
        join(vars, &group, [forward, reverse]);
    }
}

/// The blocks in which a stack is made, emptied, pushed to, rewound and popped, and of which kind it is.
type Sites = (Vec<usize>, u8);

/// A stack to which one statement saves, and from which one statement reads.
struct Stack {
    var: Var,
    rewind: Var,
    popped: Var,
    saved_at: usize,
}

/// Everything that touches a stack.
#[derive(Default)]
struct Uses {
    made: Vec<(usize, u8)>,
    emptied: Vec<usize>,
    saves: Vec<(usize, usize)>,
    rewinds: Vec<(usize, Var)>,
    pops: Vec<(usize, Var)>,
    other: bool,
}

/// The stacks that can stand in a record.
fn stacks(vars: &Vars, sweeps: [&[Stmt]; 2]) -> Vec<(Sites, Stack)> {
    let mut uses: VarMap<Uses> = VarMap::new();
    let mut owners: VarMap<Var> = VarMap::new();
    let mut blocks = 0;
    for stmts in sweeps {
        each_block(stmts, &mut blocks, &mut |block, stmts| {
            for (at, stmt) in stmts.iter().enumerate() {
                note(vars, stmt, block, at, &mut uses, &mut owners);
            }
        });
    }
    let mut found = Vec::new();
    for (var, uses) in uses.iter() {
        let ([(made, kind)], [(saved, saved_at)], [(rewound, rewind)], [(read, popped)], false) =
            (&uses.made[..], &uses.saves[..], &uses.rewinds[..], &uses.pops[..], uses.other)
        else {
            continue;
        };
        let sites = [*made, *saved, *rewound, *read].into_iter().chain(uses.emptied.iter().copied()).collect();
        found.push(((sites, *kind), Stack { var: *var, rewind: *rewind, popped: *popped, saved_at: *saved_at }));
    }
    found
}

fn note(vars: &Vars, stmt: &Stmt, block: usize, at: usize, uses: &mut VarMap<Uses>, owners: &mut VarMap<Var>) {
    match stmt {
        Stmt::Let(Pattern::Var(stack), Expr::NewStack(room)) => {
            let kind = match room {
                Room::Growing => Some(0),
                Room::Loop(range) if range.checkpoint.is_none() => Some(1),
                Room::One => Some(2),
                Room::Loop(_) | Room::Zeros => None,
            };
            let uses = uses.get_or_default(*stack);
            uses.other |= kind.is_none() || matches!(vars[*stack].ty, Ty::Array(_));
            uses.made.push((block, kind.unwrap_or_default()));
        }
        Stmt::Assign(place, Expr::NewStack(_)) => uses.get_or_default(place.root).emptied.push(block),
        Stmt::Save { stack, value } => {
            let uses = uses.get_or_default(*stack);
            uses.other |= matches!(value, Expr::Snapshot(place) if vars.holds_list(place));
            uses.saves.push((block, at));
        }
        Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)) => {
            uses.get_or_default(*stack).rewinds.push((block, *rewind));
            owners.insert(*rewind, *stack);
        }
        Stmt::Let(Pattern::Var(popped), Expr::Pop(from)) => {
            uses.get_or_default(owners.get(from).copied().unwrap_or(*from)).pops.push((block, *popped));
        }
        Stmt::Let(_, Expr::Frame(from, _)) => {
            uses.get_or_default(owners.get(from).copied().unwrap_or(*from)).other = true;
        }
        _ => {}
    }
}

/// Calls `f` with every block and its number.
fn each_block<'a>(stmts: &'a [Stmt], blocks: &mut usize, f: &mut dyn FnMut(usize, &'a [Stmt])) {
    f(*blocks, stmts);
    *blocks += 1;
    for block in stmts.iter().flat_map(Stmt::blocks) {
        each_block(&block.stmts, blocks, f);
    }
}

/// One stack in the place of several. What is saved first keeps its value in a variable until all of it is there.
fn join(vars: &mut Vars, group: &[Stack], sweeps: [&mut Vec<Stmt>; 2]) {
    let [stack, rewind] = [(); 2].map(|()| {
        let var = vars.temporary("saved", Ty::Unknown, Span::call_site());
        (vars[var].role, vars[var].mutable) = (Role::Residual, true);
        var
    });
    // from there on it has the stack's name
    vars[rewind].name = vars[stack].name.clone();
    let mut record = Record { vars, stack, rewind, group, saved: Vec::new(), read: false };
    sweeps.into_iter().for_each(|stmts| record.stmts(stmts));
}

struct Record<'a> {
    vars: &'a mut Vars,
    stack: Var,
    rewind: Var,
    group: &'a [Stack],
    /// What has been saved so far.
    saved: Vec<Expr>,
    /// Whether the record has been read.
    read: bool,
}

impl Record<'_> {
    fn stmts(&mut self, stmts: &mut Vec<Stmt>) {
        let mut at = 0;
        while at < stmts.len() {
            let (stmt, rest) = (&stmts[at], &stmts[at + 1..]);
            match self.changed(stmt, rest) {
                Some(Some(stmt)) => stmts[at] = stmt,
                Some(None) => {
                    stmts.remove(at);
                    continue;
                }
                None => stmts[at].blocks_mut().into_iter().for_each(|block| self.stmts(&mut block.stmts)),
            }
            at += 1;
        }
    }

    /// What takes the place of a statement of the group, if it is one, before the rest of its block.
    fn changed(&mut self, stmt: &Stmt, rest: &[Stmt]) -> Option<Option<Stmt>> {
        let group = self.group;
        let is_first = |var: Var| group[0].var == var;
        let member = |var: Var| group.iter().find(|stack| stack.var == var || stack.rewind == var);
        match stmt {
            Stmt::Let(Pattern::Var(var), value @ Expr::NewStack(_)) => {
                member(*var)?;
                Some(is_first(*var).then(|| Stmt::Let(Pattern::Var(self.stack), value.clone())))
            }
            Stmt::Assign(place, value @ Expr::NewStack(_)) => {
                member(place.root)?;
                Some(is_first(place.root).then(|| Stmt::Assign(Place::of(self.stack), value.clone())))
            }
            Stmt::Save { stack, value } => {
                let popped = member(*stack)?.popped;
                Some(self.save(popped, value, rest))
            }
            Stmt::Let(_, Expr::Rewind(stack)) => {
                member(*stack)?;
                Some(is_first(*stack).then(|| Stmt::Let(Pattern::Var(self.rewind), Expr::Rewind(self.stack))))
            }
            Stmt::Let(_, Expr::Pop(rewind)) => {
                member(*rewind)?;
                let first = !std::mem::replace(&mut self.read, true);
                let parts = || group.iter().map(|stack| Pattern::Var(stack.popped)).collect();
                Some(first.then(|| Stmt::Let(Pattern::Tuple(parts()), Expr::Pop(self.rewind))))
            }
            _ => None,
        }
    }

    fn save(&mut self, popped: Var, value: &Expr, rest: &[Stmt]) -> Option<Stmt> {
        let last = self.saved.len() + 1 == self.group.len();
        if last || self.lasts(value, rest) {
            self.saved.push(value.clone());
            let values = || Expr::Tuple(std::mem::take(&mut self.saved));
            return last.then(values).map(|value| Stmt::Save { stack: self.stack, value });
        }
        let copied = matches!(value, Expr::Snapshot(place) if place.is_whole());
        let suffix = if copied && !self.vars[popped].name.ends_with("_kept") { "_kept" } else { "" };
        let kept = self.vars.derived(popped, suffix, Role::Residual, false);
        self.saved.push(Expr::Var(kept));
        Some(Stmt::Let(Pattern::Var(kept), value.clone()))
    }

    /// Whether a value is still there where the record is saved.
    fn lasts(&self, value: &Expr, rest: &[Stmt]) -> bool {
        let fixed = |var: Var| !self.vars[var].mutable && self.vars[var].access == Access::Owned;
        match value {
            Expr::Var(var) => fixed(*var),
            Expr::Snapshot(place) if place.is_whole() => {
                let var = place.root;
                let end = self.group[self.group.len() - 1].var;
                let until = rest.iter().take_while(|stmt| !matches!(stmt, Stmt::Save { stack, .. } if *stack == end));
                fixed(var) && !until.into_iter().any(|stmt| stmt.takes(var) || reads_in_source(stmt, var))
            }
            _ => false,
        }
    }
}

/// Whether source that is copied through reads a variable, which may take it.
fn reads_in_source(stmt: &Stmt, var: Var) -> bool {
    fn in_source(expr: &Expr, var: Var) -> bool {
        let mut found = matches!(expr, Expr::Opaque(opaque) if opaque.reads.contains(&var));
        expr.for_each_child(&mut |child| found |= in_source(child, var));
        found
    }
    let mut found = false;
    stmt.for_each_expr_inside(&mut |expr| found |= in_source(expr, var));
    found
}
