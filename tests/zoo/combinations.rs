//! `map`, `and_then`, `or_else`, `ok_or`, `filter` and their kin of what calls return.

zoo! {
pub fn newton(a: f64, x0: f64) -> Result<f64, String> {
    let mut x = x0;
    for _ in 0..50 {
        let step = (x * x * x - a) / (3.0 * x * x);
        x -= step;
        if step.abs() < 1e-12 { return Ok(x); }
    }
    Err("no".to_string())
}
pub fn root(a: f64) -> Option<f64> { if a > 0.0 { Some(a.sqrt()) } else { None } }
pub fn mapped_or(a: f64, x0: f64) -> f64 { newton(a, x0).map(|x| x * x).unwrap_or(a) }
pub fn mapped_result(a: f64, x0: f64) -> f64 { newton(a, x0).map(|x| x * x).unwrap() }
pub fn mapped_and_returned(a: f64, x0: f64) -> Result<f64, String> { newton(a, x0).map(|x| x * x) }
pub fn mapped_and_tried(a: f64, x0: f64) -> Result<f64, String> { let y = newton(a, x0).map(|x| x * x)?; Ok(y * a) }
pub fn mapped_or_zero(a: f64) -> f64 { root(a).map(|x| x * x).unwrap_or(0.0) }
pub fn mapped_option(a: f64) -> Option<f64> { root(a).map(|x| x * x) }
pub fn chained(a: f64) -> Option<f64> { root(a).and_then(|x| root(x - 1.0)) }
pub fn or_other(a: f64, b: f64) -> f64 { root(a).or(Some(b)).unwrap() }
pub fn matched_by_if_let(a: f64, b: f64) -> f64 { if let Some(x) = root(a).map(|x| x + b) { x * b } else { b } }
pub fn matched_later(a: f64, b: f64) -> f64 { let r = root(a).map(|x| x + b); match r { Some(v) => v * v, None => b } }
pub fn both(a: f64, b: f64) -> f64 { root(a).zip(root(b)).map(|(x, y)| x * y).unwrap_or(0.0) }
pub fn without_error(a: f64, x0: f64) -> Option<f64> { newton(a, x0).ok() }
pub fn chained_results(a: f64, x0: f64) -> Result<f64, String> { newton(a, x0).and_then(|x| newton(x, a)) }
pub fn second_try(a: f64, x0: f64) -> Result<f64, String> { newton(a, x0).or_else(|_| newton(x0, a)) }
pub fn otherwise_computed(a: f64, b: f64) -> f64 { root(a).unwrap_or_else(|| b * b) }
pub fn mapped_or_given(a: f64, b: f64) -> f64 { root(a).map_or(b, |x| x * b) }
pub fn kept_if_large(a: f64, b: f64) -> f64 { root(a).filter(|x| *x > 1.0).unwrap_or(b) }
pub fn other_option(a: f64, b: f64) -> Option<f64> { root(a).or_else(|| root(b)) }
pub fn as_result(a: f64) -> Result<f64, String> { root(a).ok_or_else(|| "neg".to_string()) }
pub fn as_result_and_tried(a: f64, b: f64) -> Result<f64, String> { let x = root(a).ok_or("neg")?; Ok(x * b) }
pub fn recovered(a: f64, b: f64) -> f64 { newton(a, b).unwrap_or_else(|_| b) }
pub fn asked(a: f64, b: f64) -> f64 { newton(a, b).is_ok() as u8 as f64 * a + b }
pub fn either_way(a: f64, b: f64) -> f64 { newton(a, b).map_or_else(|_| a, |x| x * x) }
pub fn those_with_roots(a: &[f64]) -> f64 { a.iter().filter_map(|x| root(*x)).sum() }
pub fn error_in_words(a: &[f64]) -> Result<f64, String> { let mut s = 0.0; for x in a { s += newton(*x, 1.0).map_err(|e| format!("bad: {e}"))?; } Ok(s) }

pub fn error_tells_a_number(a: f64, b: f64) -> Result<f64, String> {
    let x = root(a).ok_or_else(|| format!("no root of {a}"))?;
    let y = root(b).ok_or(String::from("none")).map_err(|e| format!("{e} from {x}"))?;
    if y > 10.0 * x { return Err(format!("{y} is too large for {}", x * x)); }
    Ok(x * y)
}
pub fn error_is_a_number(a: f64) -> Result<f64, f64> { if a > 0.0 { Ok(a * a) } else { Err(a * 2.0) } }
pub fn of_error_tells_a_number(a: f64, b: f64) -> f64 {
    match error_tells_a_number(a, b) {
        Ok(v) => (v * b).exp(),
        Err(text) => a * a * b * f64::from(u8::from(text.starts_with("no"))),
    }
}
pub fn of_error_is_a_number(a: f64) -> f64 { match error_is_a_number(a) { Ok(v) => v * a, Err(_) => a } }
pub fn of_mapped_and_returned(a: f64, x0: f64) -> f64 { match mapped_and_returned(a, x0) { Ok(v) => v * v, Err(_) => 1.0 } }
pub fn of_mapped_and_tried(a: f64, x0: f64) -> f64 { match mapped_and_tried(a, x0) { Ok(v) => v * v, Err(_) => 1.0 } }
pub fn of_mapped_option(a: f64) -> f64 { match mapped_option(a) { Some(v) => v * v, None => 1.0 } }
pub fn of_chained(a: f64) -> f64 { match chained(a) { Some(v) => v * v, None => 1.0 } }
pub fn of_without_error(a: f64, x0: f64) -> f64 { match without_error(a, x0) { Some(v) => v * v, None => 1.0 } }
pub fn of_chained_results(a: f64, x0: f64) -> f64 { match chained_results(a, x0) { Ok(v) => v * v, Err(_) => 1.0 } }
pub fn of_second_try(a: f64, x0: f64) -> f64 { match second_try(a, x0) { Ok(v) => v * v, Err(_) => 1.0 } }
pub fn of_other_option(a: f64, b: f64) -> f64 { match other_option(a, b) { Some(v) => v * v, None => 1.0 } }
pub fn of_as_result(a: f64) -> f64 { match as_result(a) { Ok(v) => v * v, Err(_) => 1.0 } }
pub fn of_as_result_and_tried(a: f64, b: f64) -> f64 { match as_result_and_tried(a, b) { Ok(v) => v * v, Err(_) => 1.0 } }
pub fn of_error_in_words(a: &[f64]) -> f64 { match error_in_words(a) { Ok(v) => v * v, Err(_) => 1.0 } }

}
#[test]
fn combinations() {
    laws!(mapped_or(a: 2.0, b: 1.3));
    laws!(mapped_or(a: -2.0, b: 1.2));
    laws!(mapped_or(a: 1.5, b: 0.7));
    laws!(mapped_or(a: 4.0, b: -1.0));
    laws!(mapped_result(a: 2.0, b: 1.3));
    laws!(mapped_result(a: -2.0, b: 1.2));
    laws!(mapped_result(a: 1.5, b: 0.7));
    laws!(mapped_result(a: 4.0, b: -1.0));
    laws!(of_mapped_and_returned(a: 2.0, b: 1.3));
    laws!(of_mapped_and_returned(a: -2.0, b: 1.2));
    laws!(of_mapped_and_returned(a: 1.5, b: 0.7));
    laws!(of_mapped_and_returned(a: 4.0, b: -1.0));
    laws!(of_mapped_and_tried(a: 2.0, b: 1.3));
    laws!(of_mapped_and_tried(a: -2.0, b: 1.2));
    laws!(of_mapped_and_tried(a: 1.5, b: 0.7));
    laws!(of_mapped_and_tried(a: 4.0, b: -1.0));
    laws!(mapped_or_zero(a: 2.0));
    laws!(mapped_or_zero(a: -2.0));
    laws!(mapped_or_zero(a: 1.5));
    laws!(mapped_or_zero(a: 4.0));
    laws!(of_mapped_option(a: 2.0));
    laws!(of_mapped_option(a: -2.0));
    laws!(of_mapped_option(a: 1.5));
    laws!(of_mapped_option(a: 4.0));
    laws!(of_chained(a: 2.0));
    laws!(of_chained(a: -2.0));
    laws!(of_chained(a: 1.5));
    laws!(of_chained(a: 4.0));
    laws!(or_other(a: 2.0, b: 1.3));
    laws!(or_other(a: -2.0, b: 1.2));
    laws!(or_other(a: 1.5, b: 0.7));
    laws!(or_other(a: 4.0, b: -1.0));
    laws!(matched_by_if_let(a: 2.0, b: 1.3));
    laws!(matched_by_if_let(a: -2.0, b: 1.2));
    laws!(matched_by_if_let(a: 1.5, b: 0.7));
    laws!(matched_by_if_let(a: 4.0, b: -1.0));
    laws!(matched_later(a: 2.0, b: 1.3));
    laws!(matched_later(a: -2.0, b: 1.2));
    laws!(matched_later(a: 1.5, b: 0.7));
    laws!(matched_later(a: 4.0, b: -1.0));
    laws!(both(a: 2.0, b: 1.3));
    laws!(both(a: -2.0, b: 1.2));
    laws!(both(a: 1.5, b: 0.7));
    laws!(both(a: 4.0, b: -1.0));
    laws!(of_without_error(a: 2.0, b: 1.3));
    laws!(of_without_error(a: -2.0, b: 1.2));
    laws!(of_without_error(a: 1.5, b: 0.7));
    laws!(of_without_error(a: 4.0, b: -1.0));
    laws!(of_chained_results(a: 2.0, b: 1.3));
    laws!(of_chained_results(a: -2.0, b: 1.2));
    laws!(of_chained_results(a: 1.5, b: 0.7));
    laws!(of_chained_results(a: 4.0, b: -1.0));
    laws!(of_second_try(a: 2.0, b: 1.3));
    laws!(of_second_try(a: -2.0, b: 1.2));
    laws!(of_second_try(a: 1.5, b: 0.7));
    laws!(of_second_try(a: 4.0, b: -1.0));
    laws!(otherwise_computed(a: 2.0, b: 1.3));
    laws!(otherwise_computed(a: -2.0, b: 1.2));
    laws!(otherwise_computed(a: 1.5, b: 0.7));
    laws!(otherwise_computed(a: 4.0, b: -1.0));
    laws!(mapped_or_given(a: 2.0, b: 1.3));
    laws!(mapped_or_given(a: -2.0, b: 1.2));
    laws!(mapped_or_given(a: 1.5, b: 0.7));
    laws!(mapped_or_given(a: 4.0, b: -1.0));
    laws!(kept_if_large(a: 2.0, b: 1.3));
    laws!(kept_if_large(a: -2.0, b: 1.2));
    laws!(kept_if_large(a: 1.5, b: 0.7));
    laws!(kept_if_large(a: 4.0, b: -1.0));
    laws!(of_other_option(a: 2.0, b: 1.3));
    laws!(of_other_option(a: -2.0, b: 1.2));
    laws!(of_other_option(a: 1.5, b: 0.7));
    laws!(of_other_option(a: 4.0, b: -1.0));
    laws!(of_as_result(a: 2.0));
    laws!(of_as_result(a: -2.0));
    laws!(of_as_result(a: 1.5));
    laws!(of_as_result(a: 4.0));
    laws!(of_as_result_and_tried(a: 2.0, b: 1.3));
    laws!(of_as_result_and_tried(a: -2.0, b: 1.2));
    laws!(of_as_result_and_tried(a: 1.5, b: 0.7));
    laws!(of_as_result_and_tried(a: 4.0, b: -1.0));
    laws!(recovered(a: 2.0, b: 1.3));
    laws!(recovered(a: -2.0, b: 1.2));
    laws!(recovered(a: 1.5, b: 0.7));
    laws!(recovered(a: 4.0, b: -1.0));
    laws!(asked(a: 2.0, b: 1.3));
    laws!(asked(a: -2.0, b: 1.2));
    laws!(asked(a: 1.5, b: 0.7));
    laws!(asked(a: 4.0, b: -1.0));
    laws!(either_way(a: 2.0, b: 1.3));
    laws!(either_way(a: -2.0, b: 1.2));
    laws!(either_way(a: 1.5, b: 0.7));
    laws!(either_way(a: 4.0, b: -1.0));
    laws!(those_with_roots(a: &vec![2.0, 1.3]));
    laws!(those_with_roots(a: &vec![2.0, 1.2]));
    laws!(those_with_roots(a: &vec![1.5, 0.7]));
    laws!(those_with_roots(a: &vec![4.0, 1.0]));
    laws!(of_error_in_words(a: &vec![2.0, 1.3]));
    laws!(of_error_in_words(a: &vec![2.0, 1.2]));
    laws!(of_error_in_words(a: &vec![1.5, 0.7]));
    laws!(of_error_in_words(a: &vec![4.0, 1.0]));
    for (a, b) in [(1.2, 0.7), (-1.2, 0.7), (0.01, 9.0)] {
        laws!(of_error_tells_a_number(a: a, b: b));
        laws!(of_error_is_a_number(a: a));
    }
}
