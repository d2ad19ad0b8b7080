//! Sets of vertices as bits, one row a vertex, in one allocation: whole states of a graph are copied often.

/// As many sets as there are vertices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    words: usize,
    bits: Vec<u64>,
}

impl Rows {
    /// Empty sets over `count` vertices.
    pub fn empty(count: usize) -> Self {
        let words = count.div_ceil(64);
        Self { words, bits: vec![0; words * count] }
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

    /// One word of a set.
    pub fn word(&self, row: usize, word: usize) -> u64 {
        self.bits[row * self.words + word]
    }

    /// One word of a set, to be changed.
    pub fn word_mut(&mut self, row: usize, word: usize) -> &mut u64 {
        &mut self.bits[row * self.words + word]
    }

    /// Replaces a member by the members of its own set.
    pub fn join(&mut self, row: usize, member: usize) {
        let (mut to, mut from) = (row * self.words, member * self.words);
        self.bits[to + member / 64] &= !(1 << (member % 64));
        let end = to + self.words;
        while to < end {
            self.bits[to] |= self.bits[from];
            to += 1;
            from += 1;
        }
    }

    /// The words of a set.
    pub fn words(&self) -> usize {
        self.words
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

    /// Appends the members of a set to a list.
    pub fn members(&self, row: usize, list: &mut Vec<usize>) {
        list.clear();
        let mut word = 0;
        while word < self.words {
            let mut bits = self.bits[row * self.words + word];
            while bits != 0 {
                list.push(word * 64 + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
            word += 1;
        }
    }
}
