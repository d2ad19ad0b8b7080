//! Decisions about how to go on: patterns that have to fit, values that leave in some ways only, and checks before the work.

use chainrule::Differentiable;

#[derive(Differentiable, Clone, Debug)]
pub struct Curve {
    pub times: Vec<f64>,
    pub logs: Vec<f64>,
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Rate(pub f64, pub usize);

#[derive(Differentiable, Clone, Debug)]
pub struct Plan {
    pub rate: Rate,
    pub steps: usize,
    pub legs: Vec<(usize, f64)>,
}

fn factor_of(n: usize) -> f64 {
    n as f64 * 0.1
}

zoo! {
    pub fn has_to_fit(xs: &[f64]) -> f64 {
        let [mu, log_sigma] = *xs else { panic!("two numbers, and not {}", xs.len()) };
        let sigma = (2.0 * log_sigma).exp();
        let &[first, ..] = xs else { unreachable!() };
        sigma * mu + first.sin()
    }

    pub fn has_to_fit_in_a_loop(xs: &[f64]) -> f64 {
        let mut y = 1.0;
        for pair in xs.chunks(2) {
            let &[a, b] = pair else { break };
            let [c, _] = pair else { panic!("two of them") };
            y = y * a + b * c;
            let Some(last) = xs.last() else { todo!() };
            y += last * a;
        }
        y
    }

    pub fn has_to_be_there(x: f64, y: Option<f64>) -> f64 {
        let mut scale = x;
        let Some(y) = y else {
            scale += 1.0;
            panic!("nothing beside {scale}")
        };
        scale *= y;
        if scale > 1.0 {
            return scale * x;
        }
        scale + y
    }

    pub fn left_among_several(curve: &Curve, t: f64) -> f64 {
        let n = curve.times.len();
        let i = match curve.times.iter().position(|&p| p >= t) {
            Some(0) => return (curve.logs[0] * t / curve.times[0]).exp(),
            Some(i) => i,
            None => n - 1,
        };
        let (t0, t1) = (curve.times[i - 1], curve.times[i]);
        let w = (t - t0) / (t1 - t0);
        ((1.0 - w) * curve.logs[i - 1] + w * curve.logs[i]).exp()
    }

    pub fn left_in_the_middle(x: f64, xs: &[f64]) -> f64 {
        let mut y = x;
        for (k, z) in xs.iter().enumerate() {
            let part = match k {
                0 => z.sin(),
                1 if y > 0.9 => continue,
                2 => z * x,
                3 => break,
                _ => xs[k - 1] * z,
            };
            y = y * part + x;
            let chosen = match &xs[..k] {
                [] => &xs[..1],
                [only] if *only > 5.0 => return y * only,
                head => head,
            };
            y += chosen.iter().sum::<f64>();
        }
        y * x
    }

    pub fn left_by_a_guard_that_counts(x: f64, xs: &[f64]) -> f64 {
        let mut y = x;
        let (mut asked, mut seen) = (0, 0);
        for z in xs {
            let factor = match seen {
                0 => 0.5,
                n if { asked += 1; n + asked > 7 } => return y * factor_of(n),
                n if n % 2 == 0 => z * 2.0,
                _ => z * x,
            };
            seen += 1;
            y = y * factor + z;
        }
        y * asked as f64
    }

    pub fn parts_behind_a_reference(plan: &Plan) -> f64 {
        let &Plan { rate: Rate(r, n), steps, .. } = plan;
        let mut y = r;
        for i in 0..n { y = y * r + i as f64; }
        for _ in 0..steps { y *= r; }
        let &(m, w) = &plan.legs[0];
        for _ in 0..m { y *= w; }
        let (m, w) = &plan.legs[1];
        for _ in 0..*m { y += w * r; }
        let (m, w) = plan.legs[1];
        for _ in 0..m { y += w * r; }
        if let &[(k, w), ..] = plan.legs.as_slice() { for _ in 0..k { y = y * w + r; } }
        for &(k, w) in &plan.legs { for _ in 0..k { y += w * y; } }
        match &plan.legs[..] { &[(k, _), (l, w)] if k + l > 1 => y * w, _ => y }
    }

    pub fn checked_first(xs: &[f64]) -> Result<Vec<f64>, ()> {
        let mut ys = xs.to_vec();
        for x in xs {
            if *x < 0.0 { return Err(()); }
        }
        for i in (0..ys.len()).rev() { ys[i] *= ys[0]; }
        Ok(ys)
    }

    pub fn filled_after_checks(xs: &[f64]) -> Option<Vec<f64>> {
        let mut ys = vec![1.0];
        let mut rest = Vec::new();
        for x in xs {
            if *x < 0.0 { return None; }
        }
        for (i, x) in xs.iter().enumerate() {
            ys.push(x * ys[i]);
            if i % 2 == 0 { rest.push(x * x); }
        }
        if xs.len() > 3 {
            ys.extend(rest);
            return Some(ys);
        }
        rest.push(ys[1]);
        Some(rest)
    }

    pub fn of_checked(xs: &[f64]) -> f64 {
        let (Ok(ys), Some(zs)) = (checked_first(xs), filled_after_checks(xs)) else { return xs[0] };
        ys.iter().zip(&zs).map(|(y, z)| y * z).sum()
    }
}

#[test]
fn patterns_that_have_to_fit() {
    laws!(has_to_fit(xs: &vec![0.3, 0.7]));
    for n in 1..6 {
        laws!(has_to_fit_in_a_loop(xs: &vec![0.3, 0.7, -0.4, 0.9, 1.1][..n].to_vec()));
    }
    laws!(has_to_be_there(x: 0.3, y: Some(0.7)));
    laws!(has_to_be_there(x: 1.3, y: Some(1.7)));
    laws!(parts_behind_a_reference(plan: &Plan { rate: Rate(0.9, 2), steps: 3, legs: vec![(1, 0.5), (2, 0.8)] }));
}

#[test]
#[should_panic(expected = "two numbers, and not 3")]
fn a_pattern_that_does_not_fit() {
    simplified::has_to_fit::grad(&[0.1, 0.2, 0.3]);
}

#[test]
#[should_panic(expected = "nothing beside 1.5")]
fn what_is_not_there() {
    let _ = simplified::has_to_be_there::vjp(0.5, None);
}

#[test]
fn values_that_leave_in_some_ways() {
    let curve = || Curve { times: vec![0.5, 1.0, 2.0], logs: vec![-0.1, -0.3, -0.4] };
    for t in [0.2, 0.7, 1.4, 3.1] {
        laws!(left_among_several(curve: &curve(), t: t));
    }
    let xs = vec![0.4, 1.2, 0.8, -0.6, 0.3];
    for n in 1..6 {
        laws!(left_in_the_middle(x: 0.3, xs: &xs[..n].to_vec()));
        laws!(left_in_the_middle(x: 0.9, xs: &xs[..n].to_vec()));
    }
    laws!(left_in_the_middle(x: 0.3, xs: &vec![6.0, 0.8, 0.7]));
    for n in 1..6 {
        laws!(left_by_a_guard_that_counts(x: 0.3, xs: &xs[..n].to_vec()));
    }
}

#[test]
fn checks_before_the_work() {
    for xs in [vec![0.4, 0.3, 0.9], vec![0.4, 0.3, 0.9, 0.2], vec![0.4, -0.3, 0.9]] {
        map_laws!(checked_first(xs: &xs.clone()));
        map_laws!(filled_after_checks(xs: &xs.clone()));
        laws!(of_checked(xs: &xs.clone()));
    }
}
