//! What a name means at one point of the source.

use crate::ir::{Place, Var};
use std::collections::{BTreeSet, HashMap};

/// What a name stands for.
#[derive(Clone, Debug)]
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
}

/// The scopes around one point, innermost last.
#[derive(Default)]
pub struct Scopes {
    stack: Vec<HashMap<String, Binding>>,
    /// Names that a variable bears which is still visible in generated code.
    bound: BTreeSet<String>,
}

impl Scopes {
    /// Enters a block.
    pub fn enter(&mut self) {
        self.stack.push(HashMap::new());
    }

    /// Leaves a block whose statements stay in the enclosing one.
    pub fn leave_flattened(&mut self) {
        self.stack.pop();
    }

    /// Leaves a block that remains a block, so that its names may be used again.
    pub fn leave(&mut self) {
        for name in self.stack.pop().into_iter().flat_map(HashMap::into_keys) {
            if self.find(&name).is_none() {
                self.bound.remove(&name);
            }
        }
    }

    /// Binds a name in the innermost scope.
    pub fn bind(&mut self, name: &str, binding: Binding) {
        if let Some(scope) = self.stack.last_mut() {
            scope.insert(name.to_owned(), binding);
        }
    }

    /// Takes a name for a variable; `false` if another visible variable bears it.
    pub fn claim(&mut self, name: &str) -> bool {
        self.bound.insert(name.to_owned())
    }

    /// What a name means here.
    pub fn find(&self, name: &str) -> Option<&Binding> {
        self.stack.iter().rev().find_map(|scope| scope.get(name))
    }
}
