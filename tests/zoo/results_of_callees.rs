//! Patterns that take the result of a call apart, also where Jacobians are found by elimination, for which the result has a written type.

use chainrule::differentiable;

#[differentiable(jacobian = cross_country)]
fn pair(a: f64, b: f64) -> (f64, f64) {
    (a * b, a.sin() + b)
}

#[differentiable(jacobian = cross_country)]
fn triple(a: f64, b: f64) -> [f64; 3] {
    [a * b, a.sin() + b, b * b]
}

#[differentiable(jacobian = cross_country)]
fn nested(a: f64, b: f64) -> (f64, [f64; 2]) {
    (a, [b * a, b])
}

zoo! {
    #[options(jacobian = cross_country)]
    pub fn tuple(a: f64, b: f64) -> [f64; 2] { let (p, q): (f64, f64) = pair(a, b * a); [p * q, q.exp()] }
    #[options(jacobian = cross_country)]
    pub fn array(a: f64, b: f64) -> [f64; 2] { let [p, q, r]: [f64; 3] = triple(a, b * a); [p * q, q.exp() * r] }
    #[options(jacobian = cross_country)]
    pub fn array_in_tuple(a: f64, b: f64) -> [f64; 2] { let (p, [q, r]): (f64, [f64; 2]) = nested(a, b * a); [p * q, q.exp() * r] }
    #[options(jacobian = cross_country)]
    pub fn parts_left_out(a: f64, b: f64) -> [f64; 2] { let (p, _): (f64, f64) = pair(a, b * a); let [_, q, ..]: [f64; 3] = triple(a, b); [p, q] }
    #[options(jacobian = cross_country)]
    pub fn changed(a: f64, b: f64) -> [f64; 2] { let (mut p, q): (f64, f64) = pair(a, b * a); p *= q; let (x, y): (f64, f64) = pair(p, q); [x, y] }
    pub fn unwritten(a: f64, b: f64) -> f64 { let (p, [q, r]) = nested(a, b * a); let (_, [.., last]) = nested(p, q); p * q + r * last }
}

#[test]
fn taken_apart() {
    map_laws!(tuple(a: 0.3, b: 0.7));
    map_laws!(array(a: 0.3, b: 0.7));
    map_laws!(array_in_tuple(a: 0.3, b: 0.7));
    map_laws!(parts_left_out(a: 0.3, b: 0.7));
    map_laws!(changed(a: 0.3, b: 0.7));
    laws!(unwritten(a: 0.3, b: 0.7));
}

/// Elimination against forward mode.
macro_rules! compare {
    ($($name:ident)*) => { $(
        let jacobian = simplified::$name::jacobian(0.3, 0.7);
        for (column, direction) in [(1.0, 0.0), (0.0, 1.0)].into_iter().enumerate() {
            let (_, dot) = simplified::$name::jvp(0.3, 0.7, direction);
            for row in 0..2 {
                assert!((jacobian[(row, column)] - dot[row]).abs() < 1e-14, "{} {row} {column}", stringify!($name));
            }
        }
    )* };
}

#[test]
fn by_elimination() {
    compare!(tuple array array_in_tuple parts_left_out changed);
}
