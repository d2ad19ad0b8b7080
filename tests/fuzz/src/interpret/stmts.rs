//! Statements.

use super::{Flow, Machine, Stop, Val};
use crate::ast::*;
use crate::dual::Dual;
use std::rc::Rc;

impl Machine<'_> {
    fn assign(&mut self, place: &Place, op: Assign, x: Dual) -> Result<(), Stop> {
        let at = match place {
            Place::Var(name) | Place::Deref(name) => match self.get(name)? {
                Val::Float(x) => x,
                _ => return Err(Stop::Invalid),
            },
            Place::Elem(name, at) => self.element(name, at)?,
            Place::Part(name, at) | Place::Field(name, at) => &mut self.two(name)?[*at],
            Place::ElemField(name, at, field) => &mut self.struct_at(name, at)?[*field],
        };
        *at = match op {
            Assign::Set => x,
            Assign::Add => at.binary(Binary::Add, x)?,
            Assign::Sub => at.binary(Binary::Sub, x)?,
            Assign::Mul => at.binary(Binary::Mul, x)?,
            Assign::Div => at.binary(Binary::Div, x)?,
        };
        Ok(())
    }

    pub fn declare(&mut self, name: &str, value: Val) {
        self.env.push((name.into(), value));
    }

    pub fn stmt(&mut self, stmt: &Stmt) -> Result<Flow, Stop> {
        self.step()?;
        match stmt {
            Stmt::Let(name, x) => {
                let x = self.expr(x)?;
                self.declare(name, Val::Float(x));
            }
            Stmt::LetPair(name, x) => {
                let x = self.pair(x)?;
                self.declare(name, Val::Pair(x));
            }
            Stmt::LetParts([a, b], x) => {
                let [x, y] = self.pair(x)?;
                self.declare(a, Val::Float(x));
                self.declare(b, Val::Float(y));
            }
            Stmt::LetArray(name, xs) => {
                let mut array = [Dual::constant(0.0); LENGTH];
                for (to, x) in array.iter_mut().zip(xs) {
                    *to = self.expr(x)?;
                }
                self.declare(name, Val::Array(array));
            }
            Stmt::LetVec(name, x) => {
                let x = self.expr(x)?;
                self.declare(name, Val::Array([x; LENGTH]));
            }
            Stmt::LetCount(name, x) => {
                let x = self.index(x)?;
                self.declare(name, Val::Count(x));
            }
            Stmt::Count(name, by) => match self.get(name)? {
                Val::Count(x) => *x += by,
                _ => return Err(Stop::Invalid),
            },
            Stmt::Assign(place, op, x) => {
                let x = self.expr(x)?;
                self.assign(place, *op, x)?;
            }
            Stmt::If(cond, then, otherwise) => {
                let nothing = Block::default();
                let block = if self.cond(cond)? { then } else { otherwise.as_ref().unwrap_or(&nothing) };
                return Ok(self.block(block)?.0);
            }
            Stmt::Match(on, arms) => {
                let arm = self.index(on)?.min(arms.len() - 1);
                self.decide(arm);
                return Ok(self.block(&arms[arm])?.0);
            }
            Stmt::For(x) => {
                let range = self.index(&x.start)?..self.index(&x.end)?;
                let mut steps: Vec<usize> = range.step_by(x.step).collect();
                if x.reversed {
                    steps.reverse();
                }
                for i in steps {
                    let bound = [(x.var.clone(), Val::Count(i))];
                    if let Some(flow) = self.iteration(&x.label, bound, &x.body)? {
                        return Ok(flow);
                    }
                }
            }
            Stmt::Each { label, array, item, index, mutable, body } => {
                for i in 0..LENGTH {
                    let x = self.array(array)?[i];
                    let place = self.env.len();
                    self.declare(item, Val::Float(x));
                    let counted = index.iter().map(|index| (index.clone(), Val::Count(i)));
                    let flow = self.iteration(label, counted, body)?;
                    let last = self.env[place].1.clone();
                    self.env.truncate(place);
                    if let (true, Val::Float(last)) = (mutable, last) {
                        self.array(array)?[i] = last;
                    }
                    if let Some(flow) = flow {
                        return Ok(flow);
                    }
                }
            }
            Stmt::While { label, counter, limit, cond, body } => {
                self.declare(counter, Val::Count(0));
                loop {
                    if !self.tick(counter, *limit, cond.as_ref())? {
                        break;
                    }
                    if let Some(flow) = self.iteration(label, [], body)? {
                        return Ok(flow);
                    }
                }
            }
            Stmt::Loop { label, counter, limit, body } => {
                self.declare(counter, Val::Count(0));
                while self.tick(counter, *limit, None)? {
                    if let Some(flow) = self.iteration(label, [], body)? {
                        return Ok(flow);
                    }
                }
            }
            Stmt::Break(label) => return Ok(Flow::Break(label.clone())),
            Stmt::Continue(label) => return Ok(Flow::Continue(label.clone())),
            Stmt::Return(None) => return Ok(Flow::Return(Val::Unit)),
            Stmt::Return(Some(x)) => return Ok(Flow::Return(self.value(x)?)),
            Stmt::Call(callee, args) => {
                self.call_with(*callee, args)?;
            }
            Stmt::LetStruct(name, x) => {
                let x = self.structure(x)?;
                self.declare(name, Val::Pair(x));
            }
            Stmt::AssignStruct(name, _, x) => {
                let x = self.structure(x)?;
                *self.two(name)? = x;
            }
            Stmt::LetStructs(name, x) => {
                let x = self.structure(x)?;
                self.declare(name, Val::Structs([x; LENGTH]));
            }
            Stmt::AssignElem(name, at, x) => {
                let x = self.structure(x)?;
                *self.struct_at(name, at)? = x;
            }
            Stmt::LetClosure(name, param, body) => {
                let floats = self.env.iter().filter(|(_, value)| matches!(value, Val::Float(_))).cloned().collect();
                self.declare(name, Val::Closure(Rc::new((floats, param.clone(), body.clone()))));
            }
            Stmt::IfSome(name, callee, args, then, otherwise) => {
                let Some(x) = self.optional(*callee, args)? else { return Ok(self.block(otherwise)?.0) };
                let depth = self.env.len();
                self.declare(name, Val::Float(x));
                let (flow, _) = self.block(then)?;
                self.env.truncate(depth);
                return Ok(flow);
            }
            Stmt::IfGet(name, array, at, then, otherwise) => {
                let Some(x) = self.found(array, at)? else { return Ok(self.block(otherwise)?.0) };
                let depth = self.env.len();
                self.declare(name, Val::Float(x));
                let (flow, _) = self.block(then)?;
                self.env.truncate(depth);
                return Ok(flow);
            }
            Stmt::LetElse(name, callee, args, otherwise) => match self.optional(*callee, args)? {
                Some(x) => self.declare(name, Val::Float(x)),
                None => return Ok(self.block(otherwise)?.0),
            },
            Stmt::LetTry(name, callee, args) => match self.optional(*callee, args)? {
                Some(x) => self.declare(name, Val::Float(x)),
                None => return Ok(Flow::Return(Val::Option(None))),
            },
            Stmt::Swap(name, i, j) => {
                let (i, j) = (self.index(i)?, self.index(j)?);
                if i.max(j) >= LENGTH {
                    return Err(Stop::Invalid);
                }
                match self.get(name)? {
                    Val::Array(xs) => xs.swap(i, j),
                    Val::Structs(xs) => xs.swap(i, j),
                    _ => return Err(Stop::Invalid),
                }
            }
            Stmt::Exchange(a, b) => {
                let (Val::Float(x), Val::Float(y)) = (self.get(a)?.clone(), self.get(b)?.clone()) else {
                    return Err(Stop::Invalid);
                };
                *self.get(a)? = Val::Float(y);
                *self.get(b)? = Val::Float(x);
            }
            Stmt::AssignParts([a, b], x) => {
                let [x, y] = self.pair(x)?;
                *self.get(a)? = Val::Float(x);
                *self.get(b)? = Val::Float(y);
            }
            Stmt::Reverse(name) => match self.get(name)? {
                Val::Array(xs) => xs.reverse(),
                Val::Structs(xs) => xs.reverse(),
                _ => return Err(Stop::Invalid),
            },
            Stmt::Rotate(name, by) => self.array(name)?.rotate_left(*by),
            Stmt::Fill(name, x) => {
                let x = self.expr(x)?;
                self.array(name)?.fill(x);
            }
        }
        Ok(Flow::Next)
    }

    /// Whether a counted loop goes on; then its counter has been raised.
    fn tick(&mut self, counter: &str, limit: usize, cond: Option<&Cond>) -> Result<bool, Stop> {
        let Val::Count(count) = *self.get(counter)? else { return Err(Stop::Invalid) };
        let goes_on = count < limit && cond.map_or(Ok(true), |cond| self.cond(cond))?;
        self.decide(goes_on.into());
        if goes_on {
            *self.get(counter)? = Val::Count(count + 1);
        }
        Ok(goes_on)
    }

    /// A loop body once: how the loop is left, if it is.
    fn iteration(
        &mut self,
        label: &str,
        bound: impl IntoIterator<Item = (String, Val)>,
        body: &Block,
    ) -> Result<Option<Flow>, Stop> {
        self.step()?;
        let depth = self.env.len();
        self.env.extend(bound);
        let (flow, _) = self.block(body)?;
        self.env.truncate(depth);
        let here = |to: &Option<String>| to.as_ref().is_none_or(|to| to == label);
        Ok(match flow {
            Flow::Next => None,
            Flow::Continue(to) if here(&to) => None,
            Flow::Break(to) if here(&to) => Some(Flow::Next),
            other => Some(other),
        })
    }
}
