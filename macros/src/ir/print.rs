//! The IR as text, for messages of the verifier and for tests.
//!
//! ```text
//! let sin_y = sin(y)
//! let t = mul(x, sin_y)
//! x_bar[i] += mul(t_bar, sin_y)
//! ```

use super::{Bar, Block, Call, Expr, MatrixOp, Pattern, Place, Projection, Range, Slope, Stmt, Var, Vars};
use crate::ir::expr::MapFn;
use std::fmt::Write;

/// A block, one statement a line; its value stands last.
pub fn print_block(vars: &Vars, block: &Block) -> String {
    let mut printer = Printer { vars, out: String::new(), depth: 0 };
    printer.block(block);
    printer.out
}

/// A statement with what is inside it.
pub fn print_stmt(vars: &Vars, stmt: &Stmt) -> String {
    let mut printer = Printer { vars, out: String::new(), depth: 0 };
    printer.stmt(stmt);
    printer.out
}

struct Printer<'a> {
    vars: &'a Vars,
    out: String,
    depth: usize,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        // writing to a string cannot fail
        let _ = writeln!(self.out, "{:indent$}{text}", "", indent = 4 * self.depth);
    }

    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            self.stmt(stmt);
        }
        if let Some(result) = &block.result {
            let result = self.expr(result);
            self.line(&result);
        }
    }

    fn nested(&mut self, head: &str, block: &Block) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        self.block(block);
        self.depth -= 1;
        self.line("}");
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let(pattern, value) => {
                let text = format!("let {} = {}", self.pattern(pattern), self.expr(value));
                self.line(&text);
            }
            Stmt::Declare(var) => self.line(&format!("let {}", self.name(*var))),
            Stmt::Assign(place, value) => self.line(&format!("{} = {}", self.place(place), self.expr(value))),
            Stmt::Add(place, value) => self.line(&format!("{} += {}", self.place(place), self.expr(value))),
            Stmt::If { result, cond, then, otherwise } => {
                let result = result.map_or(String::new(), |var| format!("let {} = ", self.name(var)));
                self.nested(&format!("{result}if {}", self.expr(cond)), then);
                self.nested("else", otherwise);
            }
            Stmt::For { var, range, body } => {
                self.nested(&format!("for {} in {}", self.name(*var), self.range(range)), body);
            }
            Stmt::While { header, body } => {
                self.nested("while", header);
                self.nested("do", body);
            }
            Stmt::Structural(structural) => {
                let result = structural.result.map_or(String::new(), |var| format!("let {} = ", self.name(var)));
                let places: Vec<String> = structural.places.iter().map(|place| self.place(place)).collect();
                let args: Vec<Expr> = structural.positions.iter().chain(&structural.value).cloned().collect();
                let text = format!("{result}{:?}({}; {})", structural.op, places.join(", "), self.list(&args));
                self.line(&text);
            }
            Stmt::Require(cond) => self.line(&format!("require {}", self.expr(cond))),
            Stmt::BreakIf(cond) => self.line(&format!("break if {}", self.expr(cond))),
            Stmt::Do(value) => self.line(&self.expr(value)),
            Stmt::Linearize { pattern, pullback, call, .. } => {
                let (pattern, call) = (self.pattern(pattern), self.call(call));
                self.line(&format!("let ({pattern}, {}) = linearize {call}", self.name(*pullback)));
            }
            Stmt::Pullback { pullback, args, seed, bars, .. } => {
                let bars: Vec<String> = bars.iter().map(|bar| self.bar(bar)).collect();
                let text =
                    format!("{}({}; {}; {})", self.expr(pullback), self.list(args), self.expr(seed), bars.join(", "));
                self.line(&text);
            }
            Stmt::Save { stack, value } => self.line(&format!("save {} in {}", self.expr(value), self.name(*stack))),
            Stmt::IfActive { bar, body, .. } => self.nested(&format!("if lent {}", self.name(*bar)), body),
            Stmt::Part { part, bar, bounds, .. } => {
                self.line(&format!("let {} = part {}[{}]", self.name(*part), self.name(*bar), self.expr(bounds)));
            }
            Stmt::Increment(var) => self.line(&format!("{} += 1", self.name(*var))),
        }
    }

    fn name(&self, var: Var) -> &str {
        &self.vars[var].name
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        match pattern {
            Pattern::Var(var) => self.name(*var).to_owned(),
            Pattern::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.pattern(part)).collect();
                format!("({})", parts.join(", "))
            }
            Pattern::Wild => "_".to_owned(),
        }
    }

    fn place(&self, place: &Place) -> String {
        place.path.iter().fold(self.name(place.root).to_owned(), |base, step| match step {
            Projection::Field(name) => format!("{base}.{name}"),
            Projection::Index(index) | Projection::Range(index) => format!("{base}[{}]", self.expr(index)),
            Projection::Payload(payload) => format!("{base}.{}.{}", payload.variant, payload.field),
            Projection::View(name, _, args) => format!("{base}.{name}({})", self.list(args)),
        })
    }

    fn range(&self, range: &Range) -> String {
        let dots = if range.inclusive { "..=" } else { ".." };
        let step = range.step.as_ref().map_or(String::new(), |step| format!(" step {}", self.expr(step)));
        let reversed = if range.reversed { " reversed" } else { "" };
        let last = range.last.as_ref().map_or(String::new(), |last| format!(" last {}", self.expr(last)));
        format!("{}{dots}{}{step}{reversed}{last}", self.expr(&range.low), self.expr(&range.high))
    }

    fn bar(&self, bar: &Bar) -> String {
        match bar {
            Bar::None => "-".to_owned(),
            Bar::Lend(place) | Bar::Part(_, place) => format!("&mut {}", self.place(place)),
        }
    }

    fn call(&self, call: &Call) -> String {
        format!("{}({})", call.path.0, self.list(&call.args))
    }

    fn list(&self, exprs: &[Expr]) -> String {
        exprs.iter().map(|expr| self.expr(expr)).collect::<Vec<_>>().join(", ")
    }

    fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Float(value, _) => format!("{value:?}"),
            Expr::Var(var) => self.name(*var).to_owned(),
            Expr::Load(place) => self.place(place),
            Expr::Borrow(place, mutable) => format!("&{}{}", if *mutable { "mut " } else { "" }, self.place(place)),
            Expr::Snapshot(place) => format!("clone {}", self.place(place)),
            Expr::Prim(prim, args) => format!("{}({})", format!("{prim:?}").to_lowercase(), self.list(args)),
            Expr::Select(cond, then, otherwise) => {
                format!("if {} {{ {} }} else {{ {} }}", self.expr(cond), self.expr(then), self.expr(otherwise))
            }
            Expr::Tuple(parts) => format!("({})", self.list(parts)),
            Expr::Array { items, heap } => format!("{}[{}]", if *heap { "vec!" } else { "" }, self.list(items)),
            Expr::Repeat { item, len, heap } => {
                format!("{}[{}; {}]", if *heap { "vec!" } else { "" }, self.expr(item), self.expr(len))
            }
            Expr::Construct(construct) => {
                let fields: Vec<String> =
                    construct.fields.iter().map(|(_, name, value)| format!("{name}: {}", self.expr(value))).collect();
                let base = construct.base.as_ref().map_or(String::new(), |base| format!(", ..{}", self.place(base)));
                format!("{} {{ {}{base} }}", construct.path.0, fields.join(", "))
            }
            Expr::Cast(value, to) => format!("{} as {to:?}", self.expr(value)),
            Expr::Call(call) => self.call(call),
            Expr::Matrix(op, operands) => format!("{}({})", matrix_name(op), self.list(operands)),
            Expr::Linear { op, slope, operands, seed } => {
                let slope = match slope {
                    Slope::Push(index) => format!("push_{index}"),
                    Slope::Pull(index) => format!("pull_{index}"),
                };
                format!("{}::{slope}({}; {})", matrix_name(op), self.list(operands), self.expr(seed))
            }
            Expr::Curvature(curvature) => {
                let (operands, dot) = (self.list(&curvature.operands), self.expr(&curvature.dot));
                let (name, seed) = (matrix_name(&curvature.op), self.expr(&curvature.seed));
                format!("{name}::curvature_{}({operands}; {seed}; {dot})", curvature.by)
            }
            Expr::ZeroLike(of) | Expr::ZeroAlong(of) => format!("zero like {}", self.expr(of)),
            Expr::Sum(terms) => format!("sum({})", self.list(terms)),
            Expr::SumElements { items, .. } => format!("sum of {}", self.expr(items)),
            Expr::NewStack(_) => "new stack".to_owned(),
            Expr::Rewind(stack) => format!("rewind {}", self.name(*stack)),
            Expr::Pop(stack) => format!("pop {}", self.name(*stack)),
            Expr::Frame(stack, _) => format!("frame of {}", self.name(*stack)),
            Expr::Pushforward { call, dots, .. } => {
                let dots: Vec<String> = dots
                    .iter()
                    .flatten()
                    .map(|dot| dot.as_ref().map_or("-".to_owned(), |dot| self.expr(dot)))
                    .collect();
                format!("pushforward {}; {}", self.call(call), dots.join(", "))
            }
            Expr::Opaque(opaque) => {
                let mut text = opaque.tokens.0.to_string();
                // longer numbers first: the marker of 1 is the start of that of 12
                let mut reads = opaque.reads.clone();
                reads.sort_unstable();
                for var in reads.into_iter().rev() {
                    let marker = crate::lower::marker(var, proc_macro2::Span::call_site());
                    text = text.replace(&marker.to_string(), self.name(var));
                }
                format!("`{text}`")
            }
        }
    }
}

fn matrix_name(op: &MatrixOp) -> String {
    match op {
        MatrixOp::Operator(name) | MatrixOp::Method { name, .. } | MatrixOp::Shared(name) => (*name).to_owned(),
        MatrixOp::Keep(name) => format!("keep for {name}"),
        MatrixOp::Cast(to) => format!("cast {to:?}"),
        MatrixOp::Map(MapFn::Prim(_, path)) => format!("map {path}"),
        MatrixOp::MapOfResult(prim) => format!("map of result {prim:?}"),
        MatrixOp::Map(MapFn::Path(path)) => format!("map {}", path.0),
    }
}
