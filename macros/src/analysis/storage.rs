//! Where primal values can be found in the reverse sweep.
//!
//! Takes a lowered function; tells whether a variable is a *cell* (overwritten, lent
//! or taken apart, so that its cotangent is a variable of its own) and whether a place still holds, when the reverse
//! sweep runs, what it held at a statement of the function's top level.

use crate::ir::{Access, Block, Expr, Function, Pattern, Stmt, Ty, Var, VarMap};
use std::collections::BTreeSet;

/// The result of the analysis.
#[derive(Clone, Debug, Default)]
pub struct Storage {
    cells: BTreeSet<Var>,
    moved: BTreeSet<Var>,
    /// The last statement of the top level that may change a variable.
    last_write: VarMap<usize>,
    returned: BTreeSet<Var>,
    resized: BTreeSet<Var>,
    reassigned: BTreeSet<Var>,
    /// What copied source gave and the tokens do not tell to be owned.
    borrowing: BTreeSet<Var>,
    /// What is put together with references in it.
    lending: BTreeSet<Var>,
}

/// Analyses a function.
pub fn analyse_storage(function: &Function) -> Storage {
    let mut storage = Storage::default();
    for param in &function.params {
        if function.vars[param.var].access != Access::Owned {
            storage.cells.insert(param.var);
        }
    }
    for var in function.vars.all().filter(|var| function.vars[*var].mutable) {
        storage.cells.insert(var);
    }
    storage.scan(&function.body, function);
    for (index, stmt) in function.body.stmts.iter().enumerate() {
        stmt.for_each_write(&mut |var| {
            storage.last_write.insert(var, index);
        });
    }
    if let Some(result) = &function.body.result {
        storage.find_cells(result);
        result.collect_reads(&mut storage.returned);
    }
    storage
}

impl Storage {
    /// Whether a variable may be a reference, which a pullback must not keep.
    pub fn may_borrow(&self, var: Var) -> bool {
        self.borrowing.contains(&var)
    }

    /// Whether references are parts of a variable's value.
    pub fn lends(&self, var: Var) -> bool {
        self.lending.contains(&var)
    }

    /// Whether something changes that references are parts of: it cannot be put together again from what is lent again.
    pub fn lends_what_changes(&self) -> bool {
        self.lending.iter().any(|var| !self.is_constant(*var))
    }

    fn scan(&mut self, block: &Block, function: &Function) {
        for stmt in &block.stmts {
            if let Stmt::Let(Pattern::Var(var), value) = stmt
                && self.takes_references(value)
            {
                self.lending.insert(*var);
            }
            if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt {
                self.cells.insert(place.root);
            }
            match stmt {
                Stmt::Assign(place, _) if place.is_whole() => {
                    self.resized.insert(place.root);
                    self.reassigned.insert(place.root);
                }
                Stmt::Let(Pattern::Var(var), Expr::Opaque(source))
                    if function.vars[*var].ty == Ty::Unknown && !source.reads.is_empty() =>
                {
                    self.borrowing.insert(*var);
                }
                Stmt::Let(Pattern::Var(var), Expr::Snapshot(place) | Expr::Load(place))
                    if function.vars[*var].ty == Ty::Unknown && self.borrowing.contains(&place.root) =>
                {
                    self.borrowing.insert(*var);
                }
                Stmt::Structural(structural) => {
                    // a list of what borrows
                    if structural.value.as_ref().is_some_and(|value| self.takes_references(value)) {
                        self.lending.extend(structural.roots());
                    }
                    self.cells.extend(structural.roots());
                    if structural.op.row().resizes {
                        self.resized.extend(structural.roots());
                    }
                }
                _ => {}
            }
            stmt.for_each_expr(&mut |expr| {
                self.moves(expr, function);
                self.find_cells(expr);
            });
            for block in stmt.blocks() {
                self.scan(block, function);
                if let Some(result) = &block.result {
                    self.moves(result, function);
                    self.find_cells(result);
                }
            }
        }
    }

    /// Whether references are parts of a value, or parts of what it is made of.
    fn takes_references(&self, value: &Expr) -> bool {
        match value {
            Expr::Var(var) => self.lends(*var),
            Expr::Snapshot(place) | Expr::Load(place) => place.is_whole() && self.lends(place.root),
            Expr::Construct(construct) => {
                value.holds_references() || construct.fields.iter().any(|(_, _, part)| self.takes_references(part))
            }
            Expr::Array { items, .. } | Expr::Tuple(items) => {
                value.holds_references() || items.iter().any(|item| self.takes_references(item))
            }
            _ => false,
        }
    }

    /// Notes variables that are taken apart or lent.
    fn find_cells(&mut self, expr: &Expr) {
        match expr {
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) if !place.is_whole() => {
                self.cells.insert(place.root);
            }
            // whether the field is a reference to a slice or to an array, the other's cotangent can be added to
            Expr::Construct(construct) => {
                self.cells.extend(
                    construct.fields.iter().filter_map(|(_, _, part)| part.as_reference().map(|place| place.root)),
                );
            }
            Expr::Borrow(place, true) => {
                self.cells.insert(place.root);
            }
            Expr::Call(call) => {
                for arg in &call.args {
                    if let Expr::Borrow(place, _) = arg {
                        self.cells.insert(place.root);
                    }
                }
            }
            _ => {}
        }
        expr.for_each_child(&mut |child| self.find_cells(child));
    }

    /// Notes variables whose value is moved away: what is no plain scalar and is used by value.
    fn moves(&mut self, expr: &Expr, function: &Function) {
        if let Expr::Var(var) = expr
            && !function.vars[*var].ty.is_scalar()
        {
            self.moved.insert(*var);
        }
        expr.for_each_child(&mut |child| self.moves(child, function));
    }

    /// Whether the cotangent of a variable is a variable that is incremented, rather than a sum of expressions.
    pub fn is_cell(&self, var: Var) -> bool {
        self.cells.contains(&var)
    }

    /// Whether a variable's value is moved away somewhere.
    pub fn is_moved(&self, var: Var) -> bool {
        self.moved.contains(&var)
    }

    /// Whether a variable's value is (part of) the result.
    pub fn is_returned(&self, var: Var) -> bool {
        self.returned.contains(&var)
    }

    /// Whether the length of a variable, or of what is in it, may differ from that of its definition.
    pub fn is_resized(&self, var: Var) -> bool {
        self.resized.contains(&var)
    }

    /// Whether a variable is assigned another value as a whole.
    pub fn is_reassigned(&self, var: Var) -> bool {
        self.reassigned.contains(&var)
    }

    /// Whether nothing changes a variable in or after a statement of the top level.
    pub fn is_settled(&self, var: Var, top: usize) -> bool {
        self.last_write.get(&var).is_none_or(|last| *last < top)
    }

    /// Whether nothing ever changes a variable.
    pub fn is_constant(&self, var: Var) -> bool {
        !self.last_write.contains_key(&var)
    }
}
