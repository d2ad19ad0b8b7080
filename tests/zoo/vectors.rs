//! Vectors that grow and shrink (hard cases 36, 37, 38, 42).

zoo! {
    pub fn pushed(x: f64, y: f64) -> f64 {
        let mut v = Vec::new();
        v.push(x * y);
        v.push(x.sin());
        v[0] *= v[1];
        v[0] * y + v[1]
    }

    // 37
    pub fn grows_in_a_loop(xs: &[f64]) -> f64 {
        let mut v: Vec<f64> = Vec::with_capacity(xs.len());
        for i in 0..xs.len() {
            v.push(xs[i] * xs[i]);
            v[i / 2] *= xs[i] + 2.0;
        }
        v[1] = v[0] * v[2];
        let mut s = 0.0;
        for x in v.iter() {
            s += x * x;
        }
        s
    }

    pub fn partial_sums(xs: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0];
        for x in xs {
            let last = sums[sums.len() - 1];
            sums.push(last * 0.5 + x);
        }
        sums
    }

    pub fn pushed_in_a_branch(xs: &[f64]) -> f64 {
        let mut positive = Vec::new();
        for x in xs {
            if *x > 0.0 {
                positive.push(x * x);
            }
        }
        let mut s = 1.0;
        for x in &positive {
            s *= x + 1.0;
        }
        s * positive[0]
    }

    // 36
    pub fn declared_in_a_loop(xs: &[f64], n: usize) -> f64 {
        let mut s = 0.5;
        for i in 0..n {
            let mut row = Vec::new();
            for j in 0..=i {
                row.push(s * xs[j]);
            }
            row.push(s.sin());
            row[0] *= row[i];
            s += row[0] * row[row.len() - 1];
        }
        s
    }

    pub fn popped(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        let a = v.pop().unwrap();
        v[0] *= a;
        let b = v.pop().expect("two elements");
        v.push(a * b * v[0]);
        v.push(b);
        v[0] * v[1] + v[v.len() - 1]
    }

    pub fn popped_and_dropped(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        v[1] *= v[2];
        v.pop();
        v[0] *= v[1];
        v[0]
    }

    pub fn stack_machine(xs: &[f64]) -> f64 {
        let mut stack = Vec::new();
        for x in xs {
            stack.push(*x);
            if stack.len() > 2 {
                let a = stack.pop().unwrap();
                let b = stack.pop().unwrap();
                stack.push(a * b + a.sin());
            }
        }
        let mut s = 1.0;
        while let Some(top) = stack.pop() {
            s *= top + 2.0;
        }
        s
    }

    // 38
    pub fn shrinks_and_is_used_again(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        let mut s = 0.0;
        for round in 0..3 {
            s += v[0] * v[v.len() - 1];
            v.truncate(2);
            v.push(s * v[1]);
            v.push(xs[round]);
            v[0] *= v[2];
        }
        s * v[3]
    }

    // 42
    pub fn cleared_buffer(xs: &[f64], n: usize) -> f64 {
        let mut buffer = Vec::new();
        let mut s = 1.0;
        for i in 0..n {
            buffer.clear();
            for x in &xs[..i + 1] {
                buffer.push(x * s);
            }
            s = buffer[i] * buffer[0] + 1.0;
        }
        s
    }

    pub fn truncated_beyond(xs: &[f64], n: usize) -> f64 {
        let mut v = xs.to_vec();
        v[0] *= v[1];
        v.truncate(n);
        v[0] * v[0]
    }

    pub fn resized(xs: &[f64], x: f64, n: usize) -> f64 {
        let mut v = xs.to_vec();
        v[0] *= v[2];
        v.resize(n, x * x);
        let mut s = v[0] * x;
        for i in 0..v.len() {
            s += v[i] * v[i] * (i as f64 + 1.0);
        }
        s
    }

    pub fn inserted_and_removed(xs: &[f64], i: usize) -> f64 {
        let mut v = xs.to_vec();
        v.insert(i, v[0] * v[1]);
        v[0] *= v[i];
        let x = v.remove(1);
        let y = v.swap_remove(0);
        v[0] *= x * y;
        v.insert(0, x);
        v[0] * v[1] + v[2]
    }

    pub fn removed_in_a_loop(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        let mut s = 0.0;
        while v.len() > 1 {
            let x = v.remove(v.len() / 2);
            s += x * v[0];
            v[0] *= x;
        }
        s + v[0]
    }

    pub fn extended(xs: &[f64], ys: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        v.extend_from_slice(&ys[1..]);
        v[0] *= v[xs.len()];
        let copy = v.clone();
        v.extend_from_slice(&copy);
        v.extend_from_slice(&[v[0], 2.0]);
        let mut s = 0.0;
        for i in 0..v.len() {
            s += v[i] * (i as f64 + 1.0);
        }
        s * v[1]
    }

    pub fn extended_by_an_iterator(xs: &[f64], a: f64) -> f64 {
        let mut v = vec![a];
        v.extend(xs.iter().map(|x| x * a));
        v.extend((0..3).map(|i| a * a * i as f64));
        v.extend([a, xs[0]]);
        let mut s = 0.0;
        for i in 1..v.len() {
            s += v[i] * v[i - 1];
        }
        s
    }

    pub fn extended_by_itself_and_constants(xs: &[f64]) -> f64 {
        let mut v = vec![1.0, 2.0];
        v.extend_from_slice(xs);
        v.extend_from_slice(&[3.0]);
        v[0] * v[2] + v[3] * v[v.len() - 1]
    }

    pub fn appended(xs: &[f64], x: f64) -> f64 {
        let mut v = xs.to_vec();
        let mut w = vec![x, x * x];
        v[0] *= w[1];
        v.append(&mut w);
        w.push(v[2] * x);
        v[0] * v[3] + w[0]
    }

    pub fn split_off_and_joined(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        let mut tail = v.split_off(2);
        tail[0] *= v[1];
        v.push(tail[1]);
        tail.extend_from_slice(&v);
        tail[0] * tail[2] + v[2]
    }

    pub fn reassigned(xs: &[f64], x: f64) -> f64 {
        let mut v = vec![x; 2];
        let mut s = v[0] * v[1];
        v = vec![s; 4];
        v[3] *= xs[0];
        s += v[3] * v[0];
        v = xs.to_vec();
        s * v[2]
    }

    pub fn reassigned_in_a_loop(xs: &[f64]) -> f64 {
        let mut v = vec![1.0];
        for i in 0..xs.len() {
            let mut next = vec![0.0; i + 2];
            for j in 0..v.len() {
                next[j] += v[j] * xs[i];
                next[j + 1] += v[j];
            }
            v = next;
        }
        let mut s = 0.0;
        for x in &v {
            s += x * x;
        }
        s
    }

    pub fn rows_of_any_length(xs: &[f64]) -> f64 {
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for i in 0..xs.len() {
            let mut row = vec![xs[i]; i + 1];
            row.push(xs[0] * xs[i]);
            rows.push(row);
        }
        let product = xs[1] * rows[0][1];
        rows[1].push(product);
        let x = rows[2].pop().unwrap();
        rows[0][0] *= x;
        let last = rows.pop().unwrap();
        let mut s = last[0] * rows[1][2];
        for row in &rows {
            for x in row {
                s += x * x;
            }
        }
        s
    }

    // what is moved away is assigned again
    pub fn rows_collected(xs: &[f64]) -> f64 {
        let mut rows = Vec::new();
        let mut row = Vec::new();
        for x in xs {
            row.push(x * x);
            row.push(*x);
            if row.len() > 2 {
                rows.push(row);
                row = vec![xs[0] * x];
            }
        }
        rows.push(row);
        let mut s = 0.0;
        for row in &rows {
            s += row[0] * row[row.len() - 1];
        }
        s
    }

    pub fn owned_parameter(mut v: Vec<f64>, x: f64) -> Vec<f64> {
        v.push(v[0] * x);
        v[1] *= v[0];
        v.push(x);
        v.swap(0, 1);
        v
    }

    pub fn shrunk_parameter(mut v: Vec<f64>) -> f64 {
        let x = v.pop().unwrap();
        v[0] *= x;
        let y = v.pop().unwrap();
        v.clear();
        v.push(x * y);
        v[0] + y
    }

    pub fn inactive_vector(xs: &[f64]) -> f64 {
        let mut order = Vec::new();
        for i in 0..xs.len() {
            order.push(xs.len() - 1 - i);
        }
        order.swap(0, 1);
        let mut s = 0.0;
        let mut weights = Vec::new();
        weights.push(2.0);
        weights.insert(0, 3.0);
        for i in order {
            s = s * 0.5 + xs[i] * weights[i % 2];
        }
        s
    }

    pub fn pairs(x: f64, y: f64) -> f64 {
        let mut v = Vec::new();
        v.push((x, y));
        v.push((x * y, 2.0));
        let (a, b) = v[0];
        v[1].0 *= a;
        let last = v.pop().unwrap();
        last.0 * last.1 + b
    }

    pub fn fibonacci_like(x: f64, n: usize) -> f64 {
        let mut v = vec![x, x * x];
        for i in 2..n {
            let next = v[i - 1] * v[i - 2] + v[i - 1];
            v.push(next);
        }
        v[n - 1]
    }
}

#[test]
fn growing() {
    laws!(pushed(x: 0.7, y: 0.2));
    laws!(grows_in_a_loop(xs: &vec![0.7, 0.2, -0.4, 0.9]));
    map_laws!(partial_sums(xs: &vec![0.7, 0.2, -0.4]));
    laws!(pushed_in_a_branch(xs: &vec![0.7, -0.2, 0.4]));
    laws!(declared_in_a_loop(xs: &vec![0.7, 0.2, -0.4], _: 3));
    laws!(fibonacci_like(x: 0.7, _: 6));
    laws!(pairs(x: 0.7, y: 0.2));
    laws!(inactive_vector(xs: &vec![0.7, 0.2, -0.4]));
}

#[test]
fn shrinking() {
    laws!(popped(xs: &vec![0.7, 0.2, -0.4]));
    laws!(popped_and_dropped(xs: &vec![0.7, 0.2, -0.4]));
    laws!(stack_machine(xs: &vec![0.7, 0.2, -0.4, 0.9]));
    laws!(shrinks_and_is_used_again(xs: &vec![0.7, 0.2, -0.4, 0.9]));
    laws!(cleared_buffer(xs: &vec![0.7, 0.2, -0.4], _: 3));
    laws!(truncated_beyond(xs: &vec![0.7, 0.2, -0.4], _: 7));
    laws!(truncated_beyond(xs: &vec![0.7, 0.2, -0.4], _: 1));
    laws!(removed_in_a_loop(xs: &vec![0.7, 0.2, -0.4, 0.9]));
}

#[test]
fn both() {
    laws!(resized(xs: &vec![0.7, 0.2, -0.4], x: 0.9, _: 5));
    laws!(resized(xs: &vec![0.7, 0.2, -0.4], x: 0.9, _: 1));
    laws!(inserted_and_removed(xs: &vec![0.7, 0.2, -0.4, 0.9], _: 2));
    laws!(extended(xs: &vec![0.7, 0.2], ys: &vec![0.3, 0.1, -0.4]));
    laws!(extended_by_an_iterator(xs: &vec![0.7, 0.2], a: 0.9));
    laws!(extended_by_itself_and_constants(xs: &vec![0.7, 0.2]));
    laws!(appended(xs: &vec![0.7, 0.2], x: 0.9));
    laws!(split_off_and_joined(xs: &vec![0.7, 0.2, -0.4, 0.9]));
    laws!(reassigned(xs: &vec![0.7, 0.2, -0.4], x: 0.9));
    laws!(reassigned_in_a_loop(xs: &vec![0.7, 0.2, -0.4]));
    laws!(rows_collected(xs: &vec![0.7, 0.2, -0.4, 0.9, 0.3]));
    laws!(rows_of_any_length(xs: &vec![0.7, 0.2, -0.4]));
}

#[test]
fn parameters() {
    map_laws!(owned_parameter(v: vec![0.7, 0.2], x: 0.9));
    laws!(shrunk_parameter(v: vec![0.7, 0.2, 0.5]));
}
