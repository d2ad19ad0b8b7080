//! Early exits: `return`, `break`, `continue`.
//!
//! The IR has no jumps. An exit sets a flag of its target, `returned`, `stopped` or `skipped`, and what follows in the
//! blocks around it runs only while no such flag is set ([`sequence`](super::sequence)); a loop leaves early by
//! [`Stmt::BreakIf`] at the end of its body. So the reverse sweep retraces branches and counted iterations, and nothing
//! else. A flag that nobody asks about disappears with the dead code.

use super::{Lowerer, Value};
use crate::ir::{Access, Expr, FloatTy, Pattern, Place, Projection, Role, Stmt, Ty, Var, VarInfo};
use crate::refusal::Refusal;
use crate::walk::{Read, Reading};
use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::visit::Visit;

/// What an early exit can lead out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The function: `return`.
    Function,
    /// A loop: `break`, `continue`.
    Loop,
    /// A labelled block: `break 'label`.
    Block,
}

/// Something that an early exit can lead out of, from its start to its end.
#[derive(Clone)]
pub struct Target {
    kind: Kind,
    label: Option<String>,
    /// Set when the target is left for good.
    exit: Option<Var>,
    /// Set when the iteration of a loop is left.
    skip: Option<Var>,
    slot: Option<Slot>,
    /// The type of its value, as written.
    declared: Option<syn::Type>,
}

/// Where the value of an early exit is kept.
#[derive(Clone, Debug)]
pub struct Slot {
    var: Var,
    /// What the variable holds before.
    start: Expr,
    /// Whether the variable is an `Option`, because no value of its type is known beforehand.
    optional: bool,
}

/// What a target leaves behind: statements before it, and how its value is read after it.
pub struct Left {
    /// The declarations of flags and of the slot.
    pub before: Vec<Stmt>,
    /// The flag of an iteration, declared at the start of the body.
    pub skip: Option<Stmt>,
    /// The value that an exit carried.
    pub value: Option<Value>,
    /// The flag of the exit, if there was one.
    pub exit: Option<Var>,
}

impl Lowerer<'_> {
    /// Enters what an early exit can lead out of.
    pub fn enter_target(&mut self, kind: Kind, label: Option<&syn::Label>, declared: Option<&syn::Type>) {
        let label = label.map(|label| label.name.ident.to_string());
        self.targets.push(Target { kind, label, exit: None, skip: None, slot: None, declared: declared.cloned() });
    }

    /// Leaves it again.
    pub fn leave_target(&mut self) -> Left {
        let Some(target) = self.targets.pop() else {
            return Left { before: Vec::new(), skip: None, value: None, exit: None };
        };
        for flag in [target.exit, target.skip].into_iter().flatten() {
            self.pending.remove(&flag);
        }
        let unset = |flag: Var| Stmt::Let(Pattern::Var(flag), super::constant("false"));
        let slot = target.slot.clone().map(|slot| Stmt::Let(Pattern::Var(slot.var), slot.start));
        Left {
            before: target.exit.map(unset).into_iter().chain(slot).collect(),
            skip: target.skip.map(unset),
            value: target.slot.map(|slot| self.slot_value(&slot)),
            exit: target.exit,
        }
    }

    fn slot_value(&self, slot: &Slot) -> Value {
        let place = Place::of(slot.var);
        if !slot.optional {
            let ty = self.vars[slot.var].ty.clone();
            return Value::new(Expr::copy_of(place, &ty), ty);
        }
        Value::new(Expr::Snapshot(place.project(Projection::payload("Some", "0"))), Ty::Unknown)
    }

    /// The value that a `return` in a loop has left; `None` if the function returns nothing.
    pub fn returned_value(&self) -> Option<Value> {
        let slot = self.targets.iter().rfind(|target| target.kind == Kind::Function)?.slot.clone()?;
        Some(self.slot_value(&slot))
    }

    /// `return`, `break` and `continue` where something follows that they skip.
    pub fn jump(&mut self, expr: &syn::Expr) {
        let (kind, label, value, word) = match expr {
            syn::Expr::Return(node) => (Kind::Function, None, node.expr.as_deref(), "return"),
            syn::Expr::Break(node) => (Kind::Loop, node.label.as_ref(), node.expr.as_deref(), "break"),
            syn::Expr::Continue(node) => (Kind::Loop, node.label.as_ref(), None, "continue"),
            _ => return,
        };
        let label = label.map(|label| label.ident.to_string());
        let found = self.targets.iter().rposition(|target| match &label {
            Some(_) => target.label == label,
            None => target.kind == kind,
        });
        // rustc says what is wrong with a jump to nowhere
        let Some(target) = found else { return self.diagnostics.refuse(expr.span(), &Refusal::Jump(word)) };
        if let Some(value) = value {
            self.leave_value(target, value);
        }
        let flag = if word == "continue" { self.skip_flag(target) } else { self.exit_flag(target) };
        self.out.push(Stmt::Assign(Place::of(flag), super::constant("true")));
        self.pending.insert(flag);
    }

    fn leave_value(&mut self, target: usize, value: &syn::Expr) {
        let wanted = match self.targets[target].kind {
            Kind::Function => self.returns.clone(),
            _ => self.targets[target].declared.clone(),
        };
        let value = self.lower_annotated(value, wanted.as_ref());
        if self.targets[target].kind == Kind::Function && self.returns.is_none() {
            return self.out.push(Stmt::Do(value.expr));
        }
        let slot = match &self.targets[target].slot {
            Some(slot) => slot.clone(),
            None => self.slot_for(target, &value.ty),
        };
        let ty = self.vars[slot.var].ty.join(&value.ty);
        // the way on may need it still
        let value = match value.expr {
            Expr::Var(var) if !value.ty.is_scalar() => Value::new(Expr::Snapshot(Place::of(var)), value.ty),
            _ => value,
        };
        let moved = self.result(value, &ty);
        let moved = if slot.optional {
            let some = self.some(moved);
            self.moved(Value::new(some, Ty::Unknown))
        } else {
            moved
        };
        self.out.push(Stmt::Assign(Place::of(slot.var), moved));
    }

    /// Declares the slot of a target at its first exit with a value.
    fn slot_for(&mut self, target: usize, ty: &Ty) -> Slot {
        let declared = self.targets[target].declared.clone();
        let known = declared.as_ref().map_or_else(|| ty.clone(), |declared| self.generics.ty(declared));
        let start = match &declared {
            Some(declared) => self.placeholder_of(declared),
            None => placeholder(&known),
        };
        let optional = start.is_none();
        let name = if self.targets[target].kind == Kind::Function { "returned_value" } else { "value" };
        let var = self.vars.add(VarInfo {
            name: name.to_owned(),
            span: Span::call_site(),
            ty: if optional { Ty::Option(Box::new(known)) } else { known },
            role: Role::Primal,
            access: Access::Owned,
            mutable: true,
            annotation: if optional { None } else { declared.map(Box::new) },
        });
        let slot = Slot { var, start: start.unwrap_or_else(|| super::constant("None")), optional };
        self.targets[target].slot = Some(slot.clone());
        slot
    }

    fn exit_flag(&mut self, target: usize) -> Var {
        let name = if self.targets[target].kind == Kind::Function { "returned" } else { "stopped" };
        match self.targets[target].exit {
            Some(flag) => flag,
            None => *self.targets[target].exit.insert(flag(&mut self.vars, name)),
        }
    }

    fn skip_flag(&mut self, target: usize) -> Var {
        match self.targets[target].skip {
            Some(flag) => flag,
            None => *self.targets[target].skip.insert(flag(&mut self.vars, "skipped")),
        }
    }

    /// Whether one of these flags is set, or whether none is.
    pub fn flags(&self, flags: impl IntoIterator<Item = Var>, any: bool) -> Expr {
        let reads: Vec<Var> = flags.into_iter().collect();
        let text = |var: &Var| super::marker(*var, Span::call_site()).to_string();
        let tests: Vec<String> =
            reads.iter().map(|var| if any { text(var) } else { format!("!{}", text(var)) }).collect();
        let source = tests.join(if any { " || " } else { " && " });
        Expr::Opaque(self.tokens_of(&reads, source.parse::<TokenStream>().unwrap_or_default()))
    }

    /// Some value of a type, from its tokens; `None` where none can be written down.
    pub fn placeholder_of(&self, ty: &syn::Type) -> Option<Expr> {
        match ty {
            syn::Type::Paren(paren) => self.placeholder_of(&paren.elem),
            syn::Type::Group(group) => self.placeholder_of(&group.elem),
            syn::Type::Tuple(tuple) => {
                tuple.elems.iter().map(|part| self.placeholder_of(part)).collect::<Option<_>>().map(Expr::Tuple)
            }
            syn::Type::Array(array) => {
                let item = Box::new(self.placeholder_of(&array.elem)?);
                let len = Box::new(Expr::Opaque(self.opaque(&array.len, None)));
                item.as_float()?;
                Some(Expr::Repeat { item, len, heap: false })
            }
            ty => placeholder(&self.generics.ty(ty)),
        }
    }
}

/// Some value of a type; `None` where none can be written down.
pub fn placeholder(ty: &Ty) -> Option<Expr> {
    match ty {
        Ty::Float(FloatTy::F64 | FloatTy::F32 | FloatTy::Param(_) | FloatTy::Inferred) => Some(Expr::float(0.0)),
        Ty::Int => Some(Expr::integer(0)),
        Ty::Bool => Some(super::constant("false")),
        Ty::Tuple(parts) => parts.iter().map(placeholder).collect::<Option<_>>().map(Expr::Tuple),
        Ty::Option(_) => Some(super::constant("None")),
        _ => None,
    }
}

fn flag(vars: &mut crate::ir::Vars, name: &str) -> Var {
    let flag = vars.temporary(name, Ty::Bool, Span::call_site());
    vars[flag].mutable = true;
    flag
}

/// Whether an expression may leave the block in which it stands.
pub fn jumps(expr: &syn::Expr) -> bool {
    let mut jumps = Jumps::default();
    Reading(&mut jumps).visit_expr(expr);
    jumps.found
}

/// Whether what a choice decides by may leave the block.
pub fn head_jumps(choice: &syn::Expr) -> bool {
    match choice {
        syn::Expr::If(node) => jumps(&node.cond),
        syn::Expr::Match(node) => jumps(&node.expr),
        _ => false,
    }
}

/// Whether a statement may leave the block in which it stands.
pub fn stmt_jumps(stmt: &syn::Stmt) -> bool {
    let mut jumps = Jumps::default();
    Reading(&mut jumps).visit_stmt(stmt);
    jumps.found
}

#[derive(Default)]
struct Jumps {
    found: bool,
    loops: usize,
    labels: Vec<String>,
}

impl Jumps {
    fn target(&mut self, label: Option<&syn::Lifetime>) {
        self.found |= match label {
            Some(label) => !self.labels.contains(&label.ident.to_string()),
            None => self.loops == 0,
        };
    }

    fn inside<'ast>(&mut self, label: Option<&syn::Label>, is_loop: bool, visit: impl FnOnce(Reading<'_, 'ast>)) {
        let depth = self.labels.len();
        self.labels.extend(label.map(|label| label.name.ident.to_string()));
        self.loops += usize::from(is_loop);
        visit(Reading(self));
        self.loops -= usize::from(is_loop);
        self.labels.truncate(depth);
    }
}

impl<'ast> Read<'ast> for Jumps {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        match expr {
            syn::Expr::Return(_) | syn::Expr::Try(_) => self.found = true,
            syn::Expr::Break(node) => {
                self.target(node.label.as_ref());
                node.expr.iter().for_each(|value| Reading(self).visit_expr(value));
            }
            syn::Expr::Continue(node) => self.target(node.label.as_ref()),
            syn::Expr::ForLoop(node) => {
                Reading(self).visit_expr(&node.expr);
                self.inside(node.label.as_ref(), true, |mut inside| inside.visit_block(&node.body));
            }
            syn::Expr::While(node) => self.inside(node.label.as_ref(), true, |mut inside| {
                inside.visit_expr(&node.cond);
                inside.visit_block(&node.body);
            }),
            syn::Expr::Loop(node) => {
                self.inside(node.label.as_ref(), true, |mut inside| inside.visit_block(&node.body));
            }
            syn::Expr::Block(node) => {
                self.inside(node.label.as_ref(), false, |mut inside| inside.visit_block(&node.block));
            }
            syn::Expr::Closure(_) | syn::Expr::Async(_) => {}
            _ => return true,
        }
        false
    }

    fn item(&mut self, _: &'ast syn::Item) -> bool {
        false
    }
}

/// Whether an expression never ends in the ordinary way, as far as its form tells.
pub fn diverges(expr: &syn::Expr) -> bool {
    match super::strip(expr) {
        syn::Expr::Return(_) | syn::Expr::Break(_) | syn::Expr::Continue(_) => true,
        syn::Expr::Macro(mac) => is_panic(&mac.mac),
        syn::Expr::Block(block) => block.label.is_none() && block_diverges(&block.block),
        syn::Expr::If(branch) => {
            let otherwise = branch.else_branch.as_ref();
            block_diverges(&branch.then_branch) && otherwise.is_some_and(|(_, otherwise)| diverges(otherwise))
        }
        syn::Expr::Match(node) => !node.arms.is_empty() && node.arms.iter().all(|arm| diverges(&arm.body)),
        _ => false,
    }
}

/// Whether a block never ends in the ordinary way.
pub fn block_diverges(block: &syn::Block) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        syn::Stmt::Expr(expr, _) => diverges(expr),
        syn::Stmt::Macro(mac) => is_panic(&mac.mac),
        _ => false,
    })
}

fn is_panic(mac: &syn::Macro) -> bool {
    ["panic", "unreachable", "todo", "unimplemented"].iter().any(|name| mac.path.is_ident(name))
}
