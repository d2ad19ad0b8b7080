//! Iterators whose items are dropped, multiplied or counted along the way, and what may be left of them.

zoo! {
    pub fn moving_average(xs: &[f64], alpha: f64) -> Vec<f64> {
        xs.iter().scan(0.0, |state, &x| { *state = alpha * x + (1.0 - alpha) * *state; Some(*state) }).collect()
    }
    pub fn running_product_until(xs: &[f64], alpha: f64) -> f64 {
        xs.iter().scan(1.0, |acc, x| { *acc *= alpha + x; if *acc > 100.0 { None } else { Some(*acc) } }).sum()
    }
    pub fn while_below(xs: &[f64], limit: f64) -> f64 { xs.iter().take_while(|x| **x < limit).map(|x| x * x).sum() }
    pub fn once_above(xs: &[f64], limit: f64) -> f64 { xs.iter().skip_while(|&&x| x < limit).map(|x| x * x).sum() }
    pub fn mapped_while(xs: &[f64]) -> f64 { xs.iter().map_while(|&x| if x < 2.0 { Some(x * x) } else { None }).sum() }
    pub fn rows_in_one(m: &[Vec<f64>]) -> f64 { m.iter().flat_map(|row| row.iter()).map(|x| x.sin()).sum() }
    pub fn outer_product(xs: &[f64], ys: &[f64]) -> Vec<f64> { xs.iter().flat_map(|x| ys.iter().map(move |y| x * y)).collect() }
    pub fn pairs_of_indices(n: usize, x: f64) -> f64 { (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| x.powi(i as i32) * j as f64).sum() }
    pub fn flattened(m: &[Vec<f64>]) -> f64 { m.iter().flatten().map(|x| x.exp()).sum::<f64>().ln() }
    pub fn loops_over_flattened(m: &[Vec<f64>], k: f64) -> f64 {
        let mut t = 0.0;
        for x in m.iter().flatten() { t += k * x * t + x; }
        for (i, x) in m.iter().flatten().enumerate() { t += x * i as f64; }
        t
    }
    pub fn product_of_positive(xs: &[f64]) -> Option<f64> {
        xs.iter().try_fold(1.0, |acc, &x| if x > 0.0 { Some(acc * x) } else { None })
    }
    pub fn smallest_or(xs: &[f64]) -> f64 { xs.iter().copied().reduce(f64::min).unwrap_or(0.0) }
    pub fn largest_if_any(xs: &[f64], d: f64) -> f64 {
        if let Some(&m) = xs.iter().max_by(|a, b| a.total_cmp(b)) { m * d } else { d }
    }
    pub fn smallest_or_none(xs: &[f64], d: f64) -> Option<f64> {
        let m = xs.iter().copied().min_by(|a, b| a.partial_cmp(b).unwrap())?;
        Some(m * d)
    }
    pub fn last_or(xs: &[f64], d: f64) -> f64 { xs.iter().map(|x| x * d).last().unwrap_or(d) + xs.iter().max_by(|a, b| a.total_cmp(b)).copied().unwrap_or(d) }
    pub fn reduced_or(xs: &[f64], d: f64) -> f64 { xs.iter().map(|x| x * d).reduce(|a, b| a * b + d).map_or(d, |r| r.sin()) }
    pub fn two_columns(ps: &[(f64, f64)]) -> f64 {
        let (xs, ys): (Vec<f64>, Vec<f64>) = ps.iter().cloned().unzip();
        xs.iter().sum::<f64>() * ys[0]
    }
    pub fn sines_and_cosines(xs: &[f64]) -> f64 {
        let (a, b): (Vec<_>, Vec<_>) = xs.iter().map(|x| (x.sin(), x.cos())).unzip();
        a[0] * b[1]
    }
    pub fn by_sign(xs: &[f64]) -> f64 {
        let (neg, pos): (Vec<f64>, Vec<f64>) = xs.iter().copied().partition(|x| *x < 0.0);
        pos.iter().sum::<f64>() - 2.0 * neg.iter().sum::<f64>()
    }
    pub fn roots_of_positive(xs: &[f64]) -> f64 { xs.iter().filter_map(|&x| if x > 0.0 { Some(x.sqrt()) } else { None }).sum() }
    pub fn every_other(xs: &[f64], k: f64) -> Vec<f64> { xs.iter().enumerate().filter_map(|(i, x)| (i % 2 == 0).then(|| x * k)).collect() }
    pub fn parts_of_texts(x: &[f64], text: &str) -> f64 {
        let mut stack: Vec<f64> = Vec::new();
        for token in text.split(' ') {
            match token {
                "a" => stack.push(x[0]),
                "b" => stack.push(x[1]),
                op => {
                    let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                    stack.push(if op == "*" { a * b } else { a + b });
                }
            }
        }
        let mut s = stack[0];
        for (i, c) in "abz".chars().rev().enumerate() {
            if !c.is_alphabetic() { continue; }
            s += x[i] * f64::from(c as u32 - 'a' as u32);
            if c == 'b' { break; }
        }
        for line in "1,2\n3,4".lines() {
            let mut w = 1.0;
            for field in line.split(',') { let v: f64 = field.parse().unwrap(); w *= v * x[0]; }
            s += w;
        }
        s
    }
    pub fn those_that_were_set(xs: &[f64], k: f64) -> f64 {
        let mut found = vec![None; xs.len()];
        let mut fixed = [None; 2];
        for (i, x) in xs.iter().enumerate() {
            if *x > 0.5 { found[i] = Some(x * k); } else { fixed[i % 2] = Some(x * x); }
        }
        found.iter().flatten().map(|x| x * x).sum::<f64>() * fixed.iter().flatten().sum::<f64>() + fixed.into_iter().flatten().map(|x| x.sin()).sum::<f64>()
    }
    pub fn those_that_are(xs: &[Option<f64>], k: f64) -> f64 { xs.iter().filter_map(|x| *x).map(|x| x * k).sum::<f64>() + xs.iter().flatten().sum::<f64>() }
    pub fn left_before_the_end(xs: &[f64], k: f64) -> f64 {
        let mut t = k;
        for x in xs.iter().take_while(|x| **x < 2.0) { if *x < -0.7 { break; } t *= x + k; }
        t
    }
    pub fn ends_in_the_second(xs: &[f64], ys: &[f64]) -> f64 { xs.iter().chain(ys.iter()).take_while(|x| **x < 2.0).map(|x| x * x).sum() }

    pub fn used_twice(xs: &[f64], k: f64) -> f64 {
        let squares = xs.iter().map(|x| x * x * k);
        let total: f64 = squares.clone().sum();
        total + squares.fold(1.0, |a, b| a * b)
    }
    pub fn scaled(xs: &[f64], k: f64) -> f64 {
        let big = xs.iter().filter(|x| **x > 0.6);
        let scaled = big.map(|x| x * k);
        let mut t = 0.0;
        for v in scaled { t += v * v; }
        t
    }
    pub fn differences(xs: &[f64], k: f64) -> f64 {
        let pairs = xs.iter().zip(xs.iter().skip(1)).map(|(a, b)| b - a);
        let count = pairs.len();
        let d: Vec<f64> = pairs.collect();
        d.iter().map(|x| x * k).sum::<f64>() / count as f64
    }
}

#[test]
fn adapters() {
    let xs = vec![1.0, -0.5, 2.5, 0.7, 3.1];
    let ys = vec![0.3, 1.5, -2.5, 0.2, 1.1];
    let m = vec![vec![1.0, 2.0], vec![], vec![0.3]];
    map_laws!(moving_average(xs: &xs.clone(), alpha: 0.3));
    laws!(running_product_until(xs: &xs.clone(), alpha: 0.3));
    laws!(running_product_until(xs: &xs.clone(), alpha: 30.0));
    laws!(while_below(xs: &xs.clone(), limit: 2.0));
    laws!(once_above(xs: &xs.clone(), limit: 2.0));
    laws!(mapped_while(xs: &xs.clone()));
    laws!(rows_in_one(m: &m.clone()));
    map_laws!(outer_product(xs: &xs.clone(), ys: &ys.clone()));
    laws!(pairs_of_indices(_: 4, x: 0.7));
    laws!(parts_of_texts(x: &vec![0.7, 0.2, 1.4], _: "a b * b a + *"));
    laws!(those_that_were_set(xs: &vec![0.7, 0.2, 1.4, 0.3, 0.1], k: 0.4));
    laws!(flattened(m: &m.clone()));
    laws!(loops_over_flattened(m: &m.clone(), k: 0.4));
    map_laws!(product_of_positive(xs: &vec![1.0, 2.0, 0.5]));
    laws!(smallest_or(xs: &xs.clone()));
    laws!(largest_if_any(xs: &xs.clone(), d: 0.3));
    laws!(largest_if_any(xs: &vec![0.0; 0], d: 0.3));
    map_laws!(smallest_or_none(xs: &xs.clone(), d: 0.3));
    laws!(last_or(xs: &xs.clone(), d: 0.3));
    laws!(reduced_or(xs: &xs.clone(), d: 0.3));
    laws!(two_columns(ps: &vec![(1.0, 2.0), (0.5, 0.3)]));
    laws!(sines_and_cosines(xs: &xs.clone()));
    laws!(by_sign(xs: &xs.clone()));
    laws!(roots_of_positive(xs: &xs.clone()));
    map_laws!(every_other(xs: &xs.clone(), k: 0.4));
    laws!(those_that_are(xs: &vec![Some(1.0), Some(2.0)], k: 0.4));
    laws!(left_before_the_end(xs: &xs.clone(), k: 0.3));
    laws!(left_before_the_end(xs: &vec![0.5, -0.8, 1.0], k: 0.3));
    laws!(ends_in_the_second(xs: &vec![0.5, 1.5], ys: &xs.clone()));
    laws!(ends_in_the_second(xs: &xs.clone(), ys: &xs.clone()));
}

#[test]
fn iterators_with_names() {
    let v = vec![3.0, 1.0, 2.0, 0.5];
    laws!(used_twice(xs: &v.clone(), k: 0.4));
    laws!(scaled(xs: &v.clone(), k: 0.4));
    laws!(differences(xs: &v.clone(), k: 0.4));
}
