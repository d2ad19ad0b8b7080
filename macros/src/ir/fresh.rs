//! Copies of code with variables of its own.

use super::{Block, Pattern, Stmt, Var, VarMap, Vars};

impl Block {
    /// The same statements, with new variables of the old names in the place of those that the block defines.
    pub fn fresh(&self, vars: &mut Vars) -> Self {
        let mut copy = self.clone();
        let mut renamed = VarMap::new();
        copy.define_anew(vars, &mut renamed);
        for (from, to) in renamed {
            copy.rename(from, to);
        }
        copy
    }

    fn define_anew(&mut self, vars: &mut Vars, renamed: &mut VarMap<Var>) {
        for stmt in &mut self.stmts {
            let mut anew = |var: &mut Var| *var = *renamed.get_or_insert_with(*var, || vars.copy(*var));
            match stmt {
                Stmt::Let(pattern, _) => define_pattern(pattern, &mut anew),
                Stmt::Declare(var) | Stmt::For { var, .. } | Stmt::If { result: Some(var), .. } => anew(var),
                Stmt::Structural(structural) => structural.result.iter_mut().for_each(anew),
                Stmt::Linearize { pattern, pullback, .. } => {
                    define_pattern(pattern, &mut anew);
                    anew(pullback);
                }
                _ => {}
            }
            for block in stmt.blocks_mut() {
                block.define_anew(vars, renamed);
            }
        }
    }
}

fn define_pattern(pattern: &mut Pattern, anew: &mut dyn FnMut(&mut Var)) {
    match pattern {
        Pattern::Var(var) => anew(var),
        Pattern::Tuple(parts) => parts.iter_mut().for_each(|part| define_pattern(part, anew)),
        Pattern::Wild => {}
    }
}
