//! Which elements a loop touches, and which of them move along with its index.

use super::index::Sum;
use crate::ir::{Block, Expr, Pattern, Place, Projection, Range, Stmt, Ty, Var, Vars};
use crate::simplify::changes;
use std::collections::{BTreeMap, BTreeSet};

/// A loop whose sequences can be parted.
pub struct Loop {
    /// Its first index.
    pub low: Sum,
    /// How often it runs, where it runs at all.
    pub count: Sum,
    /// What it touches along its index.
    pub sequences: Vec<Sequence>,
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
    let plain = !range.inclusive
        && range.step.is_none()
        && range.last.is_none()
        && range.part.is_none()
        && range.checkpoint.is_none();
    let bounds = [&range.low, &range.high];
    let mut search = Search { vars, index, body, indices: indices(body), found: BTreeMap::new() };
    if !plain || !bounds.into_iter().all(|bound| search.is_steady(bound)) || !search.block(body, true, None) {
        return None;
    }
    let (low, high) = (Sum::of(&range.low)?, Sum::of(&range.high)?);
    let sequences: Vec<Sequence> = search.found.into_values().filter_map(sequence).collect();
    (!sequences.is_empty()).then(|| Loop { count: high.less(&low), low, sequences })
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

/// The integers that an iteration computes at its own level, once.
fn indices(body: &Block) -> BTreeMap<Var, Expr> {
    let mut written = BTreeSet::new();
    body.stmts.iter().for_each(|stmt| {
        stmt.for_each_write(&mut |var| {
            written.insert(var);
        });
    });
    let of = |stmt: &Stmt| match stmt {
        Stmt::Let(Pattern::Var(var), value @ (Expr::Opaque(_) | Expr::Var(_))) if !written.contains(var) => {
            Some((*var, value.clone()))
        }
        _ => None,
    };
    body.stmts.iter().filter_map(of).collect()
}

struct Search<'a> {
    vars: &'a Vars,
    index: Var,
    body: &'a Block,
    indices: BTreeMap<Var, Expr>,
    found: BTreeMap<Var, Touches>,
}

impl Search<'_> {
    /// Whether an expression has the same value in every iteration.
    fn is_steady(&self, expr: &Expr) -> bool {
        let mut steady = expr.is_pure();
        expr.for_each_read(&mut |var| steady &= self.is_fixed(var));
        steady
    }

    fn is_fixed(&self, var: Var) -> bool {
        var != self.index && !changes(&self.body.stmts, var)
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
                    let touches = self.found.entry(place.root).or_default();
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
            _ => expr.for_each_own_read(&mut |var| self.found.entry(var).or_default().otherwise = true),
        }
        let mut straight = true;
        expr.for_each_child(&mut |child| straight &= self.expr(child, certain, lent));
        straight
    }

    fn place(&mut self, place: &Place, written: bool, certain: bool, lent: Option<(usize, Var)>) {
        let key = self.key(place);
        let lent = lent.filter(|(_, bar)| *bar == place.root);
        let whole = key.as_ref().is_some_and(|key| key.place.is_whole());
        let slice = matches!(self.vars[place.root].ty, Ty::Slice(_));
        let touches = self.found.entry(place.root).or_default();
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

    /// The elements that a place is one of, if it moves along with the loop's index in a sequence that stays where it is.
    fn key(&self, place: &Place) -> Option<Key> {
        let (Projection::Index(at), prefix) = place.path.split_last()? else { return None };
        let sequence = Place { root: place.root, path: prefix.to_vec() };
        let element = match self.vars.place_type(&sequence) {
            Ty::Slice(element) | Ty::Vec(element) => element,
            _ => return None,
        };
        let mut inner = false;
        self.body.for_each_stmt(&mut |stmt| inner |= stmt.defines().contains(&place.root));
        let mut steady = element.is_scalar() && !inner && !place.is_in_payload();
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

    /// Whether a place is one of these elements.
    fn is_at(&self, place: &Place, key: &Key) -> bool {
        self.key(place).is_some_and(|found| found == *key)
    }
}

/// Reads and writes elements through the part that begins at the loop's first one.
pub fn redirect(vars: &Vars, index: Var, body: &mut Block, key: &Key, part: Var, position: Var) {
    let before = body.clone();
    let search = Search { vars, index, body: &before, indices: indices(&before), found: BTreeMap::new() };
    let at = Projection::Index(Box::new(Expr::Var(position)));
    let by = Place::of(part).project(at);
    redirect_block(&search, body, key, &by);
}

fn redirect_block(search: &Search<'_>, block: &mut Block, key: &Key, by: &Place) {
    for stmt in &mut block.stmts {
        if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt
            && search.is_at(place, key)
        {
            *place = by.clone();
        }
        if let Stmt::IfActive { bar, .. } = stmt
            && *bar == key.place.root
        {
            *bar = by.root;
        }
        stmt.for_each_expr_mut(&mut |expr| redirect_expr(search, expr, key, by));
        for inner in stmt.blocks_mut() {
            redirect_block(search, inner, key, by);
        }
    }
    block.result.iter_mut().for_each(|result| redirect_expr(search, result, key, by));
}

fn redirect_expr(search: &Search<'_>, expr: &mut Expr, key: &Key, by: &Place) {
    if let Expr::Load(place) = expr
        && search.is_at(place, key)
    {
        *place = by.clone();
        return;
    }
    expr.for_each_child_mut(&mut |child| redirect_expr(search, child, key, by));
}

/// Leaves out the integers of an iteration that nothing reads any more.
pub fn remove_unread(body: &mut Block) {
    let candidates: Vec<Var> = indices(body).into_keys().collect();
    for var in candidates.into_iter().rev() {
        let mut reads = 0;
        body.for_each_read(&mut |read| reads += usize::from(read == var));
        if reads == 0 {
            body.stmts.retain(|stmt| !matches!(stmt, Stmt::Let(Pattern::Var(defined), _) if *defined == var));
        }
    }
}
