//! A program from a seed.
//!
//! Programs are valid by construction: variables exist, what is lent mutably is not used beside, loops end.

mod exprs;
mod stmts;

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
        match random.below(6) {
            0 => params.push(("s".into(), Type::Struct)),
            1 => params.push(("s".into(), Type::StructMut)),
            _ => {}
        }
        let recursive = random.one_in(5);
        if recursive || random.one_in(3) {
            params.push(("m".into(), Type::Count));
        }
        let mutates = params.iter().any(|(_, ty)| ty.is_lent());
        let returns = match random.below(8) {
            0 => Type::Pair,
            1 => Type::Struct,
            2 => Type::Option,
            3 | 4 if mutates => Type::Unit,
            _ => Type::Float,
        };
        let function = Generator::function(&mut random, &functions, params, returns, 12, recursive);
        functions.push(function);
    }
    let last = if random.one_in(2) { Type::Slice } else { Type::SliceMut };
    let params = [("x", Type::Float), ("y", Type::Float), ("xs", Type::Slice), ("ys", last), ("n", Type::Count)];
    let params = params.map(|(name, ty)| (name.to_string(), ty)).to_vec();
    let returns = if random.one_in(3) { Type::Pair } else { Type::Float };
    let size = 8 + random.below(28);
    let function = Generator::function(&mut random, &functions, params, returns, size, false);
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
    /// Within a closure or an argument beside a borrow: nothing is changed.
    pure: bool,
    /// Within a closure that may be called later: it sees floats only.
    closed: bool,
    /// What a call of the function itself needs to know, and how many may still be written.
    own: Option<(Vec<(String, Type)>, usize)>,
    names: usize,
}

impl<'g> Generator<'g> {
    fn function(
        random: &'g mut Random,
        functions: &'g [Function],
        params: Vec<(String, Type)>,
        returns: Type,
        size: usize,
        recursive: bool,
    ) -> Function {
        let scope = params.iter().map(|(name, ty)| Variable {
            name: name.clone(),
            ty: *ty,
            mutable: matches!(ty, Type::Float | Type::Struct) || ty.is_lent(),
            lent: false,
            small: *ty == Type::Count,
        });
        let scope = scope.collect();
        let labels = Vec::new();
        let own = recursive.then(|| (params.clone(), 2));
        let mut it =
            Self { random, functions, returns, scope, labels, size, pure: false, closed: false, own, names: 0 };
        let first = recursive.then(|| {
            let zero = Index { terms: vec![("m".into(), 1)], offset: 0, modulus: None };
            let last = Stmt::Return(it.returned_value());
            Stmt::If(Cond::Equal(zero, 0), Block { stmts: vec![last], result: None }, None)
        });
        let mut body = it.statements(4 + size / 4, 0);
        body.stmts.splice(0..0, first);
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
            Type::Struct => Some(Value::Struct(self.structure())),
            Type::Option if self.random.one_in(5) => Some(Value::Option(None)),
            Type::Option => Some(Value::Option(Some(self.expr(3)))),
            _ => Some(Value::Float(self.expr(3))),
        }
    }

    /// The same without a call of the function itself.
    fn returned_value(&mut self) -> Option<Value> {
        let own = self.own.take();
        let value = self.returned();
        self.own = own;
        value
    }

    fn structure(&mut self) -> Struct {
        let known = self.variable(|v| matches!(v.ty, Type::Struct | Type::StructMut | Type::Structs));
        match (self.random.below(5), known) {
            (0 | 1, Some(v)) if v.ty == Type::Structs => Struct::Elem(v.name, self.index()),
            (0, Some(v)) if v.ty == Type::Struct => Struct::Copy(v.name),
            (0, Some(v)) => Struct::Deref(v.name),
            (1, Some(v)) if v.ty == Type::Struct => Struct::Update(self.expr(2), v.name),
            (2, _) => match self.call(Type::Struct) {
                Some((callee, args)) => Struct::Call(callee, args),
                None => Struct::Literal { a: self.leaf(), b: self.leaf(), swapped: true },
            },
            _ => Struct::Literal { a: self.expr(2), b: self.expr(2), swapped: self.random.one_in(2) },
        }
    }

    fn pair(&mut self) -> Pair {
        match self.call(Type::Pair) {
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

    /// A call of a function with this result, if the scope has the arguments.
    fn call(&mut self, returns: Type) -> Option<(usize, Vec<Arg>)> {
        self.call_of(|ty, _| ty == returns)
    }

    /// A call of a function that changes what it is lent.
    fn changing_call(&mut self) -> Option<(usize, Vec<Arg>)> {
        self.call_of(|_, params| params.iter().any(|(_, ty)| ty.is_lent()))
    }

    fn call_of(&mut self, suits: impl Fn(Type, &[(String, Type)]) -> bool) -> Option<(usize, Vec<Arg>)> {
        let functions = self.functions;
        let mut found: Vec<usize> =
            (0..functions.len()).filter(|at| suits(functions[*at].returns, &functions[*at].params)).collect();
        if let Some((params, left)) = &self.own
            && *left > 0
            && !self.closed
            && suits(self.returns, params)
        {
            found.push(functions.len());
        }
        if found.is_empty() {
            return None;
        }
        let callee = *self.random.pick(&found);
        let itself = callee == functions.len();
        let params = match &mut self.own {
            Some((params, left)) if itself => {
                *left -= 1;
                params.clone()
            }
            _ => functions[callee].params.clone(),
        };
        if self.pure && params.iter().any(|(_, ty)| ty.is_lent()) {
            return None;
        }
        let mut lent = ["".to_string(), "".to_string()];
        for (_, ty) in &params {
            match ty {
                Type::SliceMut => lent[0] = self.sequence(true)?.name,
                Type::StructMut => {
                    let fits = |v: &Variable| v.mutable && matches!(v.ty, Type::Struct | Type::StructMut);
                    lent[1] = self.variable(fits)?.name;
                }
                _ => {}
            }
        }
        let borrows = params.iter().any(|(_, ty)| ty.is_lent() || *ty == Type::Slice);
        let last = params.len() - 1;
        let [slice, object] = &lent;
        let args = self.with(slice, true, |it| {
            it.with(object, true, |it| {
                let before = it.pure;
                it.pure |= borrows;
                let mut args = Vec::new();
                for (at, (_, ty)) in params.iter().enumerate() {
                    args.push(match ty {
                        Type::Slice => it.sequence(false).map(|v| Arg::Slice(v.name)),
                        Type::SliceMut => Some(Arg::SliceMut(slice.clone())),
                        Type::StructMut => Some(Arg::StructMut(object.clone())),
                        Type::Struct => Some(Arg::Struct(it.structure())),
                        Type::Count if itself && at == last => Some(Arg::Less("m".into())),
                        Type::Count => Some(Arg::Count(it.index())),
                        _ => Some(Arg::Float(it.expr(1))),
                    });
                }
                it.pure = before;
                args.into_iter().collect::<Option<Vec<Arg>>>()
            })
        })?;
        Some((callee, args))
    }
}
