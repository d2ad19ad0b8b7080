//! The intermediate representation: what every stage between `lower` and `emit` reads and writes.
//!
//! ```text
//! Function = name(Param*) -> Block
//! Block    = { Stmt* ; Expr? }
//! Stmt     = let Pattern = Expr | let Var | Place = Expr | Place += Expr | if .. | for .. | while .. | Expr ;
//!          | structural (elements move, enter or leave)
//!          | linearize (a call, forward) | pullback (a call, reverse) | save (a residual)
//! Expr     = see `expr`
//! ```
//!
//! After lowering a function is in *A-normal form*: the operands of an operation that can carry a derivative are atoms
//! (variables and literals) or borrowed places. Forward and reverse mode return the same language, with trees as
//! operands; so the derivative of the IR is IR. Variables are numbered, every binding has its own number (shadowing is
//! gone), and names are only for the reader. The roles *primal*, *tangent* and *cotangent* are kept apart in
//! [`vars::Role`].

pub mod expr;
mod fresh;
pub mod map;
mod names;
mod opaque;
pub mod place;
pub mod print;
mod reads;
mod rename;
mod structural;
pub mod ty;
pub mod vars;
pub mod verify;
pub mod visit;

pub use expr::{ByType, Call, Callee, Construct, Curvature, Expr, MatrixOp, Room, Slope};
pub use map::VarMap;
pub use opaque::{Opaque, Tokens};
pub use place::{Payload, Place, Projection, Wish};
pub use structural::Structural;
pub use ty::{FloatTy, Ty};
pub use vars::{Access, Role, Var, VarInfo, Vars};

use crate::options::JacobianMode;
use proc_macro2::Span;

/// A parameter of the function, in the order of the signature.
#[derive(Clone)]
pub struct Param {
    /// The variable that the body reads.
    pub var: Var,
    /// How the argument is passed, and what type stands in the signature.
    pub passing: Passing,
    /// The type behind the outermost reference, as written.
    pub declared: syn::Type,
    /// Why, and whether, derivatives with respect to it exist.
    pub wrt: Wrt,
}

/// How an argument is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// By value.
    Value,
    /// By shared reference.
    Shared,
    /// By mutable reference.
    Mutable,
}

/// Whether a parameter is differentiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrt {
    /// Part of the gradient.
    Active,
    /// Its type carries no float: integers, `bool`, `char`, strings.
    Inert,
    /// Excluded by `#[no_diff]` or by `wrt(..)`; a caller must not be active in it.
    Excluded,
}

/// A function body with its variables.
#[derive(Clone)]
pub struct Function {
    /// The name in the source.
    pub name: syn::Ident,
    /// The parameters.
    pub params: Vec<Param>,
    /// Whether the function calls itself, so that its pullback contains pullbacks of its own type.
    pub recursive: bool,
    /// Whether a caller keeps the arguments only, and its reverse sweep runs the function again.
    pub checkpoint: bool,
    /// How often the function can be differentiated.
    pub order: usize,
    /// How its Jacobian is accumulated.
    pub jacobian: JacobianMode,
    /// Whether there are sparse matrices.
    pub sparse: bool,
    /// The result type, as written; `None` for `()`.
    pub ret: Option<syn::Type>,
    /// The result type, as far as the macro knows it.
    pub ret_ty: Ty,
    /// The body.
    pub body: Block,
    /// Every variable of the body.
    pub vars: Vars,
}

/// Statements and the value of the block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// In execution order.
    pub stmts: Vec<Stmt>,
    /// The value, if the block has one.
    pub result: Option<Expr>,
}

impl Block {
    /// A block without a value.
    pub fn of(stmts: Vec<Stmt>) -> Self {
        Self { stmts, result: None }
    }
}

/// What a `let` binds.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// One variable.
    Var(Var),
    /// The components of a tuple.
    Tuple(Vec<Pattern>),
    /// Nothing.
    Wild,
}

impl Pattern {
    /// Calls `f` with every variable that the pattern binds.
    pub fn for_each(&self, f: &mut dyn FnMut(Var)) {
        match self {
            Self::Var(var) => f(*var),
            Self::Tuple(parts) => parts.iter().for_each(|part| part.for_each(f)),
            Self::Wild => {}
        }
    }

    /// The variables that the pattern binds.
    pub fn vars(&self) -> Vec<Var> {
        let mut vars = Vec::new();
        self.for_each(&mut |var| vars.push(var));
        vars
    }
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Stmt {
    /// `let pattern = value;`
    Let(Pattern, Expr),
    /// `let var;`, assigned once on every path that reads it.
    Declare(Var),
    /// `place = value;`
    Assign(Place, Expr),
    /// `place += value;` (`place -= value` adds the negative)
    Add(Place, Expr),
    /// `[let result =] if cond { then } else { otherwise }`
    If { result: Option<Var>, cond: Expr, then: Block, otherwise: Block },
    /// `for var in range { body }`
    For { var: Var, range: Range, body: Block },
    /// `while { header } { body }`; the header's value is the condition.
    While { header: Block, body: Block },
    /// `place.swap(i, j);`, `place.push(value);`, `let result = place.pop();`
    Structural(Structural),
    /// `if cond { break; }`, last in the body of a loop.
    BreakIf(Expr),
    /// Unless this holds, what follows is not valid: the general form of both sweeps runs instead and gives the value.
    /// Stands only where nothing has been added to a buffer yet.
    Require(Expr),
    /// A value whose effect is wanted only.
    Do(Expr),
    /// `let (pattern, pullback) = callee::linearize(args.., markers);`
    /// With tangents `dots`, one for each active argument, it is `callee::linearize_order_2(args.., markers, dots..)`,
    /// whose pattern is that of value and tangent.
    Linearize { pattern: Pattern, pullback: Var, call: Call, active: Vec<Marker>, dots: Option<Vec<Option<Expr>>> },
    /// `pullback(borrowed args.., seed, bars..);`
    /// With tangents, `pullback(args.., seed, bars.., arg_dots.., seed_dot, bar_dots..);`
    Pullback { pullback: Expr, args: Vec<Expr>, seed: Expr, bars: Vec<Bar>, dots: Option<Box<PullbackDots>> },
    /// `stack.push(value);`
    Save { stack: Var, value: Expr },
    /// `if let Some(bar) = the caller's buffer { .. }`: work for one argument of the differentiated function.
    IfActive { param: usize, bar: Var, body: Block },
    /// `let part = bar[bounds]`, of the caller's buffer, if there is one.
    Part { part: Var, param: usize, bar: Var, bounds: Expr },
    /// Makes `count += 1` readable in loops whose trip count is not known beforehand.
    Increment(Var),
}

/// What the pullback of second order is given beside what that of first order is.
#[derive(Clone, Debug, PartialEq)]
pub struct PullbackDots {
    /// The tangents of the borrowed arguments, with their markers.
    pub args: Vec<(Marker, Option<Expr>)>,
    /// The tangent of the seed.
    pub seed: Expr,
    /// The tangents of the buffers.
    pub bars: Vec<Bar>,
}

/// The activity that a call site states for one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Differentiated.
    Active,
    /// Not differentiated.
    Inactive,
    /// As the caller's own parameter of this number.
    OfParam(usize),
}

/// The cotangent buffer that a call site lends for one argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Bar {
    /// Nothing: the argument is inactive.
    None,
    /// `&mut place`.
    Lend(Place),
    /// A part of a buffer of the caller's parameter of this number.
    Part(usize, Place),
}

/// The range of a counted loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The first value.
    pub low: Expr,
    /// The bound.
    pub high: Expr,
    /// Whether the bound is part of the range.
    pub inclusive: bool,
    /// `.step_by(n)`, applied before `rev`.
    pub step: Option<Expr>,
    /// Whether the loop runs from the high end.
    pub reversed: bool,
    /// How many iterations, the last ones, are run; `None` for all.
    pub last: Option<Box<Expr>>,
    /// How many iterations are left out at first, and how many are run then, in the order in which the loop runs.
    pub part: Option<Box<(Expr, Expr)>>,
    /// Which snapshots the reverse sweep gets instead of residuals.
    pub checkpoint: Option<Box<Checkpoint>>,
}

/// `#[checkpoint(..)]` on a loop.
#[derive(Clone, Debug, PartialEq)]
pub enum Checkpoint {
    /// `every = k`
    Every(Expr),
    /// `binomial = s`
    Binomial(Expr),
}

impl Range {
    /// All the integers from the first bound up to the second.
    pub fn between(low: Expr, high: Expr) -> Self {
        Self { low, high, inclusive: false, step: None, reversed: false, last: None, part: None, checkpoint: None }
    }

    /// Whether it is all the integers between its bounds, one by one, in either direction.
    pub fn is_whole(&self) -> bool {
        !self.inclusive && self.step.is_none() && self.last.is_none() && self.part.is_none()
    }

    /// The expressions in it.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let part = self.part.iter().flat_map(|part| [&part.0, &part.1]);
        let checkpoint = self.checkpoint.iter().map(|checkpoint| match &**checkpoint {
            Checkpoint::Every(count) | Checkpoint::Binomial(count) => count,
        });
        [&self.low, &self.high].into_iter().chain(&self.step).chain(self.last.as_deref()).chain(part).chain(checkpoint)
    }

    /// As [`Range::exprs`], to change them.
    pub fn exprs_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        let part = self.part.iter_mut().flat_map(|part| {
            let (skipped, run) = &mut **part;
            [skipped, run]
        });
        let checkpoint = self.checkpoint.iter_mut().map(|checkpoint| match &mut **checkpoint {
            Checkpoint::Every(count) | Checkpoint::Binomial(count) => count,
        });
        let bounds = [&mut self.low, &mut self.high].into_iter().chain(&mut self.step);
        bounds.chain(self.last.as_deref_mut()).chain(part).chain(checkpoint)
    }
}

/// A spot in the user's source, for messages.
#[derive(Clone, Copy, Debug)]
pub struct Site(pub Span);

impl PartialEq for Site {
    /// Where something stands never makes a difference.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
