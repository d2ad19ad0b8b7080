//! Tangents as vectors: inner product and scaled sums.

use crate::differentiable::{ElementOp, Tangent};
use crate::real::Real;

/// `⟨a, b⟩`, summed in `f64`.
pub fn dot<V: Tangent>(a: &V, b: &V) -> f64 {
    struct Dot(f64);
    impl ElementOp<1> for Dot {
        fn apply<T: Real>(&mut self, a: &mut T, [b]: [T; 1]) {
            self.0 += a.to_f64_lossy() * b.to_f64_lossy();
        }
    }
    let mut sum = Dot(0.0);
    a.clone().zip_apply([b], &mut sum);
    sum.0
}

/// `a += factor b`
pub fn add_scaled<V: Tangent>(a: &mut V, factor: f64, b: &V) {
    struct Add(f64);
    impl ElementOp<1> for Add {
        fn apply<T: Real>(&mut self, a: &mut T, [b]: [T; 1]) {
            *a += T::constant(self.0) * b;
        }
    }
    a.zip_apply([b], &mut Add(factor));
}

/// `a *= factor`
pub fn scale<V: Tangent>(a: &mut V, factor: f64) {
    struct Scale(f64);
    impl ElementOp<0> for Scale {
        fn apply<T: Real>(&mut self, a: &mut T, []: [T; 0]) {
            *a *= T::constant(self.0);
        }
    }
    a.zip_apply([], &mut Scale(factor));
}

/// `‖a‖`
pub fn norm<V: Tangent>(a: &V) -> f64 {
    dot(a, a).real_sqrt()
}
