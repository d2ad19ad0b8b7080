//! Statements.

use super::{Generator, Variable};
use crate::ast::*;

impl Generator<'_> {
    /// An assignment, where something may be assigned to.
    pub fn change(&mut self) -> Option<Stmt> {
        if self.pure {
            return None;
        }
        let fits = |v: &Variable| {
            v.mutable && !matches!(v.ty, Type::Count | Type::Item | Type::Slice | Type::Option | Type::Closure)
        };
        let v = self.variable(fits)?;
        let place = match v.ty {
            Type::Float => Place::Var(v.name),
            Type::ItemMut => Place::Deref(v.name),
            Type::Pair => Place::Part(v.name, self.random.below(2)),
            Type::Struct | Type::StructMut => Place::Field(v.name, self.random.below(2)),
            Type::Structs => Place::ElemField(v.name, self.index(), self.random.below(2)),
            _ => Place::Elem(v.name, self.index()),
        };
        let ops = [Assign::Set, Assign::Set, Assign::Add, Assign::Add, Assign::Sub, Assign::Mul, Assign::Div];
        let op = *self.random.pick(&ops);
        Some(Stmt::Assign(place, op, self.expr(2)))
    }

    pub fn statements(&mut self, most: usize, depth: usize) -> Block {
        let mut block = Block::default();
        for _ in 0..1 + self.random.below(most) {
            if self.size == 0 {
                break;
            }
            self.size -= 1;
            let stmt = self.statement(depth);
            let leaves = matches!(stmt, Some(Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(_)));
            block.stmts.extend(stmt);
            if leaves {
                break;
            }
        }
        block
    }

    /// A block with a scope of its own.
    fn nested(&mut self, depth: usize) -> Block {
        let start = self.scope.len();
        let block = self.statements(4, depth + 1);
        self.scope.truncate(start);
        block
    }

    /// A block with a jump at its end, at times.
    fn jumping(&mut self, depth: usize) -> Block {
        let mut block = self.nested(depth);
        if block.stmts.last().is_some_and(|s| matches!(s, Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(_))) {
            return block;
        }
        if self.random.one_in(4) {
            let label = if self.labels.is_empty() { None } else { Some(self.random.pick(&self.labels).clone()) };
            block.stmts.push(match (self.random.below(4), label) {
                (0, _) => Stmt::Return(self.returned()),
                (1, Some(label)) => Stmt::Continue(Some(label)),
                (2, Some(label)) => Stmt::Break(Some(label)),
                (_, Some(_)) => Stmt::Break(None),
                (_, None) => Stmt::Return(self.returned()),
            });
        }
        block
    }

    fn statement(&mut self, depth: usize) -> Option<Stmt> {
        if self.random.one_in(4) {
            return self.data();
        }
        if depth < 2 && self.random.one_in(10) {
            return self.swept(depth);
        }
        let compound = if depth < 3 { 21 } else { 12 };
        Some(match self.random.below(compound) {
            0 | 1 => {
                let x = self.expr(3);
                let name = self.float_name();
                self.declare(&name, Type::Float);
                Stmt::Let(name, x)
            }
            2 => {
                let x = self.pair();
                let name = self.fresh("p");
                self.declare(&name, Type::Pair);
                Stmt::LetPair(name, x)
            }
            3 => {
                let x = self.pair();
                let names = [self.fresh("t"), self.fresh("t")];
                names.iter().for_each(|name| self.declare(name, Type::Float));
                Stmt::LetParts(names, x)
            }
            4 => {
                let name = self.fresh("zs");
                let stmt = if self.random.one_in(2) {
                    Stmt::LetVec(name.clone(), self.expr(1))
                } else {
                    Stmt::LetArray(name.clone(), (0..LENGTH).map(|_| self.expr(1)).collect())
                };
                self.declare(&name, Type::Array);
                stmt
            }
            5 => match self.variable(|v| v.ty == Type::Count && v.mutable) {
                Some(v) => Stmt::Count(v.name, 1 + self.random.below(2)),
                None => {
                    let x = self.count(LENGTH);
                    let name = self.fresh("k");
                    self.declare(&name, Type::Count);
                    Stmt::LetCount(name, x)
                }
            },
            6 | 7 => {
                let (callee, args) = self.changing_call()?;
                Stmt::Call(callee, args)
            }
            8..=11 => self.change()?,
            12 | 13 => {
                let cond = self.cond();
                let then = self.jumping(depth);
                let otherwise = if self.random.one_in(2) { Some(self.jumping(depth)) } else { None };
                Stmt::If(cond, then, otherwise)
            }
            14 => {
                let on = self.count(3);
                Stmt::Match(on, (0..3).map(|_| self.jumping(depth)).collect())
            }
            15..=17 => self.counted(depth),
            18 => self.each(depth)?,
            19 if self.random.one_in(2) => {
                let array = self.sequence(false)?.name;
                let at = self.count(LENGTH + 2);
                let name = self.fresh("t");
                let start = self.scope.len();
                self.declare(&name, Type::Float);
                let then = self.jumping(depth);
                self.scope.truncate(start);
                Stmt::IfGet(name, array, at, then, self.jumping(depth))
            }
            19 => {
                let (callee, args) = self.call(Type::Option)?;
                let name = self.fresh("t");
                let start = self.scope.len();
                self.declare(&name, Type::Float);
                let then = self.jumping(depth);
                self.scope.truncate(start);
                Stmt::IfSome(name, callee, args, then, self.jumping(depth))
            }
            _ => self.conditional(depth),
        })
    }

    /// Structs, closures, options, and what moves things.
    fn data(&mut self) -> Option<Stmt> {
        Some(match self.random.below(15) {
            12 => {
                let x = self.structure();
                let name = self.fresh("ss");
                self.declare(&name, Type::Structs);
                Stmt::LetStructs(name, x)
            }
            13 => {
                let name = self.structs()?.name;
                let at = self.index();
                Stmt::AssignElem(name, at, self.structure())
            }
            14 => {
                let name = self.structs()?.name;
                match self.random.one_in(3) {
                    true => Stmt::Reverse(name),
                    false => Stmt::Swap(name, self.index(), self.index()),
                }
            }
            0 | 1 => {
                let x = self.structure();
                let name = self.fresh("s");
                self.declare(&name, Type::Struct);
                Stmt::LetStruct(name, x)
            }
            2 => {
                let to = self.variable(|v| v.mutable && matches!(v.ty, Type::Struct | Type::StructMut))?;
                Stmt::AssignStruct(to.name, to.ty == Type::StructMut, self.structure())
            }
            3 => self.closure(),
            4 => {
                let (callee, args) = self.call(Type::Option)?;
                let leave = if self.labels.is_empty() || self.random.one_in(2) {
                    Stmt::Return(self.returned())
                } else {
                    Stmt::Break(None)
                };
                let name = self.fresh("t");
                self.declare(&name, Type::Float);
                Stmt::LetElse(name, callee, args, Block { stmts: vec![leave], result: None })
            }
            5 if self.returns == Type::Option => {
                let (callee, args) = self.call(Type::Option)?;
                let name = self.fresh("t");
                self.declare(&name, Type::Float);
                Stmt::LetTry(name, callee, args)
            }
            5 | 6 => {
                let name = self.sequence(true)?.name;
                Stmt::Swap(name, self.index(), self.index())
            }
            7 => Stmt::Reverse(self.sequence(true)?.name),
            8 => Stmt::Rotate(self.sequence(true)?.name, self.random.below(LENGTH)),
            9 => {
                let name = self.sequence(true)?.name;
                // a `Vec` is lent as a slice before the argument is evaluated
                let value = self.with(&name, true, |it| it.purely(|it| it.expr(2)));
                Stmt::Fill(name, value)
            }
            10 => {
                let [a, b] = self.two_floats()?;
                Stmt::Exchange(a, b)
            }
            _ => {
                let names = self.two_floats()?;
                Stmt::AssignParts(names, self.pair())
            }
        })
    }

    fn structs(&mut self) -> Option<Variable> {
        self.variable(|v| v.ty == Type::Structs)
    }

    fn two_floats(&mut self) -> Option<[String; 2]> {
        let a = self.variable(|v| v.mutable && v.ty == Type::Float)?.name;
        let b = self.variable(|v| v.mutable && v.ty == Type::Float && v.name != a)?.name;
        Some([a, b])
    }

    /// A closure that owns copies of the floats around it.
    fn closure(&mut self) -> Stmt {
        let scope = self.scope.clone();
        self.scope.iter_mut().for_each(|v| v.lent |= v.ty != Type::Float);
        let closed = std::mem::replace(&mut self.closed, true);
        let param = self.fresh("v");
        self.declare(&param, Type::Float);
        let body = self.purely(|it| it.expr(3));
        self.closed = closed;
        self.scope = scope;
        let name = self.fresh("phi");
        self.scope.push(Variable { name: name.clone(), ty: Type::Closure, mutable: false, lent: false, small: false });
        Stmt::LetClosure(name, param, body)
    }

    fn counted(&mut self, depth: usize) -> Stmt {
        let (label, var) = (self.fresh("'l"), self.fresh("i"));
        let zero = Index { terms: Vec::new(), offset: 0, modulus: None };
        let start = if self.random.one_in(3) { self.count(3) } else { zero.clone() };
        let end = match self.variable(|v| v.ty == Type::Count && v.small) {
            Some(v) if self.random.one_in(2) => Index { terms: vec![(v.name, 1)], ..zero },
            _ => Index { offset: 1 + self.random.below(LENGTH), ..zero },
        };
        let reversed = self.random.one_in(4);
        let step = if self.random.one_in(5) { 2 } else { 1 };
        let start_of_scope = self.scope.len();
        let counted = Variable { name: var.clone(), ty: Type::Count, mutable: false, lent: false, small: true };
        self.scope.push(counted);
        self.labels.push(label.clone());
        let body = self.jumping(depth);
        self.labels.pop();
        self.scope.truncate(start_of_scope);
        Stmt::For(For { label, var, start, end, reversed, step, body })
    }

    /// A loop with an inner one that reads a list, of floats or structs, which the outer one changes.
    fn swept(&mut self, depth: usize) -> Option<Stmt> {
        if self.pure {
            return None;
        }
        let list = self.variable(|v| v.mutable && matches!(v.ty, Type::Array | Type::SliceMut | Type::Structs))?;
        let of_structs = list.ty == Type::Structs;
        let list = list.name;
        let float = self.variable(|v| v.mutable && v.ty == Type::Float)?.name;
        let (outer, start) = (self.loop_start(), self.scope.len());
        let scoped = |it: &mut Self, of: &For| {
            let name = of.var.clone();
            it.scope.push(Variable { name, ty: Type::Count, mutable: false, lent: false, small: true });
        };
        scoped(self, &outer);
        let (mut inner, start_of_inner) = (self.loop_start(), self.scope.len());
        scoped(self, &inner);
        let index = Index { terms: vec![(inner.var.clone(), 1)], offset: 0, modulus: None };
        let at = if self.random.one_in(3) { self.index() } else { index };
        let read = self.element(&list, of_structs, at);
        let term = Expr::Binary(Binary::Mul, Box::new(read), Box::new(self.purely(|it| it.expr(2))));
        let change = Expr::Unary(Unary::Sin, Box::new(term));
        inner.body.stmts.push(Stmt::Assign(Place::Var(float.clone()), Assign::Add, change));
        self.scope.truncate(start_of_inner);
        let mut body = Block { stmts: vec![Stmt::For(inner)], result: None };
        if self.random.one_in(3) {
            body.stmts.extend(self.nested(depth + 1).stmts);
        }
        let op = *self.random.pick(&[Assign::Set, Assign::Set, Assign::Add, Assign::Mul]);
        let place = match of_structs {
            true => Place::ElemField(list.clone(), self.index(), self.random.below(2)),
            false => Place::Elem(list.clone(), self.index()),
        };
        let write = Stmt::Assign(place, op, self.expr(2));
        body.stmts.insert(self.random.below(body.stmts.len() + 1), write);
        if self.random.one_in(2) {
            // a factor that stands before the change, of what is read behind it
            let factor = self.fresh("t");
            body.stmts.insert(0, Stmt::Let(factor.clone(), self.purely(|it| it.expr(2))));
            let at = self.index();
            let read = self.element(&list, of_structs, at);
            let term = Expr::Binary(Binary::Mul, Box::new(Expr::Var(factor)), Box::new(read));
            let change = Expr::Unary(Unary::Sin, Box::new(term));
            body.stmts.push(Stmt::Assign(Place::Var(float), Assign::Add, change));
        }
        self.scope.truncate(start);
        Some(Stmt::For(For { body, ..outer }))
    }

    fn element(&mut self, list: &str, of_structs: bool, at: Index) -> Expr {
        match of_structs {
            true => Expr::ElemField(list.into(), at, self.random.below(2)),
            false => Expr::Elem(list.into(), at),
        }
    }

    /// A counted loop over all elements, or a few, that is empty yet.
    fn loop_start(&mut self) -> For {
        let bound = |offset| Index { terms: Vec::new(), offset, modulus: None };
        For {
            label: self.fresh("'l"),
            var: self.fresh("i"),
            start: bound(0),
            end: bound(2 + self.random.below(LENGTH - 1)),
            reversed: self.random.one_in(4),
            step: 1,
            body: Block::default(),
        }
    }

    fn each(&mut self, depth: usize) -> Option<Stmt> {
        let mutable = self.random.one_in(2);
        let array = self.sequence(mutable)?.name;
        let (label, item) = (self.fresh("'l"), self.fresh("v"));
        let index = if self.random.one_in(2) { Some(self.fresh("i")) } else { None };
        let body = self.with(&array, mutable, |it| {
            let start = it.scope.len();
            let ty = if mutable { Type::ItemMut } else { Type::Item };
            it.scope.push(Variable { name: item.clone(), ty, mutable, lent: false, small: false });
            if let Some(index) = &index {
                let name = index.clone();
                it.scope.push(Variable { name, ty: Type::Count, mutable: false, lent: false, small: true });
            }
            it.labels.push(label.clone());
            let body = it.jumping(depth);
            it.labels.pop();
            it.scope.truncate(start);
            body
        });
        Some(Stmt::Each { label, array, item, index, mutable, body })
    }

    fn conditional(&mut self, depth: usize) -> Stmt {
        let (label, counter) = (self.fresh("'l"), self.fresh("c"));
        let limit = 1 + self.random.below(4);
        let is_while = self.random.one_in(2);
        let cond = if is_while && self.random.one_in(2) { Some(self.cond()) } else { None };
        let name = counter.clone();
        self.scope.push(Variable { name, ty: Type::Count, mutable: false, lent: false, small: false });
        self.labels.push(label.clone());
        let body = self.jumping(depth);
        self.labels.pop();
        if is_while {
            Stmt::While { label, counter, limit, cond, body }
        } else {
            Stmt::Loop { label, counter, limit, body }
        }
    }
}
