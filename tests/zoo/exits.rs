//! Early exits: `return`, `break`, `continue`, `?`, labels.

zoo! {
    pub fn block_left_at_once(x: f64) -> f64 {
        let y = 'a: {
            break 'a x * x.sin();
        };
        y * x
    }

    // HARD_CASES 1
    pub fn return_inside_loop(xs: &[f64], limit: f64) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            s += xs[i] * xs[i];
            if s > limit {
                return s.sqrt() * xs[0];
            }
        }
        s
    }

    // 2
    pub fn return_first(x: f64) -> f64 {
        if x < 0.0 {
            return -x * x;
        }
        let y = x.sin();
        y * x
    }

    // 3
    pub fn several_returns(x: f64, y: f64) -> f64 {
        if x > 2.0 {
            return x * y;
        }
        let z = x * x;
        if z > y {
            return z.exp();
        } else if z > 0.5 {
            let w = z * y;
            return w.sin();
        }
        z / y
    }

    // 4
    pub fn reference_after_return(xs: &[f64]) -> f64 {
        if xs[0] < 0.0 {
            return 0.0;
        }
        let first = &xs[0];
        const SCALE: f64 = 3.0;
        *first * xs[1] * SCALE
    }

    // 5
    pub fn continue_last(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for &x in xs {
            s += x * x;
            if s > 100.0 {
                s *= 0.5;
                continue;
            }
        }
        s
    }

    pub fn continue_first(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            if i % 2 == 0 {
                continue;
            }
            s += xs[i].exp();
        }
        s
    }

    // 6
    pub fn break_inner(xs: &[f64]) -> f64 {
        let mut s = 1.0;
        for i in 0..xs.len() {
            for j in 0..xs.len() {
                if j > i {
                    break;
                }
                s += xs[i] * xs[j] * s * 0.1;
            }
            s *= xs[i];
        }
        s
    }

    // 7
    pub fn break_both(xs: &[f64], limit: f64) -> f64 {
        let mut s = 1.0;
        'outer: for i in 0..xs.len() {
            for j in 0..=i {
                s *= xs[j] + 0.1 * s;
                if s > limit {
                    break 'outer;
                }
            }
            s += xs[i];
        }
        s * s
    }

    pub fn continue_outer(xs: &[f64], limit: f64) -> f64 {
        let mut s = 1.0;
        'outer: for i in 0..xs.len() {
            for j in 0..=i {
                if xs[j] > limit {
                    s += xs[j];
                    continue 'outer;
                }
                s *= 1.0 + 0.1 * xs[j];
            }
            s += xs[i] * s;
        }
        s
    }

    // 8
    pub fn while_with_break(x: f64) -> f64 {
        let mut y = x;
        let mut n = 0;
        while n < 10 {
            n += 1;
            y = y * x + 0.3;
            if y > 4.0 {
                break;
            }
            y = y.sin() + 1.0;
        }
        y
    }

    // 11
    pub fn do_while(x: f64) -> f64 {
        let mut y = x;
        loop {
            y = 0.5 * (y + x / y);
            if (y * y - x).abs() < 1e-3 {
                break;
            }
        }
        y
    }

    pub fn loop_with_value(x: f64) -> f64 {
        let mut y = x;
        let z = loop {
            y *= 1.5;
            if y > 5.0 {
                break y * x;
            }
        };
        z.ln() + y
    }

    pub fn newton_returns(x: f64) -> f64 {
        let mut y = 1.0;
        for _ in 0..20 {
            let step = (y * y - x) / (2.0 * y);
            y -= step;
            if step.abs() < 1e-9 {
                return y * 2.0;
            }
        }
        y
    }

    pub fn returns_from_while(xs: &[f64]) -> f64 {
        let mut i = 0;
        let mut p = 1.0;
        while i < xs.len() {
            if xs[i] < 0.0 {
                return p;
            }
            p *= xs[i];
            i += 1;
        }
        p * p
    }

    pub fn returns_a_pair(xs: &[f64]) -> (f64, f64) {
        let mut s = 0.0;
        for i in 0..xs.len() {
            if xs[i] < 0.0 {
                return (s, xs[i] * s);
            }
            s += xs[i].cos();
        }
        (s * s, 1.0)
    }

    pub fn returns_a_vec(xs: &[f64]) -> Vec<f64> {
        let mut ys = xs.to_vec();
        for i in 0..xs.len() {
            ys[i] *= xs[i];
            if ys[i] > 1.0 {
                return ys;
            }
        }
        ys
    }

    pub fn returns_nothing(xs: &mut [f64], limit: f64) {
        for i in 0..xs.len() {
            if xs[i] > limit {
                return;
            }
            xs[i] *= limit;
        }
        xs[0] *= 2.0;
    }

    pub fn guard_clause_in_unit(xs: &mut [f64]) {
        if xs.is_empty() {
            return;
        }
        xs[0] = xs[0].sin();
    }

    // 19
    pub fn labelled_block(x: f64) -> f64 {
        let y = 'block: {
            if x > 1.0 {
                break 'block x * x;
            }
            let z = x.sin();
            if z < 0.0 {
                break 'block z;
            }
            z * 3.0
        };
        y * x
    }

    // 20
    #[allow(unreachable_code)]
    pub fn unreachable_code(x: f64) -> f64 {
        return x * x;
        x * 3.0
    }

    pub fn branch_value_returns(x: f64) -> f64 {
        let y = if x > 1.0 { x * x } else { return x.exp() };
        let z = if y > 100.0 { return y } else { y + x };
        z * y
    }

    pub fn conditional_break_after_work(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        let mut t = 1.0;
        for i in 0..xs.len() {
            if xs[i] > 0.5 {
                t *= xs[i];
                if t > 0.9 {
                    break;
                }
                s += t;
            } else {
                s -= xs[i];
            }
            s *= t;
        }
        s + t
    }

    pub fn reversed_with_break(xs: &[f64]) -> f64 {
        let mut s = 1.0;
        for i in (0..xs.len()).rev() {
            s = s * xs[i] + 1.0;
            if s > 2.5 {
                break;
            }
        }
        s
    }

    pub fn stepped_with_break(xs: &[f64]) -> f64 {
        let mut s = 1.0;
        for i in (0..xs.len()).step_by(2) {
            s = s * xs[i] + xs[i].sin();
            if s > 1.8 {
                break;
            }
        }
        s
    }

    pub fn slices_with_break(xs: &[f64], ys: &[f64]) -> f64 {
        let mut s = 1.0;
        for (x, y) in xs.iter().zip(ys) {
            s *= x * y + 1.0;
            if *x < 0.5 {
                break;
            }
        }
        s
    }

    pub fn positive_root(x: f64) -> Option<f64> {
        if x < 0.0 {
            return None;
        }
        Some(x.sqrt())
    }

    pub fn sum_of_roots(x: f64, y: f64) -> Option<f64> {
        let a = positive_root(x)?;
        let b = a * positive_root(y)? + 1.0;
        Some(a * b)
    }

    pub fn root_of_product(x: f64, y: f64) -> Option<f64> {
        Some(positive_root(x * y)? * x)
    }
}

#[test]
fn returns() {
    laws!(block_left_at_once(x: 0.7));
    laws!(return_inside_loop(xs: &vec![0.7, 0.4, 1.1, 0.9], limit: 1.2));
    laws!(return_inside_loop(xs: &vec![0.7, 0.4, 1.1, 0.9], limit: 9.0));
    laws!(return_first(x: 0.7));
    laws!(return_first(x: -0.7));
    laws!(several_returns(x: 2.5, y: 0.3));
    laws!(several_returns(x: 1.5, y: 0.3));
    laws!(several_returns(x: 0.9, y: 1.3));
    laws!(several_returns(x: 0.3, y: 1.3));
    laws!(reference_after_return(xs: &vec![0.7, 0.4]));
    laws!(reference_after_return(xs: &vec![-0.7, 0.4]));
    laws!(newton_returns(x: 2.0));
    laws!(returns_from_while(xs: &vec![0.7, 0.4, -1.1, 0.9]));
    laws!(returns_from_while(xs: &vec![0.7, 0.4, 1.1, 0.9]));
    map_laws!(returns_a_pair(xs: &vec![0.7, 0.4, -1.1, 0.9]));
    map_laws!(returns_a_pair(xs: &vec![0.7, 0.4]));
    map_laws!(returns_nothing(xs: &mut vec![0.7, 0.4, 1.1], limit: 0.9));
    map_laws!(returns_nothing(xs: &mut vec![0.7, 0.4, 1.1], limit: 1.9));
    map_laws!(guard_clause_in_unit(xs: &mut vec![0.7]));
    laws!(unreachable_code(x: 0.7));
    laws!(branch_value_returns(x: 0.7));
    laws!(branch_value_returns(x: 1.7));
    laws!(branch_value_returns(x: 17.0));
}

#[test]
fn returns_of_what_has_no_start() {
    map_laws!(returns_a_vec(xs: &vec![0.7, 1.4, 1.1, 0.9]));
    map_laws!(returns_a_vec(xs: &vec![0.7, 0.4, 0.1, 0.9]));
}

#[test]
fn breaks_and_continues() {
    laws!(continue_last(xs: &vec![0.7, 11.0, 1.1]));
    laws!(continue_first(xs: &vec![0.7, 0.2, 1.1, 0.4]));
    laws!(break_inner(xs: &vec![0.7, 0.2, 1.1]));
    laws!(break_both(xs: &vec![0.7, 1.2, 1.1, 1.4], limit: 1.9));
    laws!(break_both(xs: &vec![0.7, 1.2, 1.1], limit: 1e9));
    laws!(continue_outer(xs: &vec![0.7, 0.2, 1.1, 0.4], limit: 1.0));
    laws!(while_with_break(x: 1.3));
    laws!(while_with_break(x: 0.3));
    laws!(do_while(x: 2.3));
    laws!(loop_with_value(x: 1.3));
    laws!(labelled_block(x: 1.3));
    laws!(labelled_block(x: 0.3));
    laws!(labelled_block(x: -0.3));
    laws!(conditional_break_after_work(xs: &vec![0.7, 0.2, 1.1, 0.8, 1.4, 0.2]));
    laws!(reversed_with_break(xs: &vec![0.7, 1.2, 1.1, 0.8]));
    laws!(reversed_with_break(xs: &vec![0.1, 0.2]));
    laws!(stepped_with_break(xs: &vec![0.7, 1.2, 1.1, 0.8, 0.4]));
    laws!(slices_with_break(xs: &vec![0.7, 0.2, 1.1], ys: &vec![0.4, 0.9, 0.8]));
}

#[test]
fn question_marks() {
    map_laws!(positive_root(x: 0.7));
    map_laws!(positive_root(x: -0.7));
    map_laws!(sum_of_roots(x: 0.7, y: 1.2));
    map_laws!(sum_of_roots(x: 0.7, y: -1.2));
    map_laws!(root_of_product(x: 0.7, y: 1.2));
}
