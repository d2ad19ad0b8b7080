//! The ways to compute a form by one operation.

use super::form::{Form, Forms, Id, Signed};
use crate::rules::Prim;

/// One operation, `Add`, `Mul` or `Div`. The signs of factors are left out, as they cost nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub prim: Prim,
    pub operands: [Signed; 2],
}

impl Way {
    /// A product or a quotient.
    pub fn factors(prim: Prim, [a, b]: [Id; 2]) -> Self {
        let plain = |id: Id| Signed { id, negative: false };
        Self { prim, operands: [plain(a), plain(b)] }
    }

    pub fn sum(a: Signed, b: Signed) -> Self {
        Self { prim: Prim::Add, operands: [a, b] }
    }

    /// Whether it needs a form.
    pub fn uses(&self, id: Id) -> bool {
        self.operands.iter().any(|operand| operand.id == id)
    }

    fn is_same(&self, other: &Self) -> bool {
        let [a, b] = other.operands;
        self.prim == other.prim && (self.operands == [a, b] || (self.prim != Prim::Div && self.operands == [b, a]))
    }
}

/// The ways to compute each form: first those that are written, in order, then others. Forms that only those need are
/// added.
pub fn ways(forms: &mut Forms, written: &[(Id, Way)]) -> Vec<Vec<Way>> {
    let mut ways: Vec<Vec<Way>> = Vec::new();
    for (id, way) in written {
        add(&mut ways, *id, *way);
    }
    let mut id = 0;
    while id < forms.len() {
        for way in of_factors(forms, id) {
            add(&mut ways, id, way);
        }
        id += 1;
    }
    let sums: Vec<(Id, &[Signed])> = forms.sums().collect();
    for (whole, terms) in &sums {
        for (part, some) in sums.iter().filter(|(_, some)| some.len() < terms.len()) {
            if let Some(way) = split_off(forms, terms, *part, some) {
                add(&mut ways, *whole, way);
            }
        }
        if let [a, b] = terms {
            add(&mut ways, *whole, Way::sum(*a, *b));
        }
    }
    ways.resize(forms.len(), Vec::new());
    ways
}

fn add(ways: &mut Vec<Vec<Way>>, id: Id, way: Way) {
    if ways.len() <= id {
        ways.resize(id + 1, Vec::new());
    }
    if !ways[id].iter().any(|known| known.is_same(&way)) {
        ways[id].push(way);
    }
}

/// A literal factor stands before the rest or beside one of its factors.
fn of_factors(forms: &mut Forms, id: Id) -> Vec<Way> {
    match *forms.get(id) {
        Form::Product(a, b) => vec![Way::factors(Prim::Mul, [a, b])],
        Form::Quotient(a, b) => vec![Way::factors(Prim::Div, [a, b])],
        Form::Scaled(bits, rest) => {
            let inner = forms.get(rest).clone();
            let literal = forms.of(&crate::ir::Expr::float(f64::from_bits(bits))).id;
            let mut scaled = |factor: Id| forms.scaled(f64::from_bits(bits), factor);
            let mut ways = vec![Way::factors(Prim::Mul, [literal, rest])];
            match inner {
                Form::Product(a, b) => {
                    ways.extend([Way::factors(Prim::Mul, [scaled(a), b]), Way::factors(Prim::Mul, [a, scaled(b)])])
                }
                Form::Quotient(a, b) => ways.push(Way::factors(Prim::Div, [scaled(a), b])),
                _ => {}
            }
            ways
        }
        Form::Literal(_) | Form::Leaf(_) | Form::Sum(_) => Vec::new(),
    }
}

/// A sum as a part of it that is a sum too, and the rest.
fn split_off(forms: &Forms, terms: &[Signed], part: Id, some: &[Signed]) -> Option<Way> {
    let first = terms.iter().find(|term| term.id == some[0].id)?;
    let negative = first.negative ^ some[0].negative;
    let is_there = |term: &Signed| terms.contains(&term.signed(negative));
    if !some.iter().all(is_there) {
        return None;
    }
    let rest = terms.iter().filter(|term| !some.iter().any(|other| other.id == term.id)).copied().collect();
    Some(Way::sum(Signed { id: part, negative }, forms.known_sum(rest)?))
}
