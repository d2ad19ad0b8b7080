//! Lists whose items are moved out, and closures that may fail.

zoo! {
    #[plain]
    #[chainrule::differentiable]
    pub fn root(x: f64) -> Result<f64, String> { if x > 0.0 { Ok(x.sqrt()) } else { Err(format!("negative {x}")) } }

    pub fn rows_of_an_array(x: &[f64]) -> f64 {
        let start = [vec![x[0], x[1]], vec![x[0] + 1.0, x[1] * x[0]]];
        let mut kept: Vec<(Vec<f64>, f64)> = Vec::new();
        for p in start {
            let v = p[0] * p[1];
            kept.push((p, v));
        }
        kept[0].0[0] * kept[1].1 + kept[1].0[1] * kept[0].1
    }

    pub fn rows_of_a_list(x: &[f64]) -> f64 {
        let start = vec![vec![x[0], x[1]], vec![x[0] + 1.0, x[1]]];
        let mut kept = Vec::new();
        let mut t = 0.0;
        for p in start {
            let mut q = p;
            q[0] *= x[1];
            t += q[0] * q[1];
            kept.push(q);
        }
        t * kept[0][0] * kept[1][1]
    }

    // a part that is read beside the whole, in one tuple
    pub fn rows_with_a_key(x: &[f64]) -> f64 {
        let start = vec![vec![x[0], x[1]], vec![x[0] + 1.0, x[1]]];
        let kept: Vec<(Vec<f64>, f64)> = start.into_iter().map(|p| { let key = p[0]; (p, key) }).collect();
        kept[0].0[0] * kept[1].1 + kept[1].0[1]
    }

    pub fn pairs_with_rows(x: &[f64]) -> f64 {
        let pairs = vec![(vec![x[0]], x[1]), (vec![x[1] * x[0]], 2.0)];
        let mut rows = Vec::new();
        let mut w = 1.0;
        for (row, weight) in pairs {
            w *= weight;
            rows.push(row);
        }
        rows[0][0] * rows[1][0] * w
    }

    pub fn failing_closure(x: f64, k: f64) -> f64 {
        let scaled = |k: f64| -> Result<f64, String> {
            let a = root(k)?;
            Ok(a * x)
        };
        match (scaled(3.0), scaled(k * x)) {
            (Ok(a), Ok(b)) => a + b * b,
            (Err(_), _) | (_, Err(_)) => -x,
        }
    }

    pub fn failure_replaced(x: f64, k: f64) -> f64 {
        let scaled = |k: f64| -> Result<f64, String> { Ok(root(k)? * x) };
        let (a, b) = (scaled(3.0), scaled(k));
        b.unwrap_or(x * x) * a.unwrap()
    }
}

#[test]
fn taken_apart() {
    laws!(rows_of_an_array(x: &vec![0.7, 1.3]));
    laws!(rows_of_a_list(x: &vec![0.7, 1.3]));
    laws!(rows_with_a_key(x: &vec![0.7, 1.3]));
    laws!(pairs_with_rows(x: &vec![0.7, 1.3]));
    for k in [0.6, -0.6] {
        laws!(failing_closure(x: 1.2, k: k));
        laws!(failure_replaced(x: 1.2, k: k));
    }
}
