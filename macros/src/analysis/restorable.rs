//! What the reverse sweep can bring back to where it was, by what every assignment overwrote.
//!
//! Takes a lowered function; returns the lists, matrices, structs and floats that change only where a part of them is assigned or added
//! to, or where elements change places, and how deep in loops that happens. The reverse sweep goes through the changes from the last to
//! the first; where it undoes each of them, the list is at every statement what it was there before, and none of its elements has to
//! be saved where it is read. A field can be undone by itself.

use super::storage::Storage;
use crate::ir::{Access, Block, Expr, Function, Pattern, Place, Projection, Stmt, Structural, Ty, Var, VarMap};
use crate::rules::structural::StructuralOp;
use std::collections::BTreeSet;

/// How a variable changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// In how many loops it is defined.
    pub defined: usize,
    /// In how many loops each assignment stands, and the field that it is to, if it is to one.
    pub writes: Vec<Part>,
    /// Whether it is read before a change, so that it has to be brought back.
    pub read_before: bool,
    /// What it exchanges elements with.
    pub partners: Vec<Var>,
    /// Whether elements move beyond one of their fields.
    pub moves: bool,
}

/// A read or a change of a part of a variable.
#[derive(Clone, Debug)]
pub struct Part {
    /// In how many loops it stands.
    pub depth: usize,
    /// The field of the variable, or of its elements, if it is in one.
    pub field: Option<String>,
}

impl Part {
    /// Of a place.
    pub fn of(place: &Place, depth: usize) -> Self {
        Self { depth, field: place.field().map(str::to_owned) }
    }
}

/// Finds the variables.
pub fn find_restorable(function: &Function, storage: &Storage) -> VarMap<Changes> {
    let mut search = Search { function, found: VarMap::new(), others: BTreeSet::new(), checkpointed: false };
    for param in &function.params {
        search.define(param.var, 0, false);
    }
    search.block(&function.body, 0);
    let Search { found, others, checkpointed, .. } = search;
    let mut restorable: VarMap<Changes> = VarMap::new();
    for (var, changes) in found.iter().filter(|_| !checkpointed) {
        if !others.contains(var) && !storage.is_moved(*var) {
            let read_before = changes.read_before || !changes.partners.is_empty() || is_read_before(function, *var);
            restorable.insert(*var, Changes { read_before, ..changes.clone() });
        }
    }
    loop {
        let alone = |changes: &Changes| changes.partners.iter().any(|partner| !restorable.contains_key(partner));
        let Some(var) = restorable.iter().find_map(|(var, changes)| alone(changes).then_some(*var)) else { break };
        restorable.remove(&var);
    }
    restorable
}

struct Search<'a> {
    function: &'a Function,
    found: VarMap<Changes>,
    /// Changed in another way.
    others: BTreeSet<Var>,
    checkpointed: bool,
}

impl Search<'_> {
    /// `copied`: whether its definition shows that values of its type can be copied.
    fn define(&mut self, var: Var, defined: usize, copied: bool) {
        let info = &self.function.vars[var];
        if info.access != Access::Shared && holds_floats(&info.ty, copied) {
            self.found.insert(var, Changes { defined, ..Changes::default() });
        }
    }

    /// `depth`: how many loops are around the block.
    fn block(&mut self, block: &Block, depth: usize) {
        for stmt in &block.stmts {
            // a condition or an operand may have an effect
            stmt.for_each_expr(&mut |expr| match expr {
                Expr::Call(call) => {
                    let receiver = call.changed_receiver();
                    receiver.iter().for_each(|place| self.change(place, depth));
                    let others = call.args.iter().skip(usize::from(receiver.is_some()));
                    others.for_each(|arg| self.changed_by(arg));
                }
                _ => self.changed_by(expr),
            });
            match stmt {
                Stmt::Assign(place, _) | Stmt::Add(place, _) => self.write(place, depth),
                Stmt::Let(Pattern::Var(var), value) => self.define(*var, depth, self.is_copy(value)),
                Stmt::Let(..) | Stmt::Do(_) => {}
                Stmt::Structural(structural) => self.moved(structural, depth),
                Stmt::For { range, body, .. } => {
                    self.checkpointed |= range.checkpoint.is_some();
                    self.block(body, depth + 1);
                }
                Stmt::While { header, body } => {
                    self.block(header, depth + 1);
                    self.block(body, depth + 1);
                }
                Stmt::If { then, otherwise, .. } => {
                    self.block(then, depth);
                    self.block(otherwise, depth);
                }
                _ => stmt.for_each_write(&mut |var| {
                    self.others.insert(var);
                }),
            }
        }
        block.result.iter().for_each(|result| self.changed_by(result));
    }

    fn write(&mut self, place: &Place, depth: usize) {
        match self.found.get_mut(&place.root) {
            Some(changes) if is_part(place) => changes.writes.push(Part::of(place, depth)),
            _ => {
                self.others.insert(place.root);
            }
        }
    }

    /// A method reads what it is called on, and may change it then.
    fn change(&mut self, receiver: &Place, depth: usize) {
        self.write(receiver, depth);
        if let Some(changes) = self.found.get_mut(&receiver.root) {
            changes.read_before = true;
        }
    }

    /// Elements change places, or other values take their place, as many as there are.
    fn moved(&mut self, structural: &Structural, depth: usize) {
        let overwrites = matches!(structural.op, StructuralOp::Fill | StructuralOp::CopyFrom);
        let roots: Vec<Var> = structural.roots().collect();
        let within_field =
            structural.places.len() == 1 && structural.places.iter().all(|place| place.field().is_some());
        if !structural.places.iter().all(is_part) || !(overwrites || structural.op.is_permutation()) {
            self.others.extend(roots);
            return;
        }
        for root in &roots {
            match self.found.get_mut(root) {
                Some(changes) => {
                    changes.partners.extend(roots.iter().filter(|other| *other != root));
                    changes.moves |= !within_field;
                    let places = structural.places.iter().filter(|place| overwrites && place.root == *root);
                    changes.writes.extend(places.map(|place| Part::of(place, depth + 1)));
                }
                None => {
                    self.others.insert(*root);
                }
            }
        }
    }

    /// Whether an expression is a copy of a value that stays.
    fn is_copy(&self, value: &Expr) -> bool {
        match value {
            Expr::Snapshot(_) | Expr::Repeat { .. } => true,
            Expr::Load(place) => self.function.vars[place.root].access == Access::Shared,
            _ => false,
        }
    }

    fn changed_by(&mut self, expr: &Expr) {
        expr.for_each_change(&mut |var| {
            self.others.insert(var);
        });
    }
}

/// A float, or what holds floats in places that indices and fields reach. What the macro does not know holds them where values can be
/// copied: then no reference in them changes what is somewhere else.
fn holds_floats(ty: &Ty, copied: bool) -> bool {
    match ty {
        Ty::Float(_) | Ty::Matrix(_) => true,
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) => holds_floats(item, copied),
        Ty::Tuple(parts) => !ty.is_inert() && parts.iter().all(|part| part.is_scalar() || holds_floats(part, copied)),
        Ty::Unknown => copied,
        _ => false,
    }
}

/// Whether a place is a variable or what indices and fields reach in it.
fn is_part(place: &Place) -> bool {
    let is_inside =
        |step: &Projection| matches!(step, Projection::Index(_) | Projection::Range(_) | Projection::Field(_));
    place.path.iter().all(is_inside)
}

/// Whether a variable is read before it changes.
fn is_read_before(function: &Function, var: Var) -> bool {
    let info = &function.vars[var];
    let (mut read, mut before) = (false, false);
    // most variables never change
    if info.mutable || info.access == Access::Mutable {
        order(&function.body, var, &mut read, &mut before);
    }
    before
}

/// Goes through a block in the order in which it runs: whether the variable was read, and whether it was assigned after that.
fn order(block: &Block, var: Var, read: &mut bool, before: &mut bool) {
    for stmt in &block.stmts {
        if matches!(stmt, Stmt::For { .. } | Stmt::While { .. }) {
            // what an iteration reads stands before what the next one assigns
            *read |= !stmt.defines_inside(var) && reads(stmt, var);
        }
        for inner in stmt.blocks() {
            let mut there = *read;
            order(inner, var, &mut there, before);
        }
        let changed = match stmt {
            Stmt::Assign(place, _) | Stmt::Add(place, _) => place.root == var,
            Stmt::Structural(structural) => structural.roots().any(|root| root == var),
            _ => false,
        };
        *before |= changed && *read;
        *read |= reads(stmt, var);
    }
}

/// Whether a statement, or one inside of it, reads a variable beyond adding to it.
fn reads(stmt: &Stmt, var: Var) -> bool {
    let mut found = false;
    stmt.for_each_stmt(&mut |stmt| {
        stmt.for_each_expr(&mut |expr| found |= expr.reads(var));
        let results = stmt.blocks().into_iter().filter_map(|block| block.result.as_ref());
        results.for_each(|result: &Expr| found |= result.reads(var));
    });
    found
}
