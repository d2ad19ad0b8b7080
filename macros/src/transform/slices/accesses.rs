//! Which elements a loop touches, and which of them move along with its index.

use crate::analysis::sum::Sum;
use crate::ir::{Access, Block, Expr, Pattern, Place, Projection, Range, Stmt, Ty, Var, VarMap, Vars};
use std::collections::BTreeSet;

/// A loop whose sequences can be parted.
pub struct Loop {
    /// Its first index.
    pub low: Sum,
    /// How often it runs, where it runs at all.
    pub count: Sum,
    /// What it touches along its index.
    pub sequences: Vec<Sequence>,
    /// The numbers that every iteration reads in one place, of lists of which the optimiser cannot know that nothing else is in their memory.
    pub steady: Vec<Place>,
}

/// Elements of one variable.
pub struct Sequence {
    /// Whether the loop changes them.
    pub written: bool,
    /// The parameter, if the variable is a buffer that the caller may leave out.
    pub lent: Option<usize>,
    /// The elements: one key for what is written.
    pub keys: Vec<Key>,
}

/// The elements `place[offset + index]`.
#[derive(Clone, PartialEq)]
pub struct Key {
    /// The sequence.
    pub place: Place,
    /// The index without the loop's.
    pub offset: Sum,
}

/// What a loop does with one variable.
#[derive(Default)]
struct Touches {
    keys: Vec<Key>,
    /// Those that every iteration touches.
    certain: Vec<Key>,
    written: bool,
    lent: BTreeSet<Option<usize>>,
    /// Touched in another way than by a key.
    otherwise: bool,
}

/// What is worth parting in a loop; nothing if it is no innermost loop of straight code over consecutive indices.
pub fn in_loop(vars: &Vars, index: Var, range: &Range, body: &Block) -> Option<Loop> {
    let plain = range.is_whole() && range.checkpoint.is_none();
    let bounds = [&range.low, &range.high];
    let mut search = Search::new(vars, index, body);
    if !plain || !bounds.into_iter().all(|bound| search.is_steady(bound)) || !search.block(body, true, None) {
        return None;
    }
    let (low, high) = (Sum::of(&range.low)?, Sum::of(&range.high)?);
    let written = |place: &Place| search.found.get(&place.root).is_some_and(|touches| touches.written);
    search.steady.retain(|place| !written(place));
    let steady = search.steady;
    let sequences: Vec<Sequence> = search.found.into_values().filter_map(sequence).collect();
    (!sequences.is_empty()).then(|| Loop { count: high.less(&low), low, sequences, steady })
}

fn sequence(touches: Touches) -> Option<Sequence> {
    let Touches { mut keys, certain, written, lent, otherwise } = touches;
    let lent = match lent.into_iter().collect::<Vec<_>>()[..] {
        [lent] => lent,
        _ => return None,
    };
    if written && (otherwise || keys.len() > 1) {
        return None;
    }
    keys.retain(|key| certain.contains(key));
    (!keys.is_empty()).then_some(Sequence { written, lent, keys })
}

struct Search<'a> {
    vars: &'a Vars,
    index: Var,
    /// What an iteration defines or changes.
    moving: BTreeSet<Var>,
    /// What it defines.
    defined: BTreeSet<Var>,
    /// The integers that it computes at its own level, once.
    indices: VarMap<Expr>,
    found: VarMap<Touches>,
    /// The numbers that every iteration reads in one place.
    steady: Vec<Place>,
}

impl<'a> Search<'a> {
    fn new(vars: &'a Vars, index: Var, body: &Block) -> Self {
        let (mut written, mut defined) = (BTreeSet::new(), BTreeSet::new());
        body.stmts.iter().for_each(|stmt| {
            stmt.for_each_write(&mut |var| {
                written.insert(var);
            });
        });
        body.for_each_stmt(&mut |stmt| defined.extend(stmt.defines()));
        let of = |stmt: &Stmt| match stmt {
            Stmt::Let(Pattern::Var(var), value @ (Expr::Opaque(_) | Expr::Var(_))) if !written.contains(var) => {
                Some((*var, value.clone()))
            }
            _ => None,
        };
        let indices = body.stmts.iter().filter_map(of).collect();
        let moving = written.union(&defined).copied().collect();
        Self { vars, index, moving, defined, indices, found: VarMap::new(), steady: Vec::new() }
    }

    /// Whether an expression has the same value in every iteration.
    fn is_steady(&self, expr: &Expr) -> bool {
        let mut steady = expr.is_pure();
        expr.for_each_read(&mut |var| steady &= self.is_fixed(var));
        steady
    }

    fn is_fixed(&self, var: Var) -> bool {
        var != self.index && !self.moving.contains(&var)
    }

    /// Notes what a block touches; whether it is straight code. `certain`: every iteration runs it.
    fn block(&mut self, block: &Block, certain: bool, lent: Option<(usize, Var)>) -> bool {
        block.stmts.iter().all(|stmt| self.stmt(stmt, certain, lent))
            && block.result.iter().all(|result| self.expr(result, certain, lent))
    }

    fn stmt(&mut self, stmt: &Stmt, certain: bool, lent: Option<(usize, Var)>) -> bool {
        match stmt {
            Stmt::Let(_, value) | Stmt::Save { value, .. } => self.expr(value, certain, lent),
            Stmt::Declare(_) => true,
            Stmt::Assign(place, value) | Stmt::Add(place, value) => {
                if place.is_whole() {
                    let touches = self.found.get_or_default(place.root);
                    (touches.written, touches.otherwise) = (true, true);
                } else {
                    self.place(place, true, certain, lent);
                }
                let mut straight = self.expr(value, certain, lent);
                place.for_each_index(&mut |index| straight &= self.expr(index, certain, lent));
                straight
            }
            Stmt::If { cond, then, otherwise, .. } => {
                self.expr(cond, certain, lent) && self.block(then, false, lent) && self.block(otherwise, false, lent)
            }
            Stmt::IfActive { param, bar, body } => lent.is_none() && self.block(body, certain, Some((*param, *bar))),
            _ => false,
        }
    }

    fn expr(&mut self, expr: &Expr, certain: bool, lent: Option<(usize, Var)>) -> bool {
        match expr {
            Expr::Load(place) if !place.is_whole() => self.place(place, false, certain, lent),
            Expr::Select(cond, then, otherwise) => {
                return self.expr(cond, certain, lent)
                    && self.expr(then, false, lent)
                    && self.expr(otherwise, false, lent);
            }
            Expr::Call(_) | Expr::Pushforward { .. } | Expr::Borrow(_, true) => return false,
            Expr::Opaque(opaque) if !opaque.cheap || !opaque.writes.is_empty() => return false,
            _ => expr.for_each_own_read(&mut |var| self.found.get_or_default(var).otherwise = true),
        }
        let mut straight = true;
        expr.for_each_child(&mut |child| straight &= self.expr(child, certain, lent));
        straight
    }

    fn place(&mut self, place: &Place, written: bool, certain: bool, lent: Option<(usize, Var)>) {
        if certain && !written && lent.is_none() && self.is_steady_number(place) && !self.steady.contains(place) {
            self.steady.push(place.clone());
        }
        let key = self.key(place);
        let lent = lent.filter(|(_, bar)| *bar == place.root);
        let whole = key.as_ref().is_some_and(|key| key.place.is_whole());
        let slice = matches!(self.vars[place.root].ty, Ty::Slice(_));
        let touches = self.found.get_or_default(place.root);
        touches.written |= written;
        touches.lent.insert(lent.map(|(param, _)| param));
        match key {
            // the part of a lent buffer is that of a slice
            Some(key) if lent.is_none() || (whole && slice) => {
                if certain && !touches.certain.contains(&key) {
                    touches.certain.push(key.clone());
                }
                if !touches.keys.contains(&key) {
                    touches.keys.push(key);
                }
            }
            _ => touches.otherwise = true,
        }
    }

    /// Whether a place is an element that stays where it is, in a list of its own memory.
    fn is_steady_number(&self, place: &Place) -> bool {
        let mut steady = self.vars.place_type(place).is_float() && self.is_fixed(place.root);
        place.for_each_index(&mut |index| steady &= self.is_steady(index));
        let plain = place.path.iter().all(|step| matches!(step, Projection::Index(_) | Projection::Field(_)));
        let element = matches!(place.path.last(), Some(Projection::Index(_)));
        // nothing else is behind a slice that is an argument
        let own = self.vars[place.root].access == Access::Owned || place.path.len() > 1;
        let on_heap = (0..place.path.len()).any(|length| {
            let list = Place { root: place.root, path: place.path[..length].to_vec() };
            matches!(self.vars.place_type(&list), Ty::Vec(_) | Ty::Slice(_))
        });
        steady && plain && element && own && on_heap
    }

    /// The elements that a place is one of, if it moves along with the loop's index in a sequence that stays where it is.
    fn key(&self, place: &Place) -> Option<Key> {
        let (Projection::Index(at), prefix) = place.path.split_last()? else { return None };
        let sequence = Place { root: place.root, path: prefix.to_vec() };
        let element = match self.vars.place_type(&sequence) {
            Ty::Slice(element) | Ty::Vec(element) => element,
            _ => return None,
        };
        let mut steady = element.is_scalar() && !self.defined.contains(&place.root) && !place.is_in_payload();
        sequence.for_each_index(&mut |index| steady &= self.is_steady(index));
        let offset = self.sum(at)?.without(self.index)?;
        steady &= offset.reads().into_iter().all(|var| self.is_fixed(var));
        steady.then_some(Key { place: sequence, offset })
    }

    /// An index, with what the iteration computes for it put in its place.
    fn sum(&self, at: &Expr) -> Option<Sum> {
        match at {
            Expr::Var(var) => self.indices.get(var).map_or_else(|| Sum::of(at), |value| self.sum(value)),
            Expr::Opaque(opaque) => match opaque.reads[..] {
                [var] if at.is_var(var) && self.indices.contains_key(&var) => self.sum(&Expr::Var(var)),
                _ => Sum::of(at),
            },
            _ => None,
        }
    }
}

/// Reads and writes elements through parts that begin at the loop's first one, and leaves out the integers that an iteration
/// computes for nothing else.
pub fn redirect(
    vars: &Vars,
    index: Var,
    body: &mut Block,
    parts: &[(&Key, Var)],
    steady: &[(&Place, Var)],
    position: Var,
) {
    let search = Search::new(vars, index, body);
    let redirect = Redirect { search: &search, parts, steady, position };
    redirect.block(body);
    for var in search.indices.keys().rev() {
        let mut read = false;
        body.for_each_read(&mut |found| read |= found == *var);
        if !read {
            body.stmts.retain(|stmt| !matches!(stmt, Stmt::Let(Pattern::Var(defined), _) if defined == var));
        }
    }
}

struct Redirect<'a> {
    search: &'a Search<'a>,
    parts: &'a [(&'a Key, Var)],
    steady: &'a [(&'a Place, Var)],
    position: Var,
}

impl Redirect<'_> {
    fn block(&self, block: &mut Block) {
        for stmt in &mut block.stmts {
            if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt {
                self.place(place);
            }
            if let Stmt::IfActive { bar, .. } = stmt
                && let Some((_, part)) = self.parts.iter().find(|(key, _)| key.place.root == *bar)
            {
                *bar = *part;
            }
            stmt.for_each_expr_mut(&mut |expr| self.expr(expr));
            stmt.blocks_mut().into_iter().for_each(|inner| self.block(inner));
        }
        block.result.iter_mut().for_each(|result| self.expr(result));
    }

    fn expr(&self, expr: &mut Expr) {
        if let Expr::Load(place) = expr {
            if let Some((_, value)) = self.steady.iter().find(|(steady, _)| *steady == place) {
                *expr = Expr::Var(*value);
                return;
            }
            if self.place(place) {
                return;
            }
        }
        expr.for_each_child_mut(&mut |child| self.expr(child));
    }

    /// Puts the element of a part in the place of the one that it is; whether there is one.
    fn place(&self, place: &mut Place) -> bool {
        let Some(found) = self.search.key(place) else { return false };
        let Some((_, part)) = self.parts.iter().find(|(key, _)| **key == found) else { return false };
        *place = Place::of(*part).project(Projection::Index(Box::new(Expr::Var(self.position))));
        true
    }
}
