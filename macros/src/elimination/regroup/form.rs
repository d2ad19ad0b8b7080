//! What a value is, up to its sign, the place of a literal factor and the order of a sum.
//!
//! Two operations of one form compute the same number up to rounding. Nothing else is regrouped: `(a * b) * c` is of
//! another form than `a * (b * c)`, because one of them may overflow where the other does not.

use crate::ir::{Expr, Var, VarMap};
use crate::rules::Prim;
use std::collections::HashMap;

/// The number of a form.
pub type Id = usize;

/// A form with a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signed {
    pub id: Id,
    pub negative: bool,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A positive literal, by its bits.
    Literal(u64),
    /// What is not looked into.
    Leaf(usize),
    /// A literal, by its bits, times something.
    Scaled(u64, Id),
    /// Two factors, the smaller number first.
    Product(Id, Id),
    /// A quotient without a literal factor above.
    Quotient(Id, Id),
    /// Different terms in the order of their numbers, of which the first is positive.
    Sum(Vec<Signed>),
}

/// Between these a literal may change its place: the rest of a product then overflows only where the whole is enormous.
const MODERATE: std::ops::RangeInclusive<f64> = 1e-10..=1e10;

/// A longer sum stays as it is.
const MOST_TERMS: usize = 16;

/// The forms of the values of a block.
pub struct Forms {
    forms: Vec<Form>,
    known: HashMap<Form, Id>,
    leaves: Vec<Expr>,
    /// The literals as they are written.
    texts: HashMap<u64, Expr>,
    values: VarMap<Signed>,
    /// Whether a literal as the user wrote it may be of another type than a derivative.
    generic: bool,
}

impl Signed {
    fn of(id: Id) -> Self {
        Self { id, negative: false }
    }

    /// The same, with the other sign if that is asked for.
    pub fn signed(self, negative: bool) -> Self {
        Self { negative: self.negative ^ negative, ..self }
    }
}

impl Forms {
    pub fn new(generic: bool) -> Self {
        let (known, values, texts) = (HashMap::new(), VarMap::new(), HashMap::new());
        Self { forms: Vec::new(), known, leaves: Vec::new(), texts, values, generic }
    }

    pub fn len(&self) -> usize {
        self.forms.len()
    }

    pub fn get(&self, id: Id) -> &Form {
        &self.forms[id]
    }

    /// The sums, with their numbers.
    pub fn sums(&self) -> impl Iterator<Item = (Id, &[Signed])> {
        self.forms.iter().enumerate().filter_map(|(id, form)| match form {
            Form::Sum(terms) => Some((id, terms.as_slice())),
            _ => None,
        })
    }

    /// How a leaf or a literal is written.
    pub fn atom(&self, id: Id) -> Option<Expr> {
        match self.forms[id] {
            Form::Literal(bits) => Some(self.literal_as_written(bits)),
            Form::Leaf(leaf) => Some(self.leaves[leaf].clone()),
            _ => None,
        }
    }

    fn literal_as_written(&self, bits: u64) -> Expr {
        self.texts.get(&bits).cloned().unwrap_or_else(|| Expr::float(f64::from_bits(bits)))
    }

    /// Gives a variable the form of its value; where that is no arithmetic, the variable is a leaf.
    pub fn define(&mut self, var: Var, value: &Expr) -> Option<Signed> {
        let form = self.arithmetic(value)?;
        self.values.insert(var, form);
        Some(form)
    }

    /// The form of an expression.
    pub fn of(&mut self, expr: &Expr) -> Signed {
        self.arithmetic(expr).unwrap_or_else(|| self.leaf(expr))
    }

    fn arithmetic(&mut self, expr: &Expr) -> Option<Signed> {
        match expr {
            Expr::Float(..) => self.literal(expr),
            Expr::Var(var) => Some(self.values.get(var).copied().unwrap_or_else(|| self.leaf(expr))),
            Expr::Prim(prim, args) => match (prim, args.as_slice()) {
                (Prim::Neg, [a]) => Some(self.of(a).signed(true)),
                (Prim::Mul, [a, b]) => {
                    let (a, b) = (self.of(a), self.of(b));
                    Some(self.product(a, b))
                }
                (Prim::Div, [a, b]) => {
                    let (a, b) = (self.of(a), self.of(b));
                    Some(self.quotient(a, b))
                }
                (Prim::Add | Prim::Sub, [a, b]) => {
                    let (a, b) = (self.of(a), self.of(b).signed(*prim == Prim::Sub));
                    self.sum(a, b)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn intern(&mut self, form: Form) -> Id {
        if let Some(known) = self.known.get(&form) {
            return *known;
        }
        self.forms.push(form.clone());
        self.known.insert(form, self.forms.len() - 1);
        self.forms.len() - 1
    }

    fn leaf(&mut self, expr: &Expr) -> Signed {
        let leaf = self.leaves.iter().position(|leaf| leaf == expr).unwrap_or_else(|| {
            self.leaves.push(expr.clone());
            self.leaves.len() - 1
        });
        Signed::of(self.intern(Form::Leaf(leaf)))
    }

    fn literal(&mut self, expr: &Expr) -> Option<Signed> {
        let Expr::Float(value, text) = expr else { return None };
        let typed = expr.has_suffix() || (self.generic && text.is_some());
        if typed || !value.is_finite() || *value == 0.0 {
            return None;
        }
        let bits = value.abs().to_bits();
        if *value > 0.0 {
            self.texts.entry(bits).or_insert_with(|| expr.clone());
        }
        Some(Signed { id: self.intern(Form::Literal(bits)), negative: *value < 0.0 })
    }

    /// The literal factor of a form, and what is left.
    fn split(&self, id: Id) -> (f64, Option<Id>) {
        match self.forms[id] {
            Form::Literal(bits) if MODERATE.contains(&f64::from_bits(bits)) => (f64::from_bits(bits), None),
            Form::Scaled(bits, rest) => (f64::from_bits(bits), Some(rest)),
            _ => (1.0, Some(id)),
        }
    }

    /// A literal times a form.
    pub fn scaled(&mut self, scale: f64, id: Id) -> Id {
        let (inner, rest) = self.split(id);
        match (together(scale, inner), rest) {
            (Some(1.0), Some(rest)) => rest,
            (Some(scale), Some(rest)) => self.intern(Form::Scaled(scale.to_bits(), rest)),
            _ => self.intern(Form::Scaled(scale.to_bits(), id)),
        }
    }

    fn product(&mut self, a: Signed, b: Signed) -> Signed {
        let (first, second) = if a.id <= b.id { (a.id, b.id) } else { (b.id, a.id) };
        let id = match (self.split(first), self.split(second)) {
            ((_, None), (_, None)) => self.intern(Form::Product(first, second)),
            ((scale, None), _) => self.scaled(scale, second),
            (_, (scale, None)) => self.scaled(scale, first),
            ((k, Some(x)), (l, Some(y))) => match together(k, l) {
                Some(scale) => {
                    let rest = self.pair(x, y);
                    self.scaled(scale, rest)
                }
                None => {
                    let rest = self.pair(x, second);
                    self.scaled(k, rest)
                }
            },
        };
        Signed { id, negative: a.negative ^ b.negative }
    }

    fn pair(&mut self, a: Id, b: Id) -> Id {
        self.intern(Form::Product(a.min(b), a.max(b)))
    }

    fn quotient(&mut self, a: Signed, b: Signed) -> Signed {
        let id = match self.split(a.id) {
            (scale, Some(rest)) => {
                let rest = self.intern(Form::Quotient(rest, b.id));
                self.scaled(scale, rest)
            }
            (_, None) => self.intern(Form::Quotient(a.id, b.id)),
        };
        Signed { id, negative: a.negative ^ b.negative }
    }

    /// Nothing for a sum of a value with itself, or with its negative.
    fn sum(&mut self, a: Signed, b: Signed) -> Option<Signed> {
        let terms = [self.terms(a), self.terms(b)].concat();
        self.sum_of(terms).or_else(|| self.sum_of(vec![a, b]))
    }

    fn terms(&self, of: Signed) -> Vec<Signed> {
        match &self.forms[of.id] {
            Form::Sum(terms) => terms.iter().map(|term| term.signed(of.negative)).collect(),
            _ => vec![of],
        }
    }

    fn sum_of(&mut self, terms: Vec<Signed>) -> Option<Signed> {
        let (sorted, negative) = ordered(terms)?;
        Some(Signed { id: self.intern(Form::Sum(sorted)), negative })
    }

    /// The number of a sum of these terms, if there is one already.
    pub fn known_sum(&self, terms: Vec<Signed>) -> Option<Signed> {
        if let [term] = terms.as_slice() {
            return Some(*term);
        }
        let (sorted, negative) = ordered(terms)?;
        self.known.get(&Form::Sum(sorted)).map(|id| Signed { id: *id, negative })
    }
}

/// The terms of a sum as its form has them, and its sign. What stands in it twice is no form: it may cancel on purpose.
fn ordered(mut terms: Vec<Signed>) -> Option<(Vec<Signed>, bool)> {
    terms.sort_unstable();
    let repeated = terms.windows(2).any(|pair| pair[0].id == pair[1].id);
    let negative = terms.first()?.negative;
    terms.iter_mut().for_each(|term| *term = term.signed(negative));
    (!repeated && terms.len() <= MOST_TERMS).then_some((terms, negative))
}

/// The product of two literals where it is no rounding error more: one of them is a power of two.
fn together(a: f64, b: f64) -> Option<f64> {
    let exact = |value: f64| value.to_bits() << 12 == 0;
    let product = a * b;
    ((exact(a) || exact(b)) && (product == 1.0 || MODERATE.contains(&product))).then_some(product)
}
