//! What only the sweeps of second order contain: tangents that are lent to callees, and how linear maps change with an operand.

use super::Emitter;
use super::stmt::ParamNames;
use crate::ir::expr::MapFn;
use crate::ir::{ByType, Curvature, Expr, Marker, MatrixOp, PullbackDots, Slope};
use crate::rules::Prim;
use crate::transform::tangent_of_sweeps::elementwise_curvature;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

impl Emitter<'_> {
    /// A tangent that a callee is lent: nothing where the argument is inactive.
    pub fn lent_dot(&self, marker: Marker, dot: &Option<Expr>, params: &ParamNames) -> TokenStream {
        match (marker, dot) {
            (Marker::Inactive, _) | (_, None) => quote!(()),
            (Marker::OfParam(index), Some(Expr::Borrow(place, true))) => {
                let (marker, place) = (&params.types[index], self.borrow(place, true));
                quote!(#marker::local(#place))
            }
            (Marker::OfParam(index), Some(dot)) => {
                let (marker, dot) = (&params.types[index], self.expr(dot));
                quote!(#marker::share(#dot))
            }
            (Marker::Active, Some(dot)) => self.argument(dot),
        }
    }

    /// `, arg_dots.., seed_dot, bar_dots..`
    pub fn pullback_dots(&self, dots: &PullbackDots, params: &ParamNames) -> TokenStream {
        let args = dots.args.iter().map(|(marker, dot)| self.lent_dot(*marker, dot, params));
        let (seed, bars) = (self.expr(&dots.seed), dots.bars.iter().map(|bar| self.lent_bar(bar, params)));
        quote!(#(, #args)* , #seed #(, #bars)*)
    }

    /// `::chainrule::rules::second_order::name::pull_0_by_1(&a, &b, &z_bar, &b_dot)`
    pub fn curvature(&self, curvature: &Curvature) -> TokenStream {
        let operands = curvature.operands.iter().map(|operand| self.reference(operand));
        let (seed, dot) = (self.owned_reference(&curvature.seed), self.owned_reference(&curvature.dot));
        let (direction, of) = match curvature.slope {
            Slope::Push(of) => ("push", of),
            Slope::Pull(of) => ("pull", of),
        };
        match &curvature.op {
            MatrixOp::Map(_) | MatrixOp::MapOfResult(_) => {
                let direction = format_ident!("{direction}");
                let closure = match &curvature.op {
                    MatrixOp::Map(MapFn::Prim(prim, _)) => self.elementwise_curvature(*prim, false),
                    MatrixOp::MapOfResult(prim) => self.elementwise_curvature(*prim, true),
                    MatrixOp::Map(MapFn::Path(path)) => {
                        let (path, generics) = super::linear::split_generics(&path.0);
                        quote!(|x, seed, x_dot| #path::hvp #generics (x, x_dot) * seed)
                    }
                    _ => TokenStream::new(),
                };
                quote!(::chainrule::rules::second_order::map::#direction(#(#operands,)* #seed, #dot, #closure))
            }
            MatrixOp::Operator(name) | MatrixOp::Method { name, .. } => {
                let (name, function) = (format_ident!("{name}"), format_ident!("{direction}_{of}_by_{}", curvature.by));
                let plain = (curvature.by_type == ByType::Zero).then(|| quote!(plain::));
                let beside = curvature.op.literal_beside(of, &curvature.operands).map(|_| quote!(beside::));
                quote!(::chainrule::rules::second_order::#name::#plain #beside #function(#(#operands,)* #seed, #dot))
            }
            MatrixOp::Cast(_) | MatrixOp::Shared(_) | MatrixOp::Keep(_) => TokenStream::new(),
        }
    }

    /// The same as a value of its own, where rustc may find that it is zero by the type: the linear map of a zero.
    pub fn whole_curvature(&self, curvature: &Curvature) -> TokenStream {
        let term = self.curvature(curvature);
        if !curvature.may_be_nothing() {
            return term;
        }
        let zero = Expr::ZeroLike(Box::new(curvature.seed.clone()));
        let zero = self.linear(&curvature.op, curvature.slope, &curvature.operands, &zero);
        quote!(#term.or_else(|| #zero))
    }

    /// `|x, seed, x_dot| ..`, or with the derivative by the value `|z, seed, z_dot| ..`
    fn elementwise_curvature(&self, prim: Prim, of_result: bool) -> TokenStream {
        let (vars, block) = elementwise_curvature(prim, of_result);
        let block = Emitter::new(&vars, self.float).block(&block, &ParamNames::default());
        if of_result { quote!(|z, seed, z_dot| { #block }) } else { quote!(|x, seed, x_dot| { #block }) }
    }

    /// A reference to a tangent; rules take owned ones, and a view is none.
    pub fn owned_reference(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Borrow(place, _) | Expr::Load(place) | Expr::Snapshot(place) if place.ends_in_view() => {
                let owned = self.expr(&Expr::Snapshot(place.clone()));
                quote!(&#owned)
            }
            other => self.reference(other),
        }
    }
}
