//! Expressions.

use super::{Generator, Variable};
use crate::ast::*;

impl Generator<'_> {
    pub fn leaf(&mut self) -> Expr {
        let choice = self.random.below(12);
        let floats = |v: &Variable| {
            let two = matches!(v.ty, Type::Pair | Type::Struct | Type::StructMut | Type::Structs);
            two || matches!(v.ty, Type::Float | Type::Item | Type::ItemMut)
        };
        match choice {
            0 => Expr::Const((self.random.unit() * 20.0).round() / 10.0),
            1 => Expr::Cast(self.index()),
            2..=4 => match self.sequence(false) {
                Some(v) => Expr::Elem(v.name, self.index()),
                None => Expr::Const(0.7),
            },
            _ => match self.variable(floats) {
                Some(v) if v.ty == Type::Pair => Expr::Part(v.name, self.random.below(2)),
                Some(v) if matches!(v.ty, Type::Struct | Type::StructMut) => Expr::Field(v.name, self.random.below(2)),
                Some(v) if v.ty == Type::Structs => Expr::ElemField(v.name, self.index(), self.random.below(2)),
                Some(v) if v.ty == Type::Float => Expr::Var(v.name),
                Some(v) => Expr::Deref(v.name),
                None => Expr::Const(1.3),
            },
        }
    }

    pub fn expr(&mut self, depth: usize) -> Expr {
        use Binary::{Add, Div, Max, Min, Mul, Powf, Sub};
        use Unary::{Abs, Cos, Cube, Exp, Ln, Neg, Recip, Sin, Sqrt, Square, Tanh};
        if depth == 0 || self.random.one_in(6) {
            return self.leaf();
        }
        match self.random.below(22) {
            0..=3 => {
                let ops = [Neg, Sin, Sin, Cos, Tanh, Exp, Ln, Sqrt, Recip, Abs, Square, Cube];
                Expr::Unary(*self.random.pick(&ops), Box::new(self.expr(depth - 1)))
            }
            4 => {
                let cond = Box::new(self.cond());
                let then = Box::new(self.value_block(depth));
                Expr::If(cond, then, Box::new(self.value_block(depth)))
            }
            5 | 6 => match self.call(Type::Float) {
                Some((callee, args)) => Expr::Call(callee, args),
                None => self.leaf(),
            },
            7 => match self.sequence(false) {
                Some(v) => {
                    let item = self.fresh("v");
                    self.scope.push(Variable {
                        name: item.clone(),
                        ty: Type::Item,
                        mutable: false,
                        lent: false,
                        small: false,
                    });
                    let body = self.purely(|it| it.expr(depth - 1));
                    self.scope.pop();
                    Expr::Sum(v.name, item, Box::new(body))
                }
                None => self.leaf(),
            },
            8 | 9 if !self.pure => Expr::Block(Box::new(self.changing_block(depth))),
            10 => match self.variable(|v| v.ty == Type::Closure) {
                Some(v) => Expr::Apply(v.name, Box::new(self.expr(depth - 1))),
                None => self.leaf(),
            },
            11 => match self.call(Type::Option) {
                Some((callee, args)) if self.random.one_in(2) => Expr::Or(callee, args, Box::new(self.expr(depth - 1))),
                Some((callee, args)) => {
                    let default = Box::new(self.expr(depth - 1));
                    let item = self.fresh("v");
                    let scope = self.scope.len();
                    self.scope.push(Variable {
                        name: item.clone(),
                        ty: Type::Float,
                        mutable: false,
                        lent: false,
                        small: false,
                    });
                    let body = Box::new(self.purely(|it| it.expr(depth - 1)));
                    self.scope.truncate(scope);
                    Expr::MapOr(callee, args, default, item, body)
                }
                None => self.leaf(),
            },
            12 => match self.sequence(false) {
                Some(v) => {
                    let at = self.count(LENGTH + 2);
                    Expr::Get(v.name, at, Box::new(self.purely(|it| it.expr(depth - 1))))
                }
                None => self.leaf(),
            },
            _ => {
                let ops = [Add, Add, Sub, Mul, Mul, Mul, Div, Max, Min, Powf];
                let op = *self.random.pick(&ops);
                Expr::Binary(op, Box::new(self.expr(depth - 1)), Box::new(self.expr(depth - 1)))
            }
        }
    }

    /// A branch of an `if` that has a value; it may change variables before.
    fn value_block(&mut self, depth: usize) -> Block {
        let start = self.scope.len();
        let mut block = Block::default();
        if self.random.one_in(3) {
            let change = self.change();
            block.stmts.extend(change);
        }
        block.result = Some(Value::Float(self.expr(depth - 1)));
        self.scope.truncate(start);
        block
    }

    /// A block in an operand, which changes something first.
    fn changing_block(&mut self, depth: usize) -> Block {
        let counts = |v: &Variable| v.ty == Type::Count && v.mutable;
        let change = match self.variable(counts) {
            Some(v) if self.random.one_in(3) => Some(Stmt::Count(v.name, 1)),
            _ => self.change(),
        };
        Block { stmts: change.into_iter().collect(), result: Some(Value::Float(self.expr(depth - 1))) }
    }

    pub fn cond(&mut self) -> Cond {
        match self.random.below(8) {
            0 => Cond::And(Box::new(self.cond()), Box::new(self.cond())),
            1 => Cond::Or(Box::new(self.cond()), Box::new(self.cond())),
            2 => Cond::Not(Box::new(self.cond())),
            3 | 4 => {
                let modulus = 2 + self.random.below(2);
                Cond::Equal(self.count(modulus), self.random.below(modulus))
            }
            5 => Cond::Less(self.expr(2), self.expr(2)),
            _ => self.purely(|it| Cond::Less(it.expr(1), it.expr(1))),
        }
    }
}
