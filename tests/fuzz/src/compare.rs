//! A program's generated derivatives against its interpretation, at one point.
//!
//! `vjp_into` starts from buffers that are not zero; the pullback of `vjp` is called twice.

use crate::ast::{LENGTH, Program, Type};
use crate::batch::{Crates, Ran};
use crate::dual::{Dual, INPUTS};
use crate::interpret::{Outcome, interpret};
use crate::jacobians::{self, Kind};
use crate::print::{print, print_with};
use crate::random::Random;
use std::fmt;

/// The argument `n`.
const N: usize = 3;

/// What is wrong with the derivatives of a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// It does not compile: the first error.
    Refused(String),
    /// It panics, or does not end properly.
    Panicked,
    /// A result differs: which, and what was expected.
    Wrong { what: String, found: Vec<f64>, expected: Vec<f64> },
}

impl Failure {
    /// Whether both are of one kind, so that one may stand for the other while a program shrinks.
    pub fn resembles(&self, other: &Self) -> bool {
        let code = |message: &str| message.split('`').next().unwrap_or_default().to_string();
        match (self, other) {
            (Self::Refused(a), Self::Refused(b)) => code(a) == code(b),
            (Self::Wrong { .. }, Self::Wrong { .. }) | (Self::Panicked, Self::Panicked) => true,
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(message) => write!(f, "does not compile: {message}"),
            Self::Panicked => write!(f, "panics"),
            Self::Wrong { what, found, expected } => write!(f, "{what} is {found:?}, not {expected:?}"),
        }
    }
}

/// A program, a point, and what its derivatives are there.
#[derive(Clone)]
pub struct Case {
    /// What the point is taken from.
    pub seed: u64,
    /// The program.
    pub program: Program,
    inputs: [f64; INPUTS],
    direction: [f64; INPUTS],
    start: [f64; INPUTS],
    weights: Vec<f64>,
    outputs: Vec<Dual>,
    /// The product with the Hessian by differences of gradients, and how far off it may be.
    curvature: Option<(Vec<f64>, f64)>,
}

impl Case {
    /// Interprets a program; `None` if it is of no use at the point.
    ///
    /// # Panics
    /// If the interpretation disagrees with central differences: then it is the interpreter that is wrong.
    pub fn of(program: Program, seed: u64) -> Option<Self> {
        let mut random = Random::new(seed ^ 0xabcd_ef01);
        let mut point = || std::array::from_fn::<f64, INPUTS, _>(|_| (random.unit() * 1e3).round() / 512.0);
        let (inputs, direction, start, weights) = (point(), point(), point(), point());
        let Outcome { outputs, path } = interpret(&program, &inputs, N).ok()?;
        let weights = weights[..outputs.len()].to_vec();
        let mut case = Self { seed, program, inputs, direction, start, weights, outputs, curvature: None };
        case.curvature = case.curvature(path);
        assert!(
            case.agrees_with_differences(path),
            "the interpreter is wrong at seed {seed}:\n{}",
            print(&case.program)
        );
        Some(case)
    }

    /// The derivative along the direction, of each output.
    fn slopes(&self) -> Vec<f64> {
        let dot = |x: &Dual| x.gradient.iter().zip(self.direction).map(|(a, b)| a * b).sum();
        self.outputs.iter().map(dot).collect()
    }

    /// Fourth-order differences of gradients, of functions that have a Hessian, where no branch is near.
    fn curvature(&self, path: u64) -> Option<(Vec<f64>, f64)> {
        if self.outputs.len() != 1 {
            return None;
        }
        let at = |step: f64| {
            let point = std::array::from_fn(|i| self.inputs[i] + step * self.direction[i]);
            let run = interpret(&self.program, &point, N).ok()?;
            (run.path == path).then(|| run.outputs[0].gradient)
        };
        let product = |h: f64| {
            let [a, b, c, d] = [at(-2.0 * h)?, at(-h)?, at(h)?, at(2.0 * h)?];
            Some(std::array::from_fn::<f64, INPUTS, _>(|i| (a[i] - 8.0 * b[i] + 8.0 * c[i] - d[i]) / (12.0 * h)))
        };
        let (coarse, fine) = (product(1e-3)?, product(5e-4)?);
        let scale = fine.iter().fold(1.0, |scale: f64, x| scale.max(x.abs()));
        let error = coarse.iter().zip(&fine).fold(0.0, |error: f64, (a, b)| error.max((a - b).abs()));
        Some((fine.to_vec(), 1e-6 * scale + 10.0 * error))
    }

    fn agrees_with_differences(&self, path: u64) -> bool {
        let at = |step: f64| {
            let point = std::array::from_fn(|i| self.inputs[i] + step * self.direction[i]);
            let run = interpret(&self.program, &point, N).ok()?;
            (run.path == path).then(|| run.outputs.iter().map(|x| x.value).collect::<Vec<_>>())
        };
        let difference = |step: f64| {
            let (above, below) = (at(step)?, at(-step)?);
            Some(above.iter().zip(below).map(|(a, b)| (a - b) / (2.0 * step)).collect::<Vec<_>>())
        };
        // beyond a branch there is nothing to compare
        let (Some(coarse), Some(fine)) = (difference(1e-5), difference(5e-6)) else { return true };
        let pairs = coarse.iter().zip(&fine).zip(self.slopes());
        let mut close = pairs.map(|((coarse, fine), exact)| {
            (fine - exact).abs() <= 1e-4 * (1.0 + exact.abs()) + 10.0 * (coarse - fine).abs()
        });
        close.all(|close| close)
    }

    fn mutable(&self) -> bool {
        self.program.functions.last().is_some_and(|f| f.params.get(3).is_some_and(|(_, ty)| *ty == Type::SliceMut))
    }

    /// The number of outputs that belong to the result.
    fn results(&self) -> usize {
        self.outputs.len() - if self.mutable() { LENGTH } else { 0 }
    }

    /// `Jᵀ y_bar` for the first outputs.
    fn transposed(&self, outputs: usize) -> Vec<f64> {
        let weighted = self.outputs.iter().zip(&self.weights).take(outputs);
        let mut sum = vec![0.0; INPUTS];
        for (output, weight) in weighted {
            sum.iter_mut().zip(output.gradient).for_each(|(sum, slope)| *sum += weight * slope);
        }
        sum
    }

    /// `let (x, y, xs, mut ys) = ..;`
    pub fn point(&self) -> String {
        format!("let (x, y, xs, mut ys) = {};", parts(&self.inputs))
    }

    /// What the program is called with.
    pub fn arguments(&self) -> String {
        let lend = if self.mutable() { "&mut ys" } else { "&ys" };
        format!("x, y, &xs, {lend}, {N}")
    }

    /// The Jacobian of the result, row by row.
    pub fn jacobian(&self) -> Vec<f64> {
        self.outputs[..self.results()].iter().flat_map(|output| output.gradient).collect()
    }

    /// A direction and the product of the Hessian with it, with how far off that may be, where there is a Hessian.
    #[allow(clippy::type_complexity, reason = "it is taken apart at once")]
    pub fn curvature_along(&self) -> Option<([f64; INPUTS], &(Vec<f64>, f64))> {
        Some((self.direction, self.curvature.as_ref()?))
    }

    /// The module of the program, with a function `run` that returns what `Case::expected` lists.
    pub fn source(&self, second_order: bool) -> String {
        let name = format!("f{}", self.program.functions.len() - 1);
        let (is_mut, results) = (self.mutable(), self.results());
        let list = |of: &str| if results == 2 { format!("{of}.0, {of}.1") } else { of.into() };
        let weights = if results == 2 {
            format!("({:?}, {:?})", self.weights[0], self.weights[1])
        } else {
            format!("{:?}", self.weights[0])
        };
        let mut start = self.start;
        if is_mut {
            start[2 + LENGTH..].copy_from_slice(&self.weights[results..]);
        }
        let (point, given) = (self.point(), self.arguments());
        let last = |of: &str| if is_mut { format!("all.extend({of});") } else { String::new() };
        let (direction, start) = (parts(&self.direction), parts(&start));
        let lend_dot = if is_mut { "&mut ys_dot" } else { "&ys_dot" };
        let (value, value_dot) = (list("value"), list("value_dot"));
        let (last, last_dot) = (last("ys"), last("ys_dot"));
        let hvp = if second_order && self.curvature.is_some() {
            format!(
                "{{ {point}
    let (dx, dy, xs_dot, mut ys_dot) = {direction};
    let (hx, hy, hxs, hys) = {name}::hvp({given}, (dx, dy, &xs_dot, &ys_dot));
    let mut all = vec![hx, hy]; all.extend(hxs); all.extend(hys); out.push(all); }}"
            )
        } else {
            String::new()
        };
        format!(
            "{functions}
pub fn run() -> Vec<Vec<f64>> {{
    let mut out = Vec::new();
    {{ {point}
    let value = {name}({given});
    let mut all = vec![{value}]; {last} out.push(all); }}
    {{ {point}
    let (dx, dy, xs_dot, mut ys_dot) = {direction};
    let (value, value_dot) = {name}::jvp({given}, (dx, dy, &xs_dot, {lend_dot}));
    let mut all = vec![{value}]; {last} out.push(all);
    let mut all = vec![{value_dot}]; {last_dot} out.push(all); }}
    {{ {point}
    let (mut x_bar, mut y_bar, mut xs_bar, mut ys_bar) = {start};
    let value = {name}::vjp_into({given}, (&mut x_bar, &mut y_bar, &mut xs_bar, &mut ys_bar), {weights});
    let mut all = vec![{value}]; {last} out.push(all);
    let mut all = vec![x_bar, y_bar]; all.extend(xs_bar); all.extend(ys_bar); out.push(all); }}
    {{ {point}
    let (value, pullback) = {name}::vjp({given});
    for _ in 0..2 {{
        let (x_bar, y_bar, xs_bar, ys_bar) = pullback({weights});
        let mut all = vec![x_bar, y_bar]; all.extend(xs_bar); all.extend(ys_bar); out.push(all);
    }}
    let mut all = vec![{value}]; out.push(all); }}
    {hvp}
    out
}}
",
            functions = print_with(&self.program, if second_order { "(order = 2)" } else { "" }),
        )
    }

    /// What `run` returns, with a name for each.
    fn expected(&self) -> Vec<(&'static str, Vec<f64>)> {
        let value: Vec<f64> = self.outputs.iter().map(|x| x.value).collect();
        let mut into = self.transposed(self.outputs.len());
        let incremented = if self.mutable() { 2 + LENGTH } else { INPUTS };
        into.iter_mut().zip(self.start).take(incremented).for_each(|(bar, start)| *bar += start);
        let pulled = self.transposed(self.results());
        let result = value[..self.results()].to_vec();
        vec![
            ("the value", value.clone()),
            ("the value of `jvp`", value.clone()),
            ("the tangent of `jvp`", self.slopes()),
            ("the value of `vjp_into`", value),
            ("the cotangents of `vjp_into`", into),
            ("the cotangents of `vjp`", pulled.clone()),
            ("the cotangents of the second call", pulled),
            ("the value of `vjp`", result),
        ]
    }

    fn judge(&self, ran: &Ran, second_order: bool) -> Option<Failure> {
        let found = match ran {
            Ran::Refused(message) => return Some(Failure::Refused(message.clone())),
            Ran::Panicked => return Some(Failure::Panicked),
            Ran::Returned(found) => found,
        };
        let expected = self.expected();
        let curvature = self.curvature.as_ref().filter(|_| second_order);
        if found.len() != expected.len() + usize::from(curvature.is_some()) {
            return Some(Failure::Panicked);
        }
        if let (Some((expected, error)), Some(found)) = (curvature, found.last())
            && !expected.iter().zip(found).all(|(a, b)| (a - b).abs() <= *error)
        {
            return Some(Failure::Wrong { what: "`hvp`".into(), found: found.clone(), expected: expected.clone() });
        }
        let wrong = expected.into_iter().zip(found).find(|((_, expected), found)| !close(expected, found));
        wrong.map(|((what, expected), found)| Failure::Wrong { what: what.into(), found: found.clone(), expected })
    }
}

/// The arguments of these components, as a tuple.
fn parts(of: &[f64]) -> String {
    let slice = |from: usize| format!("{:?}", &of[from..from + LENGTH]);
    format!("({:?}, {:?}, {}, {})", of[0], of[1], slice(2), slice(2 + LENGTH))
}

/// Equal up to rounding; not a number is equal to nothing.
pub fn close(expected: &[f64], found: &[f64]) -> bool {
    let scale = expected.iter().fold(1.0, |scale: f64, x| scale.max(x.abs()));
    expected.len() == found.len() && expected.iter().zip(found).all(|(a, b)| (a - b).abs() <= 1e-7 * scale)
}

/// The cases of a batch that fail.
pub fn failures<'c>(cases: &'c [Case], crates: &Crates) -> Vec<(&'c Case, Failure)> {
    if crates.jacobians {
        let of_kind = |kind: Kind| {
            let sources: Vec<String> = cases.iter().map(|case| jacobians::source(case, kind)).collect();
            let ran = crates.run(&sources);
            let judged =
                cases.iter().zip(&ran).filter_map(|(case, ran)| Some((case, jacobians::judge(case, kind, ran)?)));
            judged.collect::<Vec<_>>()
        };
        return [Kind::Dense, Kind::Sparse].into_iter().flat_map(of_kind).collect();
    }
    let second_order = crates.second_order;
    let sources: Vec<String> = cases.iter().map(|case| case.source(second_order)).collect();
    let ran = crates.run(&sources);
    cases.iter().zip(&ran).filter_map(|(case, ran)| Some((case, case.judge(ran, second_order)?))).collect()
}
