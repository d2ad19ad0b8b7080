//! What a name means at one point of the source.

use super::closure::Callable;
use super::iterator::Chain;
use super::strip;
use crate::ir::{Place, Var};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// What a name stands for.
#[derive(Clone)]
pub enum Binding {
    /// A variable.
    Var(Var),
    /// A place: `let r = &mut a[i];`, `for x in xs.iter()`, `let c = m.column(j);`.
    Alias {
        /// Which.
        place: Place,
        /// Whether the name is a reference to the place; a view is the place itself.
        reference: bool,
        /// Whether it may be written through.
        mutable: bool,
    },
    /// A tuple whose parts have no common variable: an item of `xs.iter().zip(ys)`.
    Parts(Vec<Binding>),
    /// A closure, or another function by its name: `let phi = |x: f64| a * x;`.
    Callable(Rc<Callable>),
    /// An iterator: `let squares = xs.iter().map(|x| x * x);`.
    Chain(Rc<Chain>),
}

/// The names that are visible at a point, scope by scope, the innermost last.
pub type Names = Vec<HashMap<String, Binding>>;

/// The scopes around one point.
#[derive(Clone, Default)]
pub struct Scopes {
    names: Names,
    /// The names that variables of generated code took in each block, so that they can be used again after it.
    claims: Vec<Vec<String>>,
    /// All of them.
    bound: BTreeSet<String>,
}

impl Scopes {
    /// Enters a block.
    pub fn enter(&mut self) {
        self.names.push(HashMap::new());
        self.claims.push(Vec::new());
    }

    /// Leaves a block whose statements stay in the enclosing one.
    pub fn leave_flattened(&mut self) {
        self.names.pop();
        let claims = self.claims.pop().unwrap_or_default();
        if let Some(outer) = self.claims.last_mut() {
            outer.extend(claims);
        }
    }

    /// Leaves a block that remains a block, so that its names may be used again.
    pub fn leave(&mut self) {
        self.names.pop();
        for name in self.claims.pop().unwrap_or_default() {
            self.bound.remove(&name);
        }
    }

    /// Binds a name in the innermost scope.
    pub fn bind(&mut self, name: &str, binding: Binding) {
        if let Some(scope) = self.names.last_mut() {
            scope.insert(name.to_owned(), binding);
        }
    }

    /// Takes a name for a variable; `false` if another visible variable bears it.
    pub fn claim(&mut self, name: &str) -> bool {
        let free = self.bound.insert(name.to_owned());
        if free && let Some(claims) = self.claims.last_mut() {
            claims.push(name.to_owned());
        }
        free
    }

    /// What a name means here.
    pub fn find(&self, name: &str) -> Option<&Binding> {
        self.names.iter().rev().find_map(|scope| scope.get(name))
    }

    /// What an expression names: a variable, or a part of a tuple that has no variable of its own.
    pub fn find_named(&self, expr: &syn::Expr) -> Option<&Binding> {
        match strip(expr) {
            syn::Expr::Path(path) => self.find(&path.path.get_ident()?.to_string()),
            syn::Expr::Field(syn::ExprField { base, member: syn::Member::Unnamed(index), .. }) => {
                let mut base = strip(base);
                while let syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr, .. }) = base {
                    base = strip(expr);
                }
                match self.find_named(base)? {
                    Binding::Parts(parts) => parts.get(index.index as usize),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// What is visible here.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Makes other names visible: those of a closure's definition, where its body is inlined. What generated code has
    /// bound stays bound.
    pub fn replace_names(&mut self, names: Names) -> Names {
        std::mem::replace(&mut self.names, names)
    }
}
