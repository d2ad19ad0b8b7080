//! Integers that a function counts along, counted back by the reverse sweep.

zoo! {
    // read and counted in one block
    pub fn every_other(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for _ in 0..n {
            y = 0.5 * y + x[at] * y;
            at += 2;
        }
        y
    }

    // read between the steps, and in sums
    pub fn between_steps(x: &[f64], n: usize) -> f64 {
        let mut at = 1;
        let mut y: f64 = 0.3;
        for i in 0..n {
            y = y * x[at].sin() + x[2 * at + i];
            at += 1;
            y *= x[at - 1] + x[at];
            at += i;
            y += x[at] * y;
        }
        y
    }

    // as a number
    pub fn weights_that_count(x: &[f64]) -> f64 {
        let mut weight = 3;
        let mut y = 1.0;
        for i in 0..x.len() {
            y = y * x[i] * weight as f64 + y;
            weight -= 1;
        }
        y
    }

    // in the branches of a loop, from where the branch around it left off
    pub fn merged(x: &mut [f64], scratch: &mut [f64]) {
        let n = x.len();
        if n > 1 {
            let half = n / 2;
            merged(&mut x[..half], &mut scratch[..half]);
            merged(&mut x[half..], &mut scratch[half..]);
            let mut left = 0;
            let mut right = half;
            for to in 0..n {
                if right == n || (left < half && x[left] <= x[right]) {
                    scratch[to] = x[left] * x[left] * 0.5 + x[left];
                    left += 1;
                } else {
                    scratch[to] = x[right];
                    right += 1;
                }
            }
            for i in 0..n {
                x[i] = scratch[i];
            }
        }
    }

    // begins anew in each iteration of the loop around it
    pub fn columns(x: &[f64], n: usize) -> f64 {
        let mut y = 1.0;
        for i in 0..n {
            let mut at = i;
            for j in 0..n {
                y = 0.7 * y + x[at] * y * (j as f64 + 0.1);
                at += n;
            }
            y *= x[i];
        }
        y
    }

    // two that meet; the second ends at zero
    pub fn from_both_ends(x: &[f64]) -> f64 {
        let mut low = 0;
        let mut high = x.len();
        let mut y = 0.4;
        while low < high {
            high -= 1;
            y = y * x[low] + x[high] * y;
            low += 1;
        }
        while high > 0 {
            high -= 1;
            y = y + x[high] * y * y;
        }
        y
    }

    // a loop that is left
    pub fn until_negative(x: &[f64], y: &[f64]) -> f64 {
        let mut at = 0;
        let mut s = 1.0;
        for i in 0..x.len() {
            if x[i] < 0.0 {
                break;
            }
            s = s * y[at] + x[i] * s;
            at += 2;
        }
        s * y[at]
    }

    // a loop that is left from an inner one, whose counter begins anew
    pub fn returns_from_within(x: &[f64], y: f64) -> f64 {
        let mut y = y;
        for v in x.iter() {
            let mut k = 0;
            while k < 3 {
                k += 1;
                y += *v * y * x[k];
                if *v > 1.0 {
                    return y * x[k];
                }
            }
        }
        y
    }

    // an outer loop counts too, and what inner loops read is what it was in between
    pub fn steps_in_both_loops(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for i in 0..n {
            for _ in 0..i {
                y = 0.5 * y + x[at] * y;
                at += 1;
            }
            for j in 0..2 {
                y *= x[at + j];
            }
            at += 1;
        }
        y
    }

    // branches in a branch, one of them without a derivative
    pub fn by_signs(x: &[f64], n: usize) -> f64 {
        let mut plus = 0;
        let mut minus = 0;
        let mut y = 1.0;
        for i in 0..n {
            if x[i] > 0.0 {
                if x[i] > 1.0 {
                    y = y * x[plus];
                    plus += 1;
                } else {
                    minus += 1;
                }
                y += x[i] * y;
            } else {
                y *= x[minus] - 0.3;
                minus += 1;
            }
        }
        y * x[plus] * x[minus]
    }

    // near miss: the step is known in the block only
    pub fn steps_of_signs(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for i in 0..n {
            let step = if x[i] > 0.0 { 1 } else { 2 };
            y = 0.5 * y + x[at] * y;
            at += step;
        }
        y
    }

    // near miss: what is added to it is known in the block only
    pub fn offsets_of_signs(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for i in 0..n {
            let offset = if x[i] > 0.0 { 1 } else { 2 };
            y = 0.5 * y + x[at + offset] * y;
            at += 1;
        }
        y
    }

    // near miss: no derivative passes through the branch that counts
    pub fn selected(x: &[f64], chosen: &[bool]) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for i in 0..chosen.len() {
            y = 0.5 * y + x[at] * y;
            if chosen[i] {
                at += 1;
            }
        }
        y
    }

    // near miss: read behind a branch that counts, in one block with steps
    pub fn reads_behind_a_branch(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for i in 0..n {
            at += 1;
            if x[i] > 0.5 {
                y *= x[at];
                at += 1;
            }
            y = y * x[at] + y;
        }
        y
    }

    // near miss: multiplied, too
    pub fn doubling(x: &[f64], n: usize) -> f64 {
        let mut at = 1;
        let mut y = 1.0;
        for _ in 0..n {
            y = y * x[at - 1] + y;
            at *= 2;
            y += y * x[at - 1];
            at += 1;
        }
        y
    }

    // near miss: around a ring
    pub fn ring(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for _ in 0..n {
            y = y * x[at] + 0.5 * y;
            at = (at + 2) % x.len();
        }
        y
    }

    // near miss: a closure counts
    pub fn counted_by_a_closure(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for _ in 0..n {
            let mut next = || {
                at += 1;
                at - 1
            };
            let i = next();
            y = y * x[i] + 0.5 * y;
        }
        y * x[at]
    }

    // near miss: the step is changed
    pub fn growing_steps(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut step = 1;
        let mut y = 1.0;
        for _ in 0..n {
            y = y * x[at] + 0.5 * y;
            at += step;
            step += 1;
        }
        y
    }

    // near miss: how far the inner loop runs is counted in the same block
    pub fn ranges(x: &[f64], n: usize) -> f64 {
        let mut up_to = 1;
        let mut y = 1.0;
        for _ in 0..n {
            for j in 0..up_to {
                y = y * x[j] + 0.5 * y;
            }
            y *= x[up_to];
            up_to += 2;
        }
        y
    }

    // near miss: begins anew in the middle
    pub fn rewound(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for i in 0..n {
            if i == 2 {
                y *= x[at];
                at = 0;
            }
            y = y * x[at] + 0.5 * y;
            at += 1;
        }
        y
    }

    #[options(checkpoint)]
    pub fn checkpointed_steps(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        for _ in 0..n {
            y = 0.5 * y + x[at] * y;
            at += 2;
        }
        y
    }

    pub fn checkpoints_in_the_loop(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut y = 1.0;
        #[checkpoint(every = 2)]
        for i in 0..n {
            let mut from = i;
            if x[i] > 0.0 {
                y = 0.5 * y + x[at] * y;
                at += 2;
            } else {
                y *= x[at];
                at += 1;
            }
            for _ in 0..2 {
                y *= x[from];
                from += 1;
            }
        }
        y
    }
}

const X: [f64; 9] = [0.3, -0.8, 1.1, 0.6, 0.9, -0.4, 0.7, 1.3, 0.2];

#[test]
fn counted_back() {
    laws!(every_other(x: &X.to_vec(), _: 4));
    laws!(between_steps(x: &X.to_vec(), _: 2));
    laws!(weights_that_count(x: &X[..5].to_vec()));
    map_laws!(merged(x: &mut X.to_vec(), scratch: &mut vec![0.0; 9]));
    laws!(columns(x: &X.to_vec(), _: 3));
    laws!(from_both_ends(x: &X[..5].to_vec()));
    laws!(from_both_ends(x: &X[..4].to_vec()));
    laws!(until_negative(x: &X[2..].to_vec(), y: &X.to_vec()));
    laws!(returns_from_within(x: &X.to_vec(), y: 0.3));
    laws!(returns_from_within(x: &X[3..7].to_vec(), y: 0.3));
    laws!(steps_in_both_loops(x: &X.to_vec(), _: 3));
    laws!(by_signs(x: &X.to_vec(), _: 6));
    laws!(checkpointed_steps(x: &X.to_vec(), _: 4));
    laws!(checkpoints_in_the_loop(x: &X.to_vec(), _: 5));
}

#[test]
fn near_misses() {
    laws!(steps_of_signs(x: &X.to_vec(), _: 5));
    laws!(offsets_of_signs(x: &X.to_vec(), _: 5));
    laws!(selected(x: &X.to_vec(), _: &[true, false, true, true, false]));
    laws!(reads_behind_a_branch(x: &X.to_vec(), _: 4));
    laws!(doubling(x: &X.to_vec(), _: 2));
    laws!(ring(x: &X.to_vec(), _: 7));
    laws!(counted_by_a_closure(x: &X.to_vec(), _: 5));
    laws!(growing_steps(x: &X.to_vec(), _: 4));
    laws!(ranges(x: &X.to_vec(), _: 3));
    laws!(rewound(x: &X.to_vec(), _: 6));
}
