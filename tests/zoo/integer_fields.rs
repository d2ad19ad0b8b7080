//! Integers beside floats, in one value.

use chainrule::{Differentiable, differentiable};

#[derive(Clone, Debug, Differentiable)]
pub struct Walk {
    pub at: usize,
    pub y: f64,
}

/// Integers that are excluded, and become floats.
#[derive(Clone, Debug, Differentiable)]
pub struct Scheme<T> {
    pub rate: T,
    #[no_diff]
    pub steps: usize,
    #[no_diff]
    pub implicit: bool,
    #[no_diff]
    pub name: String,
}

#[differentiable]
impl Scheme<f64> {
    fn run(&self, x: f64) -> f64 {
        let h = 1.0 / self.steps as f64;
        let mut y = x;
        for k in 0..self.steps {
            y = if self.implicit { y / (1.0 + h * self.rate) } else { y - h * self.rate * y };
            y += 0.1 * h * (k as f64 - self.steps as f64);
        }
        y * self.name.len() as f64
    }
}

/// Running sums, with a count that is added and multiplied.
#[derive(Clone, Debug, Default, Differentiable)]
pub struct Moments {
    mean: f64,
    squares: f64,
    count: usize,
    shift: i32,
}

#[differentiable]
impl Moments {
    fn sample(&mut self, x: f64) {
        self.count += 1;
        let delta = x - self.mean;
        self.mean += delta / self.count as f64;
        self.squares += delta * (x - self.mean);
    }

    fn push(&mut self, x: f64) {
        self.sample(x);
        self.shift += 1;
    }

    fn push_both(&mut self, x: f64, y: f64) {
        self.push(x);
        self.push(x * y);
    }

    fn variance(&self) -> Option<f64> {
        if self.count > 1 { Some(self.squares / (self.count - 1) as f64) } else { None }
    }

    fn merged(self, other: &Moments) -> Moments {
        let count = self.count + other.count;
        if count == 0 {
            return self;
        }
        let delta = other.mean - self.mean;
        let mean = self.mean + delta * other.count as f64 / count as f64;
        let squares = self.squares + other.squares + delta * delta * (self.count * other.count) as f64 / count as f64;
        Moments { mean, squares, count, shift: -self.shift }
    }
}

/// A node of a tree in a list.
#[derive(Differentiable, Clone, Debug)]
pub struct Node {
    value: f64,
    #[no_diff]
    left: Option<usize>,
    #[no_diff]
    right: Option<usize>,
}

zoo! {
    pub fn variance_in_parts(xs: &[f64], k: usize) -> f64 {
        let mut first = Moments::default();
        let mut second = Moments { shift: 2, ..Default::default() };
        for (i, x) in xs.iter().enumerate() {
            if i < k { first.sample(*x) } else { second.sample(*x) }
        }
        first.push_both(xs[0], xs[1]);
        Moments::push(&mut second, xs[1]);
        let apart = first.variance().unwrap_or(1.0) * second.variance().map_or(1.0, |v| v.sqrt());
        let all = second.merged(&first);
        apart + all.variance().unwrap() * all.shift as f64
    }

    pub fn excluded(scheme: &Scheme<f64>, x: f64) -> f64 {
        let &Scheme { rate, steps, implicit, .. } = scheme;
        let n = steps as f64;
        scheme.run(x) * n + if implicit { rate * rate } else { rate.powi(steps as i32) }
    }

    pub fn excluded_and_advanced(scheme: &Scheme<f64>, x: f64) -> f64 {
        let mut scheme = scheme.clone();
        scheme.steps += 1;
        let n = scheme.steps as f64 * x;
        scheme.rate *= n;
        scheme.rate * n
    }

    pub fn part_of_a_tuple(x: &[f64]) -> f64 {
        let mut s = (0usize, 1.0);
        for _ in 0..3 {
            s.1 = s.1 * x[s.0] + x[s.0 + 1];
            s.0 += 2;
        }
        s.1
    }

    pub fn by_a_step(x: &[f64]) -> f64 {
        let mut s = (0usize, 1.0);
        let step = x.len() / 4;
        for i in 0..2 {
            s.1 = s.1 * x[s.0] + x[s.0 + 1];
            s.0 += step + i;
        }
        s.1 * x[s.0 - 1]
    }

    pub fn field_by_a_step(x: &[f64]) -> f64 {
        let mut walk = Walk { at: 0, y: 1.0 };
        let step = x.len() / 4;
        for i in 0..3 {
            walk.y = walk.y * x[walk.at] + x[i];
            walk.at += step;
        }
        walk.at -= 2 * step;
        walk.y * x[walk.at]
    }

    // fields that are integers, by way of others; a float of the same struct stays one
    pub fn by_way_of_integers(walk: &Walk, x: &[f64]) -> f64 {
        let at = walk.at;
        let n = f64::from(walk.at as u32) * walk.y;
        n * x[at] + (at as i32 - 2) as f64 * x[0] + walk.y / -(1 + walk.at as i16) as f64
    }

    pub fn boxed_integers(x: &[f64], n: Box<usize>) -> f64 {
        let (k, length): (Box<i32>, Box<usize>) = (Box::new(2), Box::new(x.len()));
        let shared = std::rc::Rc::new(x.len() - 1);
        if *n > 1 { x[0] * *length as f64 + x[*n].powi(*k) } else { x[*shared] * (*shared + *n) as f64 }
    }

    pub fn tuples_in_a_list(x: &[f64]) -> f64 {
        let mut s = [(0usize, 1.0), (1usize, 0.5)];
        for i in 0..3 {
            for k in 0..2 {
                s[k].1 = s[k].1 * x[s[k].0] + x[i];
                s[k].0 += k + 1;
            }
        }
        s[0].1 * s[1].1
    }

    pub fn largest_and_where(x: &[f64]) -> f64 {
        let mut best = (x[0], 0usize);
        for i in 1..x.len() {
            if x[i] > best.0 {
                best.0 = x[i];
                best.1 = i;
            }
        }
        best.1 /= 2;
        best.0 * x[best.1]
    }

    // what an excluded `Option` holds is passed on
    pub fn below(nodes: &[Node], at: usize, decay: f64) -> f64 {
        let node = &nodes[at];
        let mut sum = node.value;
        if let Some(left) = node.left {
            sum += decay * below(nodes, left, decay * 0.9);
        }
        match node.right {
            Some(right) => sum * (1.0 + below(nodes, right, decay)),
            None => sum,
        }
    }
}

#[test]
fn excluded_links() {
    let node = |value, left, right| Node { value, left, right };
    let nodes =
        vec![node(1.0, Some(1), Some(2)), node(0.5, None, Some(3)), node(0.3, None, None), node(-0.2, None, None)];
    laws!(below(nodes: &nodes, _: 0, decay: 0.8));
}

#[test]
fn counted_moments() {
    for k in 0..5 {
        laws!(variance_in_parts(xs: &vec![0.3, 0.9, -0.4, 1.1, 0.2], _: k));
    }
}

#[test]
fn excluded_integers() {
    let scheme = |implicit| Scheme { rate: 0.7, steps: 4, implicit, name: "Euler".to_owned() };
    for implicit in [false, true] {
        laws!(excluded(scheme: &scheme(implicit), x: 1.3));
        laws!(excluded_and_advanced(scheme: &scheme(implicit), x: 1.3));
    }
    // a tangent has the fields that carry a derivative
    let SchemeTangent { rate } = simplified::excluded::grad(&scheme(true), 1.3).0;
    assert!(rate != 0.0);
}

#[test]
fn integer_fields() {
    let x: Vec<f64> = (0..8).map(|i| 0.3 + 0.17 * i as f64).collect();
    laws!(part_of_a_tuple(x: &x.clone()));
    laws!(by_a_step(x: &x.clone()));
    laws!(field_by_a_step(x: &x.clone()));
    laws!(by_way_of_integers(walk: &Walk { at: 3, y: 0.7 }, x: &x.clone()));
    laws!(boxed_integers(x: &x.clone(), _: Box::new(2)));
    laws!(boxed_integers(x: &x.clone(), _: Box::new(1)));
    laws!(tuples_in_a_list(x: &x.clone()));
    laws!(largest_and_where(x: &x.clone()));
}
