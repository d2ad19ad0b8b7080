//! Along several directions: what a function returns, written where the caller reads it, and arrays of a callee, read where it wrote them.

use super::apart::agrees;
use super::directions::{assert_agree, dense};
use chainrule::differentiable;
use chainrule::sparse::ColumnColoring;
use nalgebra::DMatrix;

mod returned {
    use super::*;

    /// The shape of the zero is that of a copy.
    #[differentiable(sparse)]
    pub fn copied(a: &[[f64; 2]; 3], by: &[f64; 3]) -> [[f64; 2]; 3] {
        let mut c = *a;
        for i in 0..3 {
            c[i][1] = a[i][0] * by[i];
        }
        c
    }

    /// Only one of them is varied: the tangent of the other is the zero of a copy.
    #[differentiable(sparse)]
    pub fn of_constants(x: &[f64; 3]) -> [[f64; 2]; 3] {
        let base = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
        let turned: [[f64; 2]; 3] = copied(&base, x);
        let back: [[f64; 2]; 3] = copied(&turned, &[1.0, 2.0, 3.0]);
        back
    }

    /// Read as a whole, exchanged, assigned as a whole, added to by what it holds, lent.
    #[differentiable(sparse)]
    pub fn in_every_way(x: &[f64; 4], n: usize) -> [f64; 4] {
        let mut result = [0.0; 4];
        for i in 0..4 {
            result[i] = x[i] * x[i];
        }
        let before = result;
        result.swap(0, 3);
        for k in 0..n {
            result[k] += result[(k + 1) % 4] * before[k];
            result[k] *= x[k];
            if result[k] > 1.0 {
                result = before;
            }
        }
        let first: [f64; 2] = ends(&result);
        result[1] -= first[1] * first[0];
        result
    }

    #[differentiable(sparse)]
    pub fn ends(x: &[f64; 4]) -> [f64; 2] {
        let mut y = [0.0; 2];
        y[0] = x[0].sin();
        y[1] = x[3] * x[0];
        y
    }

    /// What the source reads in its own way stays a variable.
    #[differentiable(sparse)]
    pub fn read_by_source(x: &[f64; 3]) -> [f64; 3] {
        let mut y = [0.5; 3];
        let mut largest = 0;
        for i in 0..3 {
            y[i] = x[i] * x[(i + 1) % 3];
            if y.iter().any(|y| *y > 2.0) {
                largest = i;
            }
        }
        y[largest] += 3.0 * x[0];
        y
    }

    /// Between the definitions something reads, or changes what they start from.
    #[differentiable(sparse)]
    pub fn defined_early(x: &[f64; 2], y: &[f64; 2]) -> [f64; 2] {
        let mut scale = [x[0], y[1]];
        let mut z = scale;
        scale[0] *= 2.0;
        let sum = z[0] + scale[0];
        z[1] = sum * scale[1];
        z
    }

    /// In both ways of a branch, and shadowed.
    #[differentiable(sparse)]
    pub fn chosen(x: &[f64; 2], flag: bool) -> [f64; 2] {
        let z = [x[0].exp(), x[1]];
        if flag {
            return z;
        }
        let mut z = z;
        z[0] *= x[1];
        z
    }

    /// No array, no copy, and a part.
    #[differentiable(sparse)]
    pub fn others(x: &[f64; 2]) -> (Vec<f64>, [f64; 2], f64) {
        let mut list = vec![0.0; 2];
        let mut pair = [0.0; 2];
        let mut sum = 0.0;
        for i in 0..2 {
            list[i] = x[i].cos();
            pair[i] = x[i] * list[i];
            sum += pair[i];
        }
        (list, pair, sum)
    }

    #[differentiable(sparse)]
    pub fn list(x: &[f64; 2]) -> Vec<f64> {
        let mut list = vec![0.0; 2];
        for i in 0..2 {
            list[i] = x[i].cos() * x[0];
        }
        list
    }
}

#[test]
fn returned_arrays() {
    let a = [[0.5, 1.5], [-0.25, 2.0], [1.0, -1.0]];
    agrees!(returned::copied(&a, &[0.5, 2.0, -1.5]));
    agrees!(returned::of_constants(&[0.5, 2.0, -1.5]));
    for n in [0, 1, 4] {
        agrees!(returned::in_every_way(&[0.5, 1.5, -0.75, 1.25], n));
    }
    agrees!(returned::read_by_source(&[0.5, 1.5, -0.75]));
    agrees!(returned::read_by_source(&[2.5, 1.5, 0.75]));
    agrees!(returned::defined_early(&[0.5, 1.5], &[-0.75, 2.0]));
    agrees!(returned::chosen(&[0.5, 1.5], true));
    agrees!(returned::chosen(&[0.5, 1.5], false));
    agrees!(returned::others(&[0.5, 1.5]));
    agrees!(returned::list(&[0.5, 1.5]));
}

mod read {
    use super::*;

    #[differentiable(sparse)]
    pub fn turned(a: &[f64; 2], angle: f64) -> [f64; 2] {
        let mut b = [0.0; 2];
        b[0] = a[0] * angle.cos() - a[1] * angle.sin();
        b[1] = a[0] * angle.sin() + a[1] * angle.cos();
        b
    }

    /// Read, lent, moved as a whole, kept in a list, and chosen.
    #[differentiable(sparse)]
    pub fn in_all_ways(x: &[f64; 2], angles: &[f64]) -> Vec<[f64; 2]> {
        let mut seen = Vec::new();
        let mut at = *x;
        for i in 0..angles.len() {
            let once: [f64; 2] = turned(&at, angles[i]);
            let twice: [f64; 2] = turned(&once, angles[i] * once[0]);
            let last: [f64; 2] = if twice[0] > 0.0 { once } else { twice };
            seen.push(once);
            seen.push([twice[1], last[0]]);
            at = twice;
        }
        seen
    }

    /// What is changed afterwards, by an assignment, an increment, an exchange or a callee, is the function's own.
    #[differentiable(sparse)]
    pub fn changed(x: &[f64; 2], angle: f64) -> [f64; 4] {
        let mut a: [f64; 2] = turned(x, angle);
        a[0] = x[1] * x[1];
        let mut b: [f64; 2] = turned(x, 2.0 * angle);
        b[1] += a[0];
        let mut c: [f64; 2] = turned(&b, 0.5);
        c.swap(0, 1);
        let mut d: [f64; 2] = turned(&c, 0.25);
        double(&mut d);
        let e: [f64; 2] = turned(&d, 1.0);
        [a[1] + e[0], b[0] * e[1], c[0], d[1]]
    }

    #[differentiable(sparse)]
    pub fn double(x: &mut [f64; 2]) {
        for i in 0..2 {
            x[i] *= 2.0;
        }
    }

    /// What the source reads in its own way.
    #[differentiable(sparse)]
    pub fn by_source(x: &[f64; 2], angle: f64) -> f64 {
        let once: [f64; 2] = turned(x, angle);
        let positive = once.iter().filter(|part| **part > 0.0).count();
        let mut sum = once[0] * positive as f64 + once[1];
        if once == [1.0, 0.0] {
            sum *= x[0];
        }
        sum
    }

    #[differentiable(sparse)]
    pub fn both(x: &[f64; 2]) -> Vec<f64> {
        vec![x[0] * x[1], x[1].sin()]
    }

    /// What is no array is moved.
    #[differentiable(sparse)]
    pub fn moved(x: &[f64; 2]) -> Vec<f64> {
        let list: Vec<f64> = both(x);
        let mut more = list;
        more.push(x[0]);
        more
    }

    /// Names that pairs would like to have.
    #[differentiable(sparse)]
    pub fn names(result: &[f64; 2], once_and_dot: f64) -> [f64; 2] {
        let once: [f64; 2] = turned(result, once_and_dot);
        let mut result_1 = [0.0; 2];
        result_1[0] = once[0] * result[0];
        result_1[1] = once[1] * once_and_dot;
        result_1
    }
}

#[test]
fn arrays_of_callees() {
    agrees!(read::in_all_ways(&[0.5, 1.5], &[0.25, -0.75, 2.0]));
    agrees!(read::changed(&[0.5, 1.5], 0.75));
    agrees!(read::by_source(&[0.5, 1.5], 0.75));
    agrees!(read::by_source(&[1.0, 0.0], 0.0));
    agrees!(read::moved(&[0.5, 1.5]));
    agrees!(read::names(&[0.5, 1.5], 0.75));
}
