//! A failing program made small: all programs that are one step smaller make a batch, and the smallest that fails in the
//! same way is next.

use crate::ast::*;
use crate::batch::Crates;
use crate::compare::{Case, Failure, failures};
use crate::print::print;

/// The smallest program found, and how it fails.
pub fn shrink(case: &Case, failure: Failure, crates: &Crates) -> (Program, Failure) {
    let mut best = (case.program.clone(), failure);
    for _ in 0..30 {
        let mut smaller: Vec<Case> = steps(&best.0).into_iter().filter_map(|p| Case::of(p, case.seed)).collect();
        smaller.sort_by_key(|case| print(&case.program).len());
        let mut next = None;
        for some in smaller.chunks(60) {
            let found = failures(some, crates);
            next = found.into_iter().find(|(_, failure)| failure.resembles(&best.1));
            if next.is_some() {
                break;
            }
        }
        match next {
            Some((case, failure)) => best = (case.program.clone(), failure),
            None => break,
        }
    }
    best
}

/// Every program that is one step smaller.
fn steps(program: &Program) -> Vec<Program> {
    let mut found = Vec::new();
    let length = print(program).len();
    loop {
        let mut smaller = program.clone();
        let mut edit = Edit { wait: found.len(), done: false };
        for function in &mut smaller.functions {
            edit.block(&mut function.body);
        }
        if !edit.done {
            break;
        }
        found.push(smaller);
    }
    found.retain(|smaller| print(smaller).len() < length);
    found
}

/// Makes one change, after passing by so many others.
struct Edit {
    wait: usize,
    done: bool,
}

impl Edit {
    /// Whether the change at this place is the one to be made.
    fn here(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = self.wait == 0;
        self.wait = self.wait.saturating_sub(1);
        self.done
    }

    fn block(&mut self, block: &mut Block) {
        let mut at = 0;
        while at < block.stmts.len() && !self.done {
            if self.here() {
                block.stmts.remove(at);
                return;
            }
            for part in bodies(&mut block.stmts[at]).len().checked_sub(1).map_or(0..0, |last| 0..last + 1) {
                if self.here() {
                    let inner = bodies(&mut block.stmts[at])[part].stmts.clone();
                    block.stmts.splice(at..=at, inner);
                    return;
                }
            }
            self.stmt(&mut block.stmts[at]);
            at += 1;
        }
        if let Some(result) = &mut block.result {
            self.value(result);
        }
    }

    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Float(x) => self.expr(x),
            Value::Pair(x) => self.pair(x),
            Value::Struct(x) => self.structure(x),
            Value::Option(Some(x)) => self.expr(x),
            Value::Option(None) => {}
        }
    }

    fn structure(&mut self, x: &mut Struct) {
        match x {
            Struct::Literal { a, b, .. } => {
                self.expr(a);
                self.expr(b);
            }
            Struct::Update(a, _) => self.expr(a),
            Struct::Call(_, args) => {
                self.args(args);
                if self.here() {
                    *x = Struct::Literal { a: Expr::Const(0.5), b: Expr::Const(0.5), swapped: false };
                }
            }
            Struct::Copy(_) | Struct::Deref(_) | Struct::Elem(..) => {}
        }
    }

    fn pair(&mut self, pair: &mut Pair) {
        match pair {
            Pair::Tuple(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Pair::Call(_, args) => {
                self.args(args);
                if self.here() {
                    *pair = Pair::Tuple(Expr::Const(0.5), Expr::Const(0.5));
                }
            }
        }
    }

    fn args(&mut self, args: &mut [Arg]) {
        for arg in args {
            match arg {
                Arg::Float(x) => self.expr(x),
                Arg::Struct(x) => self.structure(x),
                _ => {}
            }
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Let(_, x) | Stmt::LetVec(_, x) | Stmt::Assign(_, _, x) => self.expr(x),
            Stmt::LetClosure(_, _, x) | Stmt::Fill(_, x) => self.expr(x),
            Stmt::LetPair(_, x) | Stmt::LetParts(_, x) | Stmt::AssignParts(_, x) => self.pair(x),
            Stmt::LetStruct(_, x) | Stmt::AssignStruct(_, _, x) => self.structure(x),
            Stmt::LetStructs(_, x) | Stmt::AssignElem(_, _, x) => self.structure(x),
            Stmt::LetArray(_, xs) => xs.iter_mut().for_each(|x| self.expr(x)),
            Stmt::If(cond, _, otherwise) => {
                self.cond(cond);
                if otherwise.is_some() && self.here() {
                    *otherwise = None;
                }
            }
            Stmt::While { cond: also, .. } => {
                if also.is_some() && self.here() {
                    *also = None;
                }
            }
            Stmt::For(x) => {
                if (x.reversed || x.step > 1) && self.here() {
                    (x.reversed, x.step) = (false, 1);
                }
            }
            Stmt::Return(Some(x)) => self.value(x),
            Stmt::Call(_, args)
            | Stmt::IfSome(_, _, args, ..)
            | Stmt::LetElse(_, _, args, _)
            | Stmt::LetTry(_, _, args) => self.args(args),
            _ => {}
        }
        for body in bodies(stmt) {
            self.block(body);
        }
    }

    fn cond(&mut self, cond: &mut Cond) {
        match cond {
            Cond::Less(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Cond::And(a, b) | Cond::Or(a, b) => {
                for part in [a.clone(), b.clone()] {
                    if self.here() {
                        *cond = *part;
                        return;
                    }
                }
            }
            Cond::Not(a) => {
                let inner = (**a).clone();
                if self.here() {
                    *cond = inner;
                }
            }
            Cond::Equal(..) => {}
        }
    }

    fn expr(&mut self, x: &mut Expr) {
        if self.done || matches!(x, Expr::Const(_)) {
            return;
        }
        let parts = match x {
            Expr::Unary(_, a) | Expr::Apply(_, a) => vec![(**a).clone()],
            Expr::Block(block) => match &block.result {
                Some(Value::Float(x)) => vec![x.clone()],
                _ => Vec::new(),
            },
            Expr::Binary(_, a, b) => vec![(**a).clone(), (**b).clone()],
            Expr::Or(_, _, x) | Expr::MapOr(_, _, x, ..) | Expr::Get(_, _, x) => vec![(**x).clone()],
            Expr::If(_, a, b) => {
                let result = |block: &Block| match &block.result {
                    Some(Value::Float(x)) => x.clone(),
                    _ => Expr::Const(0.5),
                };
                vec![result(a), result(b)]
            }
            Expr::Call(_, args) => {
                let float = |arg: &Arg| if let Arg::Float(x) = arg { Some(x.clone()) } else { None };
                args.iter().filter_map(float).collect()
            }
            _ => Vec::new(),
        };
        for smaller in parts.into_iter().chain([Expr::Const(0.5)]) {
            if self.here() {
                *x = smaller;
                return;
            }
        }
        match x {
            Expr::Unary(_, a) | Expr::Sum(_, _, a) | Expr::Apply(_, a) => self.expr(a),
            Expr::Block(block) => self.block(block),
            Expr::Binary(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::If(cond, a, b) => {
                self.cond(cond);
                self.block(a);
                self.block(b);
            }
            Expr::Call(_, args) => self.args(args),
            Expr::Or(_, args, x) => {
                self.args(args);
                self.expr(x);
            }
            Expr::MapOr(_, args, x, _, body) => {
                self.args(args);
                self.expr(x);
                self.expr(body);
            }
            Expr::Get(_, _, x) => self.expr(x),
            _ => {}
        }
    }
}

fn bodies(stmt: &mut Stmt) -> Vec<&mut Block> {
    match stmt {
        Stmt::If(_, then, otherwise) => [Some(then), otherwise.as_mut()].into_iter().flatten().collect(),
        Stmt::Match(_, arms) => arms.iter_mut().collect(),
        Stmt::For(x) => vec![&mut x.body],
        Stmt::IfSome(.., then, otherwise) | Stmt::IfGet(.., then, otherwise) => vec![then, otherwise],
        Stmt::Each { body, .. } | Stmt::While { body, .. } | Stmt::Loop { body, .. } => vec![body],
        _ => Vec::new(),
    }
}
