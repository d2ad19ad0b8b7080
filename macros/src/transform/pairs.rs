//! Pairs of a value and its tangent that stay where they are, where both are arrays that would be copied.
//!
//! Takes the statements of forward mode as they are emitted; returns the same with
//!
//! ```text
//! let mut c_dot = [[0; 4]; 3]; let mut c = ..; ..; (c, c_dot)     let mut result = (.., [[0; 4]; 3]); .. result.1[i][j] = ..; result
//! let (t, t_dot) = f(..); .. &t_dot ..                            let both = f(..); let t = &both.0; let t_dot = &both.1; ..
//! ```
//!
//! so that a result is written to the caller's memory at once, and one that is only read is read where the callee wrote it. A compiler
//! copies an array into and out of a pair where it cannot show that nobody sees the difference, and a tangent along several directions is
//! as large as several arrays. What is not `Copy`, or may be defined or written in another way, stays.

use crate::ir::{Access, Block, Expr, Pattern, Place, Projection, Role, Stmt, Ty, Var, VarInfo, Vars};
use crate::transform::forward::Pushforward;

/// Rewrites a pushforward.
pub fn keep_pairs(pushforward: &mut Pushforward) {
    let Pushforward { vars, body, .. } = pushforward;
    return_in_place(vars, body);
    let opaque = read_by_source(body);
    let changed = changed_in(body);
    read_in_place(vars, body, &|var| !opaque.contains(&var) && !changed.contains(&var));
}

/// Whether a variable owns an array that is copied bit by bit.
fn is_array(vars: &Vars, var: Var) -> bool {
    let info = &vars[var];
    info.access == Access::Owned && matches!(info.ty, Ty::Array(_)) && info.ty.is_copy()
}

/// A variable for both.
fn pair_of(vars: &mut Vars, name: &str, [value, dot]: [Var; 2]) -> Var {
    let ty = Ty::Tuple(vec![vars[value].ty.clone(), vars[dot].ty.clone()]);
    let (span, role) = (vars[value].span, Role::Tangent(value));
    vars.add(VarInfo { name: name.to_owned(), span, ty, role, access: Access::Owned, mutable: false, annotation: None })
}

/// `(c, c_dot)` at the end.
fn return_in_place(vars: &mut Vars, body: &mut Block) -> Option<()> {
    let Some(Expr::Tuple(parts)) = &body.result else { return None };
    let [Expr::Var(value), Expr::Var(dot)] = parts[..] else { return None };
    let both = [value, dot];
    let opaque = read_by_source(body);
    if value == dot || !both.iter().all(|var| is_array(vars, *var) && !opaque.contains(var)) {
        return None;
    }
    let [at_value, at_dot] = [position(body, value)?, position(body, dot)?];
    let (first, last) = (at_value.min(at_dot), at_value.max(at_dot));
    let [early, late] = if at_value < at_dot { both } else { [dot, value] };
    // what is moved down to the other definition gives the same there
    let between = &body.stmts[first + 1..last];
    let early_value = body.stmts[first].value_of(early)?;
    let late_value = without(body.stmts[last].value_of(late)?, early, early_value);
    let stays = early_value.is_pure()
        && between.iter().all(|stmt| matches!(stmt, Stmt::Let(_, value) if value.is_pure() && !value.reads(early)));
    if !stays || late_value.reads(early) {
        return None;
    }
    let (early_value, pair) = (early_value.clone(), pair_of(vars, "result", both));
    vars[pair].mutable = true;
    let parts = if early == value { vec![early_value, late_value] } else { vec![late_value, early_value] };
    body.stmts[last] = Stmt::Let(Pattern::Var(pair), Expr::Tuple(parts));
    body.stmts.remove(first);
    for (var, field) in both.into_iter().zip(["0", "1"]) {
        move_into(body, var, &Place::of(pair).project(Projection::Field(field.to_owned())));
    }
    body.result = Some(Expr::Var(pair));
    Some(())
}

/// Where a block defines a variable, if that is the only definition.
fn position(body: &Block, var: Var) -> Option<usize> {
    let mut definitions = 0;
    body.for_each_stmt(&mut |stmt| definitions += stmt.defines().into_iter().filter(|defined| *defined == var).count());
    body.stmts.iter().position(|stmt| stmt.value_of(var).is_some()).filter(|_| definitions == 1)
}

/// The zero of the shape of a variable, as that of the shape of what the variable is a copy of.
fn without(value: &Expr, var: Var, copy: &Expr) -> Expr {
    match (value, copy) {
        (Expr::ZeroAlong(of), Expr::Load(place) | Expr::Snapshot(place))
            if **of == Expr::Borrow(Place::of(var), false) =>
        {
            Expr::ZeroAlong(Box::new(Expr::Borrow(place.clone(), false)))
        }
        _ => value.clone(),
    }
}

/// `let (t, t_dot) = f(..);`
fn read_in_place(vars: &mut Vars, block: &mut Block, stays: &dyn Fn(Var) -> bool) {
    let mut stmts = Vec::with_capacity(block.stmts.len());
    for mut stmt in std::mem::take(&mut block.stmts) {
        stmt.blocks_mut().into_iter().for_each(|inner| read_in_place(vars, inner, stays));
        match stmt {
            Stmt::Let(pattern, call @ Expr::Pushforward { .. }) => {
                let both = pair_in(&pattern);
                match both.filter(|both| both.iter().all(|var| is_array(vars, *var) && stays(*var))) {
                    Some(both) => {
                        let name = format!("{}_and_dot", vars[both[0]].name);
                        let pair = pair_of(vars, &name, both);
                        stmts.push(Stmt::Let(Pattern::Var(pair), call));
                        for (var, field) in both.into_iter().zip(["0", "1"]) {
                            let part = Place::of(pair).project(Projection::Field(field.to_owned()));
                            vars[var].access = Access::Shared;
                            vars[var].annotation = None;
                            stmts.push(Stmt::Let(Pattern::Var(var), Expr::Borrow(part, false)));
                        }
                    }
                    None => stmts.push(Stmt::Let(pattern, call)),
                }
            }
            stmt => stmts.push(stmt),
        }
    }
    block.stmts = stmts;
}

fn pair_in(pattern: &Pattern) -> Option<[Var; 2]> {
    match pattern {
        Pattern::Tuple(parts) => match parts[..] {
            [Pattern::Var(value), Pattern::Var(dot)] => Some([value, dot]),
            _ => None,
        },
        _ => None,
    }
}

/// Variables that stand in the user's own source, which is not looked into.
fn read_by_source(body: &Block) -> Vec<Var> {
    let mut vars = Vec::new();
    note_source_in(body, &mut vars);
    vars
}

fn note_source_in(block: &Block, vars: &mut Vec<Var>) {
    for stmt in &block.stmts {
        stmt.for_each_expr(&mut |expr| note_source(expr, vars));
        stmt.blocks().into_iter().for_each(|inner| note_source_in(inner, vars));
    }
    block.result.iter().for_each(|result| note_source(result, vars));
}

fn note_source(expr: &Expr, vars: &mut Vec<Var>) {
    if let Expr::Opaque(opaque) = expr {
        vars.extend(opaque.reads.iter().chain(&opaque.writes).chain(&opaque.drops));
    }
    expr.for_each_child(&mut |child| note_source(child, vars));
}

fn changed_in(body: &Block) -> Vec<Var> {
    let mut vars = Vec::new();
    body.stmts.iter().for_each(|stmt| stmt.for_each_write(&mut |var| vars.push(var)));
    vars
}

/// Puts a place where a variable stood.
fn move_into(block: &mut Block, var: Var, place: &Place) {
    for stmt in &mut block.stmts {
        stmt.for_each_expr_mut(&mut |expr| move_in_expr(expr, var, place));
        match stmt {
            Stmt::Assign(to, _) | Stmt::Add(to, _) => move_place(to, var, place),
            Stmt::Structural(structural) => structural.places.iter_mut().for_each(|to| move_place(to, var, place)),
            _ => {}
        }
        stmt.blocks_mut().into_iter().for_each(|inner| move_into(inner, var, place));
    }
    block.result.iter_mut().for_each(|result| move_in_expr(result, var, place));
}

fn move_in_expr(expr: &mut Expr, var: Var, place: &Place) {
    match expr {
        Expr::Var(read) if *read == var => *expr = Expr::Load(place.clone()),
        Expr::Load(from) | Expr::Borrow(from, _) | Expr::Snapshot(from) => move_place(from, var, place),
        Expr::Construct(construct) => construct.base.iter_mut().for_each(|base| move_place(base, var, place)),
        _ => {}
    }
    expr.for_each_child_mut(&mut |child| move_in_expr(child, var, place));
}

fn move_place(from: &mut Place, var: Var, place: &Place) {
    if from.root == var {
        from.root = place.root;
        from.path.splice(0..0, place.path.iter().cloned());
    }
}
