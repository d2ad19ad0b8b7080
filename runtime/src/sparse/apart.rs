//! Sparse Jacobians where each argument has directions of its own.
//!
//! The columns of one argument reach less than all the function computes. Where the arguments are pushed apart, each carries
//! as many lanes as its own colours need, through what depends on it, and the primal runs once.

use core::ops::Range;

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;

use super::jacobian::colored;
use super::pattern::pattern;
use super::values::{Colored, weight};
use super::{ColumnColoring, ColumnSet, Error, FEW, Few, MANY, Many, OWN, Own, Pushed};
use crate::directions::{Along, Direction, Lanes};
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

/// A value with a tangent along each argument.
type PushedApart<D, V, const K: usize> = (V, [<V as Along<D>>::Tangent; K]);

/// The Jacobian with the pattern that it has at this point.
pub fn jacobian_apart<T: Real + Scalar, V, const K: usize>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet) -> Pushed<ColumnSet, V>,
    plan: Apart<K>,
    together: (
        impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    ),
    apart: (
        impl FnMut(&mut dyn FnMut() -> Own<T>) -> PushedApart<Own<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> PushedApart<Many<T>, V, K>,
    ),
) -> CscMatrix<T>
where
    V: Along<ColumnSet> + Along<Few<T>> + Along<Own<T>> + Along<Many<T>>,
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
        impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    ),
    apart: (
        impl FnMut(&mut dyn FnMut() -> Own<T>) -> PushedApart<Own<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> PushedApart<Many<T>, V, K>,
    ),
) -> Result<CscMatrix<T>, Error>
where
    V: Along<Few<T>> + Along<Own<T>> + Along<Many<T>>,
{
    either(coloring, true, &plan, together, apart)
}

fn either<T: Real + Scalar, V, const K: usize>(
    coloring: &ColumnColoring,
    checked: bool,
    plan: &Apart<K>,
    together: (
        impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    ),
    apart: (
        impl FnMut(&mut dyn FnMut() -> Own<T>) -> PushedApart<Own<T>, V, K>,
        impl FnMut(&mut dyn FnMut() -> Many<T>) -> PushedApart<Many<T>, V, K>,
    ),
) -> Result<CscMatrix<T>, Error>
where
    V: Along<Few<T>> + Along<Own<T>> + Along<Many<T>>,
{
    let groups = Groups::of(coloring, plan.columns, checked);
    let groups = groups.filter(|groups| plan.is_cheaper_apart(groups.width, coloring.colors() + usize::from(checked)));
    match groups {
        Some(groups) if groups.width <= OWN => by_lanes(coloring, &groups, apart.0),
        Some(groups) => by_lanes(coloring, &groups, apart.1),
        None => colored(coloring, checked, together.0, together.1),
    }
}

impl<const K: usize> Apart<K> {
    /// Whether a set for each argument, with so many lanes used, is less work than sets that all share.
    fn is_cheaper_apart(&self, width: usize, together: usize) -> bool {
        // machines take floats by twos
        let price =
            |(shared, each): (usize, usize), lanes: usize| shared.saturating_add(each.saturating_mul(lanes / 2));
        let (lanes, own) = (if together <= FEW { FEW } else { MANY }, if width <= OWN { OWN } else { MANY });
        let sets = together.div_ceil(lanes).max(1);
        width <= MANY && price(self.apart, own) < price(self.together, lanes).saturating_mul(sets)
    }
}

/// The colours of the columns of each argument.
struct Groups<const K: usize> {
    columns: [Range<usize>; K],
    /// In which argument's run, and in which lane of it, each colour is.
    places: Vec<(usize, usize)>,
    /// The lane that checks the columns of an argument, where several share a colour.
    checks: [Option<usize>; K],
    /// The most lanes that an argument needs.
    width: usize,
    checked: bool,
}

impl<const K: usize> Groups<K> {
    /// Nothing if columns of two arguments share a colour, or there are others than those of the arguments.
    fn of(coloring: &ColumnColoring, columns: [usize; K], checked: bool) -> Option<Self> {
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
                    None => {
                        places[color] = Some((argument, lanes[argument]));
                        lanes[argument] += 1;
                    }
                    Some((of, _)) if of == argument => shared[argument] = true,
                    Some(_) => return None,
                }
            }
        }
        let mut checks = [None; K];
        for argument in (0..K).filter(|argument| checked && shared[*argument]) {
            checks[argument] = Some(lanes[argument]);
            lanes[argument] += 1;
        }
        let width = lanes.into_iter().max().unwrap_or(0);
        Some(Self { columns, places: places.into_iter().flatten().collect(), checks, width, checked })
    }

    /// The direction of a column.
    fn seed<T: Real, const N: usize>(&self, coloring: &ColumnColoring, column: usize) -> Lanes<T, N> {
        let Some(&color) = coloring.color_of().get(column) else { return Lanes::ZERO };
        let (argument, lane) = self.places[color];
        let mut seed = Lanes::unit(lane);
        if let Some(check) = self.checks[argument].and_then(|lane| seed.0.get_mut(lane)) {
            *check = T::constant(weight(column));
        }
        seed
    }
}

fn by_lanes<T: Real + Scalar, V: Along<Lanes<T, N>>, const N: usize, const K: usize>(
    coloring: &ColumnColoring,
    groups: &Groups<K>,
    mut push: impl FnMut(&mut dyn FnMut() -> Lanes<T, N>) -> PushedApart<Lanes<T, N>, V, K>,
) -> Result<CscMatrix<T>, Error> {
    let mut column = 0;
    let (_, tangents) = push(&mut || {
        column += 1;
        groups.seed(coloring, column - 1)
    });
    let (rows, columns) = (coloring.pattern().minor_dim(), coloring.pattern().major_dim());
    let mut runs = Vec::with_capacity(K * rows);
    for (argument, tangent) in tangents.iter().enumerate() {
        V::components(tangent, &mut |lanes| runs.push(*lanes));
        let found = runs.len() - argument * rows;
        if (found, column) != (rows, columns) {
            return Err(Error::Shape { pattern: (rows, columns), found: (found, column) });
        }
    }
    let (mut checks, mut alone) = (Vec::new(), Vec::new());
    for (argument, columns) in groups.columns.iter().enumerate().filter(|_| groups.checked) {
        match groups.checks[argument] {
            Some(lane) => checks.push((columns.clone(), (argument, lane))),
            None => alone.push(columns.clone()),
        }
    }
    Colored { runs, rows, places: groups.places.clone(), checks, alone }.matrix(coloring)
}
