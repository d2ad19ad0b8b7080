//! Lists whose items are moved out, structs whose fields are, closures that may fail, and loops without an end.

use chainrule::Differentiable;

#[derive(Clone, Debug, Default, Differentiable)]
pub struct Pile {
    items: Vec<f64>,
    sum: f64,
}

#[derive(Clone, Debug, Differentiable)]
pub struct Net {
    w: Vec<f64>,
    b: Vec<f64>,
    k: f64,
}

zoo! {
    // a field leaves its struct, whose cotangent is still to come
    pub fn piles(x: &[f64], limit: f64) -> f64 {
        let mut pile = Pile::default();
        let mut piles: Vec<Vec<f64>> = Vec::new();
        for x in x {
            pile.items.push(*x);
            pile.sum += x;
            if pile.sum > limit {
                piles.push(std::mem::take(&mut pile.items));
                pile.sum = 0.0;
            }
        }
        let rest = pile.sum;
        if !pile.items.is_empty() {
            piles.push(pile.items);
        }
        let mut total = rest;
        for (k, pile) in piles.iter().enumerate() {
            total += (k + 1) as f64 * pile.iter().product::<f64>();
        }
        total
    }

    // the fields that are written out have other lengths than those of the base
    pub fn based(n: &Net, x: f64) -> f64 {
        let wider = Net { w: vec![x, 2.0 * x, n.k], ..n.clone() };
        let mut last = Net { b: vec![x; 4], ..wider.clone() };
        last.k *= x;
        wider.w[1] * last.b[3] * last.k + last.w[2] * wider.b[0] + n.w[0]
    }

    pub fn based_in_a_loop(n: &Net, x: f64) -> f64 {
        let mut net = n.clone();
        for i in 0..3 {
            let mut w = net.w.clone();
            w.push(x * net.k);
            net = Net { w, k: net.k * 1.1, ..net };
            if i == 1 {
                net = Net { b: vec![net.b[0]], ..net };
            }
        }
        net.w.iter().sum::<f64>() * net.b[0] * net.k
    }

    pub fn based_on_what_moves(n: Net, x: f64) -> f64 {
        let m = Net { w: vec![x], ..n };
        m.w[0] * m.b[0] * m.k
    }

    // a loop without an end is the value of the function
    pub fn until_it_returns(x: f64, k: f64) -> f64 {
        let mut s = x;
        loop {
            s = s * k + 1.0;
            for i in 0..3 {
                if s > 8.0 {
                    break;
                }
                s += 0.1 * i as f64 * x;
            }
            if s > 10.0 {
                return s * k;
            }
            s += if s > 3.0 { x } else { k };
        }
    }

    pub fn tried_until_it_returns(x: f64, k: f64) -> Option<f64> {
        let mut s = x;
        if k < 0.0 {
            return None;
        } else {
            loop {
                s = root(s * k).ok()? + x;
                if s > 2.0 {
                    return Some(s * k);
                }
            }
        }
    }

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
fn fields_that_leave() {
    laws!(piles(x: &vec![0.3, 0.7, 0.2, 0.5, 0.9, 1.1, 0.4], limit: 1.05));
    laws!(piles(x: &vec![0.3, 0.9], limit: 1.05));
    let net = Net { w: vec![0.5], b: vec![0.3, 0.7], k: 1.2 };
    laws!(based(n: &net.clone(), x: 0.7));
    laws!(based_in_a_loop(n: &net.clone(), x: 0.7));
    laws!(based_on_what_moves(n: net.clone(), x: 0.7));
}

#[test]
fn loops_without_an_end() {
    laws!(until_it_returns(x: 0.7, k: 1.4));
    map_laws!(tried_until_it_returns(x: 0.9, k: 1.7));
    map_laws!(tried_until_it_returns(x: 0.9, k: -1.7));
    map_laws!(tried_until_it_returns(x: -0.9, k: 1.7));
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
