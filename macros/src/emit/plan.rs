//! Which mode fills a Jacobian, by a count of operations made at compile time.

use super::companion::Companion;
use super::matrix_result::Size;
use crate::custom::{Forward, Reverse};
use crate::differentiable::Source;
use crate::ir::{Passing, Ty};
use crate::options::JacobianMode;
use crate::transform::directions::{Cotangents, Directions, Prices, width_for};

/// How the matrix is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Columns from pushforwards.
    Columns,
    /// Rows from pullbacks.
    Rows,
    /// What turns out to be less.
    AtRunTime,
}

/// How many columns by forward mode, several at once, cost no more than a row by reverse mode, where nothing is counted.
pub const COLUMNS_OF_A_ROW: usize = 4;

impl Companion<'_> {
    /// Forward mode along several directions at once, where that pays.
    pub fn columns_at_once(&self, inputs: &Size) -> Option<&Directions> {
        self.derivatives()?.directions.as_ref().filter(|_| width_for(inputs.number()) > 1)
    }

    /// Reverse mode with several cotangents at once, where that pays.
    pub fn rows_at_once(&self, outputs: &Size) -> Option<&Cotangents> {
        self.derivatives()?.cotangents.as_ref().filter(|_| width_for(outputs.number()) > 1)
    }

    /// What both modes cost, where both go several directions at once.
    pub fn prices(&self) -> Option<Prices> {
        let derivatives = self.derivatives()?;
        Some(Prices::of(derivatives.directions.as_ref()?, derivatives.cotangents.as_ref()?))
    }

    /// The mode that is asked for, or the one with less work. Without counts, forward mode costs a pushforward a column and
    /// reverse mode a pullback a row. There is no Jacobian by default where it would take a copy of an argument that may have
    /// none.
    pub fn plan(&self, mode: JacobianMode, inputs: &Size, outputs: &Size) -> Option<Plan> {
        let params = &self.signature.function.params;
        let uncertain = |passing: Passing| {
            params
                .iter()
                .any(|param| param.passing == passing && !is_clone(&self.signature.function.vars[param.var].ty))
        };
        let several = self.derivatives().is_some_and(|derivatives| derivatives.directions.is_some());
        let of_a_row = if several { COLUMNS_OF_A_ROW } else { 1 };
        let plan = match (mode, inputs.number(), outputs.number()) {
            (JacobianMode::Forward, ..) => return Some(Plan::Columns),
            (JacobianMode::Reverse, ..) => return Some(Plan::Rows),
            (_, Some(1), _) => Plan::Columns,
            (_, _, Some(1)) => Plan::Rows,
            (_, Some(inputs), Some(outputs)) => match self.prices() {
                Some(prices) if prices.by_columns(inputs) <= prices.by_rows(outputs) => Plan::Columns,
                Some(_) => Plan::Rows,
                None if inputs <= outputs * of_a_row => Plan::Columns,
                None => Plan::Rows,
            },
            _ => Plan::AtRunTime,
        };
        match self.only_plan() {
            _ if uncertain(Passing::Mutable) => None,
            Some(Plan::Columns) if uncertain(Passing::Value) => None,
            Some(only) => Some(only),
            None if uncertain(Passing::Value) => Some(Plan::Rows),
            None => Some(plan),
        }
    }

    /// With a custom rule for one mode only, that one.
    fn only_plan(&self) -> Option<Plan> {
        match self.source {
            Source::Rules(rules) if matches!(rules.reverse, Reverse::Missing) => Some(Plan::Columns),
            Source::Rules(rules) if matches!(rules.forward, Forward::Missing) => Some(Plan::Rows),
            _ => None,
        }
    }
}

/// Whether values of the type can certainly be copied or cloned.
pub fn is_clone(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Int | Ty::Bool | Ty::Matrix(_) | Ty::Rotation(_) => true,
        Ty::Tuple(parts) => parts.iter().all(is_clone),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) | Ty::Option(item) => is_clone(item),
        Ty::Inert | Ty::Unknown => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::differentiable::expand_differentiable;
    use proc_macro2::{Delimiter, TokenStream, TokenTree};

    /// What finds the Jacobian of a function with `jacobian = auto`.
    fn ways(source: &str) -> Vec<&'static str> {
        ways_by("auto", source.parse().expect("tokens"))
    }

    fn ways_by(mode: &str, function: TokenStream) -> Vec<&'static str> {
        let options = format!("jacobian = {mode}").parse().expect("tokens");
        let generated = expand_differentiable(options, function).to_string().replace(' ', "");
        let ways = ["by_cotangents_if", "by_cotangents(", "by_directions(", "write_row", "write_column"];
        ways.into_iter().filter(|way| generated.contains(way)).collect()
    }

    /// Two functions of the same work, one from few numbers to many and one from many to few.
    #[test]
    fn the_cheaper_mode_of_known_sizes() {
        let loops = |inputs: usize, outputs: usize| {
            format!(
                "fn f(x: [f64; {inputs}]) -> [f64; {outputs}] {{
                    let mut y = [0.0; {outputs}];
                    for i in 0..200 {{
                        y[i % {outputs}] += x[i % {inputs}] * x[(i + 1) % {inputs}];
                    }}
                    y
                }}"
            )
        };
        assert_eq!(ways(&loops(3, 40)), ["by_directions("]);
        assert_eq!(ways(&loops(40, 3)), ["by_cotangents("]);
        // a set of four rows is less than one of eight columns
        assert_eq!(ways(&loops(8, 4)), ["by_cotangents("]);
        assert_eq!(ways(&loops(8, 8)), ["by_directions("]);
        // nine rows are two sets, and eight columns one
        assert_eq!(ways(&loops(8, 9)), ["by_directions("]);
        assert_eq!(ways(&loops(9, 8)), ["by_cotangents("]);
    }

    /// What the sweeps do counts, not the sizes alone: here a row needs what each column shares, and more.
    #[test]
    fn work_that_directions_share() {
        let source = "fn f(x: [f64; 16]) -> [f64; 8] {
            let mut y = [0.0; 8];
            let mut total = 1.0;
            for i in 0..160 {
                total = (total * x[i % 16]).sin();
                y[i % 8] += total;
            }
            y
        }";
        assert_eq!(ways(source), ["by_cotangents("]);
    }

    /// No function of the zoo is taken one by one unnoticed.
    #[test]
    fn functions_of_the_zoo() {
        let file = syn::parse_file(include_str!("../../../tests/zoo/directions.rs")).expect("the file is Rust");
        let invocations = file.items.into_iter().filter_map(|item| match item {
            syn::Item::Macro(item) if item.mac.path.is_ident("directions") => Some(item.mac.tokens),
            _ => None,
        });
        let mut one_by_one = Vec::new();
        for tokens in invocations {
            // `name [generics]? (params) -> ret { body } at ..`
            let mut trees = tokens.into_iter();
            let (mut function, mut name) = (quote::quote!(fn), String::new());
            for tree in trees.by_ref() {
                let body = matches!(&tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                match tree {
                    TokenTree::Ident(ident) if name.is_empty() => {
                        name = ident.to_string();
                        function.extend(quote::quote!(#ident));
                    }
                    TokenTree::Group(group)
                        if group.delimiter() == Delimiter::Bracket && !function.to_string().contains('(') =>
                    {
                        let generics = group.stream();
                        function.extend(quote::quote!(<#generics>));
                    }
                    other => function.extend([other]),
                }
                if body {
                    break;
                }
            }
            for (mode, way) in [("reverse", "by_cotangents("), ("forward", "by_directions(")] {
                if ways_by(mode, function.clone()) != [way] {
                    one_by_one.push(format!("{name}: {mode}"));
                }
            }
        }
        // one or two rows or columns, and calls
        let expected = [
            "strong_zeros: forward",
            "kinks: forward",
            "written: reverse",
            "named_like_a_direction: reverse",
            "springs: reverse",
            "springs: forward",
        ];
        assert_eq!(one_by_one, expected);
    }

    /// Small straight-line code is eliminated; what has one row or one column needs no sets.
    #[test]
    fn without_sets() {
        assert!(ways("fn f(x: f64, y: f64) -> (f64, f64) { (x * y, x.sin()) }").is_empty());
        let sum = "fn f(x: &[f64]) -> f64 { let mut s = 0.0; for i in 0..x.len() { s += x[i] * x[i]; } s }";
        assert_eq!(ways(sum), ["write_row"]);
        let powers =
            "fn f(x: f64, n: usize) -> Vec<f64> { let mut y = vec![1.0; n]; for i in 1..n { y[i] = y[i - 1] * x; } y }";
        assert_eq!(ways(powers), ["write_column"]);
    }

    /// In deep code whose entries are all there, elimination multiplies one by one what sets do two at a time.
    #[test]
    fn elimination_is_counted_too() {
        let steps = |count: usize| {
            format!(
                "fn f(x: [f64; 8]) -> [f64; 8] {{
                    let mut x = x;
                    for _ in 0..{count} {{
                        for i in 0..7 {{
                            x[i] = x[i] * x[i + 1];
                        }}
                        x[7] = x[7] * x[0];
                    }}
                    x
                }}"
            )
        };
        assert!(ways(&steps(1)).is_empty());
        assert_eq!(ways(&steps(12)), ["by_directions("]);
    }

    /// Sizes that only the caller knows.
    #[test]
    fn chosen_at_run_time() {
        let source = "fn f(x: &[f64], n: usize) -> Vec<f64> {
            let mut y = vec![0.0; n];
            for i in 0..n {
                y[i] = x[i % x.len()] * x[0];
            }
            y
        }";
        assert_eq!(ways(source), ["by_cotangents_if", "by_directions("]);
        // a matrix has no lanes
        let of_matrices = "fn f(a: DMatrix<f64>, v: DVector<f64>) -> DVector<f64> { &a * &v }";
        assert_eq!(ways(of_matrices), ["write_row", "write_column"]);
    }
}
