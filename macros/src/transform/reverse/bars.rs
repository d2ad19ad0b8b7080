//! Cotangents: where they are kept, how they are incremented and when they are read.

use super::Reverse;
use super::counters::Counters;
use crate::ir::{Access, Block, Expr, Passing, Pattern, Place, Role, Stmt, Ty, Var, Wrt};
use crate::rules::Prim;

/// The cotangent of a variable while its block is being reversed.
#[derive(Clone, Debug)]
pub enum Cotangent {
    /// A sum that is not written out yet, of expressions that nothing changes.
    Pending(Vec<Expr>),
    /// A variable that is incremented.
    Variable(Var),
}

impl Reverse<'_> {
    /// Declares the cotangent of a cell at the start of the reverse of its block.
    pub fn declare_cell(&mut self, cell: Var, block: &Block, out: &mut Vec<Stmt>) {
        if let Some(index) = self.param_of(cell)
            && self.accumulates_in_buffer(cell)
        {
            if let Some(bar) = self.bars[index] {
                self.cotangents.insert(cell, Cotangent::Variable(bar));
            }
            return;
        }
        let bar = self.new_bar(cell, true);
        self.cotangents.insert(cell, Cotangent::Variable(bar));
        let zero = self.zero_of_cell(cell, block);
        out.push(Stmt::Let(Pattern::Var(bar), zero));
    }

    /// The zero cotangent of a cell. If its shape cannot be told in the reverse sweep, the forward sweep keeps one.
    fn zero_of_cell(&mut self, cell: Var, block: &Block) -> Expr {
        let ty = self.vars[cell].ty.clone();
        if ty.is_float() {
            return Expr::float(0.0);
        }
        let definition = block.stmts.iter().find_map(|stmt| stmt.value_of(cell));
        if let (Some(Expr::Repeat { len, heap, .. }), Some(Ty::Float(_))) = (definition, ty.element())
            && matches!(ty, Ty::Array(_) | Ty::Vec(_))
            && !self.storage.is_resized(cell)
        {
            return Expr::Repeat { item: Box::new(Expr::float(0.0)), len: len.clone(), heap: *heap };
        }
        if let Some(zero) = self.shapes.zero(&Place::of(cell)) {
            return zero;
        }
        // a list of references is put together again
        let again =
            matches!(definition, Some(list @ Expr::Array { .. }) if self.is_repeatable(list, &Counters::default()));
        if again && self.storage.is_constant(cell) || self.levels.len() == 1 && self.is_kept(cell) {
            return Expr::ZeroLike(Box::new(Expr::Borrow(Place::of(cell), false)));
        }
        if let Some(back) = self.restored_place(&Place::of(cell)) {
            return Expr::ZeroLike(Box::new(Expr::Borrow(back, false)));
        }
        // what the reverse sweep evaluates again; to keep anything else would take a copy
        let evaluated =
            matches!(definition, Some(value @ Expr::Matrix(..)) if self.is_repeatable(value, &Counters::default()));
        if evaluated && self.is_untouched_inside(cell) {
            return Expr::ZeroLike(Box::new(Expr::Borrow(Place::of(cell), false)));
        }
        self.kept_zero(cell)
    }

    /// The zero cotangent of a variable of the block at hand, which the forward sweep makes as long as the variable is there.
    pub fn kept_zero(&mut self, var: Var) -> Expr {
        let known = self.levels.last().and_then(|level| level.zeros.get(&var));
        if let Some(Stmt::Let(Pattern::Var(zero), _)) = known {
            return Expr::Snapshot(Place::of(*zero));
        }
        let zero = self.kept_variable(var, "_zero", self.vars[var].ty.clone());
        if let Some(level) = self.levels.last_mut() {
            let value = Expr::ZeroLike(Box::new(Expr::Borrow(Place::of(var), false)));
            level.zeros.insert(var, Stmt::Let(Pattern::Var(zero), value));
        }
        Expr::Snapshot(Place::of(zero))
    }

    /// Whether a variable of the top level still has its shape when the reverse sweep runs.
    fn is_kept(&self, var: Var) -> bool {
        let captured = self.mode == super::Mode::Split
            && (self.storage.is_returned(var) || self.vars[var].access == Access::Mutable);
        // a value of a type that the macro does not know may hold borrows, which a pullback must not
        let may_borrow =
            self.mode == super::Mode::Split && self.vars[var].ty == Ty::Unknown && self.param_of(var).is_none();
        !self.storage.is_moved(var) && !captured && !may_borrow
    }

    /// The level on which a variable is defined.
    fn level_of(&self, var: Var) -> Option<usize> {
        self.levels.iter().rposition(|level| level.defined.contains(&var))
    }

    /// Adds to the cotangent of a whole variable.
    pub fn contribute(&mut self, out: &mut Vec<Stmt>, var: Var, value: Expr) {
        if !self.is_active(var) {
            return;
        }
        if let Some(Cotangent::Variable(bar)) = self.cotangents.get(&var) {
            let bar = Place::of(*bar);
            self.add(out, bar, value);
            return;
        }
        if self.level_of(var).is_some_and(|level| level + 1 == self.levels.len()) {
            let value = self.settled(value, var, out);
            match self.cotangents.get_or_insert_with(var, || Cotangent::Pending(Vec::new())) {
                Cotangent::Pending(sum) => sum.push(value),
                Cotangent::Variable(_) => {}
            }
            return;
        }
        // an inner block increments the cotangent: its own block declares it before
        let pending = match self.cotangents.remove(&var) {
            Some(Cotangent::Pending(sum)) => sum,
            _ => Vec::new(),
        };
        let bar = self.new_bar(var, true);
        self.cotangents.insert(var, Cotangent::Variable(bar));
        self.requested.push((var, pending));
        self.add(out, Place::of(bar), value);
    }

    /// A term that is written out later: what it reads of what is brought back would have changed by then.
    fn settled(&mut self, value: Expr, of: Var, out: &mut Vec<Stmt>) -> Expr {
        let mut changes = false;
        value.for_each_read(&mut |read| {
            changes |= self.vars[read].mutable && self.brought_back().any(|(_, back)| back == read);
        });
        if !changes {
            return value;
        }
        let term = self.new_bar(of, false);
        out.push(Stmt::Let(Pattern::Var(term), value));
        Expr::copy_of_variable(term, &self.vars[term].ty)
    }

    /// Adds to the cotangent of a place.
    pub fn contribute_to(&mut self, out: &mut Vec<Stmt>, place: &Place, value: Expr) {
        if place.is_whole() {
            self.contribute(out, place.root, value);
        } else if self.is_active(place.root) {
            let bar = self.bar_place(place);
            self.add(out, bar, value);
        }
    }

    /// `bar += value`, under the condition that the caller lends a buffer if it is one.
    fn add(&mut self, out: &mut Vec<Stmt>, bar: Place, value: Expr) {
        let add = Stmt::Add(bar.clone(), value);
        match self.optional_buffer(bar.root) {
            Some(param) => out.push(Stmt::IfActive { param, bar: bar.root, body: Block::of(vec![add]) }),
            None => out.push(add),
        }
    }

    /// The parameter whose buffer a variable is, if the caller may leave it out.
    pub fn optional_buffer(&self, bar: Var) -> Option<usize> {
        let param = self.bars.iter().position(|known| *known == Some(bar))?;
        let required = self.function.params[param].passing == Passing::Mutable;
        (self.mode == super::Mode::Split && !required).then_some(param)
    }

    pub fn new_bar(&mut self, var: Var, mutable: bool) -> Var {
        let bar = self.vars.derived(var, "_bar", Role::Cotangent(var), mutable);
        self.vars[bar].access = Access::Owned;
        bar
    }

    /// A cotangent of what is in a place of a variable.
    pub fn cotangent(&mut self, root: Var, ty: Ty) -> Var {
        let bar = self.new_bar(root, false);
        self.vars[bar].ty = ty;
        bar
    }

    /// Declares what inner blocks have requested of the block at hand.
    pub fn declare_requested(&mut self, out: &mut Vec<Stmt>) {
        let level = self.levels.len();
        let (here, further) = std::mem::take(&mut self.requested)
            .into_iter()
            .partition(|(var, _)| self.level_of(*var).is_some_and(|at| at + 1 == level));
        self.requested = further;
        let here: Vec<(Var, Vec<Expr>)> = here;
        for (var, pending) in here {
            if let Some(Cotangent::Variable(bar)) = self.cotangents.get(&var) {
                let (bar, value) = (*bar, self.sum_or_zero(var, pending));
                out.push(Stmt::Let(Pattern::Var(bar), value));
            }
        }
    }

    fn sum_or_zero(&mut self, var: Var, pending: Vec<Expr>) -> Expr {
        if pending.is_empty() { self.zero_of(var) } else { self.sum(var, pending) }
    }

    /// The zero cotangent of a variable of the block at hand.
    fn zero_of(&mut self, var: Var) -> Expr {
        match (&self.vars[var].ty, self.shapes.zero(&Place::of(var))) {
            (Ty::Float(_), _) => Expr::float(0.0),
            (_, Some(zero)) => zero,
            _ if self.storage.is_moved(var) => self.kept_zero(var),
            _ => Expr::ZeroLike(Box::new(Expr::Borrow(Place::of(var), false))),
        }
    }

    fn sum(&self, var: Var, terms: Vec<Expr>) -> Expr {
        if self.vars[var].ty.is_float() {
            let add = |sum, term| Expr::Prim(Prim::Add, vec![sum, term]);
            return terms.into_iter().reduce(add).unwrap_or(Expr::float(0.0));
        }
        match <[Expr; 1]>::try_from(terms) {
            Ok([only]) => only,
            Err(terms) => Expr::Sum(terms),
        }
    }

    /// Reads the cotangent of a variable where its definition is reversed; nothing if nothing was added to it.
    pub fn take(&mut self, var: Var, out: &mut Vec<Stmt>) -> Option<Expr> {
        if !self.is_active(var) {
            return None;
        }
        match self.cotangents.remove(&var)? {
            Cotangent::Variable(bar) => Some(Expr::Var(bar)),
            Cotangent::Pending(sum) => {
                if let [Expr::Var(only)] = sum.as_slice() {
                    return Some(Expr::Var(*only));
                }
                let value = self.sum(var, sum);
                let bar = self.new_bar(var, false);
                out.push(Stmt::Let(Pattern::Var(bar), value));
                Some(Expr::Var(bar))
            }
        }
    }

    /// The cotangent of a cell where its definition is reversed.
    pub fn cell_value(&self, cell: Var) -> Option<Expr> {
        match self.cotangents.get(&cell) {
            Some(Cotangent::Variable(bar)) => Some(Expr::Var(*bar)),
            _ => None,
        }
    }

    /// The cotangent of everything that a pattern binds, with zeros where nothing was added.
    pub fn take_pattern(&mut self, pattern: &Pattern, out: &mut Vec<Stmt>) -> Option<Expr> {
        match pattern {
            Pattern::Wild => None,
            Pattern::Var(var) if self.storage.is_cell(*var) => self.cell_value(*var),
            Pattern::Var(var) => self.take(*var, out),
            Pattern::Tuple(parts) => {
                let bars: Vec<Option<Expr>> = parts.iter().map(|part| self.take_pattern(part, out)).collect();
                if bars.iter().all(Option::is_none) {
                    return None;
                }
                let parts = parts.iter().zip(bars).map(|(part, bar)| bar.unwrap_or_else(|| self.zero_of_pattern(part)));
                Some(Expr::Tuple(parts.collect()))
            }
        }
    }

    /// The zero cotangent of what a pattern binds.
    pub fn zero_of_pattern(&mut self, pattern: &Pattern) -> Expr {
        match pattern {
            Pattern::Var(var) => self.zero_of(*var),
            Pattern::Tuple(parts) => Expr::Tuple(parts.iter().map(|part| self.zero_of_pattern(part)).collect()),
            Pattern::Wild => Expr::Tuple(Vec::new()),
        }
    }

    /// The cotangent of a place: the same path.
    pub fn bar_place(&mut self, place: &Place) -> Place {
        match self.cotangents.get(&place.root) {
            Some(Cotangent::Variable(bar)) => place.rooted(*bar),
            _ => place.rooted(place.root),
        }
    }

    /// Adds the cotangents of parameters that are passed by value to the caller's buffers.
    pub fn return_values(&mut self, out: &mut Vec<Stmt>) {
        for (index, param) in self.function.params.iter().enumerate() {
            let Some(buffer) = self.bars[index].filter(|_| param.wrt == Wrt::Active) else { continue };
            if self.accumulates_in_buffer(param.var) {
                continue;
            }
            let value = match self.cotangents.remove(&param.var) {
                Some(Cotangent::Pending(sum)) => self.sum(param.var, sum),
                Some(Cotangent::Variable(bar)) => Expr::Var(bar),
                None => continue,
            };
            self.add(out, Place::of(buffer), value);
        }
    }
}
