//! Loops whose reverse may run iteration by iteration behind the forward sweep, and loops where it may not.

zoo! {
    // what an iteration passes on is only added to
    pub fn sum_of_sines(x: &[f64], scale: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += (scale * x[i]).sin();
        }
        2.0 * sum
    }

    // elements of an array are added to, and neighbours are read
    pub fn histogram(x: &[f64], n: usize) -> f64 {
        let mut bins = [0.0; 3];
        let mut total = 0.0;
        for i in 0..n {
            bins[i % 3] += x[i] * x[i + 1].exp();
            total -= x[i] / x[i + 1];
        }
        total + bins[0] - 3.0 * bins[1] + 0.5 * bins[2]
    }

    // two accumulators of which the results enter linearly, with a constant that is computed after the loop
    pub fn mean_and_energy(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        let mut energy = 0.0;
        for v in x.iter() {
            sum += v;
            energy += v * v.tanh();
        }
        let n = x.len() as f64;
        sum / n - energy / (n + 1.0)
    }

    // scratch space that every iteration overwrites before it reads it
    pub fn scratch(x: &[f64], rows: usize) -> f64 {
        let d = x.len() / rows;
        let mut work = vec![0.0; d];
        let mut last = x[0];
        let mut sum = last;
        for row in 0..rows {
            for i in 0..d {
                work[i] = x[row * d + i].exp();
            }
            last = work[0] * work[d - 1];
            for i in 0..d {
                sum += work[i] * last;
            }
        }
        sum
    }

    // inner loops, one of which saves; the scratch space of the outer loop is whole only after the inner one
    pub fn nested_scratch(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut row = vec![0.0; n];
        let mut sum = 0.0;
        for i in 0..x.len() {
            let mut largest = x[i] * y[0];
            for j in 0..n {
                row[j] = (x[i] * y[j]).sin();
                largest = largest.max(row[j]);
            }
            for j in 0..n {
                sum += (row[j] - largest).exp() * y[j];
            }
        }
        sum
    }

    // near miss: an iteration reads what the one before left in the scratch space
    pub fn reads_before_it_writes(x: &[f64], rows: usize) -> f64 {
        let d = x.len() / rows;
        let mut work = vec![0.5; d];
        let mut sum = 0.0;
        for row in 0..rows {
            for i in 0..d {
                sum += work[i] * x[row * d + i];
                work[i] = x[row * d + i].sin();
            }
        }
        sum
    }

    // near miss: only a part of the scratch space is overwritten
    pub fn overwrites_a_part(x: &[f64], rows: usize) -> f64 {
        let d = x.len() / rows;
        let mut work = vec![0.5; d];
        let mut sum = 0.0;
        for row in 0..rows {
            for i in 0..d - 1 {
                work[i] = x[row * d + i].sin();
            }
            work[d - 1] += x[row * d];
            for i in 0..d {
                sum += work[i] * work[i];
            }
        }
        sum
    }

    // near miss: overwritten under a condition only
    pub fn overwrites_sometimes(x: &[f64]) -> f64 {
        let mut held = 0.25;
        let mut sum = 0.0;
        for i in 0..x.len() {
            if x[i] > 0.0 {
                held = x[i].exp();
            }
            sum += held * x[i];
        }
        sum
    }

    // near miss: elements behind the index are changed too
    pub fn touches_the_element_behind(x: &[f64], rows: usize) -> f64 {
        let d = x.len() / rows;
        let mut work = vec![0.0; d];
        let mut sum = 0.0;
        for row in 0..rows {
            for i in 0..d {
                work[i] = x[row * d + i].sin();
                if i > 0 {
                    work[i - 1] += work[i] * x[row * d];
                }
            }
            for i in 0..d {
                sum += work[i] * work[i];
            }
        }
        sum
    }

    // near miss: the accumulator is read
    pub fn running_product(x: &[f64]) -> f64 {
        let mut product = 1.0;
        for i in 0..x.len() {
            product *= 1.0 + x[i];
        }
        product
    }

    // near miss: the accumulator is read by a later iteration, and is only added to otherwise
    pub fn running_sum(x: &[f64]) -> f64 {
        let mut sum = 0.1;
        let mut others = 0.0;
        for i in 0..x.len() {
            others += sum * x[i];
            sum += x[i].sin();
        }
        sum + others
    }

    // near miss: the cotangent of the sum is known after the loop only
    pub fn square_of_a_sum(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i].sin();
        }
        sum * sum
    }

    // near miss: the loop is left early
    pub fn until_too_large(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            if x[i] > 0.9 {
                break;
            }
            sum += x[i].exp();
        }
        sum
    }

    // near miss: what the reverse reads is overwritten by a later iteration
    pub fn shifts_its_input(x: &mut [f64]) -> f64 {
        let mut sum = 0.0;
        for i in 1..x.len() {
            sum += x[i] * x[i - 1];
            x[i] = x[i - 1].sin();
        }
        sum
    }

    // a scratch slice that the callee overwrites whole
    pub fn scale_into(x: &[f64], factor: f64, out: &mut [f64]) {
        for i in 0..x.len() {
            out[i] = factor * x[i].exp();
        }
    }

    // one that it reads
    pub fn add_into(x: &[f64], factor: f64, out: &mut [f64]) {
        for i in 0..x.len() {
            out[i] += factor * x[i].exp();
        }
    }

    // one that it reads when it has overwritten the elements before
    pub fn filter_into(x: &[f64], factor: f64, out: &mut [f64]) {
        for i in 0..x.len() {
            out[i] = factor * x[i].exp() + out[(i + 1) % x.len()];
        }
    }

    pub fn energy(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i] * x[i];
        }
        sum
    }

    pub fn callee_overwrites(x: &[f64], factors: &[f64]) -> f64 {
        let mut work = vec![0.0; x.len()];
        let mut sum = 0.0;
        for k in 0..factors.len() {
            scale_into(x, factors[k], &mut work);
            sum += energy(&work);
        }
        sum
    }

    // longer than what the callee writes: the rest is carried from one iteration to the next
    pub fn callee_overwrites_a_part(x: &[f64], factors: &[f64]) -> f64 {
        let mut work = vec![0.5; x.len() + 1];
        let mut sum = 0.0;
        for k in 0..factors.len() {
            scale_into(x, factors[k], &mut work);
            sum += energy(&work);
        }
        sum
    }

    pub fn callee_adds(x: &[f64], factors: &[f64]) -> f64 {
        let mut work = vec![0.0; x.len()];
        let mut sum = 0.0;
        for k in 0..factors.len() {
            add_into(x, factors[k], &mut work);
            sum += energy(&work);
        }
        sum
    }

    pub fn callee_reads_ahead(x: &[f64], factors: &[f64]) -> f64 {
        let mut work = vec![0.0; x.len()];
        let mut sum = 0.0;
        for k in 0..factors.len() {
            filter_into(x, factors[k], &mut work);
            sum += energy(&work);
        }
        sum
    }

    // residuals of calls in an inner loop of a fused one
    pub fn calls_in_an_inner_loop(x: &[f64], factors: &[f64]) -> f64 {
        let mut work = vec![0.0; x.len()];
        let mut terms = vec![0.0; factors.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            for k in 0..factors.len() {
                scale_into(x, factors[k] * x[i], &mut work);
                terms[k] = energy(&work).sqrt();
            }
            sum += energy(&terms);
        }
        sum
    }

    // two loops: the first may be fused although the second may not
    pub fn two_loops(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i].sin();
        }
        let mut product = 1.0;
        for i in 0..x.len() {
            product *= x[i] + 1.0;
        }
        sum + product
    }
}

fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.3 + 0.45 * ((i * i + 1) as f64).sin()).collect()
}

#[test]
fn accumulators() {
    laws!(sum_of_sines(x: &point(5), scale: 1.3));
    laws!(sum_of_sines(x: &Vec::<f64>::new(), scale: 1.3));
    laws!(histogram(x: &point(7), _: 6));
    laws!(mean_and_energy(x: &point(4)));
    laws!(two_loops(x: &point(4)));
}

#[test]
fn scratch_space() {
    laws!(scratch(x: &point(6), _: 2));
    laws!(nested_scratch(x: &point(3), y: &point(4)));
}

#[test]
fn iterations_that_depend_on_each_other() {
    laws!(reads_before_it_writes(x: &point(6), _: 3));
    laws!(overwrites_a_part(x: &point(6), _: 2));
    laws!(overwrites_sometimes(x: &vec![-0.5, 0.4, -0.2, 0.7, -0.1]));
    laws!(touches_the_element_behind(x: &point(6), _: 2));
    laws!(running_product(x: &point(4)));
    laws!(running_sum(x: &point(4)));
    laws!(square_of_a_sum(x: &point(4)));
    laws!(until_too_large(x: &vec![0.1, 0.4, 0.95, 0.2]));
    laws!(shifts_its_input(x: &mut point(5)));
}

#[test]
fn scratch_space_of_callees() {
    laws!(callee_overwrites(x: &point(3), factors: &point(4)));
    laws!(callee_overwrites_a_part(x: &point(3), factors: &point(4)));
    laws!(callee_adds(x: &point(3), factors: &point(4)));
    laws!(callee_reads_ahead(x: &point(3), factors: &point(4)));
    laws!(calls_in_an_inner_loop(x: &point(3), factors: &point(4)));
}
