//! A program from a seed.
//!
//! Programs are valid by construction: variables exist, what is lent mutably is not used beside, loops end.

use crate::ast::*;
use crate::random::Random;

/// The program of a seed.
pub fn generate(seed: u64) -> Program {
    let mut random = Random::new(seed);
    let mut functions: Vec<Function> = Vec::new();
    for _ in 0..random.below(3) {
        let mut params = vec![("a".to_string(), Type::Float)];
        if random.one_in(2) {
            params.push(("b".into(), Type::Float));
        }
        match random.below(4) {
            0 => params.push(("us".into(), Type::Slice)),
            1 => params.insert(0, ("us".into(), Type::SliceMut)),
            2 => params.extend([("us".into(), Type::Slice), ("ws".into(), Type::SliceMut)]),
            _ => {}
        }
        if random.one_in(3) {
            params.push(("m".into(), Type::Count));
        }
        let mutates = params.iter().any(|(_, ty)| *ty == Type::SliceMut);
        let returns = match random.below(5) {
            0 => Type::Pair,
            1 | 2 if mutates => Type::Unit,
            _ => Type::Float,
        };
        let function = Generator::function(&mut random, &functions, params, returns, 12);
        functions.push(function);
    }
    let last = if random.one_in(2) { Type::Slice } else { Type::SliceMut };
    let params = [("x", Type::Float), ("y", Type::Float), ("xs", Type::Slice), ("ys", last), ("n", Type::Count)];
    let params = params.map(|(name, ty)| (name.to_string(), ty)).to_vec();
    let returns = if random.one_in(3) { Type::Pair } else { Type::Float };
    let size = 8 + random.below(28);
    let function = Generator::function(&mut random, &functions, params, returns, size);
    functions.push(function);
    Program { functions }
}

/// What is known of a variable.
#[derive(Clone)]
struct Variable {
    name: String,
    ty: Type,
    /// May be assigned to.
    mutable: bool,
    /// May not be mentioned: it is lent mutably.
    lent: bool,
    /// May be used as an index without a modulus.
    small: bool,
}

struct Generator<'g> {
    random: &'g mut Random,
    functions: &'g [Function],
    returns: Type,
    scope: Vec<Variable>,
    labels: Vec<String>,
    /// Statements that may still be written.
    size: usize,
    /// Within a closure or an argument beside a mutable borrow: nothing is changed.
    pure: bool,
    names: usize,
}

impl<'g> Generator<'g> {
    fn function(
        random: &'g mut Random,
        functions: &'g [Function],
        params: Vec<(String, Type)>,
        returns: Type,
        size: usize,
    ) -> Function {
        let scope = params.iter().map(|(name, ty)| Variable {
            name: name.clone(),
            ty: *ty,
            mutable: matches!(ty, Type::Float | Type::SliceMut),
            lent: false,
            small: *ty == Type::Count,
        });
        let scope = scope.collect();
        let labels = Vec::new();
        let mut it = Self { random, functions, returns, scope, labels, size, pure: false, names: 0 };
        let mut body = it.statements(4 + size / 4, 0);
        body.result = it.returned();
        Function { params, returns, body }
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// A name for a float: mostly a new one, at times one that it shadows.
    fn float_name(&mut self) -> String {
        match self.variable(|v| v.ty == Type::Float) {
            Some(v) if self.random.one_in(6) => v.name,
            _ => self.fresh("t"),
        }
    }

    /// A variable that a name still means.
    fn variable(&mut self, suits: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let scope = &self.scope;
        let visible = |at: usize| !scope[at + 1..].iter().any(|later| later.name == scope[at].name);
        let found: Vec<usize> =
            (0..scope.len()).filter(|at| visible(*at) && !scope[*at].lent && suits(&scope[*at])).collect();
        if found.is_empty() {
            return None;
        }
        let at = *self.random.pick(&found);
        Some(self.scope[at].clone())
    }

    fn sequence(&mut self, mutable: bool) -> Option<Variable> {
        let is = |ty| matches!(ty, Type::Array | Type::Slice | Type::SliceMut);
        self.variable(|v| is(v.ty) && (!mutable || v.mutable))
    }

    fn declare(&mut self, name: &str, ty: Type) {
        self.scope.push(Variable { name: name.into(), ty, mutable: true, lent: false, small: false });
    }

    /// Sets whether a name is lent or fixed while something is generated.
    fn with<T>(&mut self, name: &str, lent: bool, f: impl FnOnce(&mut Self) -> T) -> T {
        let at = self.scope.iter().rposition(|v| v.name == name);
        let before = at.map(|at| self.scope[at].clone());
        if let Some(at) = at {
            self.scope[at].lent |= lent;
            self.scope[at].mutable = false;
        }
        let value = f(self);
        if let (Some(at), Some(before)) = (at, before) {
            self.scope[at] = before;
        }
        value
    }

    fn purely<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.pure, true);
        let value = f(self);
        self.pure = before;
        value
    }

    fn returned(&mut self) -> Option<Value> {
        match self.returns {
            Type::Unit => None,
            Type::Pair => Some(Value::Pair(self.pair())),
            _ => Some(Value::Float(self.expr(3))),
        }
    }

    fn pair(&mut self) -> Pair {
        match self.call(|f| f.returns == Type::Pair) {
            Some((callee, args)) if !self.random.one_in(3) => Pair::Call(callee, args),
            _ => Pair::Tuple(self.expr(2), self.expr(2)),
        }
    }

    fn index(&mut self) -> Index {
        let bare = self.variable(|v| v.ty == Type::Count && v.small);
        if let Some(v) = bare
            && self.random.one_in(2)
        {
            return Index { terms: vec![(v.name, 1)], offset: 0, modulus: None };
        }
        if self.random.one_in(4) {
            return Index { terms: Vec::new(), offset: self.random.below(LENGTH), modulus: None };
        }
        self.count(LENGTH)
    }

    /// Anything below a bound.
    fn count(&mut self, modulus: usize) -> Index {
        let mut terms = Vec::new();
        for _ in 0..1 + self.random.below(2) {
            if let Some(v) = self.variable(|v| v.ty == Type::Count) {
                terms.push((v.name, 1 + self.random.below(2)));
            }
        }
        Index { terms, offset: self.random.below(3), modulus: Some(modulus) }
    }

    /// A call of a function with the right result, if the scope has the arguments.
    fn call(&mut self, suits: impl Fn(&Function) -> bool) -> Option<(usize, Vec<Arg>)> {
        let found: Vec<usize> = (0..self.functions.len()).filter(|at| suits(&self.functions[*at])).collect();
        if found.is_empty() {
            return None;
        }
        let callee = *self.random.pick(&found);
        let params = self.functions[callee].params.clone();
        let mut lent = None;
        if params.iter().any(|(_, ty)| *ty == Type::SliceMut) {
            if self.pure {
                return None;
            }
            lent = Some(self.sequence(true)?.name);
        }
        let hidden = lent.clone().unwrap_or_default();
        let args = self.with(&hidden, true, |it| {
            it.purely(|it| {
                let mut args = Vec::new();
                for (_, ty) in &params {
                    args.push(match ty {
                        Type::Slice => Arg::Slice(it.sequence(false)?.name),
                        Type::SliceMut => Arg::SliceMut(hidden.clone()),
                        Type::Count => Arg::Count(it.index()),
                        _ => Arg::Float(it.expr(1)),
                    });
                }
                Some(args)
            })
        })?;
        Some((callee, args))
    }

    fn leaf(&mut self) -> Expr {
        let choice = self.random.below(12);
        let floats = |v: &Variable| matches!(v.ty, Type::Float | Type::Item | Type::ItemMut | Type::Pair);
        match choice {
            0 => Expr::Const((self.random.unit() * 20.0).round() / 10.0),
            1 => Expr::Cast(self.index()),
            2..=4 => match self.sequence(false) {
                Some(v) => Expr::Elem(v.name, self.index()),
                None => Expr::Const(0.7),
            },
            _ => match self.variable(floats) {
                Some(v) if v.ty == Type::Pair => Expr::Part(v.name, self.random.below(2)),
                Some(v) if v.ty == Type::Float => Expr::Var(v.name),
                Some(v) => Expr::Deref(v.name),
                None => Expr::Const(1.3),
            },
        }
    }

    fn expr(&mut self, depth: usize) -> Expr {
        use Binary::{Add, Div, Max, Min, Mul, Powf, Sub};
        use Unary::{Abs, Cos, Cube, Exp, Ln, Neg, Recip, Sin, Sqrt, Square, Tanh};
        if depth == 0 || self.random.one_in(6) {
            return self.leaf();
        }
        match self.random.below(16) {
            0..=3 => {
                let ops = [Neg, Sin, Sin, Cos, Tanh, Exp, Ln, Sqrt, Recip, Abs, Square, Cube];
                Expr::Unary(*self.random.pick(&ops), Box::new(self.expr(depth - 1)))
            }
            4 => {
                let cond = Box::new(self.cond());
                let then = Box::new(self.value_block(depth));
                Expr::If(cond, then, Box::new(self.value_block(depth)))
            }
            5 | 6 => match self.call(|f| f.returns == Type::Float) {
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

    fn cond(&mut self) -> Cond {
        match self.random.below(8) {
            0 => Cond::And(Box::new(self.cond()), Box::new(self.cond())),
            1 => Cond::Or(Box::new(self.cond()), Box::new(self.cond())),
            2 => Cond::Not(Box::new(self.cond())),
            3 | 4 => {
                let modulus = 2 + self.random.below(2);
                Cond::Equal(self.count(modulus), self.random.below(modulus))
            }
            _ => self.purely(|it| Cond::Less(it.expr(1), it.expr(1))),
        }
    }

    /// An assignment, where something may be assigned to.
    fn change(&mut self) -> Option<Stmt> {
        if self.pure {
            return None;
        }
        let fits = |v: &Variable| v.mutable && !matches!(v.ty, Type::Count | Type::Item | Type::Slice);
        let v = self.variable(fits)?;
        let place = match v.ty {
            Type::Float => Place::Var(v.name),
            Type::ItemMut => Place::Deref(v.name),
            Type::Pair => Place::Part(v.name, self.random.below(2)),
            _ => Place::Elem(v.name, self.index()),
        };
        let ops = [Assign::Set, Assign::Set, Assign::Add, Assign::Add, Assign::Sub, Assign::Mul, Assign::Div];
        let op = *self.random.pick(&ops);
        Some(Stmt::Assign(place, op, self.expr(2)))
    }

    fn statements(&mut self, most: usize, depth: usize) -> Block {
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
        let compound = if depth < 3 { 20 } else { 12 };
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
                let (callee, args) = self.call(|f| f.params.iter().any(|(_, ty)| *ty == Type::SliceMut))?;
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
            _ => self.conditional(depth),
        })
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
