//! The log-likelihood of a sequence of symbols under a hidden Markov model, by the forward algorithm with scaling (Rabiner, A tutorial on
//! hidden Markov models, Proceedings of the IEEE 77(2), 1989, §III.A and V.A).

use super::{Case, repeat, spread};
use chainrule::differentiable;
use std::hint::black_box;

/// Σ ln of the probability of each symbol given those before it. `transitions` has a row for each state, as `emissions`, whose columns are the
/// symbols; all states are as likely at first.
#[differentiable]
pub fn likelihood(transitions: &[f64], emissions: &[f64], states: usize, symbols: &[usize]) -> f64 {
    let kinds = emissions.len() / states;
    let mut alpha = vec![1.0 / states as f64; states];
    let mut sum = 0.0;
    for &symbol in symbols {
        let mut next = vec![0.0; states];
        for from in 0..states {
            for to in 0..states {
                next[to] += alpha[from] * transitions[from * states + to];
            }
        }
        let mut total = 0.0;
        for to in 0..states {
            next[to] *= emissions[to * kinds + symbol];
            total += next[to];
        }
        for to in 0..states {
            alpha[to] = next[to] / total;
        }
        sum += total.ln();
    }
    sum
}

/// The gradient by hand: the scaled forward variables are kept, and the backward variables are those of the Baum-Welch algorithm.
pub fn by_hand(
    [transitions, emissions]: [&[f64]; 2],
    states: usize,
    symbols: &[usize],
    [transitions_bar, emissions_bar]: [&mut [f64]; 2],
) -> f64 {
    transitions_bar.fill(0.0);
    emissions_bar.fill(0.0);
    let kinds = emissions.len() / states;
    let mut alphas = vec![1.0 / states as f64; states * (symbols.len() + 1)];
    let mut moved = vec![0.0; states * symbols.len()];
    let mut totals = Vec::with_capacity(symbols.len());
    let mut sum = 0.0;
    for (t, &symbol) in symbols.iter().enumerate() {
        let (before, after) = alphas.split_at_mut((t + 1) * states);
        let (alpha, after) = (&before[t * states..], &mut after[..states]);
        let moved = &mut moved[t * states..(t + 1) * states];
        for (alpha, row) in alpha.iter().zip(transitions.chunks_exact(states)) {
            moved.iter_mut().zip(row).for_each(|(moved, p)| *moved += alpha * p);
        }
        let mut total = 0.0;
        for to in 0..states {
            after[to] = moved[to] * emissions[to * kinds + symbol];
            total += after[to];
        }
        after.iter_mut().for_each(|alpha| *alpha /= total);
        totals.push(total);
        sum += total.ln();
    }
    let (mut beta, mut moved_bar) = (vec![0.0; states], vec![0.0; states]);
    for (t, &symbol) in symbols.iter().enumerate().rev() {
        let after = &alphas[(t + 1) * states..][..states];
        let rest = 1.0 - beta.iter().zip(after).map(|(beta, alpha)| beta * alpha).sum::<f64>();
        for to in 0..states {
            let next_bar = (beta[to] + rest) / totals[t];
            emissions_bar[to * kinds + symbol] += next_bar * moved[t * states + to];
            moved_bar[to] = next_bar * emissions[to * kinds + symbol];
        }
        let rows = transitions.chunks_exact(states).zip(transitions_bar.chunks_exact_mut(states));
        for ((beta, alpha), (row, row_bar)) in beta.iter_mut().zip(&alphas[t * states..]).zip(rows) {
            row_bar.iter_mut().zip(&moved_bar).for_each(|(bar, moved_bar)| *bar += alpha * moved_bar);
            *beta = row.iter().zip(&moved_bar).map(|(p, moved_bar)| p * moved_bar).sum();
        }
    }
    sum
}

/// Transitions and emissions, whose rows need not sum to one, and symbols.
pub fn input(states: usize, kinds: usize, length: usize) -> (Vec<f64>, Vec<f64>, Vec<usize>) {
    let positive = |len: usize, offset| spread(len, offset).iter().map(|p| p + 0.6).collect::<Vec<f64>>();
    let symbols = spread(length, 90).iter().map(|p| ((p + 0.5) * kinds as f64) as usize).collect();
    (positive(states * states, 10), positive(states * kinds, 300), symbols)
}

/// Eight states, ten symbols, a sequence of two hundred.
pub fn cases() -> Vec<Case> {
    let states = 8;
    let [x, y, z] = [(); 3].map(|()| input(states, 10, 200));
    let (mut bars, mut by_hand_bars) = ((x.0.clone(), x.1.clone()), (x.0.clone(), x.1.clone()));
    vec![Case {
        name: "markov-8-200".into(),
        primal: repeat(move || likelihood(black_box(&x.0), &x.1, states, &x.2)),
        generated: repeat(move || {
            likelihood::grad_into(black_box(&y.0), &y.1, states, &y.2, (&mut bars.0, &mut bars.1))
        }),
        by_hand: repeat(move || {
            let (a_bar, b_bar) = &mut by_hand_bars;
            by_hand([black_box(&z.0), &z.1], states, &z.2, [a_bar, b_bar])
        }),
        product: None,
    }]
}
