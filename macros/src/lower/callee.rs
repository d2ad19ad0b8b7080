//! Calls of differentiable methods and associated functions, whose derivatives stand beside them.
//!
//! A method without a rule is copied source at first. Where activity analysis finds that a derivative would have to pass
//! it, the function is lowered again, and the call becomes one of `name_linearize` and `name_pushforward`.

use super::call::callee;
use super::{Lowerer, Method, Value, strip, syntax};
use crate::ir::expr::{Call, Callee};
use crate::ir::{Access, Expr, Passing, Place, Site, Tokens, Ty};
use crate::refusal::Refusal;
use quote::ToTokens;

/// Types and traits of the standard library whose functions have no derivative beside them.
const STANDARD: &[&str] = &[
    "Arc", "Box", "BTreeMap", "Cell", "Clone", "Complex", "Cow", "Default", "From", "HashMap", "Into", "Iterator",
    "Mutex", "Rc", "RefCell", "VecDeque",
];

/// Of [`ADAPTORS`], those without an argument. `Option` and iterators have a `take` each.
const WITHOUT_ARGUMENTS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "cloned",
    "collect",
    "copied",
    "dedup",
    "enumerate",
    "into_iter",
    "iter",
    "iter_mut",
    "lock",
    "next",
    "parse",
    "pop",
    "product",
    "rev",
    "sort",
    "sum",
    "take",
    "unwrap_or_default",
];

/// Methods of the standard library's iterators and containers, which no differentiable method is likely to be called.
const ADAPTORS: &[&str] = &[
    "all",
    "and_then",
    "any",
    "append",
    "borrow",
    "borrow_mut",
    "chain",
    "chunks",
    "chunks_exact",
    "cloned",
    "collect",
    "copied",
    "dedup",
    "drain",
    "entry",
    "enumerate",
    "extend",
    "filter",
    "filter_map",
    "flat_map",
    "fold",
    "for_each",
    "get",
    "get_mut",
    "insert",
    "into_iter",
    "iter",
    "iter_mut",
    "lock",
    "map_or",
    "map_or_else",
    "max_by",
    "min_by",
    "next",
    "ok_or",
    "or_else",
    "parse",
    "pop",
    "position",
    "product",
    "push",
    "reduce",
    "remove",
    "resize",
    "retain",
    "rev",
    "scan",
    "skip",
    "skip_while",
    "sort",
    "sort_by",
    "split_off",
    "step_by",
    "sum",
    "swap_remove",
    "take",
    "take_while",
    "truncate",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "windows",
    "zip",
];

/// Methods of floats without a rule. Any other on a float is that of a trait of the user's.
const OF_FLOATS: &[&str] = &[
    "abs_sub",
    "algebraic_add",
    "algebraic_div",
    "algebraic_mul",
    "algebraic_sub",
    "classify",
    "gamma",
    "integer_decode",
    "into",
    "ln_gamma",
    "maximum",
    "midpoint",
    "minimum",
    "neg",
    "next_down",
    "next_up",
    "rem",
    "to_string",
    "try_into",
];

impl Lowerer<'_> {
    /// `self.name(args..)`, where the block at hand has the method.
    pub fn own_method(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Option<Value> {
        let is_self = matches!(strip(&call.receiver), syn::Expr::Path(path) if path.path.is_ident("self"));
        let method = self.around.methods.get(&call.method.to_string()).filter(|_| is_self)?.clone();
        let receiver = method.receiver?;
        if let Some(value) = self.without_derivative(expr, &method, &call.method) {
            return Some(value);
        }
        let (place, ty) = self.lower_place(&call.receiver)?;
        let receiver = match receiver {
            Passing::Value => {
                let mut value = self.load(place, ty);
                // what a reference refers to can be passed by value if it is copied
                if let Expr::Borrow(place, _) = value.expr {
                    value.expr = Expr::Var(self.bind_temporary(Value::new(Expr::Snapshot(place), value.ty.clone())));
                }
                self.before(value, &call.receiver, &call.args).expr
            }
            Passing::Shared => Expr::Borrow(place, false),
            Passing::Mutable => Expr::Borrow(place, true),
        };
        let mut given = self.arguments(&call.args);
        method.lend(&mut given);
        let args = [receiver].into_iter().chain(given).collect();
        let path = Tokens(format!("Self::{}", call.method).parse().unwrap_or_default());
        let call = Call {
            path,
            callee: Callee::Associated,
            generics: turbofish(call),
            args,
            empty: false,
            site: site(&call.method),
        };
        Some(Value::new(Expr::Call(call), method.ret))
    }

    /// Whether a method is one of the block at hand that takes `&self`.
    pub fn only_reads(&self, call: &syn::ExprMethodCall) -> bool {
        let is_self = matches!(strip(&call.receiver), syn::Expr::Path(path) if path.path.is_ident("self"));
        let method = self.around.methods.get(&call.method.to_string()).filter(|_| is_self);
        method.is_some_and(|method| method.receiver == Some(Passing::Shared))
    }

    /// A call of a function of the block that has no derivative: copied through.
    fn without_derivative(&mut self, expr: &syn::Expr, method: &Method, name: &syn::Ident) -> Option<Value> {
        if method.ret.is_inert() && method.receiver != Some(Passing::Mutable) && !method.writes {
            let mut asked = self.opaque(expr, None);
            asked.flows.clear();
            return Some(Value::new(Expr::Opaque(asked), method.ret.clone()));
        }
        (!method.differentiable).then(|| self.copied(expr, method.ret.clone(), Refusal::NoDiffMethod(name.to_string())))
    }

    /// `receiver.name(args..)` without a rule.
    pub fn unknown_method(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Value {
        let name = call.method.to_string();
        let of_chain = self.is_iterator(&call.receiver);
        let adaptor = is_adaptor(call) && !self.users.is_theirs(&call.receiver);
        let known = adaptor || of_chain || !self.around.is_call(call.method.span());
        let receiver = if known { None } else { self.receiver(call) };
        let Some(receiver) = receiver else {
            let refusal = match () {
                () if of_chain => Refusal::IteratorMethod(name),
                // the second time, nothing else was found for it
                () if name == "and_then" && self.around.is_call(call.method.span()) => Refusal::OptionOrResult(name),
                () if is_adaptor(call) && self.around.is_call(call.method.span()) => {
                    Refusal::Construct("this method of a collection")
                }
                () if name == "into" => Refusal::Into,
                () => Refusal::UnknownMethod(name),
            };
            let mut opaque = self.copied(expr, Ty::Unknown, refusal);
            if let Expr::Opaque(opaque) = &mut opaque.expr {
                opaque.site = site(&call.method);
            }
            return opaque;
        };
        let receiver = self.receiver_before(receiver, call);
        let args = [receiver].into_iter().chain(self.arguments(&call.args)).collect();
        let path = Tokens(call.method.to_token_stream());
        let call = Call {
            path,
            callee: Callee::Method,
            generics: turbofish(call),
            args,
            empty: false,
            site: site(&call.method),
        };
        Value::new(Expr::Call(call), Ty::Unknown)
    }

    /// The receiver as a borrowed place: mutable where the method might take it so. `None` for types without methods of the
    /// user's.
    fn receiver(&mut self, call: &syn::ExprMethodCall) -> Option<Expr> {
        let (place, ty) = match self.base_place(&call.receiver) {
            Some(base) => base,
            None => {
                let value = self.lower_expr(&call.receiver);
                let ty = value.ty.clone();
                match value.expr {
                    Expr::Borrow(place, _) => (place, ty),
                    _ => (Place::of(self.bind_temporary(value)), ty),
                }
            }
        };
        let info = &self.vars[place.root];
        let mutable = info.mutable && info.access != Access::Shared && !self.is_shared_alias(&call.receiver);
        let of_float = ty.is_float() && !OF_FLOATS.iter().any(|known| call.method == known);
        (ty == Ty::Unknown || of_float).then_some(Expr::Borrow(place, mutable))
    }

    /// `Type::name(args..)` without a rule; `None` if it is of the standard library.
    pub fn associated_call(&mut self, expr: &syn::Expr, path: &syn::ExprPath, call: &syn::ExprCall) -> Option<Value> {
        let segments = syntax::segments(&path.path);
        let [.., ty, name] = segments.as_slice() else { return None };
        if !ty.starts_with(char::is_uppercase) || !self.may_be_users(ty) {
            return None;
        }
        let last = &path.path.segments.last()?.ident;
        let own = (ty == "Self" && segments.len() == 2).then(|| self.around.methods.get(name).cloned()).flatten();
        if let Some(method) = &own
            && let Some(value) = self.without_derivative(expr, method, last)
        {
            return Some(value);
        }
        if own.is_none() && !self.around.is_call(last.span()) {
            let name = super::syntax::written(path);
            let mut copied = self.copied(expr, Ty::Unknown, Refusal::UnknownMethod(name));
            if let Expr::Opaque(opaque) = &mut copied.expr {
                opaque.site = site(last);
            }
            return Some(copied);
        }
        let mut args = self.arguments(&call.args);
        own.iter().filter(|method| method.receiver.is_none()).for_each(|method| method.lend(&mut args));
        let callee = Call { callee: Callee::Associated, args, ..callee(path, site(last)) };
        Some(Value::new(Expr::Call(callee), own.map_or(Ty::Unknown, |method| method.ret)))
    }

    /// Whether a type could have functions of the user's.
    fn may_be_users(&self, ty: &str) -> bool {
        !STANDARD.contains(&ty) && !super::types::is_matrix(ty) && self.named_type(ty) == Ty::Unknown
    }
}

/// Whether a method is one of the standard library's, by its name and by whether it is given something.
fn is_adaptor(call: &syn::ExprMethodCall) -> bool {
    let name = call.method.to_string();
    let alone = WITHOUT_ARGUMENTS.contains(&name.as_str());
    ADAPTORS.contains(&name.as_str()) && (alone == call.args.is_empty() || name == "take")
}

/// The generic arguments of a call of a method, and how many they are.
pub fn turbofish(call: &syn::ExprMethodCall) -> Option<(usize, Tokens)> {
    let generics = call.turbofish.as_ref()?;
    Some((generics.args.len(), Tokens(generics.args.to_token_stream())))
}

fn site(name: &syn::Ident) -> Site {
    Site(name.span())
}
