//! Whether two indices are never the same: by the bounds of the loops that count them.

use super::{Fixed, Lasting, Loop, Path, When, common};
use crate::analysis::sum::Sum;
use crate::emit::marked_var;
use crate::ir::Var;
use proc_macro2::{TokenStream, TokenTree};
use std::ops::Range;
use std::rc::Rc;

impl Lasting {
    /// Whether an index that is read and one that is written to differ, into a list in the loops `around`.
    pub(super) fn indices_differ(
        &self,
        around: &Path,
        read: (&Sum, &Path),
        written: (&Sum, &Path),
        when: When,
    ) -> bool {
        let resolved = |(index, path): (&Sum, &Path)| self.resolved(index, path, around);
        let Some((one, other)) = resolved(read).zip(resolved(written)) else { return false };
        let (one, other) = (Index { at: one, path: read.1, around }, Index { at: other, path: written.1, around });
        if self.is_apart(&one, &other, when) {
            return true;
        }
        self.rows(&one).zip(self.rows(&other)).is_some_and(
            |([row, width, column], [other_row, other_width, other_column])| {
                width == other_width
                    && (self.is_apart(&one.part(row), &other.part(other_row), when)
                        || self.is_apart(&one.part(column), &other.part(other_column), when))
            },
        )
    }

    /// Whether an index is always less than the one that is written to, or always greater.
    fn is_apart(&self, read: &Index<'_>, written: &Index<'_>, when: When) -> bool {
        let shared = match when {
            When::Later(at) => at + 1,
            When::Same(count) => count,
        };
        [false, true].into_iter().any(|greatest| {
            let own = self.extreme(read, shared..read.path.len(), !greatest);
            let other = self.extreme(written, shared..written.path.len(), greatest).and_then(|other| match when {
                When::Later(at) => self.in_later_iteration(written.part(other), at, greatest),
                When::Same(_) => Some(other),
            });
            own.zip(other).is_some_and(|(own, other)| {
                let difference = read.part(if greatest { own.less(&other) } else { other.less(&own) });
                let least = self.extreme(&difference, 0..shared, false).and_then(|least| least.constant());
                least.is_some_and(|least| least > 0)
            })
        })
    }

    /// The least or the greatest value of an index, whatever these of its loops count.
    fn extreme(&self, index: &Index<'_>, loops: Range<usize>, greatest: bool) -> Option<Sum> {
        let mut at = index.at.clone();
        for depth in loops.rev() {
            let Some(counts) = index.path[depth].counts.as_ref().filter(|counts| at.reads().contains(&counts.counter))
            else {
                continue;
            };
            let (subtracted, rest) = at.apart(counts.counter)?;
            let end = if greatest != subtracted { &counts.last } else { &counts.low };
            let end = self.resolved(end.as_ref()?, &index.path[..depth], index.around)?;
            at = if subtracted { rest.less(&end) } else { rest.plus(&end) };
        }
        Some(at)
    }

    /// The least or the greatest value of an index in a later iteration of a loop, in terms of the iteration at hand.
    fn in_later_iteration(&self, index: Index<'_>, depth: usize, greatest: bool) -> Option<Sum> {
        let counts = index.path[depth].counts.as_ref();
        let Some(counts) = counts.filter(|counts| index.at.reads().contains(&counts.counter)) else {
            return Some(index.at);
        };
        let (subtracted, rest) = index.at.apart(counts.counter)?;
        let (counter, one) = (Sum::of_var(counts.counter), Sum::integer(1));
        // the counter has gone on towards one end
        let end = match (greatest != subtracted, counts.down) {
            (false, false) => counter.plus(&one),
            (true, true) => counter.less(&one),
            (true, false) => self.resolved(counts.last.as_ref()?, &index.path[..depth], index.around)?,
            (false, true) => self.resolved(counts.low.as_ref()?, &index.path[..depth], index.around)?,
        };
        Some(if subtracted { rest.less(&end) } else { rest.plus(&end) })
    }

    /// `i`, `n` and `j` of `i * n + j`, where `j` is less than `n`, which does not change.
    fn rows(&self, index: &Index<'_>) -> Option<[Sum; 3]> {
        let all = 0..index.path.len();
        index.at.products().into_iter().find_map(|(row, width, column)| {
            let fixed = width.terms().all(|term| self.is_known(term, &[], index.around));
            let (least, most) = (
                self.extreme(&index.part(column.clone()), all.clone(), false)?,
                self.extreme(&index.part(column.clone()), all.clone(), true)?,
            );
            let inside = least.constant()? >= 0 && width.less(&most).constant()? > 0;
            (fixed && inside).then_some([row, width, column])
        })
    }

    /// An index, or a bound, without the integers that are defined in loops, if each of its terms has one value in an iteration of them.
    fn resolved(&self, index: &Sum, path: &[Rc<Loop>], around: &Path) -> Option<Sum> {
        let defined = |var: Var| {
            let inside = self.path(var).is_some_and(|path| path.len() > around.len());
            self.definitions.get(&var).filter(|_| inside)
        };
        let known =
            index.terms().all(|term| self.is_known(term, path, around) || variable(term).and_then(defined).is_some());
        let mut resolved = index.clone();
        for var in index.reads() {
            if let Some(definition) = defined(var) {
                let definition = self.resolved(definition, self.path(var)?, around)?;
                let (subtracted, rest) = resolved.apart(var)?;
                resolved = if subtracted { rest.less(&definition) } else { rest.plus(&definition) };
            }
        }
        known.then_some(resolved)
    }

    /// Whether a term has one value: it is made of literals, constants, counters of these loops, and of what does not change while the
    /// list is there.
    fn is_known(&self, term: &TokenStream, loops: &[Rc<Loop>], around: &Path) -> bool {
        let counted =
            |var| loops.iter().filter_map(|around| around.counts.as_ref()).any(|counts| counts.counter == var);
        let is = |var: Var, kind: Fixed| {
            let outside = self.path(var).is_some_and(|path| common(path, around) == path.len());
            self.fixed.get(&var) == Some(&kind) && outside
        };
        let tokens: Vec<TokenTree> = term.clone().into_iter().collect();
        let before = |at: usize, by: usize| at.checked_sub(by).and_then(|at| tokens.get(at));
        tokens.iter().enumerate().all(|(at, token)| match token {
            TokenTree::Ident(ident) => match marked_var(ident) {
                Some(var) if is_punct(tokens.get(at + 1), ".") => is(var, Fixed::Shared),
                Some(var) => (counted(var) && self.path(var).is_some()) || is(var, Fixed::Scalar),
                None => true,
            },
            TokenTree::Group(group) => match before(at, 1) {
                // `xs.len()`
                Some(TokenTree::Ident(name)) => {
                    *name == "len" && is_punct(before(at, 2), ".") && group.stream().is_empty()
                }
                None => self.is_known(&group.stream(), loops, around),
                sign => is_punct(sign, "+-*/%,") && self.is_known(&group.stream(), loops, around),
            },
            _ => true,
        })
    }
}

/// An index of an element, or a part of one.
struct Index<'a> {
    at: Sum,
    /// The loops around it.
    path: &'a Path,
    /// The loops around the list.
    around: &'a Path,
}

impl Index<'_> {
    fn part(&self, at: Sum) -> Index<'_> {
        Index { at, path: self.path, around: self.around }
    }
}

/// The variable that a term is.
fn variable(term: &TokenStream) -> Option<Var> {
    match &term.clone().into_iter().collect::<Vec<_>>()[..] {
        [TokenTree::Ident(ident)] => marked_var(ident),
        _ => None,
    }
}

fn is_punct(token: Option<&TokenTree>, signs: &str) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if signs.contains(punct.as_char()))
}
