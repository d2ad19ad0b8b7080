//! Which columns share a direction.

use nalgebra_sparse::pattern::SparsityPattern;

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
    pattern: SparsityPattern,
    color_of: Vec<usize>,
    colors: usize,
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
        Self { pattern, color_of, colors }
    }

    /// The pattern that is coloured.
    pub fn pattern(&self) -> &SparsityPattern {
        &self.pattern
    }

    /// How many colours there are: the directions that a Jacobian takes.
    pub fn colors(&self) -> usize {
        self.colors
    }

    /// The colour of each column.
    pub fn color_of(&self) -> &[usize] {
        &self.color_of
    }
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
