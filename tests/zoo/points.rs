//! nalgebra's points and rotations, products of matrices of static with those of dynamic size, and factors that are fields.

use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix3x2, Point2, Point3, Rotation2, Rotation3, Vector2, Vector3};

#[derive(chainrule::Differentiable, Clone, Debug)]
pub struct Ball {
    mass: f64,
    turn: Matrix2<f64>,
}

#[derive(chainrule::Differentiable, Clone, Debug)]
pub struct Cage {
    turn: DMatrix<f64>,
    ball: Ball,
}

zoo! {
    pub fn distance(p: &Point3<f64>, q: &Point3<f64>) -> f64 {
        (p - q).norm()
    }

    pub fn moved(p: Point2<f64>, v: &Vector2<f64>, t: f64) -> Point2<f64> {
        p + v * t
    }

    pub fn parts_of_points(p: &Point3<f64>, q: Point3<f64>) -> f64 {
        let middle = (p.coords + q.coords) / 2.0;
        p.x * q.y + p[2] * middle.z + middle.norm_squared()
    }

    pub fn projected(p: &Point3<f64>, f: f64) -> Point2<f64> {
        Point2::new(f * p.x / p.z, f * p.y / p.z)
    }

    pub fn transformed(m: &Matrix3<f64>, p: &Point3<f64>, q: Point3<f64>) -> f64 {
        let moved = m * p * 2.0 - q.coords;
        let x: f64 = q.x;
        let back = -(moved / x);
        (back - p).dot(&q.coords)
    }

    pub fn points_in_a_loop(p: &Point2<f64>, v: &Vector2<f64>, n: usize) -> f64 {
        let mut point = *p;
        let mut length = 0.0;
        for i in 0..n {
            let next = point + v * (0.1 * i as f64) + Vector2::new(point.y, -point.x) * 0.1;
            length += (next - point).norm();
            point = next;
        }
        length + point.coords.dot(v)
    }

    pub fn path_length(points: &[Point2<f64>]) -> f64 {
        let mut length = 0.0;
        for i in 1..points.len() {
            length += (points[i] - points[i - 1]).norm();
        }
        length
    }

    pub fn moves_in_place(p: &mut Point2<f64>, v: &Vector2<f64>) -> f64 {
        *p += v;
        p.x *= v.y;
        p.coords.norm_squared()
    }

    pub fn rotated(#[no_diff] r: &Rotation3<f64>, p: &Point3<f64>, v: &Vector3<f64>) -> f64 {
        let q = r * p;
        (q + r.inverse() * v).coords.dot(v)
    }

    pub fn turned_by(w: &Vector3<f64>, p: &Point3<f64>) -> Point3<f64> {
        Rotation3::new(*w) * p
    }

    pub fn reprojected(pose: &[f64], p: &Point3<f64>) -> Vector2<f64> {
        let r = Rotation3::new(Vector3::new(pose[0], pose[1], pose[2]));
        let q = r * p + Vector3::new(pose[3], pose[4], pose[5]);
        Vector2::new(q.x / q.z, q.y / q.z)
    }

    pub fn chain_of_arms(angles: &[f64]) -> f64 {
        let mut turn = Rotation2::new(0.3);
        let mut end = Point2::new(0.0, 0.0);
        for i in 0..angles.len() {
            turn = turn * Rotation2::new(angles[i]);
            end = end + turn * Vector2::new(1.0, 0.1);
        }
        end.coords.norm()
    }

    pub fn rotated_by(angle: f64, p: &Point2<f64>) -> Point2<f64> {
        let (s, c) = angle.sin_cos();
        Matrix2::new(c, -s, s, c) * p
    }

    pub fn from_the_origin(v: &Vector2<f64>, s: f64) -> f64 {
        let p = Point2::origin() + v;
        let mut q = Point2::origin();
        q = q + v * p.x;
        for _ in 0..2 {
            q += v * s;
            q -= Vector2::new(q.y, s);
        }
        q.coords.norm_squared()
    }

    pub fn by_fields(ball: &Ball, cage: Cage, v: &Vector2<f64>, w: &DVector<f64>) -> f64 {
        let scale = &cage;
        let lent = &scale.turn;
        let t = (v * ball.mass).norm() + (ball.mass * v + ball.turn * v).norm_squared();
        let u = &scale.turn * w + lent * (w * cage.ball.mass);
        let all = cage.turn * w;
        t + u.norm() + all.norm_squared() * ball.mass
    }

    pub fn static_times_dynamic(a: &Matrix3x2<f64>, v: &DVector<f64>) -> f64 {
        let w = a * v;
        w[0] * w[1] + w.norm()
    }

    pub fn dynamic_times_static(a: &DMatrix<f64>, b: &Matrix3x2<f64>) -> f64 {
        let c = a * b;
        (c.transpose() * b).norm_squared() + c[(0, 1)]
    }

    pub fn mixed(a: &DMatrix<f64>, v: &Vector3<f64>) -> f64 {
        let w = a * v;
        (w.transpose() * v)[0]
    }
}

#[test]
fn points() {
    let p = || Point3::new(0.7, -1.2, 0.4);
    let q = || Point3::new(0.3, 0.9, -0.5);
    let v = || Vector2::new(0.3, 0.9);
    laws!(distance(p: &p(), q: &q()));
    map_laws!(moved(p: Point2::new(0.7, -1.2), v: &v(), t: 0.8));
    laws!(parts_of_points(p: &p(), q: q()));
    map_laws!(projected(p: &p(), f: 1.3));
    let m = Matrix3::new(3.0, 0.3, -0.4, 0.2, 1.5, 0.6, -0.4, 0.5, 0.5);
    laws!(transformed(m: &m, p: &p(), q: q()));
    laws!(points_in_a_loop(p: &Point2::new(0.7, -1.2), v: &v(), _: 3));
    laws!(path_length(points: &vec![Point2::new(0.7, -1.2), Point2::new(0.1, 0.3), Point2::new(1.5, 0.6)]));
    laws!(moves_in_place(p: &mut Point2::new(0.7, -1.2), v: &v()));
    laws!(from_the_origin(v: &v(), s: 0.7));
    let r = Rotation3::from_euler_angles(0.3, -0.8, 1.1);
    laws!(rotated(_: &r, p: &p(), v: &Vector3::new(0.3, 0.9, -0.5)));
    map_laws!(rotated_by(angle: 0.7, p: &Point2::new(0.7, -1.2)));
}

#[test]
fn rotations() {
    let p = || Point3::new(0.7, -1.2, 2.4);
    let around = |scale: f64| Vector3::new(0.3, 0.9, -0.5) * scale;
    for scale in [1.0, 1e-2, 1e-5, 0.0] {
        map_laws!(turned_by(w: &around(scale), p: &p()));
    }
    map_laws!(turned_by(w: &Vector3::new(2.3, 1.1, -1.4), p: &p()));
    map_laws!(reprojected(pose: &vec![0.3, -0.2, 0.5, 0.1, 0.2, 3.0], p: &p()));
    laws!(chain_of_arms(angles: &vec![0.3, -0.2, 0.5]));
}

#[test]
fn static_and_dynamic() {
    let dynamic = DMatrix::from_row_slice(3, 3, &[3.0, 0.3, -0.4, 0.2, 1.5, 0.6, -0.4, 0.5, 0.5]);
    let tall = Matrix3x2::new(1.0, -0.5, 0.4, 1.3, -0.8, 0.2);
    laws!(static_times_dynamic(a: &tall, v: &DVector::from_vec(vec![0.7, -1.2])));
    laws!(dynamic_times_static(a: &dynamic.clone(), b: &tall));
    laws!(mixed(a: &dynamic.clone(), v: &Vector3::new(0.7, -1.2, 0.4)));
}

#[chainrule::differentiable]
fn turned(r: &Rotation3<f64>, v: &Vector3<f64>) -> f64 {
    (r * v).x
}

#[test]
fn by_a_rotation() {
    let (r, v) = (Rotation3::from_euler_angles(0.3, -0.8, 1.1), Vector3::new(0.3, 0.9, -0.5));
    let (r_bar, v_bar) = turned::grad(&r, &v);
    assert_eq!(r_bar, Vector3::x() * v.transpose());
    assert_eq!(v_bar, r.matrix().row(0).transpose());
}

#[test]
fn factors_in_structs() {
    let ball = || Ball { mass: 0.8, turn: Matrix2::new(0.3, 0.9, -0.5, 1.2) };
    let cage = Cage { turn: DMatrix::from_row_slice(2, 2, &[0.3, 0.9, -0.5, 1.2]), ball: ball() };
    let w = DVector::from_vec(vec![0.7, -1.2]);
    laws!(by_fields(ball: &ball(), cage: cage, v: &Vector2::new(0.7, -1.2), w: &w));
}
