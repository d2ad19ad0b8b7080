//! Unary and binary operators.

use super::scope::Binding;
use super::{Lowerer, Value, strip};
use crate::ir::{Expr, FloatTy, MatrixOp, Place, Ty};
use crate::refusal::Refusal;
use crate::rules::{Prim, matrix};

impl Lowerer<'_> {
    /// `-x`, `!b`, `*r`
    pub fn unary(&mut self, expr: &syn::Expr, unary: &syn::ExprUnary) -> Value {
        match unary.op {
            syn::UnOp::Deref(_) => match self.lower_place(expr) {
                Some((place, ty)) => match self.load(place, ty) {
                    // by value, unless it is an operand
                    Value { expr: Expr::Borrow(place, _), ty } => Value::new(Expr::Snapshot(place), ty),
                    value => value,
                },
                None => match super::strip(&unary.expr) {
                    syn::Expr::MethodCall(call) => self.option_method(call),
                    _ => None,
                }
                .unwrap_or_else(|| self.copied(expr, Ty::Unknown, Refusal::Construct("this dereference"))),
            },
            syn::UnOp::Neg(_) if !self.is_inert_source(&unary.expr) => {
                let value = self.lower_expr(&unary.expr);
                match value.ty.clone() {
                    Ty::Float(_) => {
                        let ty = value.ty.clone();
                        let operand = self.atom(value);
                        Value::new(operand.negate(), ty)
                    }
                    ty if ty.is_inert() => Value::new(Expr::Opaque(self.opaque(expr, None)), ty),
                    ty => {
                        let value = if ty == Ty::Unknown { self.read_by_value(value, &unary.expr) } else { value };
                        let operand = self.factor(value);
                        Value::new(Expr::Matrix(MatrixOp::Operator("neg"), vec![operand]), ty)
                    }
                }
            }
            _ => {
                if let Some(value) = self.changing_condition(expr) {
                    return value;
                }
                let ty = if matches!(unary.op, syn::UnOp::Neg(_)) { Ty::Int } else { Ty::Bool };
                let opaque = match strip(&unary.expr) {
                    syn::Expr::Path(_) | syn::Expr::Field(_) | syn::Expr::Index(_) | syn::Expr::Unary(_) => {
                        self.integer_result(expr, &[&unary.expr])
                    }
                    _ => self.opaque(expr, None),
                };
                Value::new(Expr::Opaque(opaque), ty)
            }
        }
    }

    /// `a op b`, where `op` is no assignment (those are statements).
    pub fn binary(&mut self, expr: &syn::Expr, binary: &syn::ExprBinary) -> Value {
        let Some(name) = operator_name(&binary.op) else {
            if let Some(value) = self.changing_condition(expr) {
                return value;
            }
            let ty = if is_bitwise(&binary.op) { Ty::Int } else { Ty::Bool };
            if let Some(word) = self.jump_in(expr) {
                use syn::spanned::Spanned;
                self.diagnostics.refuse(expr.span(), &Refusal::Jump(word));
            }
            let opaque = match ty {
                Ty::Int => self.integer_result(expr, &[&binary.left, &binary.right]),
                _ => self.opaque(expr, None),
            };
            return Value::new(Expr::Opaque(opaque), ty);
        };
        if self.is_inert_source(&binary.left) && self.is_inert_source(&binary.right) {
            return Value::new(Expr::Opaque(self.opaque(expr, None)), Ty::Int);
        }
        if self.is_integer_source(&binary.left) || self.is_integer_source(&binary.right) {
            let opaque = self.integer_result(expr, &[&binary.left, &binary.right]);
            let opaque = crate::ir::Opaque { flows: opaque.drops.clone(), ..opaque };
            return Value::new(Expr::Opaque(opaque), Ty::Int);
        }
        if let Some((span, ty)) =
            [&*binary.left, &*binary.right].into_iter().find_map(|side| self.generic_operand(side))
        {
            self.diagnostics.refuse(span, &Refusal::NoFloat(ty));
            self.generic.clear();
        }
        let left = self.lower_expr(&binary.left);
        let left = self.before(left, &binary.left, [&*binary.right]);
        let right = self.lower_expr(&binary.right);
        let (left, right) = self.factors(name, (left, &binary.left), (right, &binary.right));
        self.operation(name, left, right)
    }

    /// A parameter of a generic type that may be no float, and the name of the parameter.
    fn generic_operand(&self, operand: &syn::Expr) -> Option<(proc_macro2::Span, String)> {
        use syn::spanned::Spanned;
        let operand = match strip(operand) {
            syn::Expr::Unary(unary) => strip(&unary.expr),
            syn::Expr::Reference(reference) => strip(&reference.expr),
            other => other,
        };
        match self.scopes.find_named(operand)? {
            Binding::Var(var) if self.generic.contains(var) => Some((operand.span(), self.vars[*var].name.clone())),
            _ => None,
        }
    }

    /// An operator that gives an integer or a truth value. Where a side may be of a type of the user's, which has the operator too, rustc
    /// is told so.
    fn integer_result(&mut self, expr: &syn::Expr, sides: &[&syn::Expr]) -> crate::ir::Opaque {
        let mut opaque = self.opaque(expr, None);
        let unsure = sides.iter().any(|side| {
            !self.is_integer_source(side) && !self.is_inert_source(side) && self.source_type(side) == Ty::Unknown
        });
        if unsure && opaque.flows.iter().any(|var| !self.constant.contains(var)) {
            opaque.tokens = crate::ir::Tokens(crate::emit::integer_of(&opaque.tokens.0));
        }
        opaque
    }

    /// A scalar times a matrix is a product of a value, not of a reference to one, and so is all arithmetic of a generic float. Where
    /// the type is not visible, an operand that the source reads by value is one here.
    pub fn factors(
        &mut self,
        name: &str,
        (left, left_source): (Value, &syn::Expr),
        (right, right_source): (Value, &syn::Expr),
    ) -> (Value, Value) {
        let scales = matches!(name, "mul" | "div");
        let by_reference = |source| matches!(strip(source), syn::Expr::Reference(_)) || self.names_reference(source);
        // a sum with a reference in it is one of matrices, which nobody has to copy
        let copied = !self.generics.floats.is_empty() || !(by_reference(left_source) || by_reference(right_source));
        let beside = |other: &Ty| match other {
            Ty::Unknown => scales || copied,
            Ty::Matrix(_) => name == "mul",
            Ty::Float(FloatTy::Param(_)) => true,
            Ty::Float(_) => scales,
            _ => false,
        };
        // what copied source gave may be a reference
        let lent = |operand: &Value| match &operand.expr {
            Expr::Var(var) => self.constant.contains(var),
            Expr::Borrow(place, _) | Expr::Load(place) => place.is_whole() && self.constant.contains(&place.root),
            _ => false,
        };
        let [by_left, by_right] = [(&left, &right), (&right, &left)].map(|(operand, other)| {
            operand.ty == Ty::Unknown && (beside(&other.ty) || (other.ty.is_float() && lent(operand)))
        });
        let left = if by_left { self.read_by_value(left, left_source) } else { left };
        let right = if by_right { self.read_by_value(right, right_source) } else { right };
        (left, right)
    }

    /// An operand that the source reads by value; a reference stays one.
    pub fn read_by_value(&mut self, value: Value, source: &syn::Expr) -> Value {
        if matches!(strip(source), syn::Expr::Reference(_)) || self.names_reference(source) {
            return value;
        }
        let ty = value.ty.clone();
        let place = match value.expr {
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => place,
            Expr::Var(var) => Place::of(var),
            _ => Place::of(self.bind_temporary(value)),
        };
        let view = place.ends_in_view();
        Value::new(if view { Expr::Borrow(place, false) } else { Expr::Snapshot(place) }, ty)
    }

    /// An operand of an operator of matrices, which may be read by value.
    fn factor(&mut self, value: Value) -> Expr {
        match value.expr {
            Expr::Snapshot(place) if value.ty == Ty::Unknown => Expr::Snapshot(place),
            _ => self.operand(value),
        }
    }

    /// What a method of any type is given: a value, unless the source says that it is a reference.
    pub fn argument_by_value(&mut self, value: Value, source: &syn::Expr) -> Expr {
        if value.ty != Ty::Unknown || matches!(strip(source), syn::Expr::Reference(_)) || self.names_reference(source) {
            return self.operand(value);
        }
        let value = self.read_by_value(value, source);
        self.factor(value)
    }

    /// `a op b` on lowered operands.
    pub fn operation(&mut self, name: &'static str, left: Value, right: Value) -> Value {
        if let Some(ty) = self.scalar_operation(name, &left, &right) {
            let args = vec![self.scalar(left), self.scalar(right)];
            return Value::new(Expr::Prim(scalar_prim(name), args), ty);
        }
        let ty = matrix::operator_type(name, &left.ty, &right.ty);
        // what divides a matrix is a scalar
        let divides = name == "div" && matches!(left.ty, Ty::Matrix(_)) && right.ty == Ty::Unknown;
        let left = self.factor(left);
        let right = if divides { self.scalar(right) } else { self.factor(right) };
        Value::new(Expr::Matrix(MatrixOp::Operator(name), vec![left, right]), ty)
    }

    /// The float type of `a op b`, if both operands must be scalars.
    fn scalar_operation(&self, name: &str, left: &Value, right: &Value) -> Option<Ty> {
        let constant = |value: &Value| matches!(&value.expr, Expr::Opaque(opaque) if opaque.reads.is_empty());
        match (&left.ty, &right.ty) {
            (Ty::Float(a), Ty::Float(FloatTy::Inferred)) => Some(Ty::Float(a.clone())),
            (Ty::Float(FloatTy::Inferred), Ty::Float(b)) => Some(Ty::Float(b.clone())),
            (Ty::Float(a), Ty::Float(_)) => Some(Ty::Float(a.clone())),
            // a constant beside a float is a float; a scalar adds to and divides by scalars only
            (Ty::Float(a), Ty::Unknown) if constant(right) || name != "mul" => Some(Ty::Float(a.clone())),
            (Ty::Unknown, Ty::Float(b)) if constant(left) || matches!(name, "add" | "sub" | "rem") => {
                Some(Ty::Float(b.clone()))
            }
            (Ty::Unknown, Ty::Unknown) if name == "rem" => Some(Ty::Float(FloatTy::Inferred)),
            _ => None,
        }
    }

    /// A value that is known to be a scalar by its use.
    pub fn scalar(&mut self, value: Value) -> Expr {
        match (value.expr, value.ty) {
            (Expr::Var(var), Ty::Unknown) => {
                self.vars[var].ty = Ty::Float(FloatTy::Inferred);
                self.atom(Value::new(Expr::Var(var), Ty::Float(FloatTy::Inferred)))
            }
            (Expr::Borrow(place, _), _) => self.atom(Value::new(Expr::Load(place), Ty::Float(FloatTy::Inferred))),
            (expr, Ty::Unknown) => self.atom(Value::new(expr, Ty::Float(FloatTy::Inferred))),
            (expr, ty) => self.atom(Value::new(expr, ty)),
        }
    }
}

/// The name of an arithmetic operator, or of the operator in a compound assignment.
pub fn operator_name(op: &syn::BinOp) -> Option<&'static str> {
    use syn::BinOp::*;
    Some(match op {
        Add(_) | AddAssign(_) => "add",
        Sub(_) | SubAssign(_) => "sub",
        Mul(_) | MulAssign(_) => "mul",
        Div(_) | DivAssign(_) => "div",
        Rem(_) | RemAssign(_) => "rem",
        _ => return None,
    })
}

fn scalar_prim(name: &str) -> Prim {
    match name {
        "add" => Prim::Add,
        "sub" => Prim::Sub,
        "mul" => Prim::Mul,
        "div" => Prim::Div,
        _ => Prim::Rem,
    }
}

fn is_bitwise(op: &syn::BinOp) -> bool {
    use syn::BinOp::{BitAnd, BitOr, BitXor, Shl, Shr};
    matches!(op, BitAnd(_) | BitOr(_) | BitXor(_) | Shl(_) | Shr(_))
}

/// Whether an operator compares or combines truth values.
pub fn is_logical(op: &syn::BinOp) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(op, And(_) | Eq(_) | Ge(_) | Gt(_) | Le(_) | Lt(_) | Ne(_) | Or(_))
}
