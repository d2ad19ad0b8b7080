//! The programs: a part of the supported language, chosen so that every program is valid Rust by construction.
//!
//! Every slice, array and `Vec` has [`LENGTH`] elements, and indices are taken modulo it. The last function is the one
//! that is differentiated; a function calls only those before it.

/// The length of every sequence.
pub const LENGTH: usize = 4;

/// Functions in the order of their declaration.
#[derive(Clone, Debug)]
pub struct Program {
    /// The last one is checked.
    pub functions: Vec<Function>,
}

/// A function with `#[differentiable]`.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its parameters.
    pub params: Vec<(String, Type)>,
    /// What it returns.
    pub returns: Type,
    /// Its statements.
    pub body: Block,
}

/// The type of a variable or a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `()`
    Unit,
    /// `f64`
    Float,
    /// `&f64`, the item of an iterator.
    Item,
    /// `&mut f64`
    ItemMut,
    /// `(f64, f64)`
    Pair,
    /// `[f64; LENGTH]` or a `Vec`
    Array,
    /// `&[f64]`
    Slice,
    /// `&mut [f64]`
    SliceMut,
    /// `usize`
    Count,
    /// `S`, a struct of two floats that is `Copy`
    Struct,
    /// `&mut S`
    StructMut,
    /// A `Vec<S>`
    Structs,
    /// `Option<f64>`
    Option,
    /// A closure from a float to a float.
    Closure,
    /// A `Vec` with what would be a float or a pair. Only printed.
    List,
}

impl Type {
    /// Whether it is a mutable reference.
    pub fn is_lent(self) -> bool {
        matches!(self, Self::SliceMut | Self::StructMut)
    }
}

/// Statements and what they come to.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// In order.
    pub stmts: Vec<Stmt>,
    /// Behind them.
    pub result: Option<Value>,
}

/// What a function returns.
#[derive(Clone, Debug)]
pub enum Value {
    /// A float.
    Float(Expr),
    /// Two.
    Pair(Pair),
    /// A struct.
    Struct(Struct),
    /// `Some(..)` or `None`
    Option(Option<Expr>),
}

/// A struct.
#[derive(Clone, Debug)]
pub enum Struct {
    /// `S { a: .., b: .. }`; the fields may be written in the other order.
    Literal { a: Expr, b: Expr, swapped: bool },
    /// `S { a: .., ..base }`
    Update(Expr, String),
    /// Another variable.
    Copy(String),
    /// `*s`
    Deref(String),
    /// `ss[i]`
    Elem(String, Index),
    /// `f(..)`
    Call(usize, Vec<Arg>),
}

/// Two floats.
#[derive(Clone, Debug)]
pub enum Pair {
    /// `(a, b)`
    Tuple(Expr, Expr),
    /// `f(..)`
    Call(usize, Vec<Arg>),
}

/// An argument.
#[derive(Clone, Debug)]
pub enum Arg {
    /// By value.
    Float(Expr),
    /// `&xs`
    Slice(String),
    /// `&mut xs`
    SliceMut(String),
    /// A `usize`
    Count(Index),
    /// `m - 1`, in a call of the function itself.
    Less(String),
    /// A struct.
    Struct(Struct),
    /// `&mut s`
    StructMut(String),
}

/// A `usize`: `(a * 2 + b + 1) % 4`.
#[derive(Clone, Debug)]
pub struct Index {
    /// Variables with factors.
    pub terms: Vec<(String, usize)>,
    /// What is added.
    pub offset: usize,
    /// The modulus, if there is one.
    pub modulus: Option<usize>,
}

/// A float.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A literal.
    Const(f64),
    /// A variable.
    Var(String),
    /// `*x`
    Deref(String),
    /// `xs[i]`
    Elem(String, Index),
    /// `p.0`
    Part(String, usize),
    /// `i as f64`
    Cast(Index),
    /// One operand.
    Unary(Unary, Box<Expr>),
    /// Two.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `if c { .. } else { .. }`
    If(Box<Cond>, Box<Block>, Box<Block>),
    /// `f(..)`
    Call(usize, Vec<Arg>),
    /// `xs.iter().map(|x| ..).sum::<f64>()`
    Sum(String, String, Box<Expr>),
    /// `s.a`, `s.b`
    Field(String, usize),
    /// `ss[i].a`
    ElemField(String, Index, usize),
    /// `phi(x)`
    Apply(String, Box<Expr>),
    /// `{ ..; x }`
    Block(Box<Block>),
    /// `f(..).unwrap_or(x)`
    Or(usize, Vec<Arg>, Box<Expr>),
    /// `f(..).map_or(x, |v| ..)`
    MapOr(usize, Vec<Arg>, Box<Expr>, String, Box<Expr>),
    /// `xs.get(i).copied().unwrap_or(x)`
    Get(String, Index, Box<Expr>),
}

/// Operations on one float, guarded so that they are smooth.
#[derive(Clone, Copy, Debug)]
pub enum Unary {
    /// `-x`
    Neg,
    /// `x.sin()`
    Sin,
    /// `x.cos()`
    Cos,
    /// `x.tanh()`
    Tanh,
    /// `x.tanh().exp()`
    Exp,
    /// `(x.sin() + 1.5).ln()`
    Ln,
    /// `(x.sin() + 1.5).sqrt()`
    Sqrt,
    /// `(x.sin() + 1.5).recip()`
    Recip,
    /// `x.abs()`
    Abs,
    /// `x.powi(2)`
    Square,
    /// `x.powi(3)`
    Cube,
}

/// Operations on two floats, guarded in the same way.
#[derive(Clone, Copy, Debug)]
pub enum Binary {
    /// `x + y`
    Add,
    /// `x - y`
    Sub,
    /// `x * y`
    Mul,
    /// `x / (y.sin() + 1.5)`
    Div,
    /// `x.max(y)`
    Max,
    /// `x.min(y)`
    Min,
    /// `(x.sin() + 1.5).powf(y.tanh())`
    Powf,
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Cond {
    /// `a < b`
    Less(Expr, Expr),
    /// `i == 1`
    Equal(Index, usize),
    /// `a && b`
    And(Box<Cond>, Box<Cond>),
    /// `a || b`
    Or(Box<Cond>, Box<Cond>),
    /// `!a`
    Not(Box<Cond>),
}

/// What is assigned to.
#[derive(Clone, Debug)]
pub enum Place {
    /// `x`
    Var(String),
    /// `*x`
    Deref(String),
    /// `xs[i]`
    Elem(String, Index),
    /// `p.0`
    Part(String, usize),
    /// `s.a`
    Field(String, usize),
    /// `ss[i].a`
    ElemField(String, Index, usize),
}

/// How it is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assign {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `-=`
    Sub,
    /// `*=`
    Mul,
    /// `/=`, the right-hand side guarded.
    Div,
}

/// A statement.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// `let mut x = ..;`
    Let(String, Expr),
    /// `let mut p = ..;`
    LetPair(String, Pair),
    /// `let (mut a, mut b) = ..;`
    LetParts([String; 2], Pair),
    /// `let mut xs = [..];`
    LetArray(String, Vec<Expr>),
    /// `let mut xs = vec![x; LENGTH];`
    LetVec(String, Expr),
    /// `let mut k = ..;`
    LetCount(String, Index),
    /// `k += 1;`
    Count(String, usize),
    /// To a float.
    Assign(Place, Assign, Expr),
    /// `if c { .. } else { .. }`
    If(Cond, Block, Option<Block>),
    /// `match i % 3 { 0 => .., 1 => .., _ => .. }`
    Match(Index, Vec<Block>),
    /// `for i in ..`
    For(For),
    /// `for (i, x) in xs.iter().enumerate()`
    Each { label: String, array: String, item: String, index: Option<String>, mutable: bool, body: Block },
    /// `while k < 3 && c { k += 1; .. }`, with the declaration of `k` before it.
    While { label: String, counter: String, limit: usize, cond: Option<Cond>, body: Block },
    /// `loop { if k >= 3 { break; } k += 1; .. }`
    Loop { label: String, counter: String, limit: usize, body: Block },
    /// `break 'a;`
    Break(Option<String>),
    /// `continue 'a;`
    Continue(Option<String>),
    /// `return ..;`
    Return(Option<Value>),
    /// `f(..);`
    Call(usize, Vec<Arg>),
    /// `let mut s = ..;`
    LetStruct(String, Struct),
    /// `s = ..;`, or `*s = ..;`
    AssignStruct(String, bool, Struct),
    /// `let mut ss = vec![s; LENGTH];`
    LetStructs(String, Struct),
    /// `ss[i] = ..;`
    AssignElem(String, Index, Struct),
    /// `let phi = move |v| ..;`, of floats only.
    LetClosure(String, String, Expr),
    /// `if let Some(v) = f(..) { .. } else { .. }`
    IfSome(String, usize, Vec<Arg>, Block, Block),
    /// `if let Some(v) = xs.get(i).copied() { .. } else { .. }`
    IfGet(String, String, Index, Block, Block),
    /// `let Some(v) = f(..) else { .. };`, whose block ends in a jump.
    LetElse(String, usize, Vec<Arg>, Block),
    /// `let v = f(..)?;`
    LetTry(String, usize, Vec<Arg>),
    /// `xs.swap(i, j);`
    Swap(String, Index, Index),
    /// `std::mem::swap(&mut a, &mut b);`
    Exchange(String, String),
    /// `(a, b) = ..;`
    AssignParts([String; 2], Pair),
    /// `xs.reverse();`
    Reverse(String),
    /// `xs.rotate_left(k);`
    Rotate(String, usize),
    /// `xs.fill(x);`
    Fill(String, Expr),
}

/// A counted loop.
#[derive(Clone, Debug)]
pub struct For {
    /// `'l0`
    pub label: String,
    /// The induction variable.
    pub var: String,
    /// Where the range starts.
    pub start: Index,
    /// Where it ends.
    pub end: Index,
    /// `.rev()`
    pub reversed: bool,
    /// `.step_by(k)`
    pub step: usize,
    /// The body.
    pub body: Block,
}
