//! Statements as tokens.

use super::Emitter;
use super::call::LINEARIZE_ALONG;
use super::variants::only_branch;
use crate::ir::{Access, Bar, Block, Call, Expr, Marker, Pattern, Place, Range, Role, Room, Stmt, Ty, Var};
use crate::transform::capacity::literal_length;
use proc_macro2::TokenStream;
use quote::quote;

/// What the parameters of a split function are called.
#[derive(Default)]
pub struct ParamNames {
    /// The marker's value, by parameter.
    pub markers: Vec<TokenStream>,
    /// The marker's type, by parameter.
    pub types: Vec<TokenStream>,
    /// The buffer, by parameter.
    pub buffers: Vec<TokenStream>,
    /// Runs both sweeps in their general form, and returns.
    pub general: TokenStream,
}

impl Emitter<'_> {
    /// A block with its value.
    pub fn block(&self, block: &Block, params: &ParamNames) -> TokenStream {
        let stmts = self.stmts(&block.stmts, params);
        let result = block.result.as_ref().map(|result| self.expr(result));
        quote!(#stmts #result)
    }

    /// Statements in order.
    pub fn stmts(&self, stmts: &[Stmt], params: &ParamNames) -> TokenStream {
        let (mut rest, mut tokens) = (stmts, TokenStream::new());
        while let Some((stmt, behind)) = rest.split_first() {
            rest = match self.chosen_together(rest, params) {
                Some(choice) => {
                    tokens.extend(choice);
                    &behind[1..]
                }
                None => {
                    tokens.extend(self.stmt(stmt, params));
                    behind
                }
            };
        }
        tokens
    }

    fn stmt(&self, stmt: &Stmt, params: &ParamNames) -> TokenStream {
        match stmt {
            Stmt::Let(pattern, value) => self.definition(pattern, value),
            Stmt::Declare(var) => {
                let (name, ty) = (self.name(*var), self.annotation(*var));
                quote!(let mut #name #ty;)
            }
            Stmt::Assign(place, value) => self.assign(place, value),
            Stmt::Add(place, value) => self.add(place, value),
            Stmt::Structural(structural) => self.structural(structural),
            Stmt::If { result, cond, then, otherwise } => self.branch(*result, cond, then, otherwise, params),
            Stmt::For { var, range, body } => {
                let (range, body) = (self.range(range), self.block(body, params));
                let name = self.vars[*var].name.as_str();
                if name.starts_with('_') {
                    quote!(for _ in #range { #body })
                } else {
                    let name = self.name(*var);
                    quote!(for #name in #range { #body })
                }
            }
            Stmt::While { header, body } => {
                let (header_stmts, body) = (self.stmts(&header.stmts, params), self.block(body, params));
                let cond = header.result.as_ref().map(|cond| self.expr(cond));
                if is_true(header) {
                    quote!(loop { #body })
                } else if header.stmts.is_empty() {
                    quote!(while #cond { #body })
                } else {
                    quote!(while { #header_stmts #cond } { #body })
                }
            }
            Stmt::Require(cond) => {
                let (cond, general) = (self.expr(cond), &params.general);
                quote!(if !(#cond) { #general })
            }
            Stmt::BreakIf(cond) => {
                let cond = self.expr(cond);
                quote!(if #cond { break; })
            }
            Stmt::Do(value) => {
                let value = self.expr(value);
                quote!(#value;)
            }
            Stmt::Linearize { pattern, pullback, call, active, dots } => {
                self.linearize(pattern, *pullback, call, (active, dots.as_deref()), params)
            }
            Stmt::Pullback { pullback, args, seed, bars, dots } => {
                let dots = dots.as_ref().map(|dots| self.pullback_dots(dots, params));
                self.pullback(pullback, args, seed, bars, dots, params)
            }
            Stmt::Save { stack, value: Expr::Snapshot(place) } if self.is_sequence(place) => {
                let (stack, value) = (self.name(*stack), self.borrow(place, false));
                quote!(#stack.push_copy(#value);)
            }
            Stmt::Save { stack, value } => {
                let (stack, value) = (self.name(*stack), self.expr(value));
                quote!(#stack.push(#value);)
            }
            Stmt::IfActive { param, bar, body } => {
                let (name, body) = (self.name(*bar), self.block(body, params));
                let marker = &params.types[*param];
                quote!(if let Some(#name) = #marker::open(&mut #name) { #body })
            }
            Stmt::Part { part, param, bar, bounds } => {
                let (part, bar, bounds) = (self.name(*part), self.name(*bar), self.expr(bounds));
                let marker = &params.types[*param];
                quote!(let mut #part = #marker::part(&mut #bar, #bounds);)
            }
            Stmt::Increment(var) => {
                let name = self.name(*var);
                quote!(#name += 1;)
            }
        }
    }

    /// Whether a copy of a place has the place's own type, and memory that can be used again.
    fn is_sequence(&self, place: &Place) -> bool {
        place.is_whole() && self.vars.holds_list(place)
    }

    fn definition(&self, pattern: &Pattern, value: &Expr) -> TokenStream {
        let tokens = match (pattern, value) {
            // residuals are read through a reference, except zeros
            (Pattern::Var(var), Expr::Pop(_))
                if self.vars[*var].access == Access::Owned && self.vars[*var].ty.is_scalar() =>
            {
                let pop = self.expr(value);
                quote!(*#pop)
            }
            (Pattern::Tuple(parts), Expr::Pop(_)) => {
                let parts = parts.iter().map(|part| match part {
                    Pattern::Var(var) if self.vars[*var].access == Access::Shared => {
                        let name = self.name(*var);
                        quote!(ref #name)
                    }
                    part => self.pattern(part),
                });
                let pop = self.expr(value);
                return quote!(let &(#(#parts),*) = #pop;);
            }
            (Pattern::Var(var), Expr::NewStack(Room::Loop(range))) if matches!(self.vars[*var].ty, Ty::Array(_)) => {
                let length = literal_length(range);
                quote!(::chainrule::residual::Array::<_, #length>::new())
            }
            _ => self.expr(value),
        };
        let (ty, pattern) = match pattern {
            Pattern::Var(var) if super::annotation::is_none(value) => (self.type_of_none(*var), self.pattern(pattern)),
            Pattern::Var(var) => (self.annotation(*var), self.pattern(pattern)),
            _ => (None, self.pattern(pattern)),
        };
        quote!(let #pattern #ty = #tokens;)
    }

    pub fn pattern(&self, pattern: &Pattern) -> TokenStream {
        match pattern {
            Pattern::Var(var) => {
                let name = self.name(*var);
                if self.vars[*var].mutable && self.vars[*var].access == Access::Owned {
                    quote!(mut #name)
                } else {
                    quote!(#name)
                }
            }
            Pattern::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.pattern(part));
                quote!((#(#parts),*))
            }
            Pattern::Wild => quote!(_),
        }
    }

    fn assign(&self, place: &Place, value: &Expr) -> TokenStream {
        if let Expr::NewStack(room) = value {
            return self.emptied(place.root, room);
        }
        let role = self.vars[place.root].role;
        let itself = matches!(value, Expr::ZeroLike(of) if **of == Expr::Borrow(place.clone(), false));
        if itself && role != Role::Primal {
            let place = self.borrow(place, true);
            return quote!(::chainrule::SetZero::set_to_zero(#place););
        }
        // the value first, where it reads what the view lends
        if place.ends_in_view() && value.reads(place.root) && !matches!(value, Expr::Borrow(..)) {
            let (view, value) = (self.place(place, true), self.expr(value));
            return quote!(::chainrule::rules::written(#value, #view););
        }
        if place.ends_in_view() {
            let (view, value) = (self.place(place, true), self.reference(value));
            return quote!(#view.copy_from(#value););
        }
        let (place, value) = (self.assigned(place), self.expr(value));
        quote!(#place = #value;)
    }

    /// An emptied stack, with room for what a loop is about to save.
    fn emptied(&self, stack: Var, room: &Room) -> TokenStream {
        let stack = self.name(stack);
        match room {
            Room::Loop(range) => {
                let range = self.range(range);
                quote!(#stack.make_room_for(&(#range));)
            }
            Room::Growing | Room::One | Room::Zeros => quote!(#stack.clear();),
        }
    }

    fn branch(
        &self,
        result: Option<Var>,
        cond: &Expr,
        then: &Block,
        otherwise: &Block,
        params: &ParamNames,
    ) -> TokenStream {
        let choice = self.choice(result.is_some(), cond, then, otherwise, params);
        match result {
            Some(var) => {
                let (pattern, ty) = (self.pattern(&Pattern::Var(var)), self.annotation(var));
                quote!(let #pattern #ty = #choice;)
            }
            None => choice,
        }
    }

    /// `if cond { .. } else { .. }`, or a `match`.
    pub fn choice(
        &self,
        has_result: bool,
        cond: &Expr,
        then: &Block,
        otherwise: &Block,
        params: &ParamNames,
    ) -> TokenStream {
        if let Some((choice, _)) = self.choice_of_variant(cond, then, otherwise, params) {
            return choice;
        }
        let (cond, then) = (self.expr(cond), self.block(then, params));
        if !has_result && then.is_empty() && otherwise.result.is_none() {
            let (not, otherwise) = (super::expr::negated(&cond), self.block(otherwise, params));
            return quote!(if #not { #otherwise });
        }
        let otherwise = self.otherwise(otherwise, params);
        quote!(if #cond { #then } #otherwise)
    }

    /// `else if .. {}` where an `if` is all that the block holds, `else {}`, or nothing.
    pub fn otherwise(&self, block: &Block, params: &ParamNames) -> Option<TokenStream> {
        if block.stmts.is_empty() && block.result.is_none() {
            return None;
        }
        let Some((cond, then, otherwise)) = only_branch(block) else {
            let block = self.block(block, params);
            return Some(quote!(else { #block }));
        };
        match self.choice_of_variant(cond, then, otherwise, params) {
            Some((choice, true)) => Some(quote!(else #choice)),
            Some((choice, false)) => Some(quote!(else { #choice })),
            None => {
                let (cond, then) = (self.expr(cond), self.block(then, params));
                let otherwise = self.otherwise(otherwise, params);
                Some(quote!(else if #cond { #then } #otherwise))
            }
        }
    }

    pub fn range(&self, range: &Range) -> TokenStream {
        if let Some(part) = &range.part {
            let all = self.range(&Range { part: None, ..range.clone() });
            let (skipped, run) = (self.expr(&part.0), self.expr(&part.1));
            let all = if range.step.is_none() && !range.reversed { quote!((#all)) } else { all };
            return quote!(#all.skip(#skipped).take(#run));
        }
        if let Some(last) = &range.last {
            let all = self.range(&Range { last: None, ..range.clone() });
            let last = self.expr(last);
            return quote!(::chainrule::stepped::last(#all, #last));
        }
        let (low, high) = (self.expr(&range.low), self.expr(&range.high));
        let bounds = if range.inclusive { quote!(#low..=#high) } else { quote!(#low..#high) };
        match (&range.step, range.reversed) {
            (None, false) => bounds,
            (None, true) => quote!((#bounds).rev()),
            (Some(step), reversed) => {
                let step = self.expr(step);
                if reversed {
                    quote!(::chainrule::stepped::backwards(#bounds, #step))
                } else {
                    quote!((#bounds).step_by(#step))
                }
            }
        }
    }

    /// `let (value, pullback) = callee::linearize(args.., (markers..));`
    fn linearize(
        &self,
        pattern: &Pattern,
        pullback: Var,
        call: &Call,
        (active, dots): (&[Marker], Option<&[Option<Expr>]>),
        params: &ParamNames,
    ) -> TokenStream {
        let markers = active.iter().map(|marker| self.marker(*marker, &params.markers));
        let (pattern, pullback) = (self.pattern(pattern), self.name(pullback));
        let what = match (&dots, self.direction) {
            (None, _) => "linearize",
            (Some(_), None) => "linearize_order_2",
            (Some(_), Some(_)) => LINEARIZE_ALONG,
        };
        let dots = dots.into_iter().flatten().zip(active).map(|(dot, marker)| self.lent_dot(*marker, dot, params));
        let linearized = self.generated(call, what, &quote!((#(#markers,)*) #(, #dots)*));
        quote!(let (#pattern, #pullback) = #linearized;)
    }

    /// `pullback(borrowed args.., seed, bars..);`
    fn pullback(
        &self,
        pullback: &Expr,
        args: &[Expr],
        seed: &Expr,
        bars: &[Bar],
        dots: Option<TokenStream>,
        params: &ParamNames,
    ) -> TokenStream {
        let pullback = match pullback {
            Expr::Var(var) => {
                let name = self.name(*var);
                quote!(#name)
            }
            other => {
                let tokens = self.expr(other);
                quote!((#tokens))
            }
        };
        let args = args.iter().map(|arg| self.expr(arg));
        let seed = self.expr(seed);
        let bars = bars.iter().map(|bar| self.lent_bar(bar, params));
        quote!(#pullback(#(#args,)* #seed, #(#bars),* #dots);)
    }

    /// The buffer that a pullback is lent for one argument.
    pub fn lent_bar(&self, bar: &Bar, params: &ParamNames) -> TokenStream {
        match bar {
            Bar::None => quote!(()),
            Bar::Lend(place) => self.lent(place, true),
            Bar::Part(index, place) => {
                let (marker, buffer) = (&params.types[*index], &params.buffers[*index]);
                let name = self.name(place.root);
                let part = self.borrow(place, true);
                if quote!(#name).to_string() == buffer.to_string() {
                    let part = if place.is_whole() { quote!(#name) } else { part };
                    quote!(#marker::project(&mut #buffer, |#name| #part))
                } else {
                    quote!(#marker::local(#part))
                }
            }
        }
    }
}

/// Whether a loop has no condition.
fn is_true(header: &Block) -> bool {
    match &header.result {
        Some(Expr::Opaque(opaque)) => header.stmts.is_empty() && opaque.tokens.0.to_string() == "true",
        _ => false,
    }
}
