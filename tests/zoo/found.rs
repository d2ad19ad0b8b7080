//! Elements that are found in order to be changed, and parts of slices in patterns that are.

zoo! {
    pub fn first_large(x: &[f64], y: f64) -> f64 {
        let mut v = x.to_vec();
        if let Some(x) = v.iter_mut().find(|x| **x > 1.0) { *x *= y; }
        if let Some(x) = v.iter_mut().rev().find(|x| **x < 1.0) { *x += y; }
        if let Some(x) = v.iter_mut().filter(|x| **x > 1.2).next() { *x -= y * y; }
        match v.iter_mut().find(|x| **x > 100.0) {
            Some(x) => *x = 0.0,
            None => v.push(y),
        }
        let x = v.iter_mut().find(|x| **x > 0.1).unwrap();
        *x *= 3.0 * y;
        v.iter().enumerate().map(|(i, a)| a * a * (i + 1) as f64).sum()
    }

    pub fn ends_and_positions(x: &[f64], y: f64) -> f64 {
        let mut v = x.to_vec();
        if let Some(x) = v.iter_mut().next() { *x *= y; }
        if let Some(x) = v.iter_mut().last() { *x += y; }
        if let Some(x) = v.iter_mut().nth(1) { *x *= y; }
        if let Some(x) = v.iter_mut().nth(9) { *x = 0.0; }
        *v.iter_mut().last().unwrap() *= y;
        v.iter().enumerate().map(|(i, a)| a * a * (i + 1) as f64).sum()
    }

    pub fn groups(keys: &[usize], values: &[f64]) -> f64 {
        let mut groups: Vec<(usize, Vec<f64>)> = Vec::new();
        for (&k, &v) in keys.iter().zip(values) {
            match groups.iter_mut().find(|g| g.0 == k) {
                Some(g) => g.1.push(v),
                None => groups.push((k, vec![v])),
            }
        }
        groups.iter().map(|(k, vs)| vs.iter().product::<f64>() * *k as f64).sum()
    }

    pub fn ends_in_a_pattern(x: &[f64], y: f64) -> f64 {
        let mut v = x.to_vec();
        if let [a, .., b] = v.as_mut_slice() { *a *= y; *b += *a; }
        if let [a, .., b] = &mut v[..] { std::mem::swap(a, b); }
        match v.as_mut_slice() {
            [a, b] => *a = *b,
            [a, .., b] => { *a *= y; *b = *a * y; }
            _ => {}
        }
        v.iter().enumerate().map(|(i, a)| a * a * (i + 1) as f64).sum()
    }
}

#[test]
fn found_to_change() {
    for x in [vec![0.7, 1.3, 2.4, 0.9], vec![0.3, 0.2], vec![1.5]] {
        laws!(first_large(x: &x, y: 1.7));
    }
    laws!(ends_and_positions(x: &vec![0.7, 1.3, 2.4, 0.9], y: 1.7));
    laws!(ends_and_positions(x: &vec![0.7], y: 1.7));
    laws!(groups(_: &[1, 2, 1, 3, 2], values: &vec![0.5, 0.9, 3.0, 2.2, 0.1]));
}

#[test]
fn ends_in_patterns() {
    for x in [vec![0.7, 1.3, 2.4, 0.9], vec![0.3, 0.2], vec![1.5]] {
        laws!(ends_in_a_pattern(x: &x, y: 1.7));
    }
}
