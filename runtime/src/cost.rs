//! What the accumulation of a Jacobian costs.

/// The multiplications that a Jacobian takes by vertex elimination in four orders: `f::COST` of a function with
/// `#[differentiable(jacobian = cross_country)]`.
///
/// An elimination replaces a vertex of the computational graph by the products of the partials on each side of it. What
/// is counted are these products. Local partials are the same in every order and are not counted, and neither are
/// additions.
///
/// `f::COST` counts what the generated code multiplies: repeated operations are one vertex, what leads to no output is
/// none, and factors of ±1 and products of two constants are free. `f::COST_PUBLISHED` counts the body as it is written, with
/// every edge, as tables in the literature do. Both have the costs of the callees in them that have some of their own, as often as they are called,
/// except for calls in branches.
///
/// ```
/// use chainrule::{Cost, differentiable};
///
/// #[differentiable(jacobian = cross_country)]
/// fn polar(r: f64, phi: f64) -> (f64, f64) {
///     (r * phi.cos(), r * phi.sin())
/// }
///
/// // one product for the angle in each of the two outputs, in any order
/// assert_eq!(polar::COST, Cost { forward: 2, reverse: 2, markowitz: 2, chosen: 2 });
/// ```
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., ch. 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cost {
    /// From the inputs on: forward mode that knows which entries are zero.
    pub forward: usize,
    /// From the outputs back: reverse mode that knows which entries are zero.
    pub reverse: usize,
    /// Always a vertex with the fewest paths through it, the earliest of equals (Markowitz).
    pub markowitz: usize,
    /// The order of the generated code, the best that the search found.
    pub chosen: usize,
}

impl Cost {
    /// Both.
    #[doc(hidden)]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            forward: self.forward + other.forward,
            reverse: self.reverse + other.reverse,
            markowitz: self.markowitz + other.markowitz,
            chosen: self.chosen + other.chosen,
        }
    }
}

/// The cost of a callee without one of its own, whose Jacobian is not eliminated. A constant of the callee's comes before one of a trait.
pub trait CostOfCallee {
    /// No products.
    const COST: Cost = Cost { forward: 0, reverse: 0, markowitz: 0, chosen: 0 };
    /// No products.
    const COST_PUBLISHED: Cost = Self::COST;
}

impl<F> CostOfCallee for F {}
