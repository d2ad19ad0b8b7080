//! `return` and `?` in closures, which leave the closure only.

zoo! {
pub fn root(a: f64) -> Option<f64> { if a > 0.0 { Some(a.sqrt()) } else { None } }
pub fn inverse(a: f64) -> Result<f64, String> { if a == 0.0 { Err("zero".into()) } else { Ok(1.0 / a) } }
pub fn payload_tried(x: f64, y: Option<f64>) -> f64 {
    let g = |a: f64| Some(a * y?);
    g(x).unwrap_or(x * x)
}
pub fn declared_option(x: f64, y: f64) -> f64 {
    let g = |a: f64| -> Option<f64> { let r = root(a)?; let s = root(y)?; Some(r * s) };
    match g(x) { Some(v) => v, None => x + y }
}
pub fn errors_converted(x: f64, y: f64) -> f64 {
    let g = |a: f64| -> Result<f64, String> { let r = root(a).ok_or("neg")?; let s = inverse(r - y).map_err(|e| format!("bad {e}"))?; if s > 3.0 { return Err("big".to_string()); } Ok(r * s) };
    g(x).unwrap_or_else(|_| y * y)
}
pub fn closure_tried(x: f64, y: f64) -> Option<f64> {
    let f = |v: f64| { let w = root(v)?; Some(w * y) };
    let a = f(x)?;
    let b = f(a)?;
    Some(a + b)
}
pub fn of_closure_tried(x: f64, y: f64) -> f64 { if let Some(v) = closure_tried(x, y) { v } else { y } }
pub fn filtered_by_question_mark(xs: &[f64], y: f64) -> f64 {
    xs.iter().filter_map(|x| { let r = root(*x)?; let s = root(r - 1.0)?; Some(s * y) }).sum()
}
pub fn returned_from_loop(xs: &[f64], y: f64) -> f64 {
    xs.iter().map(|&x| { if x < 0.0 { return y; } for k in 0..3 { if x > k as f64 && x < k as f64 + 0.3 { return x * k as f64; } } x * y }).sum()
}
}
#[test]
fn exits_of_closures() {
    for x in [2.1, -1.3, 4.3] {
        for y in [0.7, -0.4] {
            laws!(payload_tried(x: x, y: Some(y)));
            laws!(payload_tried(x: x, y: None::<f64>));
            laws!(declared_option(x: x, y: y));
            laws!(errors_converted(x: x, y: y));
            laws!(of_closure_tried(x: x, y: y));
            laws!(filtered_by_question_mark(x: &vec![x, 3.0, 0.5, 9.0], y: y));
            laws!(returned_from_loop(x: &vec![x, 1.2, 0.5, 9.0], y: y));
        }
    }
}
