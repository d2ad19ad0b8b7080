//! Programs run on dual numbers: the derivative by definition, against which the generated ones are checked.
//!
//! Operands are evaluated from left to right, and the right-hand side of an assignment before its place, as in Rust.

mod stmts;

use crate::ast::*;
use crate::dual::{Dual, INPUTS, Kink};
use std::rc::Rc;

/// Why a program is of no use at this point.
#[derive(Debug)]
pub enum Stop {
    /// Rounding decides.
    Kink,
    /// Too many steps.
    Long,
    /// A value that is not finite, or so large that rounding covers everything.
    Large,
    /// What a shrunk program may run into: it is no valid Rust.
    Invalid,
}

impl From<Kink> for Stop {
    fn from(_: Kink) -> Self {
        Self::Kink
    }
}

/// A value.
#[derive(Clone, Debug)]
pub enum Val {
    /// `()`
    Unit,
    /// A float.
    Float(Dual),
    /// Two, as a tuple or a struct.
    Pair([Dual; 2]),
    /// One or none.
    Option(Option<Dual>),
    /// What a closure has captured, its parameter and its body.
    Closure(Rc<(Vec<(String, Val)>, String, Expr)>),
    /// A sequence.
    Array([Dual; LENGTH]),
    /// A list of structs.
    Structs([[Dual; 2]; LENGTH]),
    /// A `usize`.
    Count(usize),
}

/// The result and the final value of the last parameter that is a slice.
pub struct Outcome {
    /// One float or two, then the elements of `ys` where it is `&mut`.
    pub outputs: Vec<Dual>,
    /// Which branches were taken: two runs with the same are comparable by differences.
    pub path: u64,
}

/// Runs a program at a point.
///
/// # Errors
/// Where it is of no use.
pub fn interpret(program: &Program, point: &[f64; INPUTS], n: usize) -> Result<Outcome, Stop> {
    let last = program.functions.last().ok_or(Stop::Invalid)?;
    let input = |index: usize| Dual::input(point[index], index);
    let array = |start: usize| Val::Array(std::array::from_fn(|index| input(start + index)));
    let mut args = vec![Val::Float(input(0)), Val::Float(input(1)), array(2), array(2 + LENGTH), Val::Count(n)];
    let mut machine = Machine { program, env: Vec::new(), fuel: 20_000, path: 0 };
    let mut outputs = match machine.call(program.functions.len() - 1, &mut args)? {
        Val::Float(x) => vec![x],
        Val::Pair(x) => x.to_vec(),
        _ => return Err(Stop::Invalid),
    };
    if let (Some((_, Type::SliceMut)), Val::Array(ys)) = (last.params.get(3), &args[3]) {
        outputs.extend(ys);
    }
    Ok(Outcome { outputs, path: machine.path })
}

enum Flow {
    Next,
    Break(Option<String>),
    Continue(Option<String>),
    Return(Val),
}

struct Machine<'p> {
    program: &'p Program,
    env: Vec<(String, Val)>,
    fuel: usize,
    path: u64,
}

impl Machine<'_> {
    /// Leaves the final values of the parameters in `args`.
    fn call(&mut self, callee: usize, args: &mut [Val]) -> Result<Val, Stop> {
        let function = self.program.functions.get(callee).ok_or(Stop::Invalid)?;
        let params = function.params.iter().zip(&*args).map(|((name, _), arg)| (name.clone(), arg.clone())).collect();
        let outer = std::mem::replace(&mut self.env, params);
        let flow = self.block(&function.body)?;
        let last = std::mem::replace(&mut self.env, outer);
        for (arg, (_, value)) in args.iter_mut().zip(last) {
            *arg = value;
        }
        match flow {
            (Flow::Return(value), _) | (Flow::Next, value) => Ok(value),
            _ => Err(Stop::Invalid),
        }
    }

    fn step(&mut self) -> Result<(), Stop> {
        self.fuel = self.fuel.checked_sub(1).ok_or(Stop::Long)?;
        Ok(())
    }

    fn decide(&mut self, choice: usize) {
        self.path = self.path.wrapping_mul(31).wrapping_add(choice as u64 + 1);
    }

    fn get(&mut self, name: &str) -> Result<&mut Val, Stop> {
        self.env.iter_mut().rev().find(|(other, _)| other == name).map(|(_, value)| value).ok_or(Stop::Invalid)
    }

    fn array(&mut self, name: &str) -> Result<&mut [Dual; LENGTH], Stop> {
        match self.get(name)? {
            Val::Array(xs) => Ok(xs),
            _ => Err(Stop::Invalid),
        }
    }

    /// Statements in a scope of their own.
    fn block(&mut self, block: &Block) -> Result<(Flow, Val), Stop> {
        let depth = self.env.len();
        let mut flow = Flow::Next;
        let mut value = Val::Unit;
        for stmt in &block.stmts {
            flow = self.stmt(stmt)?;
            if !matches!(flow, Flow::Next) {
                break;
            }
        }
        if let (Flow::Next, Some(result)) = (&flow, &block.result) {
            value = self.value(result)?;
        }
        self.env.truncate(depth);
        Ok((flow, value))
    }

    fn value(&mut self, value: &Value) -> Result<Val, Stop> {
        match value {
            Value::Float(x) => Ok(Val::Float(self.expr(x)?)),
            Value::Pair(x) => Ok(Val::Pair(self.pair(x)?)),
            Value::Struct(x) => Ok(Val::Pair(self.structure(x)?)),
            Value::Option(None) => Ok(Val::Option(None)),
            Value::Option(Some(x)) => Ok(Val::Option(Some(self.expr(x)?))),
        }
    }

    fn structure(&mut self, x: &Struct) -> Result<[Dual; 2], Stop> {
        Ok(match x {
            Struct::Literal { a, b, swapped: false } => [self.expr(a)?, self.expr(b)?],
            Struct::Literal { a, b, swapped: true } => {
                let b = self.expr(b)?;
                [self.expr(a)?, b]
            }
            Struct::Update(a, base) => {
                let a = self.expr(a)?;
                [a, self.two(base)?[1]]
            }
            Struct::Copy(name) | Struct::Deref(name) => *self.two(name)?,
            Struct::Elem(name, at) => *self.struct_at(name, at)?,
            Struct::Call(callee, args) => match self.call_with(*callee, args)? {
                Val::Pair(x) => x,
                _ => return Err(Stop::Invalid),
            },
        })
    }

    fn two(&mut self, name: &str) -> Result<&mut [Dual; 2], Stop> {
        match self.get(name)? {
            Val::Pair(x) => Ok(x),
            _ => Err(Stop::Invalid),
        }
    }

    /// What a call gives that may be none.
    fn optional(&mut self, callee: usize, args: &[Arg]) -> Result<Option<Dual>, Stop> {
        match self.call_with(callee, args)? {
            Val::Option(x) => {
                self.decide(x.is_some().into());
                Ok(x)
            }
            _ => Err(Stop::Invalid),
        }
    }

    fn pair(&mut self, pair: &Pair) -> Result<[Dual; 2], Stop> {
        match pair {
            Pair::Tuple(a, b) => Ok([self.expr(a)?, self.expr(b)?]),
            Pair::Call(callee, args) => match self.call_with(*callee, args)? {
                Val::Pair(x) => Ok(x),
                _ => Err(Stop::Invalid),
            },
        }
    }

    fn call_with(&mut self, callee: usize, args: &[Arg]) -> Result<Val, Stop> {
        self.step()?;
        let mut values = Vec::new();
        for arg in args {
            values.push(match arg {
                Arg::Float(x) => Val::Float(self.expr(x)?),
                Arg::Slice(name) | Arg::SliceMut(name) => Val::Array(*self.array(name)?),
                Arg::Count(x) => Val::Count(self.index(x)?),
                Arg::Less(name) => match self.get(name)? {
                    Val::Count(x) => Val::Count(x.checked_sub(1).ok_or(Stop::Invalid)?),
                    _ => return Err(Stop::Invalid),
                },
                Arg::Struct(x) => Val::Pair(self.structure(x)?),
                Arg::StructMut(name) => Val::Pair(*self.two(name)?),
            });
        }
        let value = self.call(callee, &mut values)?;
        for (arg, last) in args.iter().zip(values) {
            match (arg, last) {
                (Arg::SliceMut(name), Val::Array(last)) => *self.array(name)? = last,
                (Arg::StructMut(name), Val::Pair(last)) => *self.two(name)? = last,
                _ => {}
            }
        }
        Ok(value)
    }

    fn index(&mut self, index: &Index) -> Result<usize, Stop> {
        let mut sum = index.offset;
        for (name, factor) in &index.terms {
            match self.get(name)? {
                Val::Count(x) => sum += *x * factor,
                _ => return Err(Stop::Invalid),
            }
        }
        Ok(index.modulus.map_or(sum, |modulus| sum % modulus))
    }

    fn element(&mut self, name: &str, at: &Index) -> Result<&mut Dual, Stop> {
        let at = self.index(at)?;
        self.array(name)?.get_mut(at).ok_or(Stop::Invalid)
    }

    fn structs(&mut self, name: &str) -> Result<&mut [[Dual; 2]; LENGTH], Stop> {
        match self.get(name)? {
            Val::Structs(xs) => Ok(xs),
            _ => Err(Stop::Invalid),
        }
    }

    fn struct_at(&mut self, name: &str, at: &Index) -> Result<&mut [Dual; 2], Stop> {
        let at = self.index(at)?;
        self.structs(name)?.get_mut(at).ok_or(Stop::Invalid)
    }

    fn cond(&mut self, cond: &Cond) -> Result<bool, Stop> {
        let holds = match cond {
            Cond::Less(a, b) => {
                let (a, b) = (self.expr(a)?.value, self.expr(b)?.value);
                if (a - b).abs() < 1e-7 {
                    return Err(Stop::Kink);
                }
                a < b
            }
            Cond::Equal(a, b) => self.index(a)? == *b,
            Cond::And(a, b) => self.cond(a)? && self.cond(b)?,
            Cond::Or(a, b) => self.cond(a)? || self.cond(b)?,
            Cond::Not(a) => !self.cond(a)?,
        };
        self.decide(holds.into());
        Ok(holds)
    }

    fn expr(&mut self, expr: &Expr) -> Result<Dual, Stop> {
        self.step()?;
        let x = match expr {
            Expr::Const(x) => Dual::constant(*x),
            Expr::Var(name) | Expr::Deref(name) => match self.get(name)? {
                Val::Float(x) => *x,
                _ => return Err(Stop::Invalid),
            },
            Expr::Elem(name, at) => *self.element(name, at)?,
            Expr::Part(name, at) | Expr::Field(name, at) => self.two(name)?[*at],
            Expr::ElemField(name, at, field) => self.struct_at(name, at)?[*field],
            Expr::Apply(name, x) => {
                let x = self.expr(x)?;
                let Val::Closure(closure) = self.get(name)?.clone() else { return Err(Stop::Invalid) };
                let (captured, param, body) = &*closure;
                let outer = std::mem::replace(&mut self.env, captured.clone());
                self.env.push((param.clone(), Val::Float(x)));
                let value = self.expr(body)?;
                self.env = outer;
                value
            }
            Expr::Block(block) => match self.block(block)? {
                (Flow::Next, Val::Float(x)) => x,
                _ => return Err(Stop::Invalid),
            },
            Expr::Cast(x) => Dual::constant(self.index(x)? as f64),
            Expr::Unary(op, x) => self.expr(x)?.unary(*op)?,
            Expr::Binary(op, x, y) => {
                let x = self.expr(x)?;
                let y = self.expr(y)?;
                x.binary(*op, y)?
            }
            Expr::If(cond, then, otherwise) => {
                let block = if self.cond(cond)? { then } else { otherwise };
                match self.block(block)? {
                    (Flow::Next, Val::Float(x)) => x,
                    _ => return Err(Stop::Invalid),
                }
            }
            Expr::Call(callee, args) => match self.call_with(*callee, args)? {
                Val::Float(x) => x,
                _ => return Err(Stop::Invalid),
            },
            Expr::Or(callee, args, x) => {
                let given = self.optional(*callee, args)?;
                let x = self.expr(x)?;
                given.unwrap_or(x)
            }
            Expr::MapOr(callee, args, x, item, body) => {
                let given = self.optional(*callee, args)?;
                let x = self.expr(x)?;
                match given {
                    Some(given) => self.expr_with(item, given, body)?,
                    None => x,
                }
            }
            Expr::Get(name, at, x) => {
                let given = self.found(name, at)?;
                let x = self.expr(x)?;
                given.unwrap_or(x)
            }
            Expr::Sum(array, item, body) => {
                let mut sum = Dual::constant(0.0);
                for x in *self.array(array)? {
                    let term = self.expr_with(item, x, body)?;
                    sum = sum.binary(Binary::Add, term)?;
                }
                sum
            }
        };
        let small = |x: &f64| x.abs() < 1e5;
        if small(&x.value) && x.gradient.iter().all(small) { Ok(x) } else { Err(Stop::Large) }
    }

    /// A float in which a name stands for another.
    fn expr_with(&mut self, name: &str, value: Dual, body: &Expr) -> Result<Dual, Stop> {
        self.declare(name, Val::Float(value));
        let x = self.expr(body)?;
        self.env.pop();
        Ok(x)
    }

    /// An element that may not be there.
    fn found(&mut self, name: &str, at: &Index) -> Result<Option<Dual>, Stop> {
        let at = self.index(at)?;
        let found = self.array(name)?.get(at).copied();
        self.decide(found.is_some().into());
        Ok(found)
    }
}
