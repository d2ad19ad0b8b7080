//! Which columns share a direction.

use core::ops::Deref;

use nalgebra_sparse::pattern::SparsityPattern;

use super::FewColumns;

/// A pattern with a colour for each of its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Coloring {
    pattern: SparsityPattern,
    color_of: Vec<usize>,
    colors: usize,
}

impl Coloring {
    /// The pattern that is coloured.
    pub fn pattern(&self) -> &SparsityPattern {
        &self.pattern
    }

    /// How many colours there are: the directions that the matrix takes.
    pub fn colors(&self) -> usize {
        self.colors
    }

    /// The colour of each column.
    pub fn color_of(&self) -> &[usize] {
        &self.color_of
    }
}

macro_rules! coloring {
    ($($kind:ty),*) => {
        $(
            impl Deref for $kind {
                type Target = Coloring;

                fn deref(&self) -> &Coloring {
                    &self.coloring
                }
            }
        )*
    };
}

coloring!(ColumnColoring, StarColoring);

/// A pattern whose columns are coloured so that those of one colour have no row in common. Then the sum of these columns has
/// every entry of theirs, each in a row of its own.
///
/// The columns with most neighbours are coloured first, each in the first colour that none of its rows has yet: a
/// greedy colouring at distance two. It needs no more colours than one more than the most neighbours that a column has, and
/// for a band of width `w` as a rule `w`, for any size. A row that is full makes every column need its own.
///
/// Source: Curtis, Powell and Reid 1974; Gebremedhin, Manne and Pothen 2005, algorithm 3.1.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnColoring {
    coloring: Coloring,
    sets: Option<Vec<FewColumns>>,
}

impl ColumnColoring {
    /// Colours the columns of a pattern in compressed columns, such as that of `f::jacobian_pattern(args..)`.
    pub fn of(pattern: SparsityPattern) -> Self {
        let mut in_row = vec![0_usize; pattern.minor_dim()];
        for &row in pattern.minor_indices() {
            in_row[row] += 1;
        }
        let neighbors: Vec<usize> =
            (0..pattern.major_dim()).map(|column| pattern.lane(column).iter().map(|&row| in_row[row]).sum()).collect();
        let mut order: Vec<usize> = (0..pattern.major_dim()).collect();
        order.sort_by_key(|&column| core::cmp::Reverse(neighbors[column]));
        let mut taken = vec![ColorSet::default(); pattern.minor_dim()];
        let (mut color_of, mut colors) = (vec![0; pattern.major_dim()], 0);
        for column in order {
            let mut forbidden = ColorSet::default();
            for &row in pattern.lane(column) {
                forbidden.join(&taken[row]);
            }
            let color = forbidden.first_missing();
            for &row in pattern.lane(column) {
                taken[row].insert(color);
            }
            color_of[column] = color;
            colors = colors.max(color + 1);
        }
        let sets = sets_of_rows(&pattern);
        Self { coloring: Coloring { pattern, color_of, colors }, sets }
    }

    /// The columns of each row, where there are so few that a set can tell them apart.
    pub(super) fn sets_of_rows(&self) -> Option<&[FewColumns]> {
        self.sets.as_deref()
    }
}

fn sets_of_rows(pattern: &SparsityPattern) -> Option<Vec<FewColumns>> {
    (pattern.major_dim() <= FewColumns::COUNT).then(|| {
        let mut sets = vec![FewColumns::NONE; pattern.minor_dim()];
        for (column, row) in pattern.entries() {
            sets[row] += FewColumns::one(column);
        }
        sets
    })
}

/// A symmetric pattern whose columns are coloured so that each entry of a Hessian stands alone in a sum of columns of one
/// colour, or its mirror image does. That takes fewer colours than if all had to.
///
/// Seen as a graph, with an edge for each entry off the diagonal: neighbours have different colours, and every path of four
/// columns has at least three (a *star* colouring). It is found greedily, in the order of most neighbours.
///
/// Source: Coleman and Moré, *Estimation of sparse Hessian matrices and graph coloring problems*, Math. Program. 28 (1984);
/// Gebremedhin, Manne and Pothen 2005, algorithm 4.1.
#[derive(Clone, Debug, PartialEq)]
pub struct StarColoring {
    coloring: Coloring,
}

impl StarColoring {
    /// Colours the columns of a symmetric pattern, such as that of `f::hessian_pattern(args..)`.
    ///
    /// # Panics
    /// If the pattern is not symmetric.
    pub fn of(pattern: SparsityPattern) -> Self {
        assert!(is_symmetric(&pattern), "a pattern of a Hessian is symmetric");
        let size = pattern.major_dim();
        let mut order: Vec<usize> = (0..size).collect();
        order.sort_by_key(|&column| core::cmp::Reverse(pattern.lane(column).len()));
        let mut color_of: Vec<Option<usize>> = vec![None; size];
        let mut colors = 0;
        for column in order {
            let color = first_star_color(&pattern, &color_of, column);
            color_of[column] = Some(color);
            colors = colors.max(color + 1);
        }
        let color_of = color_of.into_iter().flatten().collect();
        Self { coloring: Coloring { pattern, color_of, colors } }
    }

    /// Whether no other entry of a row is in a column of the same colour.
    pub(super) fn is_alone(&self, row: usize, column: usize) -> bool {
        let color = self.color_of()[column];
        let with_it = self.pattern().lane(row).iter().filter(|&&other| self.color_of()[other] == color);
        with_it.count() == 1
    }
}

/// A colouring of the rows with fewer colours than that of the columns, if one is found: then their sums are pulled.
pub(super) fn fewer_colors_of_rows(columns: &ColumnColoring) -> Option<ColumnColoring> {
    // a column with that many rows needs as many colours of rows
    let fullest = (0..columns.pattern().major_dim()).map(|column| columns.pattern().lane(column).len()).max()?;
    let rows = (fullest < columns.colors()).then(|| ColumnColoring::of(columns.pattern().transpose()))?;
    (rows.colors() < columns.colors()).then_some(rows)
}

fn is_symmetric(pattern: &SparsityPattern) -> bool {
    let has = |row: usize, column: usize| pattern.lane(column).binary_search(&row).is_ok();
    pattern.major_dim() == pattern.minor_dim() && pattern.entries().all(|(column, row)| has(column, row))
}

/// The first colour for a column that leaves no path of four columns with two colours, nor neighbours with one.
fn first_star_color(pattern: &SparsityPattern, color_of: &[Option<usize>], column: usize) -> usize {
    let mut forbidden = ColorSet::default();
    let neighbors = |of: usize| pattern.lane(of).iter().copied().filter(move |&other| other != of);
    for near in neighbors(column) {
        if let Some(color) = color_of[near] {
            forbidden.insert(color);
        }
        for far in neighbors(near).filter(|&far| far != column) {
            let Some(color) = color_of[far] else { continue };
            // column - near - far: a third colour, unless `near` differs from all that `far` touches
            let continues = match color_of[near] {
                None => true,
                Some(between) => neighbors(far).any(|end| end != near && color_of[end] == Some(between)),
            };
            if continues {
                forbidden.insert(color);
            }
        }
    }
    forbidden.first_missing()
}

/// A set of small numbers.
#[derive(Clone, Default)]
struct ColorSet(Vec<u64>);

impl ColorSet {
    fn insert(&mut self, color: usize) {
        let word = color / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (color % 64);
    }

    fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    fn first_missing(&self) -> usize {
        let full = self.0.iter().take_while(|word| **word == u64::MAX).count();
        64 * full + self.0.get(full).map_or(0, |word| word.trailing_ones() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sparse::of_columns;

    /// A diagonal above full rows: each column needs its own colour, the diagonal one and each full row another.
    #[test]
    fn rows_with_fewer_colors() {
        let colors = |size: usize, full: usize| {
            let rows: Vec<Vec<usize>> =
                (0..size).map(|at| [at].into_iter().chain(size..size + full).collect()).collect();
            let columns = ColumnColoring::of(of_columns(size + full, &rows));
            (columns.colors(), fewer_colors_of_rows(&columns).map(|rows| rows.colors()))
        };
        assert_eq!(colors(9, 2), (9, Some(3)));
        assert_eq!(colors(9, 8), (9, None));
        assert_eq!(colors(9, 0), (1, None));
        assert_eq!(colors(0, 2), (0, None));
    }
}
