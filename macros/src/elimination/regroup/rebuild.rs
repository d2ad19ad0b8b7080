//! Statements for what has been chosen.

use super::choose::Choice;
use super::form::{Form, Forms, Id, Signed};
use super::ways::Way;
use crate::ir::{Block, Expr, FloatTy, Pattern, Stmt, Ty, Var, Vars};
use crate::simplify::simplify_expr;
use proc_macro2::Span;
use std::collections::{BTreeSet, HashMap};

pub struct Rebuilding<'a> {
    pub vars: &'a mut Vars,
    pub forms: &'a Forms,
    pub ways: &'a [Vec<Way>],
    pub choice: Choice,
    /// The variables with a form, in order.
    pub defined: Vec<(Var, Signed)>,
    /// Those of them that keep their definitions.
    pub kept: BTreeSet<Var>,
    /// The variables that have been given a form: the sign says how it stands to the form.
    pub names: HashMap<Id, (Var, bool)>,
}

impl Rebuilding<'_> {
    /// What is kept first, then the rest in the order in which it is needed.
    pub fn rebuild(mut self, block: &mut Block, wanted: &[Signed]) {
        let free: BTreeSet<Var> =
            self.defined.iter().map(|(var, _)| *var).filter(|var| !self.kept.contains(var)).collect();
        for (var, form) in self.defined.iter().filter(|(var, _)| self.kept.contains(var)) {
            self.names.entry(form.id).or_insert((*var, form.negative));
        }
        block.stmts.retain(|stmt| !matches!(stmt, Stmt::Let(Pattern::Var(var), _) if free.contains(var)));
        let values: Vec<Expr> = wanted.iter().map(|entry| self.value(&mut block.stmts, *entry)).collect();
        if let Some(Expr::Tuple(parts)) = &mut block.result {
            parts.iter_mut().zip(values).for_each(|(part, value)| *part = value);
        }
    }

    /// A form as an operand, computed before if it is not there yet.
    fn value(&mut self, stmts: &mut Vec<Stmt>, of: Signed) -> Expr {
        if let Some(atom) = self.forms.atom(of.id) {
            return if of.negative { atom.negate() } else { atom };
        }
        let (var, negative) = match self.names.get(&of.id) {
            Some(named) => *named,
            None => self.compute(stmts, of.id),
        };
        let value = Expr::Var(var);
        if of.negative ^ negative { value.negate() } else { value }
    }

    fn compute(&mut self, stmts: &mut Vec<Stmt>, id: Id) -> (Var, bool) {
        let way = self.ways[id][self.choice[id]];
        let old = self.name_for(id);
        let negative = old.is_some_and(|(_, negative)| negative);
        let [a, b] = way.operands.map(|operand| self.value(stmts, operand));
        let mut value = Expr::Prim(way.prim, vec![a, b]);
        if negative {
            value = value.negate();
        }
        simplify_expr(&mut value);
        let var = old.map_or_else(
            || {
                let name = self.vars.describe(&value);
                self.vars.temporary(&name, Ty::Float(FloatTy::Inferred), Span::call_site())
            },
            |(var, _)| var,
        );
        stmts.push(Stmt::Let(Pattern::Var(var), value));
        self.names.insert(id, (var, negative));
        (var, negative)
    }

    /// The variable that had this form. A product is positive, a sum has the sign with which it was written.
    fn name_for(&self, id: Id) -> Option<(Var, bool)> {
        let mut own = self.defined.iter().filter(|(_, form)| form.id == id);
        let found = match self.forms.get(id) {
            Form::Sum(_) => own.next(),
            _ => own.find(|(_, form)| !form.negative),
        };
        found.map(|(var, form)| (*var, form.negative))
    }
}
