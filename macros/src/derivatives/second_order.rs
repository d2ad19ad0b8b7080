//! Second order: forward mode of the sweeps, verified as they are.

use super::{captured, is_seen_again};
use crate::analysis::activity::Activity;
use crate::ir::verify::verify;
use crate::ir::{Block, Construct, Expr, Function, Projection, Tokens, Ty, Var};
use crate::simplify::{simplify_product, simplify_tangent_sweeps};
use crate::transform::directions::CurvatureAlong;
use crate::transform::moves::move_in_tangent_sweeps;
use crate::transform::reverse::Sweeps;
use crate::transform::slices::hoist_slices;
use crate::transform::tangent_of_sweeps::{TangentSweeps, differentiate_sweeps, hessian_vector_product};
use crate::transform::variants::ask_in_tangent_sweeps;

/// The sweeps, differentiated.
pub struct SecondOrder {
    /// `H v` of a function whose result holds a float.
    pub product: Option<TangentSweeps>,
    /// The split sweeps with tangents.
    pub split: TangentSweeps,
    /// Both along several directions at once.
    pub along: Option<CurvatureAlong>,
}

impl SecondOrder {
    /// Differentiates the sweeps. An error names the operations whose second derivative is not known.
    pub fn of(
        function: &Function,
        activity: &Activity,
        fused: &Sweeps,
        split: &Sweeps,
        simplified: bool,
    ) -> Result<Self, Vec<String>> {
        let product = seed_of_gradient(function).map(|one| hessian_vector_product(function, activity, fused, one));
        let mut second = Self {
            product: product.transpose()?,
            split: differentiate_sweeps(function, activity, split, true)?,
            along: None,
        };
        if simplified {
            second.product.iter_mut().for_each(simplify_product);
            simplify_tangent_sweeps(&mut second.split);
            second.product.iter_mut().for_each(|product| ask_in_tangent_sweeps(product, false));
            ask_in_tangent_sweeps(&mut second.split, true);
            move_in_tangent_sweeps(&mut second.split);
            for TangentSweeps { vars, forward, reverse, .. } in second.product.iter_mut().chain([&mut second.split]) {
                for stmts in [forward, reverse] {
                    hoist_slices(vars, stmts);
                }
            }
        }
        Ok(second)
    }

    /// Checks both forms.
    pub fn verify(&self, function: &Function) -> Result<(), String> {
        let params = function.params.iter().map(|param| param.var);
        if let Some(product) = &self.product {
            let outside: Vec<Var> = params.clone().chain(product.dots.iter().flatten().copied()).collect();
            let stmts = product.forward.iter().chain(&product.reverse).cloned().collect();
            let both = Block { stmts, result: product.result.clone() };
            verify("second order", &product.vars, &outside, &both)?;
        }
        let outside: Vec<Var> = params.chain(self.split.dots.iter().flatten().copied()).collect();
        let forward = Block { stmts: self.split.forward.clone(), result: self.split.result.clone() };
        verify("second order (forward sweep)", &self.split.vars, &outside, &forward)?;
        let again = self.split.again.as_ref();
        let (given, dots): (Vec<Var>, Vec<Option<Var>>) = function
            .params
            .iter()
            .zip(&self.split.dots)
            .filter(|(param, _)| is_seen_again(param, again))
            .map(|(param, dot)| (param.var, *dot))
            .unzip();
        let bars = self.split.bars.iter().flatten().flat_map(|(bar, dot)| [*bar, *dot]);
        let outside =
            captured(&self.split.forward, again).into_iter().chain(given).chain(dots.into_iter().flatten()).chain(bars);
        let outside: Vec<Var> = outside.chain([self.split.seed.0]).chain(self.split.seed.1).collect();
        verify("second order (reverse sweep)", &self.split.vars, &outside, &Block::of(self.split.reverse.clone()))
    }
}

/// The cotangent of the result whose pullback is the gradient.
fn seed_of_gradient(function: &Function) -> Option<Expr> {
    let one = Expr::float(1.0);
    let variant = |path: &str, name: &str, one: Expr| {
        let fields = vec![(Projection::payload(name, "0"), "0".to_owned(), one)];
        let path = Tokens(path.parse().unwrap_or_default());
        Expr::Construct(Box::new(Construct { path, layout: crate::ir::expr::Layout::Listed, fields, base: None }))
    };
    match (&function.ret_ty, &function.ret) {
        (Ty::Float(_), _) => Some(one),
        (Ty::Option(item), _) if item.is_float() => Some(variant("Some", "Some", one)),
        (_, Some(syn::Type::Path(path))) if path.path.segments.last().is_some_and(|last| last.ident == "Result") => {
            // the failure of a cotangent carries nothing, which rustc may not know from what reads it
            Some(variant("::core::result::Result::<_, ()>::Ok", "Ok", one))
        }
        _ => None,
    }
}
