//! What `docs/hard_cases.md` lists and no other part of the zoo holds, and the test that everything it names exists.

use std::collections::BTreeSet;
use std::path::Path;

zoo! {
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
