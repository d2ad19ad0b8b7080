//! The Jacobians and Hessians of a program against its interpretation.
//!
//! The result is returned as a `Vec`, so that its rows go several at once; sparse ones of programs that `sparse` can follow.

use crate::ast::Type;
use crate::batch::Ran;
use crate::compare::{Case, Failure, close};
use crate::dual::INPUTS;
use crate::print::print_with;

/// What the messages say that refuse what `sparse` cannot follow, those of rustc too.
const REFUSED: &str = "along several directions at once";

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `jacobian` by each mode.
    Dense,
    /// `jacobian_sparse`, `jacobian_colored`, and where there is a Hessian `hessian` and `hessian_sparse`.
    Sparse,
}

/// The module of a program, with a function `run` that returns Jacobians row by row, and products with Hessians.
pub fn source(case: &Case, kind: Kind) -> String {
    let mut listed = case.program.clone();
    if let Some(last) = listed.functions.last_mut() {
        last.returns = Type::List;
    }
    let name = format!("f{}", listed.functions.len() - 1);
    let (point, given) = (case.point(), case.arguments());
    let (mut modules, mut runs) = (String::new(), String::new());
    let mut module = |name: &str, functions: String| modules.push_str(&format!("mod {name} {{\n{functions}}}\n"));
    match kind {
        Kind::Dense => {
            for mode in ["forward", "reverse", "auto"] {
                module(mode, print_with(&listed, &format!("(jacobian = {mode})")));
                runs.push_str(&format!(
                    "{{ {point}
    let j = {mode}::{name}::jacobian({given});
    out.push((0..j.nrows()).flat_map(|row| (0..j.ncols()).map(move |column| (row, column))).map(|at| j[at]).collect()); }}
"
                ));
            }
        }
        Kind::Sparse => {
            module("sparse", print_with(&listed, "(sparse)"));
            runs.push_str(&format!(
                "{{ {point}
    out.push(rows(&sparse::{name}::jacobian_sparse({given}))); }}
    {{ {point}
    let coloring = chainrule::sparse::ColumnColoring::of(sparse::{name}::jacobian_pattern({given}));
    {point}
    out.push(rows(&sparse::{name}::jacobian_colored({given}, &coloring).unwrap())); }}
"
            ));
            if let Some((direction, _)) = case.curvature_along() {
                module("curved", print_with(&case.program, "(sparse, order = 2)"));
                for of in ["sparse", "dense"] {
                    let call = if of == "sparse" { "hessian_sparse" } else { "hessian" };
                    let entries = if of == "sparse" {
                        format!("rows(&curved::{name}::{call}({given}))")
                    } else {
                        format!("curved::{name}::{call}({given}).iter().copied().collect::<Vec<f64>>()")
                    };
                    runs.push_str(&format!(
                        "{{ {point}
    let h = {entries};
    let v: [f64; {INPUTS}] = {direction:?};
    out.push(h.chunks({INPUTS}).map(|row| row.iter().zip(v).map(|(h, v)| h * v).sum()).collect()); }}
"
                    ));
                }
            }
        }
    }
    format!(
        "{modules}
fn rows(sparse: &chainrule::sparse::CscMatrix<f64>) -> Vec<f64> {{
    let mut all = vec![0.0; sparse.nrows() * sparse.ncols()];
    for (row, column, value) in sparse.triplet_iter() {{
        all[row * sparse.ncols() + column] = *value;
    }}
    all
}}
pub fn run() -> Vec<Vec<f64>> {{
    let mut out = Vec::new();
    {runs}
    out
}}
"
    )
}

/// What is wrong with what a module returned.
pub fn judge(case: &Case, kind: Kind, ran: &Ran) -> Option<Failure> {
    let found = match ran {
        Ran::Refused(message) if kind == Kind::Sparse && message.contains(REFUSED) => return None,
        Ran::Refused(message) => return Some(Failure::Refused(message.clone())),
        Ran::Panicked => return Some(Failure::Panicked),
        Ran::Returned(found) => found,
    };
    let jacobian = case.jacobian();
    let names: &[&str] = match kind {
        Kind::Dense => &["`jacobian` by columns", "`jacobian` by rows", "`jacobian` by the cheaper mode"],
        Kind::Sparse => &["`jacobian_sparse`", "`jacobian_colored`"],
    };
    let product = case.curvature_along().filter(|_| kind == Kind::Sparse).map(|(_, product)| product);
    if found.len() != names.len() + if product.is_some() { 2 } else { 0 } {
        return Some(Failure::Panicked);
    }
    let wrong = |what: &str, found: &Vec<f64>, expected: Vec<f64>| {
        Some(Failure::Wrong { what: what.into(), found: found.clone(), expected })
    };
    for (name, found) in names.iter().zip(found) {
        if !close(&jacobian, found) {
            return wrong(name, found, jacobian);
        }
    }
    let (expected, error) = product?;
    for (name, found) in ["`hessian_sparse`", "`hessian`"].iter().zip(&found[names.len()..]) {
        if expected.len() != found.len() || !expected.iter().zip(found).all(|(a, b)| (a - b).abs() <= *error) {
            return wrong(name, found, expected.clone());
        }
    }
    None
}
