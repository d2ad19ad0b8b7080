//! Walks over syntax: what is done at the nodes of a few kinds, and whether the walk goes on inside of them.
//!
//! syn's visitors have a function for each kind of node, which rustc compiles anew for every type that visits. Here a walk
//! is lent as `dyn`, so that these functions are compiled once for all of them: a fifth of the functions of this crate
//! were visitors that nobody wrote.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};

/// A walk that reads. Each method returns whether the walk goes on inside of the node.
pub trait Read<'ast> {
    fn expr(&mut self, _: &'ast syn::Expr) -> bool {
        true
    }
    fn local(&mut self, _: &'ast syn::Local) -> bool {
        true
    }
    fn item(&mut self, _: &'ast syn::Item) -> bool {
        true
    }
    fn pat_ident(&mut self, _: &'ast syn::PatIdent) -> bool {
        true
    }
    fn path(&mut self, _: &'ast syn::Path) -> bool {
        true
    }
    fn type_reference(&mut self, _: &'ast syn::TypeReference) -> bool {
        true
    }
    fn lifetime(&mut self, _: &'ast syn::Lifetime) {}
    fn attribute(&mut self, _: &'ast syn::Attribute) -> bool {
        true
    }
}

/// A walk that changes what it visits. Each method returns whether the walk goes on inside of the node as it is then.
pub trait Change {
    fn expr(&mut self, _: &mut syn::Expr) -> bool {
        true
    }
    fn expr_path(&mut self, _: &mut syn::ExprPath) -> bool {
        true
    }
    fn field_value(&mut self, _: &mut syn::FieldValue) -> bool {
        true
    }
    fn arm(&mut self, _: &mut syn::Arm) -> bool {
        true
    }
    fn block(&mut self, _: &mut syn::Block) -> bool {
        true
    }
    fn local(&mut self, _: &mut syn::Local) -> bool {
        true
    }
    fn item(&mut self, _: &mut syn::Item) -> bool {
        true
    }
    fn pat(&mut self, _: &mut syn::Pat) -> bool {
        true
    }
    fn pat_ident(&mut self, _: &mut syn::PatIdent) -> bool {
        true
    }
    fn field_pat(&mut self, _: &mut syn::FieldPat) -> bool {
        true
    }
    fn ty(&mut self, _: &mut syn::Type) -> bool {
        true
    }
    fn lifetime(&mut self, _: &mut syn::Lifetime) {}
    fn mac(&mut self, _: &mut syn::Macro) -> bool {
        true
    }
}

/// The one visitor that reads.
pub struct Reading<'w, 'ast>(pub &'w mut dyn Read<'ast>);

/// The one visitor that changes.
pub struct Changing<'w>(pub &'w mut dyn Change);

/// Methods of a visitor that ask the walk first.
macro_rules! ask {
    ($($name:ident, $ask:ident, $node:ty, $inside:path;)*) => {$(
        fn $name(&mut self, node: $node) {
            if self.0.$ask(node) {
                $inside(self, node);
            }
        }
    )*};
}

impl<'ast> Visit<'ast> for Reading<'_, 'ast> {
    ask! {
        visit_expr, expr, &'ast syn::Expr, visit::visit_expr;
        visit_local, local, &'ast syn::Local, visit::visit_local;
        visit_item, item, &'ast syn::Item, visit::visit_item;
        visit_pat_ident, pat_ident, &'ast syn::PatIdent, visit::visit_pat_ident;
        visit_path, path, &'ast syn::Path, visit::visit_path;
        visit_type_reference, type_reference, &'ast syn::TypeReference, visit::visit_type_reference;
        visit_attribute, attribute, &'ast syn::Attribute, visit::visit_attribute;
    }

    fn visit_lifetime(&mut self, node: &'ast syn::Lifetime) {
        self.0.lifetime(node);
    }
}

impl VisitMut for Changing<'_> {
    ask! {
        visit_expr_mut, expr, &mut syn::Expr, visit_mut::visit_expr_mut;
        visit_expr_path_mut, expr_path, &mut syn::ExprPath, visit_mut::visit_expr_path_mut;
        visit_field_value_mut, field_value, &mut syn::FieldValue, visit_mut::visit_field_value_mut;
        visit_arm_mut, arm, &mut syn::Arm, visit_mut::visit_arm_mut;
        visit_block_mut, block, &mut syn::Block, visit_mut::visit_block_mut;
        visit_local_mut, local, &mut syn::Local, visit_mut::visit_local_mut;
        visit_item_mut, item, &mut syn::Item, visit_mut::visit_item_mut;
        visit_pat_mut, pat, &mut syn::Pat, visit_mut::visit_pat_mut;
        visit_pat_ident_mut, pat_ident, &mut syn::PatIdent, visit_mut::visit_pat_ident_mut;
        visit_field_pat_mut, field_pat, &mut syn::FieldPat, visit_mut::visit_field_pat_mut;
        visit_type_mut, ty, &mut syn::Type, visit_mut::visit_type_mut;
        visit_macro_mut, mac, &mut syn::Macro, visit_mut::visit_macro_mut;
    }

    fn visit_lifetime_mut(&mut self, node: &mut syn::Lifetime) {
        self.0.lifetime(node);
    }
}
