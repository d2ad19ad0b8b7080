//! Patterns that name what a variant carries: with guards, beside names that are taken, of what the arm changes.

use chainrule::Differentiable;

#[derive(Differentiable, Clone, Debug)]
pub enum Load {
    Nothing,
    Point(f64),
    Spread { at: f64, width: f64 },
    Table(Vec<f64>),
    Repeated(usize, f64),
    Inside(Option<f64>),
}

zoo! {
    pub fn of_loads(loads: &[Load], x: f64) -> f64 {
        let mut s = x;
        for load in loads {
            s += match load {
                Load::Point(p) if *p > s => p * s.sin(),
                Load::Point(q) => q * q * x,
                Load::Spread { at, width: x_bar } => at * x_bar + x,
                Load::Table(part) => of_table(part) * s + part[0],
                Load::Repeated(n, r#type) => *n as f64 * r#type * x,
                Load::Inside(Some(sum)) => sum * sum * x,
                Load::Inside(None) | Load::Nothing => 0.5 * x,
            };
        }
        s
    }

    pub fn of_table(xs: &[f64]) -> f64 {
        xs.iter().map(|x| x * x).sum()
    }

    pub fn chooses_load(load: Load, x: f64) -> Load {
        match load {
            Load::Point(p) => Load::Spread { at: p * x, width: p },
            Load::Spread { at, width } if at > width => Load::Table(vec![at * x, width]),
            Load::Table(xs) => Load::Inside(Some(xs[0] * x)),
            other => other,
        }
    }

    pub fn of_chosen(load: Load, x: f64) -> f64 {
        let chosen = chooses_load(load.clone(), x);
        of_loads(&[chosen, load], x)
    }

    pub fn best_so_far(xs: &[f64], k: f64) -> f64 {
        let mut best: Option<f64> = None;
        for x in xs {
            match best {
                Some(b) if x * k > b => best = Some(x * b),
                Some(b) => best = Some(b + k * x.sin()),
                None => best = Some(*x),
            }
        }
        best.unwrap_or(k)
    }

    pub fn grown_while_read(given: &[Load], x: f64) -> f64 {
        let mut loads = given.to_vec();
        let mut i = 0;
        let mut s = 0.0;
        while i < loads.len() {
            if let Load::Point(p) = loads[i] {
                s += p * x;
                if let Load::Spread { at, width } = &mut loads[(i + 1) % 3] {
                    *at += p * *width;
                    *width *= x;
                }
                i += 1;
                s += p;
            } else if let Load::Spread { at, width } = &loads[i] {
                s += at * width;
                i += 2;
            } else {
                i += 1;
            }
        }
        s
    }

    pub fn in_pairs(a: Option<f64>, b: Option<f64>, x: f64) -> f64 {
        match (a, b) {
            (Some(p), Some(q)) if p > q => p * q * x,
            (Some(p), Some(q)) => p / q + x,
            (Some(p), None) | (None, Some(p)) => p.exp() * x,
            (None, None) => x,
        }
    }

    pub fn in_a_closure(load: &Load, xs: &[f64]) -> f64 {
        let weigh = |x: f64| match load {
            Load::Repeated(n, w) => w * x.powi(*n as i32),
            Load::Inside(Some(w)) if *w > 0.0 => x * w.ln(),
            _ => x * x,
        };
        xs.iter().map(|x| weigh(*x) * weigh(x + 1.0)).sum()
    }

    pub fn type_told_later(text: &str, x: &[f64]) -> f64 {
        let mut w = 1.0;
        for field in text.split(',') {
            if let Ok(v) = field.parse() {
                let u: f64 = v;
                w *= u * x[0];
            }
        }
        w
    }
}

fn loads() -> Vec<Load> {
    vec![
        Load::Point(0.7),
        Load::Spread { at: 0.4, width: 1.2 },
        Load::Point(5.0),
        Load::Table(vec![0.3, 0.9]),
        Load::Repeated(2, 0.6),
        Load::Inside(Some(0.8)),
        Load::Inside(None),
        Load::Nothing,
    ]
}

#[test]
fn names_of_parts() {
    laws!(of_loads(loads: &loads(), x: 0.6));
    for load in loads() {
        laws!(of_chosen(load: load.clone(), x: 0.6));
        laws!(in_a_closure(load: &load, xs: &[0.4, 1.3]));
    }
    laws!(of_chosen(load: Load::Spread { at: 1.4, width: 0.2 }, x: 0.6));
}

#[test]
fn changed_in_the_arm() {
    laws!(best_so_far(xs: &[0.7, 1.9, 0.2, 1.1], k: 0.8));
    laws!(best_so_far(xs: &vec![], k: 0.8));
    laws!(grown_while_read(given: &loads(), x: 0.9));
}

#[test]
fn several_at_once() {
    for (a, b) in [(Some(0.9), Some(0.4)), (Some(0.3), Some(0.4)), (Some(0.3), None), (None, Some(0.7)), (None, None)] {
        laws!(in_pairs(a: a, b: b, x: 0.6));
    }
    laws!(type_told_later(_: "1.5,a,2", x: &[0.7]));
}
