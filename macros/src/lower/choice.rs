//! Choices: `if`, `match`, `if let`, `let .. else`, `?`.
//!
//! A choice is a list of arms, each with a test that copied source decides and with names for parts of what is matched.
//! It becomes a chain of `if`s. Where at most one arm goes on, what follows the choice is lowered inside that arm.

use super::jump::{self, placeholder};
use super::wrapped::Wrapper;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Block, Expr, Stmt, Ty};
use crate::refusal::Refusal;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;

/// What becomes of the value of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// There is none, or nobody wants it.
    Effect,
    /// It is the value of an expression.
    Value,
    /// It is the value of the function: a `return` at the end is no jump.
    Tail,
}

/// What follows a choice in its block.
pub struct Continuation<'c> {
    /// The pattern of the `let` whose value the choice is.
    pub bind: Option<&'c syn::Pat>,
    /// The statements behind it.
    pub after: &'c [syn::Stmt],
    /// Whether the choice is the last expression of the block.
    pub tail: bool,
}

/// One way to go.
pub struct Arm<'e> {
    /// Decides for the arm; `None` if nothing is left to decide.
    pub test: Option<Expr>,
    /// What the pattern names.
    pub names: Vec<super::matching::Name<'e>>,
    /// What is done.
    pub body: Body<'e>,
}

/// What an arm does.
pub enum Body<'e> {
    /// `{ .. }`
    Block(&'e syn::Block),
    /// `=> expr`
    Expr(&'e syn::Expr),
    /// The payload that `?` takes out.
    Payload(Value),
    /// The failure that `?` returns.
    Failure(syn::Expr),
    /// A missing `else`.
    Nothing,
}

impl Arm<'_> {
    fn span(&self) -> Option<Span> {
        match &self.body {
            Body::Block(block) => block.stmts.first().map(Spanned::span),
            Body::Expr(expr) => Some(expr.span()),
            Body::Payload(_) | Body::Failure(_) | Body::Nothing => None,
        }
    }

    /// Whether it never goes on, as far as its form tells.
    pub fn diverges(&self) -> bool {
        match &self.body {
            Body::Block(block) => jump::block_diverges(block),
            Body::Expr(expr) => jump::diverges(expr),
            Body::Failure(_) => true,
            Body::Payload(_) | Body::Nothing => false,
        }
    }
}

impl Lowerer<'_> {
    /// A choice with what follows it; the value of the rest of the block.
    pub fn choice(&mut self, expr: &syn::Expr, cont: &Continuation<'_>, usage: Use) -> Option<Value> {
        let arms = self.arms(expr)?;
        self.choose_with(&arms.iter().collect::<Vec<_>>(), cont, usage)
    }

    /// The same for arms that are known.
    pub fn choose_with(&mut self, arms: &[&Arm<'_>], cont: &Continuation<'_>, usage: Use) -> Option<Value> {
        let falling = arms.iter().filter(|arm| !arm.diverges()).count();
        let ends = cont.bind.is_none() && cont.after.is_empty();
        if falling <= 1 || ends {
            return self.choose(arms, cont, usage);
        }
        let repeatable = |arm: &&Arm<'_>| !matches!(&arm.test, Some(Expr::Opaque(test)) if !test.writes.is_empty());
        if cont.bind.is_some() && falling < arms.len() && arms.iter().all(repeatable) {
            return self.choose_apart(arms, cont, usage);
        }
        let before = std::mem::take(&mut self.pending);
        let inner = Continuation { bind: None, after: &[], tail: cont.bind.is_some() };
        let Some(pat) = cont.bind else {
            self.choose(arms, &inner, Use::Effect);
            let set = std::mem::replace(&mut self.pending, before);
            return self.guarded(set, cont.after, None, usage);
        };
        let (value, optional) = self.value_of_ways(arms, &inner);
        let set = std::mem::replace(&mut self.pending, before);
        let value = value.unwrap_or_else(Value::unit);
        if !optional {
            self.bind_pattern(pat, value, None);
            return self.guarded(set, cont.after, None, usage);
        }
        let name = self.reserved("chosen");
        self.bind_pattern(&syntax::binding(&name), value, None);
        let unwrap = proc_macro2::Ident::new("unwrap", Span::call_site());
        let payload = syn::Expr::MethodCall(syntax::method_call(syntax::path(&name), unwrap, []));
        let after: Vec<syn::Stmt> =
            std::iter::once(syntax::bound(pat.clone(), payload)).chain(cont.after.iter().cloned()).collect();
        self.guarded(set, &after, None, usage)
    }

    /// Ways that leave and several that go on: which of both it is comes first, so that the value needs no stand-in where there is none.
    fn choose_apart(&mut self, arms: &[&Arm<'_>], cont: &Continuation<'_>, usage: Use) -> Option<Value> {
        let leaves = self.leaves(arms);
        let (leaving, staying): (Vec<&Arm<'_>>, Vec<&Arm<'_>>) = arms.iter().partition(|arm| arm.diverges());
        let spans = [&leaving, &staying].map(|arms| arms.first().and_then(|arm| arm.span()));
        let nothing = Continuation { bind: None, after: &[], tail: false };
        self.two_ways(leaves, usage, spans, |this, leaves| match leaves {
            true => this.choose(&leaving, &nothing, usage),
            false => this.choose_with(&staying, cont, usage),
        })
    }

    /// Source that asks whether the way that is chosen leaves.
    fn leaves(&self, arms: &[&Arm<'_>]) -> Expr {
        let Some((arm, rest)) = arms.split_first() else { return super::constant("false") };
        let diverges = arm.diverges();
        let Some(test) = arm.test.as_ref().filter(|_| !rest.is_empty()) else {
            return super::constant(if diverges { "true" } else { "false" });
        };
        match (diverges, rest.iter().any(|arm| arm.diverges()), rest.iter().all(|arm| arm.diverges())) {
            (true, false, _) => test.clone(),
            (false, _, true) => self.integer("!(a)", &[test]),
            (true, ..) => self.integer("(a) || (b)", &[test, &self.leaves(rest)]),
            (false, ..) => self.integer("!(a) && (b)", &[test, &self.leaves(rest)]),
        }
    }

    /// The arms as a chain of `if`s in the current block.
    pub fn choose(&mut self, arms: &[&Arm<'_>], cont: &Continuation<'_>, usage: Use) -> Option<Value> {
        let (arm, rest) = arms.split_first()?;
        let Some(cond) = arm.test.clone().filter(|_| !rest.is_empty()) else {
            return self.arm(arm, cont, usage);
        };
        let span = |arm: &Arm<'_>| arm.span().or(cont.bind.map(Spanned::span));
        let spans = [span(arm), rest.first().and_then(|arm| span(arm))];
        self.two_ways(cond, usage, spans, |this, first| match first {
            true => this.arm(arm, cont, usage),
            false => this.choose(rest, cont, usage),
        })
    }

    /// `if cond { way(true) } else { way(false) }`
    fn two_ways(
        &mut self,
        cond: Expr,
        usage: Use,
        spans: [Option<Span>; 2],
        mut way: impl FnMut(&mut Self, bool) -> Option<Value>,
    ) -> Option<Value> {
        let mut types = Vec::new();
        let [mut then, mut otherwise] = [(true, spans[0]), (false, spans[1])].map(|(first, span)| {
            self.lower_nested(|this| {
                let value = way(this, first)?;
                this.refuse_chosen_list(&value, span);
                types.push(value.ty.clone());
                Some(this.branch_value(value))
            })
        });
        let ty = types.iter().fold(Ty::Unknown, |ty, known| ty.join(known));
        if usage != Use::Effect {
            self.fill(&mut then, &otherwise, &ty, spans[0]);
            self.fill(&mut otherwise, &then, &ty, spans[1]);
        }
        self.join_branches(cond, then, otherwise, &types)
    }

    /// A list of references is put together again by the reverse sweep, which a chosen one is not.
    fn refuse_chosen_list(&mut self, value: &Value, span: Option<Span>) {
        let (Expr::Array { items, .. }, Some(span)) = (&value.expr, span) else { return };
        let refers = |item: &Expr| matches!(item, Expr::Borrow(place, _) if !self.place_type(place).is_inert());
        if items.iter().any(refers) {
            self.diagnostics.refuse(span, &Refusal::ChosenReference);
        }
    }

    /// A way that leaves has no value: any will do.
    fn fill(&mut self, block: &mut Block, other: &Block, ty: &Ty, span: Option<Span>) {
        if block.result.is_some() || other.result.is_none() {
            return;
        }
        match placeholder(ty) {
            Some(value) => block.result = Some(value),
            None => {
                let span = span.unwrap_or_else(Span::call_site);
                self.diagnostics.refuse(span, &Refusal::JumpInValue);
            }
        }
    }

    /// One arm with what follows the choice, if the arm goes on.
    fn arm(&mut self, arm: &Arm<'_>, cont: &Continuation<'_>, usage: Use) -> Option<Value> {
        let falls = !arm.diverges();
        let own = match () {
            () if !falls && usage == Use::Tail => Use::Tail,
            () if !falls && usage == Use::Value => Use::Value,
            () if !falls => Use::Effect,
            () if cont.bind.is_some() => Use::Value,
            () if cont.after.is_empty() && cont.tail => usage,
            () => Use::Effect,
        };
        let before = std::mem::take(&mut self.pending);
        self.scopes.enter();
        for name in &arm.names {
            self.bind_matched(name);
        }
        let value = match &arm.body {
            Body::Block(block) => self.lower_sequence(&block.stmts, own),
            Body::Expr(expr) => self.lower_sequence(&[as_statement(expr, own)], own),
            Body::Payload(value) => Some(value.clone()),
            Body::Failure(failure) => {
                let stmt = syn::Stmt::Expr(failure.clone(), None);
                self.lower_sequence(std::slice::from_ref(&stmt), own)
            }
            Body::Nothing => None,
        };
        self.scopes.leave_flattened();
        let set = std::mem::replace(&mut self.pending, before);
        if !falls {
            self.pending.extend(set);
            return value.filter(|value| !is_unit(value));
        }
        if let Some(pat) = cont.bind {
            self.bind_pattern(pat, value.clone().unwrap_or_else(Value::unit), None);
        }
        let value = if cont.bind.is_some() { None } else { value.filter(|value| !is_unit(value)) };
        self.guarded(set, cont.after, value, usage)
    }

    /// The arms of an expression that chooses.
    fn arms<'e>(&mut self, expr: &'e syn::Expr) -> Option<Vec<Arm<'e>>> {
        match expr {
            syn::Expr::If(branch) => self.if_arms(branch),
            syn::Expr::Match(node) => self.match_arms(node),
            syn::Expr::Try(node) => self.try_arms(node),
            _ => None,
        }
    }

    fn if_arms<'e>(&mut self, branch: &'e syn::ExprIf) -> Option<Vec<Arm<'e>>> {
        let then = Body::Block(&branch.then_branch);
        let otherwise = match &branch.else_branch {
            Some((_, otherwise)) => Body::Expr(otherwise),
            None => Body::Nothing,
        };
        let last = Arm { test: None, names: Vec::new(), body: otherwise };
        let (test, names) = self.condition(&branch.cond)?;
        Some(vec![Arm { test: Some(test), names, body: then }, last])
    }

    /// `e?`: the payload, or the end of the function with the failure.
    fn try_arms<'e>(&mut self, node: &'e syn::ExprTry) -> Option<Vec<Arm<'e>>> {
        let Some(wrapper) = self.returns.as_ref().and_then(wrapper) else {
            let refusal = match self.returns {
                Some(syn::Type::Infer(_)) => Refusal::QuestionMarkInClosure,
                _ => Refusal::Jump("?"),
            };
            self.diagnostics.refuse(node.question_token.span(), &refusal);
            return None;
        };
        // what is asked, and what becomes of a failure: `option.ok_or(e)?`, `result.map_err(f)?`, `result.ok()?`
        let (asked, changed) = match strip(&node.expr) {
            syn::Expr::MethodCall(call) => {
                let change = (call.method.to_string(), call.args.first());
                match (wrapper, change.0.as_str(), change.1) {
                    ("Result", "map_err" | "ok_or" | "ok_or_else", Some(_)) | ("Option", "ok", None) => {
                        (&*call.receiver, Some(change))
                    }
                    _ => (&*node.expr, None),
                }
            }
            asked => (asked, None),
        };
        let from = match (wrapper, &changed) {
            ("Option", None) => Wrapper::Option,
            ("Result", Some((name, _))) if name.starts_with("ok_or") => Wrapper::Option,
            _ => Wrapper::Result,
        };
        let combined = self.combination(asked, Some(from));
        let scrutinee = self.scrutinee(combined.as_ref().unwrap_or(asked));
        let failed = super::marked(&scrutinee.place, &self.vars);
        let failed = format!("::core::clone::Clone::clone(::chainrule::__private::payload::err(&{failed}))");
        let returned = |failure: String| format!("return Err(::core::convert::From::from({failure}))");
        let source = |expr: &syn::Expr| expr.to_token_stream().to_string();
        let (variant, failure) = match (wrapper, &changed) {
            ("Option", Some(_)) => ("Ok", "return None".to_owned()),
            ("Option", None) => ("Some", "return None".to_owned()),
            (_, Some((name, Some(f)))) if name == "map_err" => ("Ok", returned(format!("({})({failed})", source(f)))),
            (_, Some((name, Some(e)))) if name == "ok_or" => ("Some", returned(source(e))),
            (_, Some((_, Some(f)))) => ("Some", returned(format!("({})()", source(f)))),
            _ => ("Ok", returned(failed)),
        };
        let test = self.test_of_variant(&scrutinee, variant);
        let value = self.payload_of(&scrutinee, variant);
        let failure = syn::parse_str(&failure).unwrap_or_else(|_| (*node.expr).clone());
        Some(vec![
            Arm { test: Some(test), names: Vec::new(), body: Body::Payload(value) },
            Arm { test: None, names: Vec::new(), body: Body::Failure(failure) },
        ])
    }

    /// `let pattern = value else { .. };` and what follows it.
    pub fn let_else(
        &mut self,
        local: &syn::Local,
        init: &syn::LocalInit,
        after: &[syn::Stmt],
        usage: Use,
    ) -> Option<Value> {
        let pat = match &local.pat {
            syn::Pat::Type(typed) => &*typed.pat,
            pat => pat,
        };
        let (_, diverge) = init.diverge.as_ref()?;
        let scrutinee = self.scrutinee_of(&init.expr, [pat]);
        let matched = self.matched_in(pat, &scrutinee);
        let Some(test) = matched.test else {
            matched.names.iter().for_each(|name| self.bind_matched(name));
            return self.lower_sequence(after, usage);
        };
        let cond = self.test_of(&scrutinee.place, test);
        if !jump::jumps(diverge) {
            // a panic leaves nothing to retrace: what follows stands behind the question
            let otherwise = self.lower_nested(|this| {
                this.lower_sequence(&[as_statement(diverge, Use::Effect)], Use::Effect);
                None
            });
            self.out.push(Stmt::If { result: None, cond, then: Block::default(), otherwise });
            matched.names.iter().for_each(|name| self.bind_matched(name));
            return self.lower_sequence(after, usage);
        }
        let before = std::mem::take(&mut self.pending);
        let span = Some(pat.span());
        let value = self.two_ways(cond, usage, [span; 2], |this, fits| {
            if fits {
                matched.names.iter().for_each(|name| this.bind_matched(name));
                return this.lower_sequence(after, usage);
            }
            let own = if usage == Use::Tail { Use::Tail } else { Use::Effect };
            this.lower_sequence(&[as_statement(diverge, own)], own)
        });
        self.pending.extend(before);
        value
    }

    /// `if`, `match` as a value without anything behind it.
    pub fn choice_value(&mut self, expr: &syn::Expr) -> Value {
        if self.gives_reference(expr) && !self.carries_nothing(expr) {
            self.diagnostics.refuse(expr.span(), &Refusal::ChosenReference);
        }
        let cont = Continuation { bind: None, after: &[], tail: true };
        self.choice(expr, &cont, Use::Value).unwrap_or_else(Value::unit)
    }

    /// `if`, `match` for its effect.
    pub fn choice_effect(&mut self, expr: &syn::Expr) {
        let cont = Continuation { bind: None, after: &[], tail: false };
        self.choice(expr, &cont, Use::Effect);
    }
}

/// `Option` or `Result`, if a type is one of them.
pub fn wrapper(ty: &syn::Type) -> Option<&'static str> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?.ident.to_string();
    match last.as_str() {
        "Option" => Some("Option"),
        name if name.ends_with("Result") => Some("Result"),
        _ => None,
    }
}

/// An arm's expression as the only statement of a block.
fn as_statement(expr: &syn::Expr, usage: Use) -> syn::Stmt {
    syn::Stmt::Expr(expr.clone(), (usage == Use::Effect).then(syn::token::Semi::default))
}

fn is_unit(value: &Value) -> bool {
    matches!(&value.expr, Expr::Tuple(parts) if parts.is_empty())
}
