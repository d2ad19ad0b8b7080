//! What is known of some variables, in their order.
//!
//! A `BTreeMap` of each type of value is several dozen functions to compile, and there are twenty types. Here the
//! variables lie beside the values, so that the search is one function for all of them.

use super::Var;

/// A map from variables.
#[derive(Clone, Debug)]
pub struct VarMap<T> {
    vars: Vec<Var>,
    values: Vec<T>,
}

impl<T> VarMap<T> {
    pub const fn new() -> Self {
        Self { vars: Vec::new(), values: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.vars.is_empty()
    }

    pub fn len(&self) -> usize {
        self.vars.len()
    }

    pub fn contains_key(&self, var: &Var) -> bool {
        position(&self.vars, *var).is_ok()
    }

    pub fn get(&self, var: &Var) -> Option<&T> {
        self.values.get(position(&self.vars, *var).ok()?)
    }

    pub fn get_mut(&mut self, var: &Var) -> Option<&mut T> {
        self.values.get_mut(position(&self.vars, *var).ok()?)
    }

    /// Sets the value of a variable, and returns what it was before.
    pub fn insert(&mut self, var: Var, value: T) -> Option<T> {
        match position(&self.vars, var) {
            Ok(at) => Some(std::mem::replace(&mut self.values[at], value)),
            Err(at) => {
                self.vars.insert(at, var);
                self.values.insert(at, value);
                None
            }
        }
    }

    pub fn remove(&mut self, var: &Var) -> Option<T> {
        let at = position(&self.vars, *var).ok()?;
        self.vars.remove(at);
        Some(self.values.remove(at))
    }

    /// The value of a variable, which is made if there is none yet.
    pub fn get_or_insert_with(&mut self, var: Var, value: impl FnOnce() -> T) -> &mut T {
        let at = match position(&self.vars, var) {
            Ok(at) => at,
            Err(at) => {
                self.vars.insert(at, var);
                self.values.insert(at, value());
                at
            }
        };
        &mut self.values[at]
    }

    /// The value of a variable, or the default in its place.
    pub fn get_or_default(&mut self, var: Var) -> &mut T
    where
        T: Default,
    {
        self.get_or_insert_with(var, T::default)
    }

    pub fn keys(&self) -> std::slice::Iter<'_, Var> {
        self.vars.iter()
    }

    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    pub fn into_values(self) -> std::vec::IntoIter<T> {
        self.values.into_iter()
    }

    pub fn iter(&self) -> std::iter::Zip<std::slice::Iter<'_, Var>, std::slice::Iter<'_, T>> {
        self.vars.iter().zip(&self.values)
    }
}

/// Where a variable stands, or would stand.
fn position(vars: &[Var], var: Var) -> Result<usize, usize> {
    vars.binary_search(&var)
}

impl<T> Default for VarMap<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> std::ops::Index<&Var> for VarMap<T> {
    type Output = T;

    fn index(&self, var: &Var) -> &T {
        match position(&self.vars, *var) {
            Ok(at) => &self.values[at],
            Err(_) => panic!("no value for {var:?}"),
        }
    }
}

impl<T> IntoIterator for VarMap<T> {
    type Item = (Var, T);
    type IntoIter = std::iter::Zip<std::vec::IntoIter<Var>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.vars.into_iter().zip(self.values)
    }
}

impl<'a, T> IntoIterator for &'a VarMap<T> {
    type Item = (&'a Var, &'a T);
    type IntoIter = std::iter::Zip<std::slice::Iter<'a, Var>, std::slice::Iter<'a, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Extend<(Var, T)> for VarMap<T> {
    fn extend<I: IntoIterator<Item = (Var, T)>>(&mut self, pairs: I) {
        for (var, value) in pairs {
            self.insert(var, value);
        }
    }
}

impl<T> FromIterator<(Var, T)> for VarMap<T> {
    fn from_iter<I: IntoIterator<Item = (Var, T)>>(pairs: I) -> Self {
        let mut map = Self::new();
        map.extend(pairs);
        map
    }
}
