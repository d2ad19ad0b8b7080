//! Points, tangents and cotangents of any shape as a list of components, so that the laws are compiled once.

use chainrule::{Differentiable, ElementOp, Real, Retract, Tangent};

/// A value with components: every tangent, and types of the zoo that say what theirs are.
pub trait Components {
    /// Appends the components.
    fn append_to(&self, components: &mut Vec<f64>);
}

impl<V: Tangent> Components for V {
    fn append_to(&self, components: &mut Vec<f64>) {
        struct Append<'a>(&'a mut Vec<f64>);
        impl ElementOp<0> for Append<'_> {
            fn apply<T: Real>(&mut self, target: &mut T, _: [T; 0]) {
                self.0.push(target.to_f64_lossy());
            }
        }
        self.clone().zip_apply([], &mut Append(components));
    }
}

/// The components of a value, in the order of its parts.
pub fn flat<V: Components>(value: &V) -> Vec<f64> {
    let mut components = Vec::new();
    value.append_to(&mut components);
    components
}

/// Appends the components of a value.
pub fn append<V: Components>(components: &mut Vec<f64>, value: &V) {
    value.append_to(components);
}

/// The coarsest machine epsilon among the components; that of `f64` if there are none.
pub fn epsilon<V: Tangent>(value: &V) -> f64 {
    struct Epsilon(f64);
    impl ElementOp<0> for Epsilon {
        fn apply<T: Real>(&mut self, _: &mut T, _: [T; 0]) {
            self.0 = self.0.max(T::REAL_EPSILON.to_f64_lossy());
        }
    }
    let mut epsilon = Epsilon(f64::EPSILON);
    value.clone().zip_apply([], &mut epsilon);
    epsilon.0
}

/// Gives back the shapes of a list of components, part by part.
pub struct Reader<'a> {
    rest: &'a [f64],
}

impl<'a> Reader<'a> {
    pub fn new(components: &'a [f64]) -> Self {
        Self { rest: components }
    }

    /// The next components as a tangent of `like`.
    pub fn tangent<P: Differentiable>(&mut self, like: &P) -> P::Tangent {
        struct Fill<'a, 'r>(&'r mut Reader<'a>);
        impl ElementOp<0> for Fill<'_, '_> {
            fn apply<T: Real>(&mut self, target: &mut T, _: [T; 0]) {
                let (first, rest) = self.0.rest.split_first().expect("as many components as the shape has");
                *target = T::constant(*first);
                self.0.rest = rest;
            }
        }
        let mut tangent = like.zero_tangent();
        tangent.zip_apply([], &mut Fill(self));
        tangent
    }

    /// The point `base + delta`, with the next components as `delta`; exactly `base` where they are zero.
    pub fn point<P: Retract + Clone>(&mut self, base: &P) -> P {
        let before = self.rest;
        let delta = self.tangent(base);
        let mut point = base.clone();
        if before[..before.len() - self.rest.len()].iter().any(|component| *component != 0.0) {
            point.add_tangent(&delta);
        }
        point
    }
}
