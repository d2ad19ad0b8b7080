//! Sums of cotangents that stay in registers, integers that the reverse sweep brings back, stacks with room, pullbacks
//! that own nothing.

zoo! {
    // the element of the outer index is the same in the inner loop
    pub fn all_pairs(x: &[f64], y: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..y.len() {
                sum += (x[i] * y[j]).sin();
            }
        }
        sum * sum
    }

    // the inner loop may run no iteration: then there is no element behind the last
    pub fn pairs_behind(x: &[f64]) -> f64 {
        let n = x.len();
        let mut sum = 0.0;
        for i in 0..n {
            for j in i + 1..n {
                sum += x[i + 1] * x[j].exp() * x[i];
            }
        }
        sum * sum
    }

    // several constant elements
    pub fn three_coefficients(c: &[f64], x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            let error = c[0] + c[1] * x[i] + c[2] * x[i] * x[i] - x[i].cos();
            sum += error * error;
        }
        sum.sqrt()
    }

    // near miss: the index changes in the loop
    pub fn gathered(x: &[f64], order: &[usize]) -> f64 {
        let mut product = 1.0;
        let mut at = 0;
        for _ in 0..order.len() {
            product *= x[at] + x[0];
            at = order[at];
        }
        product
    }

    // neighbours, ascending and descending, two to four of them
    pub fn second_differences(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 1..x.len() - 1 {
            let d = x[i - 1] - 2.0 * x[i] + x[i + 1];
            sum += d * d * d;
        }
        sum
    }

    pub fn third_differences(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in (0..x.len() - 3).rev() {
            let d = x[i + 3] - 3.0 * x[i + 2] + 3.0 * x[i + 1] - x[i];
            sum += d * d * d;
        }
        sum
    }

    pub fn square_of_differences(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() - 1 {
            let d = x[i + 1] - x[i];
            sum += d * d;
        }
        sum * sum.sin()
    }

    // a stencil into a buffer, up and down the rod: earlier values are carried, as their multiples are numbers
    pub fn diffused(u: &mut [f64], rate: f64, steps: usize) {
        let n = u.len();
        let mut curvature = vec![0.0; n];
        for _ in 0..steps {
            for i in 1..n - 1 {
                curvature[i] = u[i - 1] - 2.0 * u[i] + u[i + 1];
            }
            for i in (1..n - 1).rev() {
                u[i] += rate * curvature[i] * u[i];
            }
        }
    }

    // a near miss: a multiple that is no number, and one of another value
    pub fn weighted_differences(x: &[f64], w: f64) -> f64 {
        let mut sum = 0.0;
        for i in 1..x.len() - 1 {
            let d = x[i - 1] - w * x[i] + x[i + 1];
            sum += d * d + (x[i - 1] + x[i] + x[i + 1]).sin() * d;
        }
        sum
    }

    // near misses: not neighbours, one of them constant, one of them read in between
    pub fn next_but_one(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() - 2 {
            sum += x[i] * x[i + 2] * x[0];
        }
        sum
    }

    pub fn smooth(x: &mut [f64]) -> f64 {
        for i in 0..x.len() - 1 {
            x[i] = 0.5 * x[i] + x[i + 1] * x[i];
        }
        x[0] * x[1]
    }

    pub fn conditional_neighbours(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() - 1 {
            if x[i] > 0.4 {
                sum += x[i] * x[i + 1];
            } else {
                sum += x[i + 1].sin();
            }
        }
        sum
    }

    // the place of the next column is counted along
    pub fn packed_triangle(q: &[f64], x: &[f64], out: &mut [f64]) {
        let d = x.len();
        let mut start = 0;
        for i in 0..d {
            for j in i..d {
                out[j] += q[start + j - i] * x[i] * x[j];
            }
            start += d - i;
        }
    }

    pub fn triangle_energy(q: &[f64], x: &[f64]) -> f64 {
        let mut out = vec![0.0; x.len()];
        packed_triangle(q, x, &mut out);
        let mut energy = 0.0;
        for i in 0..out.len() {
            energy += out[i] * out[i];
        }
        energy
    }

    // counted down
    pub fn from_the_end(x: &[f64], weights: &[f64]) -> f64 {
        let mut last = x.len();
        let mut product = 1.0;
        for i in 0..weights.len() {
            last -= 1;
            product *= weights[i] + x[last] * x[i];
        }
        product
    }

    // near misses: advanced under a condition, by what is read, and changed otherwise
    pub fn counted_hits(x: &[f64]) -> f64 {
        let mut hits = 0;
        let mut product = 1.0;
        for i in 0..x.len() {
            product *= 1.0 + x[i] * x[hits];
            if x[i] > 0.4 {
                hits += 1;
            }
        }
        product
    }

    pub fn strides(x: &[f64], steps: &[usize]) -> f64 {
        let mut at = 0;
        let mut product = 1.0;
        for i in 0..steps.len() {
            product *= 0.5 + x[at].sin();
            at += steps[i];
        }
        product
    }

    pub fn wraps_around(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut product = 1.0;
        for _ in 0..n {
            product *= 0.5 + x[at].sin();
            at += 1;
            if at == x.len() {
                at = 0;
            }
        }
        product
    }

    // the counter is advanced before and after it is read
    pub fn counts_twice(x: &[f64], n: usize) -> f64 {
        let mut at = 0;
        let mut product = 1.0;
        for _ in 0..n {
            product *= 0.5 + x[at].sin();
            at += 1;
            product *= 0.5 + x[at].cos();
            at += 1;
        }
        product
    }

    // called in loops: pullbacks that own a length, a product, nothing
    pub fn mean(x: &[f64]) -> f64 {
        let n = x.len();
        let mut sum = 0.0;
        for i in 0..n {
            sum += x[i] * x[(i + 1) % n];
        }
        sum / n as f64
    }

    pub fn calls_in_loops(x: &[f64], n: usize) -> f64 {
        let mut product = 1.0;
        for i in 1..n {
            product *= mean(&x[..i]) + triangle_energy(x, &x[..2]);
        }
        product
    }
}

fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.35 + 0.4 * ((i * i + 2) as f64).sin()).collect()
}

#[test]
fn elements_that_stay() {
    laws!(all_pairs(x: &point(3), y: &point(4)));
    laws!(all_pairs(x: &point(3), y: &Vec::<f64>::new()));
    laws!(pairs_behind(x: &point(4)));
    laws!(three_coefficients(c: &point(3), x: &point(5)));
    laws!(three_coefficients(c: &point(3), x: &point(1)));
    laws!(gathered(x: &point(4), _: &[2, 3, 1, 0]));
}

#[test]
fn elements_that_move_along() {
    laws!(second_differences(x: &point(6)));
    laws!(second_differences(x: &point(2)));
    map_laws!(diffused(u: &mut point(7), rate: 0.1, _: 3));
    map_laws!(diffused(u: &mut point(3), rate: 0.1, _: 3));
    map_laws!(diffused(u: &mut point(2), rate: 0.1, _: 3));
    laws!(weighted_differences(x: &point(6), w: 1.9));
    laws!(third_differences(x: &point(6)));
    laws!(third_differences(x: &point(3)));
    laws!(square_of_differences(x: &point(5)));
    laws!(square_of_differences(x: &point(2)));
    laws!(next_but_one(x: &point(5)));
    laws!(smooth(x: &mut point(4)));
    laws!(conditional_neighbours(x: &point(6)));
}

#[test]
fn counters() {
    map_laws!(packed_triangle(q: &point(6), x: &point(3), out: &mut point(3)));
    laws!(triangle_energy(q: &point(6), x: &point(3)));
    laws!(from_the_end(x: &point(5), weights: &point(4)));
    laws!(counted_hits(x: &point(5)));
    laws!(strides(x: &point(8), _: &[1, 3, 2]));
    laws!(wraps_around(x: &point(3), _: 7));
    laws!(counts_twice(x: &point(7), _: 3));
}

#[test]
fn pullbacks_in_loops() {
    laws!(mean(x: &point(4)));
    laws!(calls_in_loops(x: &point(5), _: 4));
}
