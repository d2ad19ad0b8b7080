//! Operands of which the macro does not see whether they are scalars or matrices, and matrices of which only rustc knows the shape.

use nalgebra::{
    DMatrix, DVector, Matrix2, Matrix3, Point2, Point3, RealField, Rotation2, Rotation3, RowVector2, Vector2, Vector3,
};

#[derive(chainrule::Differentiable, Clone, Debug)]
pub struct Body {
    velocity: Vector3<f64>,
    mass: f64,
}

#[derive(chainrule::Differentiable, Clone, Debug)]
pub struct Filter {
    state: Vector2<f64>,
    covariance: Matrix2<f64>,
    noise: f64,
}

zoo! {
    pub fn matrix_by_scalar(body: &Body) -> f64 {
        (body.velocity * body.mass).norm()
    }

    pub fn scalar_by_matrix(body: &Body, other: &Body) -> f64 {
        let sum = body.mass * body.velocity + other.velocity / other.mass;
        sum.dot(&body.velocity)
    }

    pub fn scaled_in_place(body: &Body, n: usize) -> f64 {
        let mut total = body.velocity;
        for _ in 0..n {
            total *= body.mass;
            total += body.velocity * body.mass;
            total /= 1.0 + body.mass * body.mass;
        }
        total.norm_squared()
    }

    // what is read by value is overwritten before the reverse sweep
    pub fn overwritten_factor(body: Body, n: usize) -> f64 {
        let mut body = body;
        for _ in 0..n {
            body.velocity = body.velocity * body.mass;
            body.mass = body.mass * body.mass + body.velocity.x;
        }
        body.velocity.norm_squared() * body.mass
    }

    pub fn gain(filter: &Filter, z: f64, dt: f64) -> Vector2<f64> {
        let step = Matrix2::new(1.0, dt, 0.0, 1.0);
        let p = step * filter.covariance * step.transpose();
        let h = RowVector2::new(1.0, 0.0);
        let s = (h * p * h.transpose())[(0, 0)] + filter.noise;
        let gain = p * h.transpose() / s;
        filter.state + gain * (z - filter.state.x)
    }

    pub fn generic_constant<T: RealField + Copy>(x: T, y: T) -> T {
        let half = nalgebra::convert::<f64, T>(0.5);
        (x * x + y * y).sqrt() * half + half * x
    }

    pub fn point_of_vector(v: Vector3<f64>, q: &Point3<f64>) -> f64 {
        let p = Point3::from(v);
        (p - q).norm_squared()
    }

    pub fn point_of_array(x: f64, y: f64) -> f64 {
        let p = Point2::from([x, x * y]);
        let q = Point2::from(Vector2::new(y, x));
        p.x * p.y + q.x
    }

    pub fn matrix_of_rotation(w: &Vector3<f64>) -> f64 {
        let r = Rotation3::new(*w);
        let m = r.matrix();
        m[(0, 1)] * m[(1, 0)] + (r.matrix() * w).norm() + r.matrix().trace()
    }

    pub fn matrix_of_inactive(v: &Vector3<f64>, #[no_diff] r: &Rotation3<f64>) -> f64 {
        (r.matrix() * v).x * v.y
    }

    pub fn back_and_forth(a: f64, b: f64, v: &Vector2<f64>) -> Vector2<f64> {
        let turn = Rotation2::new(a) * Rotation2::new(b * b);
        turn.inverse() * (v * a) + turn.transpose().matrix() * v
    }

    pub fn moved_by_own_part(p: &Point2<f64>, v: &Vector2<f64>, m: &Matrix2<f64>, t: f64) -> f64 {
        let mut point = *p;
        point += v * p.x;
        point -= m * v * t;
        point.x * point.y
    }

    pub fn sums(a: &DVector<f64>, b: &Vector3<f64>) -> f64 {
        let (s, d) = (a + b, b - a);
        s.norm_squared() + d[0] * d[1]
    }

    pub fn products(a: &DMatrix<f64>, b: &Matrix2<f64>, x: &DVector<f64>, y: &Vector3<f64>) -> f64 {
        (a + b).determinant() + a.dot(b) + x.dot(y) * y.dot(x)
    }

    pub fn sum_of_dynamic(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
        (a + b).norm_squared() + (a - b).dot(a)
    }

    pub fn sum_of_static(a: &Matrix3<f64>, b: Matrix3<f64>) -> Matrix3<f64> {
        a + b - b * a
    }
}

fn falling() -> Body {
    Body { velocity: Vector3::new(1.0, 0.5, -0.7), mass: 1.3 }
}

fn vector() -> Vector3<f64> {
    Vector3::new(0.3, -0.4, 0.8)
}

#[test]
fn fields() {
    laws!(matrix_by_scalar(body: &falling()));
    laws!(scalar_by_matrix(body: &falling(), other: &Body { mass: -0.6, ..falling() }));
    laws!(scaled_in_place(body: &falling(), _: 3));
    laws!(overwritten_factor(body: falling(), _: 2));
    let covariance = Matrix2::new(1.0, 0.1, 0.1, 0.5);
    let filter = Filter { state: Vector2::new(0.1, 0.5), covariance, noise: 0.3 };
    map_laws!(gain(filter: &filter, z: 0.4, dt: 0.1));
    laws!(generic_constant(x: 0.7_f64, y: -0.4_f64));
}

#[test]
fn points_and_rotations() {
    laws!(point_of_vector(v: vector(), q: &Point3::new(1.0, 2.0, 0.0)));
    laws!(point_of_array(x: 0.7, y: -0.4));
    laws!(matrix_of_rotation(w: &vector()));
    let turn = Rotation3::new(Vector3::new(0.1, 0.2, 0.3));
    laws!(matrix_of_inactive(v: &vector(), _: &turn));
    map_laws!(back_and_forth(a: 0.7, b: -0.4, v: &Vector2::new(0.3, 1.2)));
    let m = Matrix2::new(0.3, 0.9, -0.5, 1.2);
    laws!(moved_by_own_part(p: &Point2::new(1.0, 2.0), v: &Vector2::new(0.5, 0.7), m: &m, t: 0.3));
}

#[test]
fn static_beside_dynamic() {
    let v = || DVector::from_vec(vec![0.7, -1.2, 0.4]);
    let m = || DMatrix::from_row_slice(2, 2, &[0.3, 0.9, -0.5, 1.2]);
    laws!(sums(a: &v(), b: &vector()));
    laws!(products(a: &m(), b: &Matrix2::new(1.0, 0.2, -0.3, 0.8), x: &v(), y: &vector()));
    laws!(sum_of_dynamic(a: &m(), b: &m().transpose()));
    let a = Matrix3::new(3.0, 0.3, -0.4, 0.2, 1.5, 0.6, -0.4, 0.5, 0.5);
    map_laws!(sum_of_static(a: &a, b: a.transpose()));
}
