//! Adapters: from one iterator to another.

use super::index::{is_literal, zero};
use super::items::Items;
use super::source::positions;
use super::{Flow, Result, Segment, Stage, Unknown};
use crate::ir::{Expr, Pattern, Range, Stmt, Ty, Var};
use crate::lower::closure::Callable;
use crate::lower::{Lowerer, strip};
use crate::refusal::Refusal;
use proc_macro2::Span;
use std::rc::Rc;
use syn::spanned::Spanned;

/// Methods that give another iterator, understood or not.
pub const ADAPTERS: &[&str] = &[
    "chain",
    "clone",
    "cloned",
    "copied",
    "cycle",
    "enumerate",
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "inspect",
    "into_iter",
    "map",
    "map_while",
    "peekable",
    "rev",
    "scan",
    "skip",
    "skip_while",
    "step_by",
    "take",
    "take_while",
    "zip",
];

impl Lowerer<'_> {
    /// A chain: its source, and its adapters from left to right.
    pub fn flow(&mut self, expr: &syn::Expr) -> Result<Flow> {
        let flow = self.unbounded(expr)?;
        match flow.segments.iter().any(|segment| segment.endless) {
            true => Err(Unknown::new(cycle_in(expr), Refusal::IteratorMethod("cycle".to_owned()))),
            false => Ok(flow),
        }
    }

    /// The same, where it may go on for ever.
    pub fn unbounded(&mut self, expr: &syn::Expr) -> Result<Flow> {
        let syn::Expr::MethodCall(call) = strip(expr) else { return self.source(expr) };
        if !self.is_iterator(&call.receiver) {
            return self.source(expr);
        }
        let name = call.method.to_string();
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod(name.clone()));
        if matches!(name.as_str(), "into_iter" | "clone") && call.args.is_empty() {
            return self.unbounded(&call.receiver);
        }
        let flow = self.unbounded(&call.receiver)?;
        let flow = match (name.as_str(), call.args.first()) {
            ("map", Some(f)) => {
                let callable = self.callable(f).ok_or_else(unknown)?;
                flow.map(&callable)
            }
            ("inspect", Some(f)) => {
                let item = self.reserved("item");
                let handed_on =
                    syn::parse2::<syn::Expr>(crate::emit::sugar::inspected(f, &item)).map_err(|_| unknown())?;
                let callable = self.callable(&handed_on).ok_or_else(unknown)?;
                flow.map(&callable)
            }
            ("filter", Some(f)) => {
                let callable = self.callable(f).ok_or_else(unknown)?;
                flow.staged(&Stage::Filter(callable))
            }
            ("filter_map", Some(f)) => {
                let callable = self.callable(f).ok_or_else(unknown)?;
                flow.staged(&Stage::FilterMap(callable))
            }
            (name @ ("take_while" | "skip_while" | "map_while"), Some(f)) => {
                let callable = self.callable(f).ok_or_else(unknown)?;
                let flag = if name == "skip_while" { "passed" } else { "ended" };
                let flag = self.counter(flag, Ty::Bool, crate::lower::constant("false"));
                flow.staged(&match name {
                    "take_while" => Stage::TakeWhile(flag, callable),
                    "skip_while" => Stage::SkipWhile(flag, callable),
                    _ => Stage::MapWhile(flag, callable),
                })
            }
            ("scan", Some(start)) => {
                let start = self.lower_expr(start);
                let callable = call.args.get(1).and_then(|f| self.callable(f)).ok_or_else(unknown)?;
                let state = self.changing("state", start.ty.clone());
                let start = self.moved(start);
                self.out.push(Stmt::Let(Pattern::Var(state), start));
                let ended = self.counter("ended", Ty::Bool, crate::lower::constant("false"));
                flow.staged(&Stage::Scan(ended, state, callable))
            }
            ("flatten", None) => flow.staged(&Stage::Flatten),
            ("flat_map", Some(f)) => {
                let callable = self.callable(f).filter(|callable| callable.gives_sequence()).ok_or_else(unknown)?;
                flow.staged(&Stage::FlatMap(callable))
            }
            ("copied" | "cloned", None) => flow.copied(),
            ("enumerate", None) => self.enumerate(flow),
            ("rev", None) => flow.reversed().ok_or_else(unknown)?,
            ("cycle", None) => self.cycle(flow).ok_or_else(unknown)?,
            ("zip", Some(other)) => {
                let other = self.zipped_with(other)?;
                self.zip(flow, other).ok_or_else(unknown)?
            }
            ("chain", Some(other)) => {
                let other = self.iterated(other)?;
                Flow { segments: flow.segments.into_iter().chain(other.segments).collect() }
            }
            ("skip", Some(count)) => {
                let count = self.index(count);
                self.skip(flow, &count).ok_or_else(unknown)?
            }
            ("take", Some(count)) => {
                let count = self.index(count);
                self.take(flow, &count).ok_or_else(unknown)?
            }
            ("step_by", Some(step)) => {
                let step = self.size(step);
                self.step_by(flow, &step).ok_or_else(unknown)?
            }
            _ => return Err(unknown()),
        };
        Ok(flow)
    }

    /// The same items over the positions `0..n`, and `n`.
    pub fn positional(&mut self, segment: Segment) -> (Segment, Expr) {
        let Segment { mut items, range, stages, endless } = segment;
        let plain = is_literal(&range.low, 0) && !range.inclusive && range.step.is_none() && !range.reversed;
        if plain {
            let high = self.bind_count(range.high.clone());
            return (Segment { items, range: Range { high: high.clone(), ..range }, stages, endless }, high);
        }
        let source = match (range.inclusive, is_literal(&range.low, 0)) {
            (true, _) => "(b + 1).saturating_sub(a)",
            (false, true) => "b",
            (false, false) => "b.saturating_sub(a)",
        };
        let mut count = self.bound_integer("n", source, &[&range.low, &range.high]);
        items = items.shifted(&range.low);
        if let Some(step) = &range.step {
            items = Items::Strided(Box::new(items), step.clone());
            count = self.bound_integer("n", "a.div_ceil(b)", &[&count, step]);
        }
        if range.reversed {
            items = Items::Mirrored(Box::new(items), count.clone());
        }
        (Segment { items, range: positions(count.clone()), stages, endless }, count)
    }

    fn enumerate(&mut self, flow: Flow) -> Flow {
        if flow.has_stages() {
            let counter = self.counter("count", Ty::Int, zero());
            return flow.staged(&Stage::Enumerate(counter));
        }
        let mut before = zero();
        let mut segments = Vec::new();
        for segment in flow.segments {
            let (segment, count) = self.positional(segment);
            let index = Items::Index.shifted(&before);
            let items = Items::Pair(Box::new(index), Box::new(segment.items));
            segments.push(Segment { endless: segment.endless, ..Segment::new(items, segment.range) });
            before = self.sum_of(&before, &count);
        }
        Flow { segments }
    }

    fn sum_of(&mut self, a: &Expr, b: &Expr) -> Expr {
        if is_literal(a, 0) { b.clone() } else { self.bound_integer("before", "a + b", &[a, b]) }
    }

    /// Item by item, as long as both have one.
    fn zip(&mut self, left: Flow, right: Flow) -> Option<Flow> {
        // where one of two ends first, the other may have been asked already
        let ([left], [right]) = (left.single()?, right.single()?);
        if left.items.has_effects() || right.items.has_effects() {
            return None;
        }
        let (left, left_count) = self.positional(left);
        let (right, right_count) = self.positional(right);
        let count = if left_count == right_count {
            left_count
        } else {
            self.bound_integer("n", "a.min(b)", &[&left_count, &right_count])
        };
        let items = Items::Pair(Box::new(left.items), Box::new(right.items));
        let endless = left.endless && right.endless;
        Some(Flow { segments: vec![Segment { endless, ..Segment::new(items, positions(count)) }] })
    }

    /// From the start again after the last item. Without any item there is no end to wait for.
    fn cycle(&mut self, flow: Flow) -> Option<Flow> {
        if flow.has_effects() {
            return None;
        }
        let [segment] = flow.single()?;
        let (segment, count) = self.positional(segment);
        let high = self.bound_integer("n", "if a == 0 { 0 } else { usize::MAX }", &[&count]);
        let items = Items::Cycled(Box::new(segment.items), count);
        Some(Flow { segments: vec![Segment { endless: true, ..Segment::new(items, positions(high)) }] })
    }

    fn skip(&mut self, flow: Flow, count: &Expr) -> Option<Flow> {
        if flow.has_effects() {
            return None;
        }
        if flow.has_stages() {
            let counter = self.counter("skipped", Ty::Int, zero());
            return Some(flow.staged(&Stage::Skip(counter, count.clone())));
        }
        let mut left = count.clone();
        let mut segments = Vec::new();
        for (position, segment) in flow.segments.into_iter().enumerate() {
            let (mut segment, length) = self.positional(segment);
            if position > 0 {
                left = self.bound_integer("left", "a.saturating_sub(b)", &[&left, &segments_length(&segments)?]);
            }
            segment.range.low = left.clone();
            segments.push((segment, length));
        }
        Some(Flow { segments: segments.into_iter().map(|(segment, _)| segment).collect() })
    }

    fn take(&mut self, flow: Flow, count: &Expr) -> Option<Flow> {
        if flow.has_stages() {
            if flow.has_effects() {
                return None;
            }
            let counter = self.counter("taken", Ty::Int, zero());
            return Some(flow.staged(&Stage::Take(counter, count.clone())));
        }
        let mut left = count.clone();
        let mut segments = Vec::new();
        for segment in flow.segments {
            let (mut segment, length) = self.positional(segment);
            let taken = self.bound_integer("n", "a.min(b)", &[&length, &left]);
            left = self.bound_integer("left", "a - b", &[&left, &taken]);
            segment.range.high = taken;
            segment.endless = false;
            segments.push(segment);
        }
        Some(Flow { segments })
    }

    fn step_by(&mut self, flow: Flow, step: &Expr) -> Option<Flow> {
        if flow.has_effects() {
            return None;
        }
        let [segment] = flow.single()?;
        let plain = segment.range.step.is_none() && !segment.range.reversed;
        let mut segment = if plain { segment } else { self.positional(segment).0 };
        segment.range.step = Some(step.clone());
        Some(Flow { segments: vec![segment] })
    }
}

/// Where a chain goes on for ever.
fn cycle_in(expr: &syn::Expr) -> Span {
    match strip(expr) {
        syn::Expr::MethodCall(call) if call.method == "cycle" => call.method.span(),
        syn::Expr::MethodCall(call) => cycle_in(&call.receiver),
        other => other.span(),
    }
}

/// How many items the segments before have.
fn segments_length(segments: &[(Segment, Expr)]) -> Option<Expr> {
    segments.last().map(|(_, length)| length.clone())
}

impl Flow {
    /// The same items with counters of their own, so that both can be asked for.
    pub fn uncounted(&self, lowerer: &mut Lowerer<'_>) -> Self {
        let mut flow = self.clone();
        let mut fresh: Vec<(Var, Var)> = Vec::new();
        for stage in flow.segments.iter_mut().flat_map(|segment| &mut segment.stages) {
            if let Stage::Enumerate(counter) | Stage::Skip(counter, _) | Stage::Take(counter, _) = stage {
                let known = fresh.iter().find(|(old, _)| old == counter).map(|(_, new)| *new);
                let new = known.unwrap_or_else(|| lowerer.counter("count", Ty::Int, zero()));
                fresh.push((*counter, new));
                *counter = new;
            }
        }
        flow
    }

    /// Whether how many items there are is known only at the end.
    pub fn has_stages(&self) -> bool {
        self.segments.iter().any(|segment| !segment.stages.is_empty())
    }

    /// Whether leaving out an item could be noticed.
    pub fn has_effects(&self) -> bool {
        self.segments.iter().any(|segment| {
            segment.items.has_effects()
                || segment.stages.iter().any(|stage| stage.callable().is_some_and(|callable| callable.has_effects()))
        })
    }

    /// Whether the items can only be asked for one after the other.
    pub fn is_sequential(&self) -> bool {
        self.segments.iter().any(|segment| segment.stages.iter().any(Stage::is_sequential))
    }

    /// Whether something is counted or kept along the items.
    pub fn has_state(&self) -> bool {
        self.segments.iter().any(|segment| segment.stages.iter().any(Stage::has_state))
    }

    /// Whether leaving the loop of an item leaves others to come.
    pub fn has_inner_loops(&self) -> bool {
        self.segments.len() > 1 || self.segments.iter().any(|segment| segment.stages.iter().any(Stage::multiplies))
    }

    /// The only segment, if positions tell its items.
    pub fn single(self) -> Option<[Segment; 1]> {
        if self.has_stages() {
            return None;
        }
        self.segments.try_into().ok()
    }

    fn staged(mut self, stage: &Stage) -> Self {
        self.segments.iter_mut().for_each(|segment| segment.stages.push(stage.clone()));
        self
    }

    fn map(self, callable: &Rc<Callable>) -> Self {
        self.each(|items| Items::Mapped(items, callable.clone()), &Stage::Map(callable.clone()))
    }

    fn copied(self) -> Self {
        self.each(Items::Copied, &Stage::Copied)
    }

    /// Does something to each item: where it is found, or behind the stages before it.
    fn each(mut self, found: impl Fn(Box<Items>) -> Items, stage: &Stage) -> Self {
        for segment in &mut self.segments {
            if segment.stages.is_empty() {
                let items = std::mem::replace(&mut segment.items, Items::Index);
                segment.items = found(Box::new(items));
            } else {
                segment.stages.push(stage.clone());
            }
        }
        self
    }

    /// From the other end. Behind a counter that is impossible, and rustc says so.
    fn reversed(mut self) -> Option<Self> {
        let counted = |stage: &Stage| {
            let counts = matches!(stage, Stage::Enumerate(_) | Stage::Skip(..) | Stage::Take(..));
            counts || (stage.is_sequential() && !matches!(stage, Stage::FilterMap(_)))
        };
        if self.segments.iter().any(|segment| segment.stages.iter().any(counted)) {
            return None;
        }
        self.segments.reverse();
        for segment in &mut self.segments {
            segment.range.reversed = !segment.range.reversed;
        }
        Some(self)
    }
}
