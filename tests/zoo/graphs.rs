//! Lists of indices in structs: trees and graphs whose nodes know their neighbours.

use chainrule::{Differentiable, differentiable};
use std::mem;

#[derive(Clone, Debug, Default, Differentiable)]
pub struct Node {
    value: f64,
    kids: Vec<usize>,
    cache: Option<f64>,
}

#[derive(Clone, Debug, Default, Differentiable)]
pub struct Tree {
    nodes: Vec<Node>,
    ends: [usize; 2],
    scale: f64,
}

#[differentiable]
impl Tree {
    fn total(&self, at: usize) -> f64 {
        let node = &self.nodes[at];
        let mut s = node.value * self.scale;
        for &kid in &node.kids {
            s += self.total(kid).tanh();
        }
        s
    }

    fn cached(&mut self, at: usize) -> f64 {
        if let Some(known) = self.nodes[at].cache {
            return known;
        }
        let mut s = self.nodes[at].value * self.scale;
        for i in 0..self.nodes[at].kids.len() {
            let kid = self.nodes[at].kids[i];
            s += self.cached(kid).tanh();
        }
        self.nodes[at].cache = Some(s);
        self.scale *= 1.01;
        s
    }
}

#[differentiable]
pub fn value_of(nodes: &[Node], at: usize) -> f64 {
    nodes[at].value * nodes[at].value
}

#[differentiable]
pub fn sum_of(nodes: &[Node], at: &[usize]) -> f64 {
    at.iter().map(|i| nodes[*i].value).sum()
}

/// An expression in a list of its parts.
#[derive(Clone, Debug, Differentiable)]
pub enum Term {
    Number(f64),
    Call(String, Vec<usize>),
}

/// Offers by price.
#[derive(Clone, Debug, Default, Differentiable)]
pub struct Book {
    bids: Vec<(f64, f64)>,
    asks: Vec<(f64, f64)>,
}

#[differentiable]
impl Book {
    fn middle(&self) -> Option<f64> {
        match (self.bids.first(), self.asks.first()) {
            (Some(bid), Some(ask)) => Some(0.5 * (bid.0 + ask.0) + bid.1 * ask.1),
            _ => None,
        }
    }
}

zoo! {
    // references among what is matched
    pub fn evaluated(terms: &[Term]) -> Result<f64, String> {
        let mut values: Vec<f64> = Vec::new();
        for term in terms {
            let value = match term {
                Term::Number(x) => *x,
                Term::Call(name, args) => match (name.as_str(), &args[..]) {
                    ("sin", [a]) => values[*a].sin(),
                    ("times", [a, b]) => values[*a] * values[*b],
                    ("sum", all) => all.iter().map(|i| values[*i]).sum(),
                    (other, _) => return Err(other.to_string()),
                },
            };
            values.push(value);
        }
        values.last().copied().ok_or_else(|| "empty".to_string())
    }

    pub fn evaluated_or(terms: &[Term]) -> f64 {
        match evaluated(terms) {
            Ok(value) => value * value,
            Err(_) => 1.0,
        }
    }

    pub fn middles(prices: &[f64]) -> f64 {
        let mut book = Book::default();
        let mut s = 0.0;
        for (i, price) in prices.iter().enumerate() {
            if i % 2 == 0 { book.bids.push((*price, 1.0)) } else { book.asks.insert(0, (*price, s)) }
            if let Some(middle) = book.middle() {
                s += middle;
            }
        }
        s
    }

    pub fn totals(tree: &Tree) -> f64 {
        tree.total(0) * tree.total(tree.ends[1])
    }

    pub fn cached_totals(tree: &Tree) -> f64 {
        let mut tree = tree.clone();
        let (first, last) = (tree.cached(0), tree.cached(1));
        first * last + tree.scale + tree.nodes.iter().filter_map(|node| node.cache).sum::<f64>()
    }

    pub fn recursive(nodes: &[Node], at: usize) -> f64 {
        let mut s = nodes[at].value;
        for kid in nodes[at].kids.iter() {
            s += recursive(nodes, *kid).sin();
        }
        s
    }

    pub fn passed_on(nodes: &[Node]) -> f64 {
        let kids = nodes[0].kids.clone();
        let mut s = sum_of(nodes, &nodes[0].kids) * sum_of(nodes, &kids[1..]);
        for i in 0..nodes[1].kids.len() {
            s += value_of(nodes, nodes[1].kids[i]) * value_of(nodes, kids[0]);
        }
        s
    }

    pub fn changed(tree: &Tree, x: f64) -> f64 {
        let mut tree = tree.clone();
        let mut node = Node { value: x, kids: vec![0], ..Default::default() };
        node.kids.push(2);
        node.kids.swap(0, 1);
        tree.nodes[0].kids = node.kids.clone();
        tree.nodes[0].kids[1] += 1;
        tree.ends = [tree.ends[1], 0];
        while let Some(kid) = tree.nodes[1].kids.pop() {
            node.value *= 1.0 + tree.nodes[kid].value;
        }
        tree.nodes[2].kids.clear();
        let rest = mem::take(&mut tree.nodes[2].kids);
        node.value * tree.total(0) + tree.nodes[tree.ends[0]].value * (1.0 + rest.len() as f64)
    }
}

#[test]
fn neighbours() {
    let node = |value, kids: &[usize]| Node { value, kids: kids.to_vec(), cache: None };
    let nodes = vec![node(0.3, &[1, 2]), node(0.7, &[3, 3]), node(-0.2, &[3]), node(0.9, &[])];
    let tree = Tree { nodes: nodes.clone(), ends: [0, 2], scale: 1.3 };
    laws!(totals(tree: &tree.clone()));
    laws!(cached_totals(tree: &tree.clone()));
    laws!(changed(tree: &tree.clone(), x: 0.4));
    laws!(recursive(nodes: &nodes.clone(), _: 0));
    laws!(passed_on(nodes: &nodes.clone()));
    let call = |name: &str, args: &[usize]| Term::Call(name.to_owned(), args.to_vec());
    let terms = vec![Term::Number(0.7), call("sin", &[0]), call("times", &[0, 1]), call("sum", &[1, 2, 2, 0])];
    laws!(evaluated_or(terms: &terms.clone()));
    laws!(evaluated_or(terms: &vec![Term::Number(0.7), call("cos", &[0])]));
    laws!(middles(prices: &vec![0.4, 0.9, 0.5, 0.8, 0.6]));
}
