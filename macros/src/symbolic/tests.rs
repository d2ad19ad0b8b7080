//! `docs/rules.md` against the rule table.

use super::symbolic_gradient;
use crate::diagnostics::Diagnostics;
use crate::lower::{Surroundings, lower_function};
use crate::options::Options;
use crate::rules::{Form, METHODS, matrix};
use std::collections::BTreeSet;

const DOCUMENT: &str = include_str!("../../../docs/rules.md");

/// The cells of the tables in a section whose first cell is code.
fn rows(section: &str) -> Vec<Vec<&'static str>> {
    let of_section = |line: &&str| *line != format!("## {section}");
    let lines = DOCUMENT.lines().skip_while(of_section).skip(1).take_while(|line| !line.starts_with("## "));
    let cells = |line: &'static str| line.trim_matches('|').split(" |").map(str::trim).collect();
    lines.filter(|line| line.starts_with("| `")).map(cells).collect()
}

fn code(cell: &str) -> &str {
    cell.trim_matches('`')
}

/// The partial derivatives of an expression in `x`, `y`, `z` and the integer `n`, as the documentation of `grad` has them.
fn partials(expression: &str) -> Vec<String> {
    let names: BTreeSet<&str> = expression.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let params = ["x: f64", "y: f64", "z: f64", "n: i32"];
    let params = params.into_iter().filter(|param| names.contains(&param[..1])).collect::<Vec<_>>().join(", ");
    let item: syn::ItemFn =
        syn::parse_str(&format!("fn f({params}) -> f64 {{ {expression} }}")).expect("the first cell is an expression");
    let mut diagnostics = Diagnostics::new();
    let function = lower_function(&item, &Options::default(), &Surroundings::default(), &mut diagnostics);
    diagnostics.finish().expect("every function of the table is supported");
    let formula = |line: String| line.split_once(" = ").map(|(_, formula)| formula.trim_matches('`').to_owned());
    function.iter().flat_map(symbolic_gradient).filter_map(formula).collect()
}

#[test]
fn every_scalar_row_has_the_formulas_of_the_rule_table() {
    let rows = rows("Scalars");
    assert!(!rows.is_empty());
    for row in rows {
        let expected = partials(code(row[0]));
        let found: Vec<&str> = row[1..].iter().map(|cell| code(cell)).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(found, expected, "the row of {} in docs/rules.md", row[0]);
    }
}

#[test]
fn every_scalar_rule_has_a_row() {
    let rows = rows("Scalars");
    for prim in METHODS {
        let Form::Method(name) = prim.form() else { continue };
        let call = format!("x.{name}(");
        assert!(rows.iter().any(|row| code(row[0]).starts_with(&call)), "docs/rules.md has no row for `{call})`");
    }
    for operator in ["x + y", "x - y", "x * y", "x / y", "x % y", "-x"] {
        assert!(rows.iter().any(|row| code(row[0]) == operator), "docs/rules.md has no row for `{operator}`");
    }
}

#[test]
fn every_matrix_rule_has_a_row() {
    let rows = rows("Matrices");
    for name in matrix::names() {
        let call = format!(".{name}(");
        assert!(rows.iter().any(|row| code(row[0]).contains(&call)), "docs/rules.md has no row for `{call})`");
    }
}
