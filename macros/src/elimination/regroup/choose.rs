//! The search for the ways that take the fewest operations together.
//!
//! Deterministic descent: another way for one form, a form that several others can use, a form that nothing has to use.

use super::form::Id;
use super::ways::Way;

/// Rounds of the search. Two or three are usual.
const ROUNDS: usize = 8;

/// What is to be computed, and how that can be done.
pub struct Task<'a> {
    ways: &'a [Vec<Way>],
    /// The forms that are there already.
    given: &'a [bool],
    /// The forms that are wanted.
    wanted: &'a [Id],
    /// For each form those that some way computes from it.
    users: Vec<Vec<Id>>,
}

/// The way of each form, by its number in the list.
pub type Choice = Vec<usize>;

impl<'a> Task<'a> {
    pub fn new(ways: &'a [Vec<Way>], given: &'a [bool], wanted: &'a [Id]) -> Self {
        let mut users = vec![Vec::new(); ways.len()];
        for user in (0..ways.len()).filter(|user| !given[*user]) {
            for operand in ways[user].iter().flat_map(|way| way.operands) {
                if users[operand.id].last() != Some(&user) {
                    users[operand.id].push(user);
                }
            }
        }
        Self { ways, given, wanted, users }
    }

    /// The best choice that is found, from the one that is written.
    pub fn choose(&self) -> Choice {
        let mut best = vec![0; self.ways.len()];
        let mut cost = self.cost(&best);
        for _ in 0..ROUNDS {
            let before = cost;
            for form in 0..self.ways.len() {
                if let Some((found, better)) = self.other_way(&best, form, cost) {
                    (best, cost) = (found, better);
                }
                for trial in [self.used_more(&best, form), self.used_no_more(&best, form)].into_iter().flatten() {
                    let found = self.cost(&trial);
                    if found < cost {
                        (best, cost) = (trial, found);
                    }
                }
            }
            if cost == before {
                break;
            }
        }
        best
    }

    fn other_way(&self, choice: &Choice, form: Id, cost: usize) -> Option<(Choice, usize)> {
        if self.given[form] {
            return None;
        }
        let trials = (0..self.ways[form].len()).filter(|way| *way != choice[form]).map(|way| {
            let mut trial = choice.clone();
            trial[form] = way;
            let cost = self.cost(&trial);
            (trial, cost)
        });
        trials.filter(|(_, found)| *found < cost).min_by_key(|(_, found)| *found)
    }

    /// Every form that can be computed from this one is.
    fn used_more(&self, choice: &Choice, form: Id) -> Option<Choice> {
        let others = self.users[form].iter().filter(|user| !self.ways[**user][choice[**user]].uses(form));
        let changed: Vec<(Id, usize)> =
            others.filter_map(|user| Some((*user, self.ways[*user].iter().position(|way| way.uses(form))?))).collect();
        // one at a time was tried before
        (changed.len() > 1).then(|| {
            let mut trial = choice.clone();
            changed.into_iter().for_each(|(user, way)| trial[user] = way);
            trial
        })
    }

    /// Every form that is computed from this one is computed from others, if that is possible.
    fn used_no_more(&self, choice: &Choice, form: Id) -> Option<Choice> {
        let others = |user: Id| (0..self.ways[user].len()).filter(move |way| !self.ways[user][*way].uses(form));
        let mut users = self.users[form].iter().filter(|user| self.ways[**user][choice[**user]].uses(form)).copied();
        if self.given[form] || self.wanted.contains(&form) || !users.clone().all(|user| others(user).next().is_some()) {
            return None;
        }
        let mut trial = choice.clone();
        users.try_for_each(|user| {
            let with = |way: usize| {
                let mut trial = trial.clone();
                trial[user] = way;
                self.cost(&trial)
            };
            trial[user] = others(user).min_by_key(|way| with(*way))?;
            Some(())
        })?;
        Some(trial)
    }

    /// The number of operations. A choice that goes in circles has none.
    pub fn cost(&self, choice: &Choice) -> usize {
        let mut seen = vec![Seen::No; self.ways.len()];
        let mut cost = 0;
        let possible = self.wanted.iter().all(|form| self.count(choice, *form, &mut seen, &mut cost));
        if possible { cost } else { usize::MAX }
    }

    fn count(&self, choice: &Choice, form: Id, seen: &mut [Seen], cost: &mut usize) -> bool {
        match seen[form] {
            Seen::Counted => return true,
            Seen::Open => return false,
            Seen::No => {}
        }
        if let Some(way) = self.ways[form].get(choice[form]).filter(|_| !self.given[form]) {
            seen[form] = Seen::Open;
            *cost += 1;
            if !way.operands.iter().all(|operand| self.count(choice, operand.id, seen, cost)) {
                return false;
            }
        }
        seen[form] = Seen::Counted;
        true
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    No,
    Open,
    Counted,
}
