//! Sparse Jacobians where each argument has directions of its own.
//!
//! The columns of one argument reach less than all the function computes. Where the arguments are pushed apart, each carries
//! as many lanes as its own colours need, through what depends on it, and the primal runs once.
//!
//! Neighbouring arguments are pushed together where the few lanes of one set do for them, since columns share colours.
//!
//! Where a few lanes do and the columns are few enough to be told apart, no number checks the pattern: each tangent carries the set of
//! columns that it depends on. If the pattern lacks one of them, all is done again with numbers, which may be zero.

use core::marker::PhantomData;
use core::ops::Range;
use std::borrow::Cow;

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;

use super::jacobian::by_lanes;
use super::pattern::pattern;
use super::sums::Sums;
use super::values::{Colored, weight};
use super::{ColumnColoring, ColumnSet, Error, FEW, FewColumns, FewTraced, MANY, Many, OWN, Own, Pushed};
use crate::directions::{Along, Lanes, components};
use crate::real::Real;

/// How a function of several arguments can be pushed.
pub struct Apart<const K: usize> {
    /// The columns of each argument.
    pub columns: [usize; K],
    /// The operations of a set of directions that all arguments share: those of the primal, and those of each lane.
    pub together: (usize, usize),
    /// The same with directions for each argument.
    pub apart: (usize, usize),
}

/// A tangent of the value along each argument.
type PushedApart<D, V, const K: usize> = [<V as Along<D>>::Tangent; K];

/// The Jacobian with the pattern that it has at this point.
pub fn jacobian_apart<T: Real + Scalar, V, const K: usize>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet) -> Pushed<ColumnSet, V>,
    plan: Apart<K>,
    together: (
        impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> Pushed<FewTraced<T>, V>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    ),
    apart: (
        impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> PushedApart<FewTraced<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Own<T>) -> PushedApart<Own<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> PushedApart<Many<T>, V, K>,
    ),
) -> CscMatrix<T>
where
    V: Along<ColumnSet> + Along<FewTraced<T>> + Along<Own<T>> + Along<Many<T>>,
{
    let coloring = ColumnColoring::of(pattern(push_sets));
    match either(&coloring, false, &plan, together, apart) {
        Ok(jacobian) => jacobian,
        Err(error) => panic!("a value has changed its shape: {error}"),
    }
}

/// The Jacobian with a pattern that was taken elsewhere.
///
/// # Errors
/// If the pattern has another shape, or lacks an entry.
pub fn jacobian_colored_apart<T: Real + Scalar, V, const K: usize>(
    coloring: &ColumnColoring,
    plan: Apart<K>,
    together: (
        impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> Pushed<FewTraced<T>, V>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    ),
    apart: (
        impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> PushedApart<FewTraced<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Own<T>) -> PushedApart<Own<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> PushedApart<Many<T>, V, K>,
    ),
) -> Result<CscMatrix<T>, Error>
where
    V: Along<FewTraced<T>> + Along<Own<T>> + Along<Many<T>>,
{
    either(coloring, true, &plan, together, apart)
}

/// The same where neighbouring arguments share a few lanes: nothing if these do not do.
///
/// # Errors
/// If the result has another number of rows than the pattern, or the pattern lacks an entry.
pub fn jacobian_colored_near<T: Real + Scalar, V: Along<FewTraced<T>>, const K: usize>(
    coloring: &ColumnColoring,
    plan: Apart<K>,
    near: impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> PushedApart<FewTraced<T>, V, K>,
) -> Result<Option<CscMatrix<T>>, Error> {
    let groups = Groups::of(coloring, plan.columns, FEW, true).filter(|groups| groups.width <= FEW);
    match groups.filter(|groups| plan.is_cheaper_apart(groups.width, coloring.colors() + 1)) {
        Some(groups) => by_traced_lanes::<T, V, K>(coloring, &groups, near),
        None => Ok(None),
    }
}

fn either<T: Real + Scalar, V, const K: usize>(
    coloring: &ColumnColoring,
    checked: bool,
    plan: &Apart<K>,
    together: (
        impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> Pushed<FewTraced<T>, V>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    ),
    apart: (
        impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> PushedApart<FewTraced<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Own<T>) -> PushedApart<Own<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> PushedApart<Many<T>, V, K>,
    ),
) -> Result<CscMatrix<T>, Error>
where
    V: Along<FewTraced<T>> + Along<Own<T>> + Along<Many<T>>,
{
    let directions = coloring.colors() + usize::from(checked);
    let groups = Groups::of(coloring, plan.columns, MANY, checked);
    match groups.filter(|groups| plan.is_cheaper_apart(groups.width, directions)) {
        Some(groups) if groups.width <= FEW => {
            if let Some(jacobian) = by_traced_lanes::<T, V, K>(coloring, &groups, apart.0)? {
                return Ok(jacobian);
            }
        }
        Some(groups) if groups.width <= OWN => return by_own_lanes::<T, V, OWN, K>(coloring, &groups, apart.1),
        Some(groups) => return by_own_lanes::<T, V, MANY, K>(coloring, &groups, apart.2),
        None => {}
    }
    match directions <= FEW {
        true => by_lanes(coloring, checked, together.0),
        false => by_lanes(coloring, checked, together.1),
    }
}

impl<const K: usize> Apart<K> {
    /// Whether a set for each argument, with so many lanes used, is less work than sets that all share.
    fn is_cheaper_apart(&self, width: usize, together: usize) -> bool {
        // machines take floats by twos
        let price =
            |(shared, each): (usize, usize), lanes: usize| shared.saturating_add(each.saturating_mul(lanes) / 2);
        let lanes = if together <= FEW { FEW } else { MANY };
        let own = if width <= FEW {
            // the columns take as long as a lane
            FEW + 1
        } else if width <= OWN {
            OWN
        } else {
            MANY
        };
        let sets = together.div_ceil(lanes).max(1);
        width <= MANY && price(self.apart, own) < price(self.together, lanes).saturating_mul(sets)
    }
}

/// The colours of the columns of each argument.
struct Groups<'c, const K: usize> {
    columns: [Range<usize>; K],
    /// In which argument's run, and in which lane of it, each colour is.
    places: Vec<(usize, usize)>,
    /// The lane that checks the columns of an argument, where several share a colour.
    checks: [Option<usize>; K],
    /// The most lanes that an argument needs.
    width: usize,
    /// The columns that each row has by the pattern, if no number is to check it.
    sets: Option<&'c [FewColumns]>,
    checked: bool,
}

impl<'c, const K: usize> Groups<'c, K> {
    /// Nothing if columns of two arguments share a colour, there are others than those of the arguments, or an argument has more
    /// colours than that.
    fn of(coloring: &'c ColumnColoring, columns: [usize; K], most: usize, checked: bool) -> Option<Self> {
        let mut end = 0;
        let columns = columns.map(|count| {
            end += count;
            end - count..end
        });
        let color_of = coloring.color_of();
        if end != color_of.len() {
            return None;
        }
        let mut places = vec![None; coloring.colors()];
        let (mut lanes, mut shared) = ([0; K], [false; K]);
        for (argument, columns) in columns.iter().enumerate() {
            for &color in &color_of[columns.clone()] {
                match places[color] {
                    None if lanes[argument] == most => return None,
                    None => {
                        places[color] = Some((argument, lanes[argument]));
                        lanes[argument] += 1;
                    }
                    Some((of, _)) if of == argument => shared[argument] = true,
                    Some(_) => return None,
                }
            }
        }
        let traced = checked && lanes.iter().all(|lanes| *lanes <= FEW);
        let sets = if traced { coloring.sets_of_rows() } else { None };
        let checked = checked && sets.is_none();
        let mut checks = [None; K];
        for argument in (0..K).filter(|argument| checked && shared[*argument]) {
            checks[argument] = Some(lanes[argument]);
            lanes[argument] += 1;
        }
        let width = lanes.into_iter().max().unwrap_or(0);
        Some(Self { columns, places: places.into_iter().flatten().collect(), checks, width, sets, checked })
    }

    /// The directions of the columns, one after the other.
    fn seeds<T: Real, S: Sums<T>>(&self, coloring: &ColumnColoring) -> impl FnMut() -> S {
        let mut columns = coloring.color_of().iter().enumerate();
        move || {
            let Some((column, &color)) = columns.next() else { return S::ZERO };
            let (argument, lane) = self.places[color];
            let mut seed = S::unit(lane);
            if let Some(check) = self.checks[argument].and_then(|lane| seed.lanes_mut().get_mut(lane)) {
                *check = T::constant(weight(column));
            }
            seed.mark(column);
            seed
        }
    }
}

/// What each argument's run gave, row by row.
type Runs<'t, S, const K: usize> = [Cow<'t, [S]>; K];

/// Nothing if the pattern lacks a column that a row depends on: perhaps its entry is zero.
fn by_traced_lanes<T: Real + Scalar, V: Along<FewTraced<T>>, const K: usize>(
    coloring: &ColumnColoring,
    groups: &Groups<'_, K>,
    mut push: impl FnMut(&mut dyn FnMut() -> FewTraced<T>) -> PushedApart<FewTraced<T>, V, K>,
) -> Result<Option<CscMatrix<T>>, Error> {
    let tangents = push(&mut groups.seeds(coloring));
    let runs = runs::<T, V, FewTraced<T>, K>(coloring, &tangents)?;
    let known = groups.sets.is_none_or(|sets| {
        // without a branch for each row
        let missing = |rows: &[FewTraced<T>]| {
            rows.iter().zip(sets).fold(FewColumns::NONE, |all, (row, set)| all + row.columns.without(*set))
        };
        runs.iter().all(|rows| missing(rows) == FewColumns::NONE)
    });
    known.then(|| matrix(coloring, groups, runs)).transpose()
}

fn by_own_lanes<T: Real + Scalar, V: Along<Lanes<T, N>>, const N: usize, const K: usize>(
    coloring: &ColumnColoring,
    groups: &Groups<'_, K>,
    mut push: impl FnMut(&mut dyn FnMut() -> Lanes<T, N>) -> PushedApart<Lanes<T, N>, V, K>,
) -> Result<CscMatrix<T>, Error> {
    let tangents = push(&mut groups.seeds(coloring));
    matrix(coloring, groups, runs::<T, V, Lanes<T, N>, K>(coloring, &tangents)?)
}

/// # Errors
/// If the result has another number of rows than the pattern.
fn runs<'t, T: Real, V: Along<S>, S: Sums<T>, const K: usize>(
    coloring: &ColumnColoring,
    tangents: &'t [V::Tangent; K],
) -> Result<Runs<'t, S, K>, Error> {
    let (rows, columns) = (coloring.pattern().minor_dim(), coloring.pattern().major_dim());
    let runs = tangents.each_ref().map(|tangent| components::<V, S>(tangent));
    match runs.iter().find(|run| run.len() != rows) {
        Some(run) => Err(Error::Shape { pattern: (rows, columns), found: (run.len(), columns) }),
        None => Ok(runs),
    }
}

fn matrix<T: Real + Scalar, S: Sums<T>, const K: usize>(
    coloring: &ColumnColoring,
    groups: &Groups<'_, K>,
    runs: Runs<'_, S, K>,
) -> Result<CscMatrix<T>, Error> {
    let (mut checks, mut alone) = (Vec::new(), Vec::new());
    for (argument, columns) in groups.columns.iter().enumerate().filter(|_| groups.checked) {
        match groups.checks[argument] {
            Some(lane) => checks.push((columns.clone(), (argument, lane))),
            None => alone.push(columns.clone()),
        }
    }
    let places = groups.places.clone();
    Colored { runs: Vec::from(runs), places, checks, alone, float: PhantomData }.matrix(coloring)
}
