//! What saves operations, and what must stay as it is.

use crate::elimination::tests::lower;
use crate::elimination::{Graph, Purpose, Trace, regrouped};
use crate::elimination::{accumulate, order, partials, share};
use crate::ir::{Block, Expr};

/// The operations of the Jacobian alone, before and after.
fn counts(source: &str) -> [usize; 2] {
    let function = lower(&syn::parse_str(source).expect("it is Rust"));
    let mut trace = Trace::of(&function, Purpose::Asked).unwrap_or_else(|(_, refusal)| panic!("{refusal}"));
    let edges = partials::local(&trace, 0);
    let graph = Graph::of(&trace, &edges, &trace.ends(), 0);
    let (_, order) = order::costs(&graph);
    let (_, entries) = accumulate::accumulate(&mut trace, &graph, edges, &order);
    let count = entries.len();
    let Trace { mut vars, stmts, value, .. } = trace;
    let mut block = Block { stmts, result: Some(Expr::Tuple(entries.into_iter().chain([value]).collect())) };
    share::share(&mut vars, &mut block);
    let before = super::operations(&block, count);
    let alone = regrouped(&mut vars, &mut block, count).unwrap_or(block);
    [before, super::operations(&alone, count)]
}

/// Two products of the same three factors in different groups.
fn two_groups(factor: &str) -> [usize; 2] {
    let [a, b] = ["x.exp()", "y.exp()"];
    counts(&format!(
        "fn f(x: f64, y: f64, k: f64, v: f64, w: f64) -> [f64; 2] {{ [{factor} * {a} * {b} * v, {factor} * {b} * {a} * w] }}"
    ))
}

#[test]
fn a_literal_changes_its_place() {
    for literal in ["0.3", "-0.3", "1e-9", "1e9"] {
        let [before, after] = two_groups(literal);
        // `k exp(x) exp(y)` in one way instead of two
        assert_eq!(before - after, 2, "{literal}: {before} -> {after}");
    }
    let source = "fn f(x: f64, y: f64) -> [f64; 2] { [0.3 * x.sin() * y.cos(), 0.3 * x.cos() * y.sin()] }";
    assert_eq!(counts(source), [10, 8]);
}

#[test]
fn signs_are_no_operations() {
    let source = "fn f(x: f64, y: f64, k: f64) -> [f64; 2] { [k * x.sin() * y.cos(), k * x.cos() * y.sin()] }";
    assert_eq!(counts(source), [12, 10]);
}

#[test]
fn a_sum_is_a_part_of_another() {
    let source = "fn f(a: f64, b: f64, c: f64) -> [f64; 2] {
        let (p, q) = (a.sin() + b.sin() + c.sin(), b.sin() + c.sin());
        [p * a, q * a]
    }";
    let [before, after] = counts(source);
    assert_eq!(before - after, 1);
}

#[test]
fn what_is_no_literal_stays() {
    let [before, after] = two_groups("k");
    assert_eq!(before, after);
}

#[test]
fn a_literal_that_is_enormous_or_tiny_stays() {
    for literal in ["1e-200", "1e200", "1e11", "-1e-11"] {
        let [before, after] = two_groups(literal);
        assert_eq!(before, after, "{literal}");
    }
}

#[test]
fn what_cancels_stays() {
    let source = "fn f(x: f64, y: f64, z: f64) -> [f64; 2] { [((x + y) - x) * z, (y + (x - x)) * z] }";
    let [before, after] = counts(source);
    assert_eq!(before, after);
}

#[test]
fn what_a_function_is_taken_of_stays() {
    let function = "fn f(x: f64, y: f64, z: f64) -> [f64; 2] { [((x + y) + z).sin(), (y + z).sin() * x] }";
    let [before, after] = counts(function);
    assert_eq!(before, after);
    let divisor = "fn f(x: f64, y: f64, z: f64) -> [f64; 2] { [x / ((x + y) + z), x / (y + z)] }";
    let [before, after] = counts(divisor);
    assert_eq!(before, after);
}

#[test]
fn beside_a_choice_too() {
    let source = "fn f(x: f64, y: f64, z: f64) -> [f64; 2] {
        let a = 0.3 * x.exp() * y.exp();
        [a.max(z) * z, 0.3 * y.exp() * x.exp() * z]
    }";
    let [before, after] = counts(source);
    assert!(after < before, "{before} -> {after}");
}
