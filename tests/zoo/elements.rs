//! Elements that may not be there: `let v = xs.get(i);`, by name, in tuples and as parts.

use chainrule::Differentiable;

/// Rows of any length.
#[derive(Differentiable, Clone, Debug)]
pub struct Table {
    pub rows: Vec<Vec<f64>>,
    pub scale: f64,
}

impl Table {
    pub fn new() -> Self {
        Self { rows: vec![vec![0.7, 0.4], vec![1.3], vec![]], scale: 0.9 }
    }
}

zoo! {
    pub fn named(x: &[f64], i: usize) -> f64 {
        let v = x.get(i + 1);
        match v {
            Some(a) => a * x[0],
            None => x[0],
        }
    }

    // what the index was, and not what it is
    pub fn of_an_index_that_changes(x: &[f64]) -> f64 {
        let mut i = 0;
        let v = x.get(i);
        i += 1;
        let w = x.get(i);
        i += 1;
        v.unwrap() * w.expect("there are three") * x[i]
    }

    pub fn one_or_the_other(x: &[f64], i: usize) -> f64 {
        let v = x.get(i);
        let w = x.last();
        v.unwrap_or(&x[1]) * x[0] + w.copied().unwrap_or(0.0) * v.map_or(2.0, |v| v * v)
    }

    pub fn ends(x: &[f64]) -> f64 {
        let first = x.first();
        let last = x.last();
        match (first, last) {
            (Some(a), Some(b)) if *a > *b => a * b,
            (Some(a), Some(b)) => a / b,
            _ => 0.0,
        }
    }

    pub fn pairs(x: &[f64], y: &[f64], i: usize) -> f64 {
        let mut s = match (x.get(i), i) {
            (Some(a), 0) => a * 2.0,
            (Some(a), n) => a * n as f64,
            (None, _) => y[0],
        };
        if let (Some(a), Some(b)) = (x.get(i), y.get(i + 1)) {
            s *= a * b;
        }
        s
    }

    // the same name for what is in it
    pub fn named_again(table: &Table, i: usize) -> f64 {
        let row = table.rows.get(i);
        let Some(row) = row else { return table.scale };
        let last = row.last();
        if let Some(last) = last {
            return last * last * table.scale;
        }
        let last = table.rows[0].first();
        last.unwrap() * 3.0
    }

    pub fn hidden(x: &[f64], i: usize) -> f64 {
        let v = x.get(i);
        let doubled: f64 = x.iter().map(|v| 2.0 * v).sum();
        let inner = { let v = x[0] * doubled; v * v };
        let found = match v { Some(v) => *v, None => inner };
        for v in x {
            if *v > found { return v * inner; }
        }
        found * v.copied().unwrap_or(inner)
    }

    pub fn tried(table: &Table, i: usize) -> Option<f64> {
        let row = table.rows.get(i)?;
        let a = row.first()?;
        let b = row.get(1);
        Some(a * b? * table.scale)
    }

    pub fn copied(x: &[f64], i: usize) -> f64 {
        let mut y = x.to_vec();
        let v = y.get(i).copied();
        y[1] = 2.0 * y[0];
        let w = y.get(i).copied();
        match (v, w) {
            (Some(v), Some(w)) => v * y[0] + w,
            _ => y[1],
        }
    }

    pub fn in_a_loop(x: &[f64]) -> f64 {
        let mut t = 0.0;
        for i in 0..x.len() {
            let next = x.get(i + 1);
            let here = x[i];
            t += match next { Some(n) => here * n, None => here };
            if next.is_some_and(|n| *n > 0.5) { t *= 1.1 + here; }
        }
        t
    }

    pub fn part(x: &[f64], i: usize) -> f64 {
        match x.get(i..i + 2) {
            Some(w) => w[0] * w[1] * x.get(..2).unwrap()[1],
            None => x.get(i..).map_or(x[0], |w| w.iter().product::<f64>() * x[0]),
        }
    }

    // the one before, if there is one
    pub fn state(x: &[f64]) -> f64 {
        let points: Vec<[f64; 2]> = x.chunks_exact(2).map(|c| [c[0], c[1]]).collect();
        let mut before: Option<&[f64; 2]> = None;
        let mut last: Option<&f64> = None;
        let mut length = 0.0;
        for p in &points {
            if let Some(q) = before {
                length += (p[0] - q[0]).hypot(p[1] - q[1]) * last.map_or(1.0, |l| l * l);
            }
            before = Some(p);
            last = Some(&p[1]);
        }
        length * last.copied().unwrap_or(0.0)
    }

    pub fn of_indices(x: &[f64], n: usize) -> f64 {
        let ends = [0, n].map(|i| x[i] * (i + 1) as f64);
        let rows = [[0usize, 1], [1, 2]];
        let sums: [f64; 2] = rows.map(|row| row.iter().map(|&i| x[i]).product());
        ends[0] * ends[1] + sums[0] * sums[1]
    }

    pub fn one_by_one(x: &[f64], i: usize) -> f64 { x.get(i).unwrap() * *x.get(0).expect("not empty") }
}

#[test]
fn elements() {
    let x = vec![0.7, 1.3, 0.4];
    for i in 0..4 {
        laws!(named(x: &x.clone(), _: i));
        laws!(one_or_the_other(x: &x.clone(), _: i));
        laws!(pairs(x: &x.clone(), y: &vec![0.8, 0.2, 0.6], _: i));
        laws!(hidden(x: &x.clone(), _: i));
        laws!(copied(x: &x.clone(), _: i));
        laws!(part(x: &x.clone(), _: i));
        laws!(named_again(table: &Table::new(), _: i));
        map_laws!(tried(table: &Table::new(), _: i));
    }
    laws!(state(x: &vec![0.7, 1.3, 0.4, 0.9, 1.6, 0.2]));
    laws!(of_indices(x: &x.clone(), _: 2));
    laws!(one_by_one(x: &x.clone(), _: 2));
    laws!(of_an_index_that_changes(x: &x.clone()));
    laws!(ends(x: &x.clone()));
    laws!(ends(x: &vec![0.4, 0.9]));
    laws!(in_a_loop(x: &x.clone()));
}
