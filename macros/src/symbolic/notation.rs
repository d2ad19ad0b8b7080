//! Formulas as a mathematician writes them: `x·cos(y)`, `3·x²`, `exp(x)/y`.

use crate::ir::{Expr, Vars};
use crate::rules::{Form, Prim};

/// How tightly a formula binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Choice,
    Sum,
    Sign,
    Product,
    Quotient,
    Power,
    Atom,
}

/// The formula of an expression; nothing where it has no notation.
pub fn formula(vars: &Vars, expr: &Expr) -> Option<String> {
    Notation { vars }.write(expr).map(|(text, _)| text)
}

struct Notation<'a> {
    vars: &'a Vars,
}

impl Notation<'_> {
    fn write(&self, expr: &Expr) -> Option<(String, Binding)> {
        Some(match expr {
            Expr::Float(value, text) => {
                let text = text.as_deref().map_or_else(|| format!("{value}"), number);
                (text, if *value < 0.0 { Binding::Sign } else { Binding::Atom })
            }
            Expr::Var(var) => (self.vars[*var].name.clone(), Binding::Atom),
            Expr::Opaque(opaque) => match opaque.reads.as_slice() {
                [] => (number(&opaque.tokens.0.to_string().replace(' ', "")), Binding::Atom),
                // an integer parameter, such as the exponent of `powi`
                [var] if opaque.tokens.0.to_string() == format!("__v{}", var.0) => {
                    (self.vars[*var].name.clone(), Binding::Atom)
                }
                _ => return None,
            },
            Expr::Prim(prim, args) => return self.prim(*prim, args),
            Expr::Select(cond, then, otherwise) => {
                let [cond, then, otherwise] = [self.condition(cond)?, self.write(then)?.0, self.write(otherwise)?.0];
                (format!("{then} if {cond} else {otherwise}"), Binding::Choice)
            }
            _ => return None,
        })
    }

    fn at_least(&self, expr: &Expr, least: Binding) -> Option<String> {
        let (text, binding) = self.write(expr)?;
        Some(if binding < least { format!("({text})") } else { text })
    }

    fn prim(&self, prim: Prim, args: &[Expr]) -> Option<(String, Binding)> {
        let infix = |op: &str, least: [Binding; 2], binding| {
            let [a, b] = args else { return None };
            Some((format!("{}{op}{}", self.at_least(a, least[0])?, self.at_least(b, least[1])?), binding))
        };
        match prim {
            Prim::Add => infix(" + ", [Binding::Sum, Binding::Sign], Binding::Sum),
            Prim::Sub => infix(" - ", [Binding::Sum, Binding::Product], Binding::Sum),
            Prim::Mul | Prim::Div | Prim::Neg | Prim::Recip => {
                let mut product = Product::default();
                self.factors(&Expr::Prim(prim, args.to_vec()), 1, &mut product)?;
                Some(product.write())
            }
            Prim::Powi | Prim::Powf => self.power(&args[0], &args[1], 0.0),
            Prim::PowiDx | Prim::PowfDx => {
                let exponent = self.at_least(&args[1], Binding::Power)?;
                Some((format!("{exponent}·{}", self.power(&args[0], &args[1], 1.0)?.0), Binding::Product))
            }
            Prim::PowfDp => {
                let power = self.power(&args[0], &args[1], 0.0)?.0;
                Some((format!("{power}·ln({})", self.write(&args[0])?.0), Binding::Product))
            }
            Prim::AbsDx => self.call("sign", args),
            Prim::CopysignDx => {
                let [x, y] = args else { return None };
                let signs =
                    [self.call("sign", std::slice::from_ref(x))?.0, self.call("sign", std::slice::from_ref(y))?.0];
                Some((signs.join("·"), Binding::Product))
            }
            Prim::RemDy => {
                let quotient = self.write(&Expr::Prim(Prim::Div, args.to_vec()))?.0;
                Some((format!("-trunc({quotient})"), Binding::Sign))
            }
            Prim::RemEuclidDy => {
                let quotient = self.call("div_euclid", args)?.0;
                Some((format!("-{quotient}"), Binding::Sign))
            }
            Prim::HypotDx | Prim::HypotDy => {
                let side = self.at_least(&args[usize::from(prim == Prim::HypotDy)], Binding::Quotient)?;
                Some((format!("{side}/{}", self.call("hypot", args)?.0), Binding::Quotient))
            }
            Prim::Atan2Dy | Prim::Atan2Dx => {
                let (y, x) = (self.at_least(&args[0], Binding::Power)?, self.at_least(&args[1], Binding::Power)?);
                let (sign, side, binding) = match prim {
                    Prim::Atan2Dy => ("", &x, Binding::Quotient),
                    _ => ("-", &y, Binding::Sign),
                };
                Some((format!("{sign}{side}/({x}² + {y}²)"), binding))
            }
            _ => match prim.form() {
                Form::Method(name) => self.call(name, args),
                _ => None,
            },
        }
    }

    /// Collects the factors of a product in which `expr` has the exponent `sign`, 1 or -1.
    fn factors(&self, expr: &Expr, sign: i32, product: &mut Product) -> Option<()> {
        match expr {
            Expr::Float(value, _) if sign > 0 => product.constant *= value,
            Expr::Prim(Prim::Mul, args) => args.iter().try_for_each(|arg| self.factors(arg, sign, product))?,
            Expr::Prim(Prim::Div, args) => {
                self.factors(&args[0], sign, product)?;
                self.factors(&args[1], -sign, product)?;
            }
            Expr::Prim(Prim::Recip, args) => self.factors(&args[0], -sign, product)?,
            Expr::Prim(Prim::Neg, args) => {
                product.constant = -product.constant;
                self.factors(&args[0], sign, product)?;
            }
            Expr::Prim(Prim::Powi, args) if self.whole(&args[1]).is_some() => {
                let exponent = self.whole(&args[1])?;
                product.multiply(self.at_least(&args[0], Binding::Atom)?, sign * exponent);
            }
            other => {
                let (text, binding) = self.write(other)?;
                let text = if binding < Binding::Power { format!("({text})") } else { text };
                product.multiply(text, sign);
            }
        }
        Some(())
    }

    /// A literal whole exponent.
    fn whole(&self, exponent: &Expr) -> Option<i32> {
        self.write(exponent)?.0.parse().ok()
    }

    fn call(&self, name: &str, args: &[Expr]) -> Option<(String, Binding)> {
        let args: Option<Vec<String>> = args.iter().map(|arg| self.write(arg).map(|(text, _)| text)).collect();
        Some((format!("{name}({})", args?.join(", ")), Binding::Atom))
    }

    /// `base^(exponent - less)`, with a small whole exponent raised.
    fn power(&self, base: &Expr, exponent: &Expr, less: f64) -> Option<(String, Binding)> {
        let base = self.at_least(base, Binding::Atom)?;
        let (text, _) = self.write(exponent)?;
        let raised = text.parse::<f64>().ok().map(|value| value - less);
        Some(match raised {
            Some(1.0) => (base, Binding::Atom),
            Some(n) if n.fract() == 0.0 && (0.0..10.0).contains(&n) => {
                (format!("{base}{}", SUPERSCRIPTS[n as usize]), Binding::Power)
            }
            Some(n) => (format!("{base}^{}", if n < 0.0 { format!("({n})") } else { n.to_string() }), Binding::Power),
            None if less == 0.0 => (format!("{base}^{}", self.at_least(exponent, Binding::Atom)?), Binding::Power),
            None => (format!("{base}^({text} - 1)"), Binding::Power),
        })
    }

    fn condition(&self, cond: &Expr) -> Option<String> {
        let Expr::Prim(prim, args) = cond else { return None };
        let args: Vec<String> = args.iter().map(|arg| self.at_least(arg, Binding::Sum)).collect::<Option<_>>()?;
        Some(match (prim, args.as_slice()) {
            (Prim::MaxTakesFirst, [a, b]) => format!("{a} ≥ {b}"),
            (Prim::MinTakesFirst, [a, b]) => format!("{a} ≤ {b}"),
            (Prim::Less, [a, b]) => format!("{a} < {b}"),
            (Prim::ClampTakesValue, [x, low, high]) => format!("{low} ≤ {x} ≤ {high}"),
            _ => return None,
        })
    }
}

/// A product: a constant and factors with their exponents, in the order in which they were met.
struct Product {
    constant: f64,
    factors: Vec<(String, i32)>,
}

impl Default for Product {
    fn default() -> Self {
        Self { constant: 1.0, factors: Vec::new() }
    }
}

impl Product {
    fn multiply(&mut self, factor: String, exponent: i32) {
        match self.factors.iter_mut().find(|(known, _)| *known == factor) {
            Some((_, known)) => *known += exponent,
            None => self.factors.push((factor, exponent)),
        }
    }

    fn write(&self) -> (String, Binding) {
        let raised = |(factor, exponent): &(String, i32)| match exponent.unsigned_abs() {
            1 => factor.clone(),
            n => match SUPERSCRIPTS.get(n as usize) {
                Some(raised) => format!("{factor}{raised}"),
                None => format!("{factor}^{n}"),
            },
        };
        let mut above: Vec<String> = self.factors.iter().filter(|(_, exponent)| *exponent > 0).map(raised).collect();
        let below: Vec<String> = self.factors.iter().filter(|(_, exponent)| *exponent < 0).map(raised).collect();
        let size = self.constant.abs();
        if size != 1.0 || above.is_empty() {
            above.insert(0, format!("{size}"));
        }
        let above = above.join("·");
        let (text, binding) = match below.as_slice() {
            [] => (above, Binding::Product),
            [only] => (format!("{above}/{only}"), Binding::Quotient),
            several => (format!("{above}/({})", several.join("·")), Binding::Quotient),
        };
        if self.constant < 0.0 { (format!("-{text}"), Binding::Sign) } else { (text, binding) }
    }
}

const SUPERSCRIPTS: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

/// A literal or a named constant, without what only the compiler needs.
fn number(text: &str) -> String {
    let text = text.rsplit("::").next().unwrap_or(text);
    let digits = text.trim_end_matches("_f64").trim_end_matches("_f32").trim_end_matches("f64").trim_end_matches("f32");
    let short = digits.strip_suffix(".0").unwrap_or(digits);
    if digits.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        short.to_owned()
    } else {
        text.to_owned()
    }
}
