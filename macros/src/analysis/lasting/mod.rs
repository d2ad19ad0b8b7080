//! Elements of lists that no assignment changes any more when they are read.
//!
//! ```text
//! for t in 0..n {
//!     h[t + 1] = f(h[t]);     // a later iteration assigns to t' + 1 > t
//! }
//! ```
//!
//! Takes a lowered function; answers whether an element that is read at a place is at the end of the list's block what it was there.
//! The reverse sweep then reads the list itself, and nothing has to be saved of it, as of a table that is filled row by row.
//!
//! Of an assignment only what runs after the read counts: in the same iteration of all the loops that are around both, if it stands
//! behind the read there, and in a later iteration of each of these loops. In both cases one index has to differ, whatever the
//! loops inside of that one count, between the bounds that stand there. An index into a list of rows, `i * n + j` with `j < n`, is two.
//! Indices are sums of counters and of what does not change while the list is there; of any other nothing is known.

mod indices;

use super::sum::Sum;
use crate::ir::{self, Block, Expr, Function, Pattern, Place, Projection, Stmt, Ty, Var, VarMap};
use std::rc::Rc;

/// A loop, and what it counts.
#[derive(Debug)]
struct Loop {
    /// The number of its statement, in the order of the source.
    number: usize,
    /// `None` where it is not counted.
    counts: Option<Counts>,
}

#[derive(Debug)]
struct Counts {
    counter: Var,
    low: Option<Sum>,
    /// The last value.
    last: Option<Sum>,
    down: bool,
}

/// The loops around a statement, from the outermost to the innermost.
type Path = Vec<Rc<Loop>>;

/// A read of a part of a variable, or an assignment to one.
#[derive(Clone, Debug)]
struct Access {
    place: Place,
    path: Path,
    /// The number of its statement; of a read the least that it may have.
    number: usize,
    /// The branches around it: the numbers of their statements, and which of the two.
    branches: Vec<(usize, bool)>,
}

impl Access {
    /// Whether the two stand in the two branches of one statement, of which one runs.
    fn excludes(&self, other: &Self) -> bool {
        self.branches.iter().any(|(number, then)| other.branches.contains(&(*number, !then)))
    }
}

/// When an assignment runs, seen from a read.
#[derive(Clone, Copy)]
enum When {
    /// In a later iteration of this loop.
    Later(usize),
    /// In the same iteration of so many loops.
    Same(usize),
}

/// What is known of the assignments of a function.
#[derive(Debug, Default)]
pub struct Lasting {
    /// Where variables are defined.
    paths: VarMap<Option<Path>>,
    /// What integers that never change are defined as.
    definitions: VarMap<Sum>,
    /// What nothing changes.
    fixed: VarMap<Fixed>,
    types: VarMap<Ty>,
    /// The assignments to each variable; `None` where it changes in other ways too.
    writes: VarMap<Option<Vec<Access>>>,
    /// The reads of elements that have a name.
    reads: VarMap<Access>,
    statements: usize,
}

/// What a variable is that never changes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fixed {
    Scalar,
    /// A shared reference.
    Shared,
}

impl Lasting {
    /// Collects them.
    pub fn of(function: &Function) -> Self {
        let mut lasting = Self::default();
        for param in &function.params {
            lasting.define(function, param.var, &Vec::new());
        }
        lasting.block(function, &function.body, &Vec::new(), &[]);
        lasting
    }

    fn define(&mut self, function: &Function, var: Var, path: &Path) {
        let info = &function.vars[var];
        // of what stands in two loops nothing is known
        let known = if self.paths.contains_key(&var) { None } else { Some(path.clone()) };
        self.paths.insert(var, known);
        self.types.insert(var, info.ty.clone());
        if info.access == ir::Access::Shared && !info.mutable {
            self.fixed.insert(var, Fixed::Shared);
        } else if info.is_fixed_scalar() {
            self.fixed.insert(var, Fixed::Scalar);
        }
    }

    fn block(&mut self, function: &Function, block: &Block, path: &Path, branches: &[(usize, bool)]) {
        for stmt in &block.stmts {
            self.statements += 1;
            let number = self.statements;
            stmt.defines().into_iter().for_each(|var| self.define(function, var, path));
            let access = |place: &Place| Access {
                place: place.clone(),
                path: path.clone(),
                number,
                branches: branches.to_vec(),
            };
            let inside = |counts| -> Path { path.iter().cloned().chain([Rc::new(Loop { number, counts })]).collect() };
            // what is not an assignment changes in an unknown way
            stmt.for_each_expr(&mut |expr| expr.for_each_change(&mut |var| self.lose(var)));
            match stmt {
                Stmt::Assign(place, _) | Stmt::Add(place, _) => {
                    if let Some(writes) = self.writes.get_or_insert_with(place.root, || Some(Vec::new())) {
                        writes.push(access(place));
                    }
                }
                Stmt::Let(Pattern::Var(var), Expr::Load(place)) => {
                    self.reads.insert(*var, access(place));
                }
                Stmt::Let(Pattern::Var(var), value) => {
                    if function.vars[*var].is_fixed_scalar() && function.vars[*var].ty == Ty::Int {
                        Sum::of(value).into_iter().for_each(|sum| {
                            self.definitions.insert(*var, sum);
                        });
                    }
                }
                Stmt::For { var, range, body } => {
                    let low = Sum::of(&range.low);
                    let left_out = Sum::integer(i64::from(!range.inclusive));
                    let last = Sum::of(&range.high).map(|high| high.less(&left_out));
                    let counts = Counts { counter: *var, low, last, down: range.reversed };
                    let inner = inside(Some(counts));
                    self.define(function, *var, &inner);
                    self.block(function, body, &inner, branches);
                }
                Stmt::While { header, body } => {
                    let inner = inside(None);
                    self.block(function, header, &inner, branches);
                    self.block(function, body, &inner, branches);
                }
                Stmt::If { then, otherwise, .. } => {
                    self.block(function, then, path, &[branches, &[(number, true)]].concat());
                    self.block(function, otherwise, path, &[branches, &[(number, false)]].concat());
                }
                Stmt::Let(..) | Stmt::Do(_) => {}
                _ => stmt.for_each_write(&mut |var| self.lose(var)),
            }
        }
        block.result.iter().for_each(|result| result.for_each_change(&mut |var| self.lose(var)));
    }

    fn path(&self, var: Var) -> Option<&Path> {
        self.paths.get(&var)?.as_ref()
    }

    fn lose(&mut self, var: Var) {
        self.writes.insert(var, None);
    }

    /// Whether no assignment that runs after a read of a place, wherever in the loops of its indices that stands, changes it.
    pub fn holds(&self, place: &Place) -> bool {
        self.path_of(place).is_some_and(|path| {
            let number = path.last().map_or(0, |around| around.number);
            self.is_last(&Access { place: place.clone(), path: path.clone(), number, branches: Vec::new() })
        })
    }

    /// Whether no assignment that runs after this element got a name changes it.
    pub fn holds_as(&self, name: Var, place: &Place) -> bool {
        let read = self.reads.get(&name).filter(|_| self.path(name).is_some());
        read.is_some_and(|read| read.place == *place && self.is_last(read))
    }

    /// Whether no assignment that runs after one to this place changes it, which the branches of a choice may assign to alike.
    pub fn holds_behind(&self, place: &Place) -> bool {
        let Some(Some(writes)) = self.writes.get(&place.root) else { return false };
        let mut own = writes.iter().filter(|write| write.place == *place).peekable();
        own.peek().is_some() && own.all(|own| self.is_last(own))
    }

    /// Whether no assignment that runs after this one, or after this read, goes to the same place.
    fn is_last(&self, access: &Access) -> bool {
        let (Some(around), Some(Some(writes))) = (self.path(access.place.root), self.writes.get(&access.place.root))
        else {
            return false;
        };
        writes.iter().all(|write| {
            let common = common(&access.path, &write.path);
            let later = (around.len()..common).map(When::Later);
            let after = write.number > access.number && !write.excludes(access);
            later.chain(after.then_some(When::Same(common))).all(|when| self.differ(around, access, write, when))
        })
    }

    /// The loops around a read, as far as its indices tell.
    fn path_of(&self, place: &Place) -> Option<&Path> {
        let (mut deepest, mut known) = (self.path(place.root)?, true);
        place.for_each_index(&mut |index| {
            index.for_each_read(&mut |var| match self.path(var) {
                Some(path) if path.len() > deepest.len() => deepest = path,
                path => known &= path.is_some(),
            });
        });
        known.then_some(deepest)
    }

    /// Whether two places of one variable, which is in the loops `around`, are different elements.
    fn differ(&self, around: &Path, read: &Access, written: &Access, when: When) -> bool {
        let mut ty = self.types.get(&read.place.root).cloned().unwrap_or(Ty::Unknown);
        for steps in read.place.path.iter().zip(&written.place.path) {
            match steps {
                (Projection::Field(one), Projection::Field(other)) if one != other => return true,
                (Projection::Index(one), Projection::Index(other)) => {
                    let (Some(one), Some(other)) = (Sum::indices(one), Sum::indices(other)) else { return false };
                    // a matrix has one index or two
                    if one.len() != other.len() {
                        return false;
                    }
                    let inner = match &ty {
                        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) => (**item).clone(),
                        Ty::Matrix(_) => Ty::Unknown,
                        // another type may have one element at two indices
                        _ => return false,
                    };
                    for (one, other) in one.iter().zip(&other) {
                        if self.indices_differ(around, (one, &read.path), (other, &written.path), when) {
                            return true;
                        }
                    }
                    ty = inner;
                }
                // what is known of the parts of a tuple is not needed
                _ => return false,
            }
        }
        false
    }
}

/// How many loops two paths have in common.
fn common(one: &[Rc<Loop>], other: &[Rc<Loop>]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| Rc::ptr_eq(one, other)).count()
}
