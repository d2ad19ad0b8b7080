//! Walks over expressions, places and statements: what stands in them, what they define and change.

use super::{Bar, Block, Curvature, Expr, Pattern, Place, Projection, PullbackDots, Room, Stmt, Var};

impl Place {
    /// Calls `f` with every expression inside the path.
    pub fn for_each_index<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        for step in &self.path {
            match step {
                Projection::Field(_) | Projection::Payload(_) => {}
                Projection::Index(index) | Projection::Range(index) => f(index),
                Projection::View(_, _, args) => args.iter().for_each(&mut *f),
            }
        }
    }

    pub fn for_each_index_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        for step in &mut self.path {
            match step {
                Projection::Field(_) | Projection::Payload(_) => {}
                Projection::Index(index) | Projection::Range(index) => f(index),
                Projection::View(_, _, args) => args.iter_mut().for_each(&mut *f),
            }
        }
    }
}

/// The places of the buffers that a pullback is lent.
pub(super) fn lent_places<'a>(bars: &'a [Bar], dots: &'a Option<Box<PullbackDots>>) -> impl Iterator<Item = &'a Place> {
    bars.iter().chain(dots.iter().flat_map(|dots| &dots.bars)).filter_map(|bar| match bar {
        Bar::Lend(place) | Bar::Part(_, place) => Some(place),
        Bar::None => None,
    })
}

/// As [`lent_places`], to change them.
pub(super) fn lent_places_mut<'a>(
    bars: &'a mut [Bar],
    dots: &'a mut Option<Box<PullbackDots>>,
) -> impl Iterator<Item = &'a mut Place> {
    bars.iter_mut().chain(dots.iter_mut().flat_map(|dots| &mut dots.bars)).filter_map(|bar| match bar {
        Bar::Lend(place) | Bar::Part(_, place) => Some(place),
        Bar::None => None,
    })
}

impl Expr {
    /// Calls `f` with every direct subexpression, those inside of places included.
    pub fn for_each_child<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        match self {
            Self::Float(..)
            | Self::Var(_)
            | Self::NewStack(Room::Growing | Room::One | Room::Zeros)
            | Self::Rewind(_)
            | Self::Pop(_)
            | Self::Opaque(_) => {}
            Self::NewStack(Room::Loop(range)) | Self::Frame(_, range) => range.exprs().for_each(f),
            Self::Load(place) | Self::Borrow(place, _) | Self::Snapshot(place) => place.for_each_index(f),
            Self::Prim(_, args) | Self::Tuple(args) | Self::Matrix(_, args) | Self::Sum(args) => {
                args.iter().for_each(f);
            }
            Self::Array { items, .. } => items.iter().for_each(f),
            Self::Construct(construct) => {
                construct.fields.iter().for_each(|(_, _, part)| f(part));
                construct.base.iter().for_each(|base| base.for_each_index(f));
            }
            Self::Call(call) => call.args.iter().for_each(f),
            Self::Pushforward { call, dots, .. } => call.args.iter().chain(dots.iter().flatten().flatten()).for_each(f),
            Self::Select(cond, then, otherwise) => [&**cond, then, otherwise].into_iter().for_each(f),
            Self::Repeat { item, len, .. } => [&**item, len].into_iter().for_each(f),
            Self::Linear { operands, seed, .. } => operands.iter().chain([&**seed]).for_each(f),
            Self::Curvature(curvature) => {
                curvature.operands.iter().chain([&curvature.seed, &curvature.dot]).for_each(f);
            }
            Self::ZeroLike(of) | Self::ZeroAlong(of) | Self::Cast(of, _) => f(of),
            Self::SumElements { items, zero } => [&**items, zero].into_iter().for_each(f),
        }
    }

    /// As [`Expr::for_each_child`], to change them.
    pub fn for_each_child_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::Float(..)
            | Self::Var(_)
            | Self::NewStack(Room::Growing | Room::One | Room::Zeros)
            | Self::Rewind(_)
            | Self::Pop(_)
            | Self::Opaque(_) => {}
            Self::NewStack(Room::Loop(range)) | Self::Frame(_, range) => range.exprs_mut().for_each(f),
            Self::Load(place) | Self::Borrow(place, _) | Self::Snapshot(place) => place.for_each_index_mut(f),
            Self::Prim(_, args) | Self::Tuple(args) | Self::Matrix(_, args) | Self::Sum(args) => {
                args.iter_mut().for_each(f);
            }
            Self::Array { items, .. } => items.iter_mut().for_each(f),
            Self::Construct(construct) => {
                construct.fields.iter_mut().for_each(|(_, _, part)| f(part));
                construct.base.iter_mut().for_each(|base| base.for_each_index_mut(f));
            }
            Self::Call(call) => call.args.iter_mut().for_each(f),
            Self::Pushforward { call, dots, .. } => {
                call.args.iter_mut().chain(dots.iter_mut().flatten().flatten()).for_each(f)
            }
            Self::Select(cond, then, otherwise) => [&mut **cond, then, otherwise].into_iter().for_each(f),
            Self::Repeat { item, len, .. } => [&mut **item, len].into_iter().for_each(f),
            Self::Linear { operands, seed, .. } => operands.iter_mut().chain([&mut **seed]).for_each(f),
            Self::Curvature(curvature) => {
                let Curvature { operands, seed, dot, .. } = &mut **curvature;
                operands.iter_mut().chain([seed, dot]).for_each(f);
            }
            Self::ZeroLike(of) | Self::ZeroAlong(of) | Self::Cast(of, _) => f(of),
            Self::SumElements { items, zero } => [&mut **items, zero].into_iter().for_each(f),
        }
    }

    /// Calls `f` with every place that it reads by name, those inside of places included.
    pub fn for_each_place<'a>(&'a self, f: &mut dyn FnMut(&'a Place)) {
        match self {
            Self::Load(place) | Self::Borrow(place, _) | Self::Snapshot(place) => f(place),
            Self::Construct(construct) => construct.base.iter().for_each(&mut *f),
            _ => {}
        }
        self.for_each_child(&mut |child| child.for_each_place(f));
    }

    /// Whether evaluating it changes nothing.
    pub fn is_pure(&self) -> bool {
        let mut pure = match self {
            Self::Call(_) | Self::Pushforward { .. } | Self::Borrow(_, true) | Self::Pop(_) | Self::Frame(..) => false,
            Self::Opaque(opaque) => opaque.cheap,
            _ => true,
        };
        self.for_each_child(&mut |child| pure &= child.is_pure());
        pure
    }
}

impl Stmt {
    /// Calls `f` with the expressions of the statement itself, not those of nested blocks.
    pub fn for_each_expr<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        match self {
            Self::Declare(_) | Self::While { .. } | Self::IfActive { .. } | Self::Increment(_) => {}
            Self::Let(_, value)
            | Self::Do(value)
            | Self::BreakIf(value)
            | Self::Require(value)
            | Self::Save { value, .. } => f(value),
            Self::Assign(place, value) | Self::Add(place, value) => {
                place.for_each_index(f);
                f(value);
            }
            Self::Part { bounds, .. } => f(bounds),
            Self::Structural(structural) => structural.for_each_expr(f),
            Self::If { cond, .. } => f(cond),
            Self::For { range, .. } => range.exprs().for_each(f),
            Self::Linearize { call, dots, .. } => {
                call.args.iter().chain(dots.iter().flatten().flatten()).for_each(f);
            }
            Self::Pullback { pullback, args, seed, bars, dots } => {
                f(pullback);
                args.iter().for_each(&mut *f);
                f(seed);
                if let Some(dots) = dots {
                    dots.args.iter().filter_map(|(_, dot)| dot.as_ref()).for_each(&mut *f);
                    f(&dots.seed);
                }
                for place in lent_places(bars, dots) {
                    place.for_each_index(f);
                }
            }
        }
    }

    /// As [`Stmt::for_each_expr`], to change them.
    pub fn for_each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::Declare(_) | Self::While { .. } | Self::IfActive { .. } | Self::Increment(_) => {}
            Self::Let(_, value)
            | Self::Do(value)
            | Self::BreakIf(value)
            | Self::Require(value)
            | Self::Save { value, .. } => f(value),
            Self::Assign(place, value) | Self::Add(place, value) => {
                place.for_each_index_mut(f);
                f(value);
            }
            Self::Part { bounds, .. } => f(bounds),
            Self::Structural(structural) => structural.for_each_expr_mut(f),
            Self::If { cond, .. } => f(cond),
            Self::For { range, .. } => range.exprs_mut().for_each(f),
            Self::Linearize { call, dots, .. } => {
                call.args.iter_mut().chain(dots.iter_mut().flatten().flatten()).for_each(f);
            }
            Self::Pullback { pullback, args, seed, bars, dots } => {
                f(pullback);
                args.iter_mut().for_each(&mut *f);
                f(seed);
                if let Some(dots) = dots {
                    dots.args.iter_mut().filter_map(|(_, dot)| dot.as_mut()).for_each(&mut *f);
                    f(&mut dots.seed);
                }
                for place in lent_places_mut(bars, dots) {
                    place.for_each_index_mut(f);
                }
            }
        }
    }

    /// The blocks inside the statement.
    pub fn blocks(&self) -> Vec<&Block> {
        match self {
            Self::If { then, otherwise, .. } => vec![then, otherwise],
            Self::For { body, .. } | Self::IfActive { body, .. } => vec![body],
            Self::While { header, body } => vec![header, body],
            _ => Vec::new(),
        }
    }

    /// Calls `f` with the statement, and then with every one inside of it.
    pub fn for_each_stmt<'a>(&'a self, f: &mut dyn FnMut(&'a Stmt)) {
        f(self);
        self.blocks().into_iter().for_each(|block| block.for_each_stmt(f));
    }

    /// Calls `f` with the expressions of the statement and of all that is inside of it, the values of blocks too.
    pub fn for_each_expr_inside<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        self.for_each_expr(f);
        for block in self.blocks() {
            block.stmts.iter().for_each(|stmt| stmt.for_each_expr_inside(f));
            block.result.iter().for_each(&mut *f);
        }
    }

    /// As [`Stmt::for_each_expr_inside`], to change them.
    pub fn for_each_expr_inside_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        self.for_each_expr_mut(f);
        for block in self.blocks_mut() {
            block.stmts.iter_mut().for_each(|stmt| stmt.for_each_expr_inside_mut(f));
            block.result.iter_mut().for_each(&mut *f);
        }
    }

    /// As [`Stmt::blocks`], to change them.
    pub fn blocks_mut(&mut self) -> Vec<&mut Block> {
        match self {
            Self::If { then, otherwise, .. } => vec![then, otherwise],
            Self::For { body, .. } | Self::IfActive { body, .. } => vec![body],
            Self::While { header, body } => vec![header, body],
            _ => Vec::new(),
        }
    }

    /// What `let var = value;` defines a variable as.
    pub fn value_of(&self, var: Var) -> Option<&Expr> {
        match self {
            Self::Let(Pattern::Var(defined), value) if *defined == var => Some(value),
            _ => None,
        }
    }

    /// Whether a statement in one of its blocks defines a variable.
    pub fn defines_inside(&self, var: Var) -> bool {
        self.blocks().into_iter().any(|block| block.defines(var))
    }

    /// The variables that the statement itself defines in its block.
    pub fn defines(&self) -> Vec<Var> {
        match self {
            Self::Let(pattern, _) => pattern.vars(),
            Self::Declare(var) | Self::Part { part: var, .. } | Self::If { result: Some(var), .. } => vec![*var],
            Self::Structural(structural) => structural.result.into_iter().collect(),
            Self::Linearize { pattern, pullback, .. } => {
                let mut vars = pattern.vars();
                vars.push(*pullback);
                vars
            }
            _ => Vec::new(),
        }
    }

    /// Calls `f` with the root of every place that the statement may change, nested blocks included.
    pub fn for_each_write(&self, f: &mut dyn FnMut(Var)) {
        self.for_each_written(&mut |place| f(place.root));
    }

    /// The same with the places, as far as the statement tells which.
    pub fn for_each_written(&self, f: &mut dyn FnMut(&Place)) {
        match self {
            Self::Assign(place, _) | Self::Add(place, _) => f(place),
            Self::Part { bar: var, .. } | Self::Increment(var) => f(&Place::of(*var)),
            Self::Structural(structural) => structural.places.iter().for_each(&mut *f),
            Self::Save { stack, .. } => f(&Place::of(*stack)),
            Self::Pullback { bars, dots, .. } => lent_places(bars, dots).for_each(&mut *f),
            _ => {}
        }
        self.for_each_expr(&mut |expr| expr.for_each_changed(f));
        for block in self.blocks() {
            block.stmts.iter().for_each(|stmt| stmt.for_each_written(f));
            if let Some(result) = &block.result {
                result.for_each_changed(f);
            }
        }
    }
}

impl Expr {
    /// Calls `f` with the root of every place that evaluating the expression may change.
    pub fn for_each_change(&self, f: &mut dyn FnMut(Var)) {
        self.for_each_changed(&mut |place| f(place.root));
    }

    /// The same with the places, as far as the expression tells which.
    pub fn for_each_changed(&self, f: &mut dyn FnMut(&Place)) {
        match self {
            Self::Borrow(place, true) => f(place),
            Self::Pop(stack) | Self::Frame(stack, _) => f(&Place::of(*stack)),
            Self::Opaque(opaque) => opaque.writes.iter().for_each(|var| f(&Place::of(*var))),
            _ => {}
        }
        self.for_each_child(&mut |child| child.for_each_changed(f));
    }
}

impl Block {
    /// Calls `f` with every place that is read by name, in nested blocks too.
    pub fn for_each_place<'a>(&'a self, f: &mut dyn FnMut(&'a Place)) {
        self.for_each_stmt(&mut |stmt| {
            stmt.for_each_expr(&mut |expr| expr.for_each_place(f));
            stmt.blocks().into_iter().flat_map(|block| &block.result).for_each(|result| result.for_each_place(f));
        });
        self.result.iter().for_each(|result| result.for_each_place(f));
    }

    /// Whether a statement of the block, or one inside of it, defines a variable.
    pub fn defines(&self, var: Var) -> bool {
        let mut found = false;
        self.for_each_stmt(&mut |stmt| found |= stmt.defines().contains(&var));
        found
    }

    /// Calls `f` with every statement, nested ones after the one that contains them.
    pub fn for_each_stmt<'a>(&'a self, f: &mut dyn FnMut(&'a Stmt)) {
        self.stmts.iter().for_each(|stmt| stmt.for_each_stmt(f));
    }
}
