//! Names for what has none in the source.

use super::{Expr, Projection, Vars};
use crate::rules::{Form, Prim};

impl Vars {
    /// A name for a subexpression that a reader can place: `sin_y`, `xs_i`.
    pub fn describe(&self, expr: &Expr) -> String {
        let variable = |expr: &Expr| match expr {
            Expr::Var(var) => Some(self[*var].name.clone()),
            Expr::Load(place) | Expr::Borrow(place, _) if place.is_whole() => Some(self[place.root].name.clone()),
            _ => None,
        };
        let name = match expr {
            Expr::Prim(prim, args) => match (prim.form(), args.first().and_then(variable)) {
                (Form::Method(name), Some(arg)) if args.len() == 1 => Some(format!("{name}_{arg}")),
                (Form::Negation, Some(arg)) => Some(format!("minus_{arg}")),
                (Form::Infix(_), Some(arg)) if *prim == Prim::Mul && args[0] == args[1] => {
                    Some(format!("{arg}_squared"))
                }
                _ => None,
            },
            Expr::Load(place) => match place.path.last() {
                None => Some(self[place.root].name.clone()),
                Some(Projection::Field(field)) if !field.starts_with(|c: char| c.is_ascii_digit()) => {
                    Some(field.clone())
                }
                Some(Projection::Index(index)) if place.path.len() == 1 => {
                    let root = &self[place.root].name;
                    Some(match variable(index) {
                        Some(index) => format!("{root}_{index}"),
                        None => format!("{root}_value"),
                    })
                }
                _ => Some(format!("{}_value", self[place.root].name)),
            },
            Expr::Call(call) => call.name(),
            _ => None,
        };
        name.filter(|name| name.len() <= 24 && syn::parse_str::<syn::Ident>(name).is_ok())
            .unwrap_or_else(|| "t".to_owned())
    }
}
