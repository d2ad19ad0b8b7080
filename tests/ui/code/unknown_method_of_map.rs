use chainrule::{Differentiable, differentiable};
use std::collections::BTreeMap;

#[derive(Differentiable, Clone)]
struct Prices {
    #[no_diff]
    names: BTreeMap<String, usize>,
    values: Vec<f64>,
}

#[differentiable]
fn f(prices: &Prices, table: &BTreeMap<String, f64>) -> f64 {
    prices.values[prices.names["a"]] * table.get("a").copied().unwrap_or(1.0)
}

fn main() {}
