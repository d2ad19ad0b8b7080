//! Directions in a tangent space: random ones, unit vectors, and what their components say of the precision.

use crate::differentiable::{ElementOp, Tangent};
use crate::real::Real;

/// The generator SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
pub(super) struct SplitMix64(u64);

impl SplitMix64 {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Of modulus in `[1/4, 1)`, so that no component hides, and of either sign.
    #[allow(clippy::cast_precision_loss)]
    fn component(&mut self) -> f64 {
        let bits = self.next();
        let modulus = 0.25 + 0.75 * ((bits >> 12) as f64 / (1u64 << 52) as f64);
        if bits & 1 == 0 { modulus } else { -modulus }
    }
}

/// A random direction of the shape of `like`.
pub(super) fn random<V: Tangent>(like: &V, random: &mut SplitMix64) -> V {
    struct Fill<'a>(&'a mut SplitMix64);
    impl ElementOp<0> for Fill<'_> {
        fn apply<T: Real>(&mut self, target: &mut T, _: [T; 0]) {
            *target = T::constant(self.0.component());
        }
    }
    let mut direction = like.clone();
    direction.zip_apply([], &mut Fill(random));
    direction
}

/// The unit vector of one component; `None` behind the last.
pub(super) fn unit<V: Tangent>(like: &V, component: usize) -> Option<V> {
    struct Select {
        position: usize,
        selected: usize,
    }
    impl ElementOp<0> for Select {
        fn apply<T: Real>(&mut self, target: &mut T, _: [T; 0]) {
            *target = T::constant(if self.position == self.selected { 1.0 } else { 0.0 });
            self.position += 1;
        }
    }
    let mut select = Select { position: 0, selected: component };
    let mut direction = like.clone();
    direction.zip_apply([], &mut select);
    (component < select.position).then_some(direction)
}

/// The coarsest machine epsilon among the components; that of `f64` if there are none.
pub(super) fn epsilon<V: Tangent>(of: &V) -> f64 {
    struct Epsilon(f64);
    impl ElementOp<0> for Epsilon {
        fn apply<T: Real>(&mut self, _: &mut T, _: [T; 0]) {
            self.0 = self.0.max(T::REAL_EPSILON.to_f64_lossy());
        }
    }
    let mut epsilon = Epsilon(f64::EPSILON);
    of.clone().zip_apply([], &mut epsilon);
    epsilon.0
}

/// `Σ |a_i b_i|`: the scale against which the rounding of `⟨a, b⟩` is measured.
pub(super) fn inner_abs<V: Tangent>(a: &V, b: &V) -> f64 {
    struct InnerAbs(f64);
    impl ElementOp<1> for InnerAbs {
        fn apply<T: Real>(&mut self, target: &mut T, [other]: [T; 1]) {
            self.0 += (target.to_f64_lossy() * other.to_f64_lossy()).real_abs();
        }
    }
    let mut sum = InnerAbs(0.0);
    a.clone().zip_apply([b], &mut sum);
    sum.0
}
