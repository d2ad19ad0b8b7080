//! What `docs/hard_cases.md` lists and no other part of the zoo holds, and the test that everything it names exists.

use chainrule::Differentiable;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use crate::laws::flat::Components;

/// A spring with a field that has no tangent, and one that may be missing.
#[derive(Differentiable, Clone, Debug)]
pub struct Spring {
    pub stiffness: f64,
    #[no_diff]
    pub order: usize,
    pub damping: Option<f64>,
    #[no_diff]
    pub unit: f64,
}

impl Components for Spring {
    fn append_to(&self, components: &mut Vec<f64>) {
        components.push(self.stiffness);
        components.extend(self.damping);
    }
}

fn spring(damping: Option<f64>) -> Spring {
    Spring { stiffness: 0.7, order: 3, damping, unit: 2.0 }
}

zoo! {
    // 24
    pub fn folded_literal(x: f64) -> f64 {
        let mut y = if true { x * x } else { x.ln() };
        if cfg!(not(test)) || false {
            y = -1.0;
        }
        if size_of::<u8>() == 1 && !false { y * x } else { y }
    }

    // 33
    pub fn inactive_float_output(xs: &[f64], #[no_diff] steps: &mut [f64], n: usize) -> f64 {
        let mut s = 1.0;
        for i in 0..n {
            steps[0] += 1.0;
            s *= xs[i % xs.len()] * steps[0];
            steps[1] = i as f64;
        }
        s + steps[1]
    }

    // 43
    pub fn changes_one_of_two(xs: &mut [f64], ys: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            xs[i] = xs[i].sin() * ys[i];
            s += xs[i] * ys[ys.len() - 1 - i];
        }
        s
    }

    // 48
    pub fn excluded_field(spring: &Spring, x: f64) -> f64 {
        let mut energy = 0.5 * spring.stiffness * x * x;
        for _ in 0..spring.order {
            energy = energy * x + spring.stiffness;
        }
        energy
    }

    // 48
    pub fn excluded_field_stopped(spring: &Spring, x: f64) -> f64 {
        let Spring { stiffness, unit, .. } = spring.clone();
        let unit = chainrule::stop_gradient(unit);
        stiffness * x * unit
    }

    // 48, 51
    pub fn changed_spring(spring: &mut Spring, x: f64) {
        spring.order += 1;
        spring.stiffness *= x;
        for _ in 0..spring.order {
            spring.stiffness = spring.stiffness.sin() + x;
            spring.order = 2 * spring.order - 1;
        }
        if let Some(damping) = &mut spring.damping {
            *damping *= x * x;
        }
    }

    // 51
    pub fn optional_field(spring: &Spring, x: f64) -> f64 {
        let force = spring.stiffness * x;
        match spring.damping {
            Some(damping) if damping > 1.0 => force * damping,
            Some(damping) => force - damping * x,
            None => force,
        }
    }

    // 51
    pub fn optional_field_or(spring: Spring, x: f64) -> f64 {
        spring.damping.unwrap_or(x) * spring.stiffness + spring.damping.map_or(0.0, |damping| damping * x)
    }

    // 51
    pub fn built_with_an_option(stiffness: f64, damping: f64, order: usize) -> Spring {
        let damping = if order > 1 { Some(damping * stiffness) } else { None };
        Spring { stiffness: stiffness * stiffness, order, damping, unit: 1.0 }
    }

    // 67
    pub fn unused_results(xs: &mut [f64], y: f64) -> f64 {
        let _unused = y.sin() * xs[0];
        changes_one_of_two(xs, &[y, 2.0]);
        let (_, kept) = (excluded_field(&Spring { stiffness: y, order: 1, damping: None, unit: 1.0 }, y), y * y);
        kept + xs[1]
    }

    // 75
    pub fn larger(x: f64, y: f64) -> f64 {
        x.max(y)
    }

    // 75
    pub fn smaller(x: f64, y: f64) -> f64 {
        x.min(y)
    }

    // 76
    pub fn magnitude_and_sign(x: f64) -> f64 {
        3.0 * x.abs() + 5.0 * x.signum() + if x > 0.0 { x } else { 0.0 }
    }

    // 102
    pub fn printed(x: f64, #[no_diff] log: &mut String) -> f64 {
        let y = x * x;
        if y < 0.0 {
            println!("{x}, {y}: a square below zero");
            eprintln!("{:?}", (x, y));
        }
        log.push_str(&format!("{x}"));
        writeln!(log, "{y}").unwrap();
        y * x
    }

    // 102
    pub fn read(x: f64, text: &str) -> f64 {
        let factor: f64 = text.trim().parse().unwrap_or(1.0);
        x * x * factor
    }

    // 10
    pub fn float_loop_variable(a: f64, b: f64, step: f64) -> f64 {
        let mut t = a;
        let mut area = 0.0;
        while t < b {
            area += t.sin() * step;
            t += step;
        }
        area + t
    }

    // 14
    pub fn start_and_stride(xs: &[f64], start: usize, stride: usize) -> f64 {
        let mut y = 1.0;
        for i in (start..xs.len()).step_by(stride) {
            y = y * xs[i] + xs[start];
        }
        y
    }

    // 21
    pub fn parallel_assignment(x: f64, n: usize) -> f64 {
        let (mut a, mut b) = (x, 1.0_f64);
        for _ in 0..n {
            (a, b) = (b.sin(), a * b);
        }
        a - b
    }

    // 55
    pub fn factorial_like(x: f64) -> f64 {
        if x <= 1.0 { 1.0 } else { x * factorial_like(x - 1.0) }
    }

    // 80
    pub fn unused_infinity(x: f64) -> f64 {
        let inverse = x.powi(-1);
        let root = x.sqrt();
        if x > 0.0 { inverse + root } else { 2.0 * x }
    }

    // 80
    pub fn overwritten_infinity(x: f64) -> f64 {
        let mut y = x.ln();
        y *= 0.0;
        y = x * x + if y.is_nan() { x } else { y };
        y
    }

    // 2, 3, 68
    pub fn constant_on_one_side(x: f64) -> f64 {
        if x > 1.0 {
            return 3.0;
        }
        x
    }
}

#[test]
fn control_flow() {
    laws!(float_loop_variable(a: 0.0, b: 1.03, step: 0.25));
    laws!(start_and_stride(xs: &vec![0.7, 1.2, 0.4, 0.9, 0.3], _: 1, _: 2));
    laws!(start_and_stride(xs: &vec![0.7, 1.2, 0.4], _: 0, _: 5));
    laws!(parallel_assignment(x: 0.7, _: 3));
    laws!(constant_on_one_side(x: 0.7));
    laws!(constant_on_one_side(x: 1.7));
}

#[test]
fn constants_decide() {
    laws!(folded_literal(x: 0.7));
}

#[test]
fn fields() {
    for damping in [None, Some(0.4), Some(1.4)] {
        laws!(excluded_field(spring: &spring(damping), x: 1.2));
        laws!(excluded_field_stopped(spring: &spring(damping), x: 1.2));
        map_laws!(changed_spring(spring: &mut spring(damping), x: 1.2));
        laws!(optional_field(spring: &spring(damping), x: 1.2));
        laws!(optional_field_or(spring: spring(damping), x: 1.2));
    }
    map_laws!(built_with_an_option(stiffness: 0.7, damping: 1.2, _: 1));
    map_laws!(built_with_an_option(stiffness: 0.7, damping: 1.2, _: 2));
}

#[test]
fn effects() {
    laws!(inactive_float_output(xs: &vec![0.7, 1.2], _: &mut [0.0, 3.0], _: 3));
    laws!(changes_one_of_two(xs: &mut vec![0.7, 1.2], ys: &vec![0.4, 0.9]));
    laws!(unused_results(xs: &mut vec![0.7, 1.2], y: 0.4));
    laws!(printed(x: 0.7, _: &mut String::new()));
    laws!(read(x: 0.7, _: " 2.5\n"));
    laws!(read(x: 0.7, _: "nothing"));
}

/// The arguments are as the primal leaves them after both sweeps, and after every call of the pullback.
#[test]
fn arguments_are_as_the_primal_leaves_them() {
    use simplified::changes_one_of_two as f;
    let (start, ys) = (vec![0.7, 1.2], vec![0.4, 0.9]);
    let mut left = start.clone();
    let value = f(&mut left, &ys);
    let (mut xs, mut xs_bar, mut ys_bar) = (start.clone(), vec![0.0; 2], vec![0.0; 2]);
    assert_eq!(f::vjp_into(&mut xs, &ys, (&mut xs_bar, &mut ys_bar), 1.0), value);
    assert_eq!((&xs, &ys), (&left, &vec![0.4, 0.9]));
    let mut xs = start.clone();
    let (_, pullback) = f::vjp(&mut xs, &ys);
    let first = pullback(1.0);
    assert_eq!(pullback(1.0), first);
    drop(pullback);
    assert_eq!((xs, ys), (left, vec![0.4, 0.9]));
}

/// At a branch that avoids a kink, and at ties, NaN and signed zeros.
#[test]
fn kinks() {
    use simplified::{larger, magnitude_and_sign, smaller};
    for (x, y, of_x, of_y) in [
        (0.0, -0.0, 1.0, 0.0),
        (-0.0, 0.0, 1.0, 0.0),
        (f64::NAN, 1.0, 0.0, 1.0),
        (1.0, f64::NAN, 1.0, 0.0),
        (-0.0, 1.0, 0.0, 1.0),
    ] {
        assert_eq!(larger::grad(x, y), (of_x, of_y), "the maximum of {x} and {y}");
        assert_eq!((larger::jvp(x, y, (1.0, 0.0)).1, larger::jvp(x, y, (0.0, 1.0)).1), (of_x, of_y));
        let (of_x, of_y) = if x == y || x.is_nan() || y.is_nan() { (of_x, of_y) } else { (of_y, of_x) };
        assert_eq!(smaller::grad(x, y), (of_x, of_y), "the minimum of {x} and {y}");
        assert_eq!((smaller::jvp(x, y, (1.0, 0.0)).1, smaller::jvp(x, y, (0.0, 1.0)).1), (of_x, of_y));
    }
    for zero in [0.0, -0.0] {
        assert_eq!((magnitude_and_sign::grad(zero), magnitude_and_sign::jvp(zero, 1.0).1), (0.0, 0.0));
    }
}

#[test]
fn recursion() {
    laws!(factorial_like(x: 4.5));
    assert_eq!(simplified::factorial_like::grad(5.0), 154.0);
}

#[test]
fn what_is_infinite_and_unused_does_not_count() {
    assert_eq!(simplified::unused_infinity::grad(0.0), 2.0);
    assert_eq!(simplified::unused_infinity::jvp(0.0, 1.0), (0.0, 2.0));
    assert_eq!(unsimplified::unused_infinity::grad(0.0), 2.0);
    assert_eq!(simplified::overwritten_infinity::grad(0.0), 1.0);
    assert_eq!(simplified::overwritten_infinity::jvp(0.0, 1.0), (0.0, 1.0));
}

const DOCUMENT: &str = include_str!("../../docs/hard_cases.md");

/// Every case has a number and names what covers it: `part::function` in the zoo, another file of tests, or a refusal.
#[test]
fn every_hard_case_is_covered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_default();
    let mut numbers = BTreeSet::new();
    for row in DOCUMENT.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| number")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, _, covered] = cells[..] else { panic!("a row with three cells: {row}") };
        assert!(numbers.insert(number.parse::<usize>().unwrap()), "{number} stands there twice");
        let names: Vec<&str> = covered.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{number} names nothing");
        for name in names {
            let exists = match name.split_once("::") {
                Some(("law", function)) => read("tests/laws/law.rs").contains(&format!("fn {function}(")),
                Some(("rules", function)) => read("tests/rules.rs").contains(&format!("fn {function}(")),
                Some(("singular", function)) => read("tests/singular.rs").contains(&format!("{function}(")),
                Some((part, function)) => {
                    let source = read(&format!("tests/zoo/{part}.rs"));
                    ["(", "<"].iter().any(|open| source.contains(&format!("fn {function}{open}")))
                }
                None if name.starts_with("ui/") => root.join(format!("tests/{name}.stderr")).exists(),
                None => read(".ci/run").contains(name),
            };
            assert!(exists, "{number} names `{name}`, which does not exist");
        }
    }
    assert_eq!(numbers, (1..=104).collect(), "every number from 1 to 104");
}

#[test]
fn the_zoo_has_at_least_250_functions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zoo");
    let mut functions = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        functions += source.lines().filter(|line| line.trim_start().starts_with("pub fn ")).count();
    }
    assert!(functions >= 250, "{functions}");
}
