//! Calls: the pushforward of the callee takes the tangents of the arguments, and a marker for each.

use super::Forward;
use crate::ir::{Access, Call, Expr, Marker, Pattern, Place, Role, Stmt};

impl Forward<'_> {
    /// `let (pattern, pattern_dot) = callee::pushforward(args.., markers, dots..);`
    pub fn call(&mut self, pattern: &Pattern, call: &Call, out: &mut Vec<Stmt>) {
        if !self.activity.is_active_call(pattern, call) {
            let value = Expr::Call(call.clone());
            match pattern {
                Pattern::Wild => out.push(Stmt::Do(value)),
                pattern => self.definition(pattern, &value, out),
            }
            return;
        }
        let mut dots = Vec::new();
        for (index, arg) in call.args.iter().enumerate() {
            let dot = if self.activity.flows_active(arg) { self.tangent(arg, None) } else { None };
            dots.push(match (dot, arg) {
                (Some(Expr::Borrow(place, _)), Expr::Borrow(..)) => Some(self.lent_beside(call, index, place, out)),
                (dot, _) => dot,
            });
        }
        let marker = |dot: &Option<Expr>| if dot.is_some() { Marker::Active } else { Marker::Inactive };
        let markers = dots.iter().map(marker).collect();
        let dot_pattern = match pattern {
            Pattern::Wild => Pattern::Wild,
            pattern => self.dot_pattern(pattern),
        };
        let pair = Pattern::Tuple(vec![pattern.clone(), dot_pattern]);
        out.push(Stmt::Let(pair, Expr::Pushforward { call: call.clone(), markers, dots: vec![dots] }));
    }

    /// The tangent of an argument, lent as the argument is: a copy of it in `list[i].method(&list[j])`, as the tangent of the receiver is
    /// lent mutably at the same time.
    pub fn lent_beside(&mut self, call: &Call, index: usize, dot: Place, out: &mut Vec<Stmt>) -> Expr {
        let Some(Expr::Borrow(given, mutable)) = call.args.get(index) else { return Expr::Borrow(dot, false) };
        let receiver = call.changed_receiver().filter(|_| index > 0);
        if *mutable || receiver.is_none_or(|receiver| receiver.root != given.root) {
            return Expr::Borrow(dot, *mutable);
        }
        let copy = self.vars.derived(given.root, "_dot", Role::Tangent(given.root), false);
        self.vars[copy].access = Access::Owned;
        self.vars[copy].ty = self.vars.place_type(given).owned();
        out.push(Stmt::Let(Pattern::Var(copy), Expr::Snapshot(dot)));
        Expr::Borrow(Place::of(copy), false)
    }

    /// The tangent of an argument for a callee that is active in it: zero where none flows in.
    pub fn lent_tangent(&mut self, arg: &Expr, out: &mut Vec<Stmt>) -> Expr {
        match (self.tangent(arg, None), arg) {
            (Some(Expr::Borrow(place, _)), Expr::Borrow(_, mutable)) => Expr::Borrow(place, *mutable),
            (Some(dot), _) => dot,
            (None, Expr::Borrow(place, mutable)) => {
                let dot = self.vars.derived(place.root, "_dot", Role::Tangent(place.root), *mutable);
                self.vars[dot].access = Access::Owned;
                self.vars[dot].ty = self.vars.place_type(place);
                let zero = self.zero_of(place);
                out.push(Stmt::Let(Pattern::Var(dot), zero));
                Expr::Borrow(Place::of(dot), *mutable)
            }
            (None, value) => self.result_tangent(value),
        }
    }
}
