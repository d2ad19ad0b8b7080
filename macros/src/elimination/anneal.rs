//! The search for a cheap order: simulated annealing, the same in every build.
//!
//! A move takes one vertex to another position, mostly, or swaps two. The graph after a set of vertices is eliminated
//! does not depend on their order, so that a move changes the cost between its two positions only: there it is counted
//! again, from a saved state, and given up once it is above what the temperature accepts. The seed is fixed, the number of
//! moves depends on the graph only, and the temperature is compared with integers by arithmetic that is the same on every machine.

use super::graph::{Graph, Scratch, State};

/// The moves of one annealing for each vertex, and the most of them.
const MOVES: (usize, usize) = (90, 6_000);
/// Vertices counted again, in all, beyond which no move is tried; this bounds the time of expansion.
const ELIMINATIONS: usize = 450_000;
/// How often the temperature is raised again, each time to half of what it was. An annealing that finds nothing is the last.
const REHEATS: usize = 2;
/// How many of ten moves are small steps. They are counted fast, as they change little.
const SMALL_STEPS: usize = 6;
/// How far a small step goes.
const NEAR: usize = 10;
/// The temperature falls to this part of its start.
const COLDEST: f64 = 0.02;

/// A generator of random numbers (xorshift64*, Vigna 2016).
pub struct Random(u64);

impl Random {
    /// Always the same numbers.
    pub fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// About `-ln(u)` of a uniform `u`, with the logarithm linear between powers of two: sums and products only.
    fn exponential(&mut self) -> f64 {
        let bits = self.next() | 1;
        let zeros = bits.leading_zeros();
        let mantissa = ((bits << zeros) >> 32) as f64 / f64::from(1_u32 << 31);
        (f64::from(zeros) + 2.0 - mantissa) * std::f64::consts::LN_2
    }
}

/// Looks for an order that is cheaper than the given one.
pub fn search(graph: &Graph, start: Vec<usize>, cost: usize, random: &mut Random) -> (usize, Vec<usize>) {
    if start.len() < 2 || cost == 0 {
        return (cost, start);
    }
    let moves = (start.len() * MOVES.0).min(MOVES.1);
    let mut walk = Walk::new(graph, start, cost);
    let hottest = (cost as f64 * 0.01).max(1.0);
    let cooling = Cooling::over(moves);
    for heat in 0..=REHEATS {
        let before = walk.best.0;
        let mut temperature = hottest / f64::from(1_u32 << heat);
        if heat > 0 {
            walk.return_to_best();
        }
        for step in 0..moves {
            if walk.eliminations > ELIMINATIONS * (heat + 1) / (REHEATS + 1) {
                break;
            }
            if step % Cooling::EVERY == 0 {
                temperature *= cooling.factor;
            }
            let allowed = (temperature * random.exponential()) as usize;
            walk.step(allowed, random);
        }
        if walk.best.0 == before {
            break;
        }
    }
    walk.best
}

/// A temperature that falls geometrically.
struct Cooling {
    factor: f64,
}

impl Cooling {
    /// Moves between two temperatures.
    const EVERY: usize = 50;

    /// The factor whose power is `COLDEST`, by bisection, as roots of the standard library may differ between machines.
    fn over(moves: usize) -> Self {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            let power = (0..moves / Self::EVERY).fold(1.0, |power, _| power * middle);
            if power < COLDEST {
                low = middle;
            } else {
                high = middle;
            }
        }
        Self { factor: low }
    }
}

/// An order with the states on its way.
struct Walk {
    order: Vec<usize>,
    cost: usize,
    /// Before each elimination.
    states: Vec<State>,
    /// The cost of each elimination.
    costs: Vec<usize>,
    best: (usize, Vec<usize>),
    trial: State,
    scratch: Scratch,
    eliminations: usize,
}

impl Walk {
    fn new(graph: &Graph, order: Vec<usize>, cost: usize) -> Self {
        let states = vec![graph.start.clone(); order.len() + 1];
        let mut walk = Self {
            costs: vec![0; order.len()],
            best: (cost, order.clone()),
            trial: graph.start.clone(),
            scratch: Scratch::of(graph),
            eliminations: 0,
            order,
            cost,
            states,
        };
        walk.follow(0, walk.order.len());
        walk
    }

    /// Computes the states behind `from`, up to `to`.
    fn follow(&mut self, from: usize, to: usize) {
        self.trial.copy_from(&self.states[from]);
        let (order, costs) = (&self.order[..], &mut self.costs[..]);
        let mut at = from;
        while at < to {
            costs[at] = self.trial.eliminate(order[at], &mut self.scratch);
            at += 1;
            self.states[at].copy_from(&self.trial);
        }
    }

    fn return_to_best(&mut self) {
        self.cost = self.best.0;
        self.order.clone_from(&self.best.1);
        self.follow(0, self.order.len());
    }

    /// Tries a move, which may cost more by what is allowed.
    fn step(&mut self, allowed: usize, random: &mut Random) {
        let count = self.order.len();
        let first = random.below(count);
        let kind = random.below(10);
        let second = match kind {
            0..SMALL_STEPS => (first + random.below(2 * NEAR + 1)).saturating_sub(NEAR).min(count - 1),
            _ => random.below(count),
        };
        if first == second {
            return;
        }
        let swap = kind == 9;
        self.move_vertex(first, second, swap);
        let (low, high) = (first.min(second), first.max(second));
        let before: usize = self.costs[low..=high].iter().sum();
        self.trial.copy_from(&self.states[low]);
        let (mut at, mut after) = (low, 0);
        let order = &self.order[..];
        while at <= high && after <= before + allowed {
            after += self.trial.eliminate(order[at], &mut self.scratch);
            self.eliminations += 1;
            at += 1;
        }
        if after > before + allowed {
            self.move_vertex(second, first, swap);
            return;
        }
        self.cost = self.cost + after - before;
        self.follow(low, high);
        // the state behind the window is the same as before
        self.costs[high] = self.states[high].cost(self.order[high]);
        self.eliminations += high - low;
        if self.cost < self.best.0 {
            self.best = (self.cost, self.order.clone());
        }
    }

    fn move_vertex(&mut self, from: usize, to: usize, swap: bool) {
        if swap {
            self.order.swap(from, to);
        } else if from < to {
            self.order[from..=to].rotate_left(1);
        } else {
            self.order[to..=from].rotate_right(1);
        }
    }
}
