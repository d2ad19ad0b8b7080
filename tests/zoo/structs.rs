//! Structs and enums that derive `Differentiable`.

use crate::laws::flat::Components;
use chainrule::Differentiable;

#[derive(Differentiable, Clone, Debug)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

#[derive(Differentiable, Clone, Debug)]
pub struct Cloud {
    pub points: Vec<Point>,
}

#[derive(Differentiable, Clone, Debug)]
pub struct Segment {
    pub from: Point,
    pub to: Point,
    pub weights: Vec<f64>,
    pub count: usize,
    #[no_diff]
    pub name: String,
}

#[derive(Differentiable, Clone, Debug)]
pub struct Meters(pub f64, pub usize, pub f64);

#[derive(Differentiable, Clone, Debug)]
pub struct Pair<T> {
    pub first: T,
    pub second: T,
}

#[derive(Differentiable, Clone, Debug)]
pub struct Taps<const N: usize> {
    pub taps: [f64; N],
}

#[derive(Differentiable, Clone, Debug)]
pub struct Window<'a> {
    pub samples: &'a [f64],
    pub gain: f64,
}

#[derive(Differentiable, Clone, Debug)]
pub enum Shape {
    Circle(f64),
    Rectangle { width: f64, height: f64 },
    Grid(usize, f64),
    Empty,
}

impl Components for Point {
    fn append_to(&self, components: &mut Vec<f64>) {
        components.extend([self.x, self.y]);
    }
}

impl Components for Cloud {
    fn append_to(&self, components: &mut Vec<f64>) {
        self.points.iter().for_each(|point| point.append_to(components));
    }
}

impl Components for Segment {
    fn append_to(&self, components: &mut Vec<f64>) {
        self.from.append_to(components);
        self.to.append_to(components);
        components.extend(&self.weights);
    }
}

impl Components for Shape {
    fn append_to(&self, components: &mut Vec<f64>) {
        match self {
            Shape::Circle(r) => components.push(*r),
            Shape::Rectangle { width, height } => components.extend([width, height]),
            Shape::Grid(_, cell) => components.push(*cell),
            Shape::Empty => {}
        }
    }
}

zoo! {
    pub fn norm_squared(p: &Point) -> f64 {
        p.x * p.x + p.y * p.y
    }

    pub fn of_value(p: Point, scale: f64) -> f64 {
        p.x * scale + p.y.sin()
    }

    pub fn through_mutable(p: &mut Point, scale: f64) {
        p.x *= scale;
        p.y += p.x * p.y;
    }

    // HARD_CASES 28
    pub fn field_to_field(p: &mut Point) -> f64 {
        p.x = p.y;
        p.y = p.x * p.y;
        p.x
    }

    pub fn nested_fields(s: &Segment) -> f64 {
        let dx = s.to.x - s.from.x;
        let dy = s.to.y - s.from.y;
        let mut length = dx * dx + dy * dy;
        for i in 0..s.count {
            length *= s.weights[i];
        }
        length * s.name.len() as f64
    }

    pub fn passes_fields(s: &Segment) -> f64 {
        norm_squared(&s.from) * norm_squared(&s.to) + s.weights[0]
    }

    pub fn mutates_fields(s: &mut Segment, a: f64) {
        through_mutable(&mut s.from, a);
        s.to.x *= a;
        for w in s.weights.iter_mut() {
            *w *= a * s.to.x;
        }
    }

    pub fn builds(x: f64, y: f64) -> f64 {
        let p = Point { x: x * y, y: x.sin() };
        let q = Point { x, y };
        norm_squared(&p) * q.x + q.y
    }

    pub fn returns_struct(x: f64, y: f64) -> Point {
        Point { x: x * y, y: x / y }
    }

    pub fn takes_returned(x: f64, y: f64) -> f64 {
        let p = returns_struct(x, y);
        let q = returns_struct(p.x, p.y);
        q.x * q.y + p.x
    }

    // 54
    pub fn update_syntax(s: &Segment, x: f64) -> f64 {
        let t = Segment { from: Point { x, y: x * x }, ..s.clone() };
        nested_fields(&t)
    }

    pub fn destructured(p: Point, q: &Point) -> f64 {
        let Point { x, y } = p;
        let Point { x: u, y: v } = q;
        x * v + y * u
    }

    pub fn tuple_struct(m: Meters) -> f64 {
        let Meters(a, n, b) = m.clone();
        a * b * n as f64 + m.0
    }

    pub fn builds_tuple_struct(x: f64) -> f64 {
        let m = Meters(x, 3, x * x);
        let mut k = Meters(m.2, 1, 0.5);
        k.0 += m.0;
        k.0 * k.2
    }

    pub fn generic_struct(p: &Pair<f64>) -> f64 {
        p.first * p.second.exp()
    }

    pub fn nested_generic(p: Pair<Point>) -> f64 {
        let mut p = p;
        // 47: fields that swap in one branch
        if p.first.x > p.second.x {
            let t = p.first.clone();
            p.first = p.second.clone();
            p.second = t;
        }
        p.first.x * p.second.y
    }

    pub fn filter(f: &Taps<3>, xs: &[f64; 3]) -> f64 {
        let mut s = 0.0;
        for i in 0..3 {
            s += f.taps[i] * xs[i];
        }
        s
    }

    pub fn structs_in_array(ps: &[Point; 2]) -> f64 {
        ps[0].x * ps[1].y - ps[0].y * ps[1].x
    }

    pub fn structs_in_vec(ps: &[Point]) -> f64 {
        let mut s = 1.0;
        for i in 1..ps.len() {
            s += ps[i].x * ps[i - 1].y * s;
        }
        for p in ps {
            s += p.x * p.y;
        }
        s
    }

    pub fn moves_points(cloud: &mut Cloud, dt: f64) {
        for i in 0..cloud.points.len() {
            cloud.points[i].x += dt * cloud.points[i].y;
            cloud.points[i].y -= dt * cloud.points[i].x.sin();
        }
    }

    // 53
    pub fn windowed(samples: &[f64], gain: f64) -> f64 {
        let w = Window { samples, gain };
        w.samples[0] * w.gain + w.samples[1]
    }

    pub fn optional_point(p: Option<Point>, x: f64) -> f64 {
        match p {
            Some(p) => p.x * x + p.y,
            None => x,
        }
    }

    pub fn reassigned(p: Point, n: usize) -> f64 {
        let mut q = p;
        for _ in 0..n {
            q = Point { x: q.y * 0.9, y: q.x * q.y };
        }
        q.x + q.y
    }

    // 52
    pub fn area(shape: &Shape) -> f64 {
        match shape {
            Shape::Circle(r) => 3.0 * r * r,
            Shape::Rectangle { width, height } => width * height,
            Shape::Grid(n, cell) => *n as f64 * cell * cell,
            Shape::Empty => 0.0,
        }
    }

    pub fn scaled(shape: Shape, a: f64) -> Shape {
        match shape {
            Shape::Circle(r) => Shape::Circle(r * a),
            Shape::Rectangle { width, height } => Shape::Rectangle { width: width * a, height: height * a },
            Shape::Grid(n, cell) => Shape::Grid(n + 1, cell * a),
            Shape::Empty => Shape::Empty,
        }
    }

    pub fn area_of_scaled(shape: &Shape, a: f64) -> f64 {
        let s = scaled(shape.clone(), a);
        area(&s) * a
    }

    pub fn chooses_shape(x: f64, y: f64) -> f64 {
        let mut shape = Shape::Circle(x);
        if x > y {
            shape = Shape::Rectangle { width: x, height: y };
        }
        area(&shape) + x
    }

    pub fn shapes_in_loop(shapes: &[Shape], a: f64) -> f64 {
        let mut s = 1.0;
        for shape in shapes {
            if let Shape::Circle(r) = shape {
                s *= r * a;
            } else {
                s += area(shape);
            }
        }
        s
    }

    pub fn grows(shape: &mut Shape, a: f64) {
        if let Shape::Circle(r) = shape {
            *r *= a;
        } else if let Shape::Rectangle { width, .. } = shape {
            *width += a;
        }
    }
}

fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

fn segment() -> Segment {
    Segment { from: point(0.7, 1.2), to: point(-0.4, 0.9), weights: vec![1.1, 0.8], count: 2, name: "s".to_owned() }
}

#[test]
fn fields() {
    laws!(norm_squared(p: &point(0.7, 1.2)));
    laws!(of_value(p: point(0.7, 1.2), scale: 0.4));
    map_laws!(through_mutable(p: &mut point(0.7, 1.2), scale: 0.4));
    laws!(field_to_field(p: &mut point(0.7, 1.2)));
    laws!(nested_fields(s: &segment()));
    laws!(passes_fields(s: &segment()));
    map_laws!(mutates_fields(s: &mut segment(), a: 1.3));
    laws!(tuple_struct(m: Meters(0.7, 3, 1.2)));
    laws!(generic_struct(p: &Pair { first: 0.7, second: 0.2 }));
    laws!(filter(f: &Taps { taps: [0.7, 0.2, 0.1] }, xs: &[1.0, 2.0, 4.0]));
}

#[test]
fn construction() {
    laws!(builds(x: 0.7, y: 1.2));
    laws!(takes_returned(x: 0.7, y: 1.2));
    laws!(update_syntax(s: &segment(), x: 0.4));
    laws!(destructured(p: point(0.7, 1.2), q: &point(0.3, 0.4)));
    laws!(builds_tuple_struct(x: 0.7));
    laws!(windowed(samples: &vec![0.7, 0.2], gain: 1.3));
    laws!(optional_point(p: Some(point(0.7, 1.2)), x: 0.3));
    laws!(optional_point(p: None::<Point>, x: 0.3));
    laws!(reassigned(p: point(0.7, 1.2), _: 3));
    laws!(nested_generic(p: Pair { first: point(0.7, 0.2), second: point(0.4, 1.1) }));
    laws!(nested_generic(p: Pair { first: point(0.3, 0.2), second: point(0.4, 1.1) }));
}

#[test]
fn sequences_of_structs() {
    laws!(structs_in_array(ps: &[point(0.7, 1.2), point(0.1, 0.4)]));
    laws!(structs_in_vec(ps: &vec![point(0.7, 1.2), point(0.1, 0.4), point(0.9, 0.3)]));
    map_laws!(moves_points(cloud: &mut Cloud { points: vec![point(0.7, 1.2), point(0.1, 0.4)] }, dt: 0.1));
}

#[test]
fn enums() {
    for shape in [Shape::Circle(0.7), Shape::Rectangle { width: 0.7, height: 1.2 }, Shape::Grid(3, 0.4), Shape::Empty] {
        laws!(area(shape: &shape.clone()));
        laws!(area_of_scaled(shape: &shape.clone(), a: 1.3));
        map_laws!(grows(shape: &mut shape.clone(), a: 1.3));
    }
    laws!(chooses_shape(x: 0.7, y: 1.2));
    laws!(chooses_shape(x: 1.7, y: 1.2));
    laws!(shapes_in_loop(shapes: &vec![Shape::Circle(0.7), Shape::Empty, Shape::Grid(2, 0.3)], a: 1.3));
}

#[test]
fn the_tangent_has_the_fields_of_the_struct() {
    let tangent = SegmentTangent {
        from: PointTangent { x: 1.0, y: 2.0 },
        to: PointTangent { x: 3.0, y: 4.0 },
        weights: vec![5.0],
        count: (),
    };
    assert_eq!(tangent.clone(), tangent);
    assert_eq!(format!("{:?}", tangent.from), "PointTangent { x: 1.0, y: 2.0 }");
    assert_eq!(ShapeTangent::Grid((), 1.0), Shape::Grid(3, 1.0).zero_tangent_plus_one());
}

impl Shape {
    fn zero_tangent_plus_one(&self) -> ShapeTangent {
        let mut zero = self.zero_tangent();
        if let ShapeTangent::Grid((), cell) = &mut zero {
            *cell += 1.0;
        }
        zero
    }
}
