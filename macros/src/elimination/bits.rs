//! Sets of vertices as bits, one row a vertex, in one allocation: whole states of a graph are copied often.
//!
//! The search for an order spends its time here, and Cargo builds macros without optimisation. There an index into a slice
//! is an instruction, and one into a `Vec` two calls, as is each step of a `for`.

use super::graph::Class;

/// As many sets as there are vertices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    words: usize,
    bits: Box<[u64]>,
}

impl Rows {
    /// Empty sets over `count` vertices.
    pub fn empty(count: usize) -> Self {
        let words = count.div_ceil(64);
        Self { words, bits: vec![0; words * count].into_boxed_slice() }
    }

    /// Adds a member.
    pub fn insert(&mut self, row: usize, member: usize) {
        self.bits[row * self.words + member / 64] |= 1 << (member % 64);
    }

    /// Removes a member.
    pub fn remove(&mut self, row: usize, member: usize) {
        self.bits[row * self.words + member / 64] &= !(1 << (member % 64));
    }

    /// Whether it is a member.
    pub fn contains(&self, row: usize, member: usize) -> bool {
        self.bits[row * self.words + member / 64] >> (member % 64) & 1 == 1
    }

    /// Replaces a member of several sets by the members of its own set.
    pub fn join(&mut self, rows: &[usize], member: usize) {
        let (word, others, mut at) = (member / 64, !(1 << (member % 64)), 0);
        while at < rows.len() {
            let (mut to, mut from) = (rows[at] * self.words, member * self.words);
            self.bits[to + word] &= others;
            let end = to + self.words;
            while to < end {
                self.bits[to] |= self.bits[from];
                to += 1;
                from += 1;
            }
            at += 1;
        }
    }

    /// The number of members.
    pub fn len(&self, row: usize) -> usize {
        let mut count = 0;
        let mut at = row * self.words;
        let end = at + self.words;
        while at < end {
            count += self.bits[at].count_ones();
            at += 1;
        }
        count as usize
    }

    /// Takes over the sets of another, of the same size.
    pub fn copy_from(&mut self, other: &Self) {
        self.bits.copy_from_slice(&other.bits);
    }

    /// Writes the members of a set to a list that has room for every vertex; returns how many there are.
    pub fn members(&self, row: usize, list: &mut [usize]) -> usize {
        let (mut word, mut count) = (0, 0);
        while word < self.words {
            let mut bits = self.bits[row * self.words + word];
            while bits != 0 {
                list[count] = word * 64 + bits.trailing_zeros() as usize;
                count += 1;
                bits &= bits - 1;
            }
            word += 1;
        }
        count
    }
}

/// The edges of one vertex take over those of the eliminated one, times the edge between the two: all edges, those that
/// are not ±1 and those that are no constants. A product has the higher class of its factors, and a sum of products is
/// no unit.
pub fn join_classes([all, priced, general]: &mut [Rows; 3], row: usize, eliminated: usize, class: Class) {
    all.remove(row, eliminated);
    priced.remove(row, eliminated);
    general.remove(row, eliminated);
    let (mut to, mut from) = (row * all.words, eliminated * all.words);
    let end = to + all.words;
    while to < end {
        let new = all.bits[from];
        let sums = all.bits[to] & new;
        let (new_priced, new_general) = match class {
            Class::Unit => (priced.bits[from], general.bits[from]),
            Class::Constant => (new, general.bits[from]),
            Class::General => (new, new),
        };
        all.bits[to] |= new;
        priced.bits[to] |= new_priced | sums;
        general.bits[to] |= new_general;
        to += 1;
        from += 1;
    }
}
