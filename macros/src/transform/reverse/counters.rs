//! Integers that the reverse sweep counts back ([`crate::analysis::induction`]), in a variable of its own.
//!
//! A block that does not change such an integer reads that variable in its reverse. One that counts it counts it back
//! before anything else, and reads between the steps what the forward sweep read between its own:
//!
//! ```text
//! let at = left;                  left_back -= 1;
//! left += 1;                      let at = left_back;
//! y += x[at];                     x_bar[at] += y_bar;
//! ```

use super::Reverse;
use crate::ir::{Access, Block, Expr, Pattern, Place, Role, Stmt, Var};
use crate::simplify::{remove_sums, touches};
use std::collections::BTreeSet;

/// The integers that a block counts itself, on the way from its last statement to its first.
#[derive(Default)]
pub struct Counters {
    /// With the variable in which each is counted back.
    counted: Vec<(Var, Var)>,
    /// Those between whose steps something is read.
    read: BTreeSet<Var>,
    /// The start of the reverse of the block.
    stmts: Vec<Stmt>,
}

impl Counters {
    /// Whether an integer is one of them.
    pub fn contains(&self, var: Var) -> bool {
        self.counted.iter().any(|(counted, _)| *counted == var)
    }

    fn note(&mut self, read: Var) {
        if self.contains(read) {
            self.read.insert(read);
        }
    }

    /// Moves the steps back to the start of the reverse of the block, where something is read between them.
    pub fn move_steps(self, reverse: Vec<Stmt>) -> Vec<Stmt> {
        let Self { counted, read, stmts } = self;
        let moved = |stmt: &Stmt| match stmt {
            Stmt::Add(place, _) => counted.iter().any(|(var, back)| *back == place.root && read.contains(var)),
            _ => false,
        };
        let first = stmts.into_iter().filter(|stmt| moved(stmt) || !matches!(stmt, Stmt::Add(..)));
        let first: Vec<Stmt> = first.collect();
        first.into_iter().chain(reverse.into_iter().filter(|stmt| !moved(stmt))).collect()
    }
}

impl Reverse<'_> {
    /// Lets the reverse sweep undo what is added to integers.
    pub fn bring_back(&mut self, counters: &BTreeSet<Var>) {
        for var in counters {
            let back = self.vars.derived(*var, "_back", Role::Residual, true);
            self.vars[back].access = Access::Owned;
            self.counted.insert(*var, back);
        }
    }

    /// The reverse of the block that defines integers starts from what they are at its end, which the forward sweep keeps.
    pub fn start_from_the_end(&mut self, counters: &[Var], out: &mut Vec<Stmt>) -> Vec<Stmt> {
        let mut kept = Vec::new();
        for var in counters {
            let Some(back) = self.counted.get(var).copied() else { continue };
            let mut end = Expr::Load(Place::of(*var));
            if self.levels.len() > 1 {
                let name = self.kept_variable(*var, "_end", self.vars[*var].ty.clone());
                kept.push(Stmt::Let(Pattern::Var(name), std::mem::replace(&mut end, Expr::Var(name))));
            }
            out.push(Stmt::Let(Pattern::Var(back), end));
        }
        kept
    }

    /// `place += value;` counted back.
    pub fn count_back(&self, place: &Place, value: &Expr, out: &mut Vec<Stmt>) {
        if let Some(back) = self.counted.get(&place.root) {
            out.push(Stmt::Add(Place::of(*back), value.clone().negate()));
        }
    }

    /// Leaves out what is counted back for nothing.
    pub fn forget_unread(&self, sweep: &mut Vec<Stmt>) {
        if !self.counted.is_empty() {
            let mut block = Block::of(std::mem::take(sweep));
            remove_sums(&mut block, &|var| self.counted.values().any(|back| *back == var));
            *sweep = block.stmts;
        }
    }

    /// Whether the reverse of the block at hand starts with what a variable from outside of it was throughout the block.
    pub fn is_brought_back(&self, var: Var) -> bool {
        self.is_place_brought_back(&Place::of(var))
    }

    /// The same of a place in such a variable.
    pub fn is_place_brought_back(&self, place: &Place) -> bool {
        let restored = self.restored_place(place).is_some();
        let brought_back = restored || self.counted.contains_key(&place.root);
        (restored && self.reads_at_end(place))
            || (brought_back && self.levels.last().is_some_and(|level| level.leaves(place)))
    }

    /// The integers that the block at hand counts by statements of its own, and that the blocks in it neither count nor read.
    pub fn counted_directly(&self, reverse: &[Stmt]) -> Counters {
        let mut counted = Vec::new();
        let defined = self.levels.last().map(|level| &level.defined);
        for (var, back) in self.counted.iter() {
            let own = |read: Var| defined.is_some_and(|defined| defined.contains(&read));
            let mut uses = reverse.iter().filter(|stmt| touches(stmt, *back) || touches(stmt, *var)).peekable();
            let counts = uses.peek().is_some();
            let direct = uses.all(|stmt| match stmt {
                Stmt::Add(place, value) => {
                    let mut outer = true;
                    value.for_each_read(&mut |read| outer &= !own(read));
                    outer && place.is_whole() && place.root == *back
                }
                _ => false,
            });
            if counts && direct && !own(*var) {
                counted.push((*var, *back));
            }
        }
        Counters { counted, read: BTreeSet::new(), stmts: Vec::new() }
    }

    /// Takes the statements of the forward sweep from the last to the first: whether the reverse sweep repeats one between its steps.
    pub fn repeats_between_steps(&self, stmt: &Stmt, is_wanted: bool, counters: &mut Counters) -> bool {
        match stmt {
            Stmt::Add(place, value) if counters.contains(place.root) => {
                self.count_back(place, value, &mut counters.stmts);
                false
            }
            Stmt::Let(Pattern::Var(var), value) if is_wanted && self.is_repeatable(value, counters) => {
                // what the block defines itself comes behind the steps
                let mut outer = true;
                value.for_each_read(&mut |read| {
                    outer &= self.levels.last().is_some_and(|level| !level.defined.contains(&read));
                });
                if outer {
                    value.for_each_read(&mut |read| counters.note(read));
                    counters.stmts.push(Stmt::Let(Pattern::Var(*var), self.read_back(value)));
                }
                outer
            }
            _ => false,
        }
    }

    /// A value of the forward sweep, read from what is brought back.
    pub fn read_back(&self, value: &Expr) -> Expr {
        let mut value = value.clone();
        self.brought_back().for_each(|(from, to)| value.rename(from, to));
        value
    }

    /// What the reverse sweep brings back, with the variable that it does so in.
    pub fn brought_back(&self) -> impl Iterator<Item = (Var, Var)> + '_ {
        let restored = self.restored.iter().map(|(from, (to, _))| (from, to));
        self.counted.iter().chain(restored).map(|(from, to)| (*from, *to))
    }
}
