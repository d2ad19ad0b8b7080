//! Methods of the user's that are named like those of matrices, on values whose types are not visible, beside those of matrices.

use chainrule::{Differentiable, differentiable};
use nalgebra::{DVector, Rotation3, Vector3};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V3 {
    pub x: f64,
    pub y: f64,
    pub z: f64,
}

#[differentiable]
impl std::ops::Sub for V3 {
    type Output = V3;
    fn sub(self, other: V3) -> V3 {
        V3 { x: self.x - other.x, y: self.y - other.y, z: self.z - other.z }
    }
}

#[differentiable]
impl std::ops::Mul<f64> for V3 {
    type Output = V3;
    fn mul(self, factor: f64) -> V3 {
        V3 { x: self.x * factor, y: self.y * factor, z: self.z * factor }
    }
}

#[differentiable]
impl V3 {
    pub fn dot(self, other: V3) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub fn norm(&self) -> f64 {
        self.dot(*self).sqrt()
    }

    pub fn normalize(self) -> Self {
        self * (1.0 / self.norm())
    }

    pub fn cross(&self, other: &V3) -> V3 {
        V3 {
            x: self.y * other.z - self.z * other.y,
            y: self.z * other.x - self.x * other.z,
            z: self.x * other.y - self.y * other.x,
        }
    }

    // not the sum of the components
    pub fn sum(&self) -> f64 {
        self.x * self.y + self.z.sin()
    }

    // nor the largest of them
    pub fn max(&self) -> f64 {
        self.x.max(self.y) * self.z
    }

    pub fn component_mul(self, other: &Self) -> Self {
        V3 { x: self.x * other.x, y: self.y * other.y * self.x, z: self.z * other.z }
    }
}

/// Of floats of any type.
#[derive(Differentiable, Clone, Debug)]
pub struct Pair<T> {
    pub a: T,
    pub b: T,
}

#[differentiable]
impl<T: num_traits::Float> Pair<T> {
    pub fn norm_squared(&self) -> T {
        self.a * self.a + self.a * self.b
    }

    pub fn dot(&self, factor: T) -> T {
        self.a * factor - self.b
    }
}

/// Has a list, which is not copied, and a field of nalgebra's.
#[derive(Differentiable, Clone, Debug)]
pub struct Arm {
    pub joints: Vec<V3>,
    pub tip: Vector3<f64>,
    pub weights: DVector<f64>,
}

#[differentiable]
impl Arm {
    pub fn mean(self) -> f64 {
        self.joints[0].norm() * self.tip.x
    }

    // a name of a method of matrices, with an argument: no rule is made of it, as no such method has any
    pub fn trace(&self, factor: f64) -> f64 {
        self.tip.y * factor
    }

    pub fn inverse(&self, #[no_diff] power: i32) -> f64 {
        self.tip.x.powi(-power)
    }
}

zoo! {
    // a list, its elements, and what operators give
    pub fn pairs(points: &[V3]) -> f64 {
        let mut energy = 0.0;
        for i in 0..points.len() {
            for j in 0..i {
                let d = points[i] - points[j];
                energy += d.normalize().dot(points[j]) / d.norm() - points[i].cross(&points[j]).normalize().x;
            }
        }
        energy
    }

    // what is in an option, or comes from an iterator
    pub fn chosen(points: &[V3], s: f64) -> f64 {
        let first = points.first().map_or(0.0, |p| p.norm() * s);
        let total: f64 = points.iter().map(|p| p.sum() + p.max()).sum();
        first * total + points.iter().zip(points.iter().skip(1)).map(|(p, q)| p.component_mul(q).dot(*p)).sum::<f64>()
    }

    // carried by a loop
    pub fn carried(p: &V3, s: f64) -> f64 {
        let mut v = *p;
        let mut sum = 0.0;
        for _ in 0..3 {
            let n = v.norm();
            v = v.cross(p) * s - v * n;
            sum += v.sum() * n;
        }
        sum + v.dot(*p)
    }

    // fields of the user's and of nalgebra's with the same methods
    pub fn both(arm: &Arm) -> f64 {
        let axis = Vector3::z_axis();
        let mut total = arm.weights.sum() * arm.weights.max() + arm.weights.min() + arm.weights.amax() * arm.weights.mean();
        for joint in &arm.joints {
            total += joint.norm() * arm.tip.norm() + joint.dot(arm.joints[0]);
        }
        total * axis.dot(&arm.tip) + arm.tip.cross(&axis).normalize().x + arm.tip.component_mul(&arm.tip).transpose().norm_squared()
            + arm.tip.component_div(&arm.tip.normalize()).sum()
    }

    // rotations in a list
    pub fn turned(arm: &Arm) -> f64 {
        let mut turns = Vec::new();
        for joint in &arm.joints {
            turns.push(Rotation3::new(Vector3::new(joint.x, joint.y, joint.z)));
        }
        let back = turns[0].inverse() * arm.tip;
        let again = turns[1].transpose() * back;
        back.x * again.y
    }

    pub fn of_floats(pair: &Pair<f64>, s: f64) -> f64 {
        pair.norm_squared() * pair.dot(s)
    }

    pub fn near_misses(arm: &Arm, s: f64) -> f64 {
        Arm::trace(arm, s) * arm.trace(2.0) + arm.inverse(2)
    }
}

/// Everything that an arm has.
fn arm() -> Arm {
    Arm {
        joints: vec![V3 { x: 0.4, y: 0.9, z: -0.3 }, V3 { x: 1.1, y: -0.2, z: 0.5 }],
        tip: Vector3::new(0.7, -0.4, 1.2),
        weights: DVector::from_vec(vec![0.3, 0.9, -0.4]),
    }
}

#[test]
fn shared_methods() {
    let points = vec![V3 { x: 0.7, y: 1.3, z: 0.4 }, V3 { x: -0.4, y: 0.9, z: 0.8 }, V3 { x: 0.2, y: -0.6, z: 1.1 }];
    laws!(pairs(points: &points.clone()));
    laws!(chosen(points: &points.clone(), s: 0.6));
    laws!(carried(p: &points[0], s: 0.6));
    laws!(both(arm: &arm()));
    laws!(turned(arm: &arm()));
    laws!(of_floats(pair: &Pair { a: 0.7, b: -0.4 }, s: 0.6));
    laws!(near_misses(arm: &arm(), s: 0.6));
}
