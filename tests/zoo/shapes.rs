//! Zero cotangents of arrays: written out where the source tells their lengths, by the value elsewhere.

zoo! {
    pub fn turned(v: [f64; 2], by: f64) -> [f64; 2] {
        [v[0] * by.cos() - v[1] * by.sin(), v[0] * by.sin() + v[1] * by.cos()]
    }

    // literals in each other, copies, and what is read of them, in a loop
    pub fn matrices(x: &[f64]) -> f64 {
        let mut m = [[1.0, 0.5], [0.0, 2.0]];
        let mut y = [0.3, 0.1];
        for k in 0..x.len() {
            let f = [[1.0, 0.1 * x[k]], [x[k] * y[0], 1.0]];
            let row = f[1];
            let g = f;
            y = [g[0][0] * y[0] + m[0][1] * y[1], row[0] * y[0] + row[1]];
            m = [row, [y[0], m[0][0]]];
        }
        m[0][0] * m[1][1] + y[1]
    }

    // by the types of parameters and of locals
    pub fn typed(mut v: [f64; 2], w: &[[f64; 2]; 3], x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for k in 0..x.len() {
            let kept = v;
            let t: [f64; 2] = turned(v, x[k]);
            let row = w[k % 3];
            v = turned(t, row[0]);
            sum += kept[0] * t[1] * row[1] + v[0] * v[1];
        }
        sum
    }

    // what callees give has no type here, nor has what is made of it
    pub fn untyped(x: &[f64]) -> f64 {
        let mut v = [1.0, 0.5];
        let mut sum = 0.0;
        for k in 0..x.len() {
            let t = turned(turned(v, x[k]), 0.2);
            let u = [t, v];
            sum += u[0][1] * u[1][0];
            v = turned(u[0], sum);
        }
        sum + v[0]
    }

    // pairs, and a branch that gives an array
    pub fn pairs(x: &[f64]) -> f64 {
        let mut pair = ([0.5, x[0]], 1.5);
        let mut sum = 0.0;
        for k in 0..x.len() {
            let next = if x[k] > 0.5 { [x[k], sum] } else { pair.0 };
            pair = ([next[1] * pair.1, next[0]], sum + pair.1);
            sum += pair.0[0] * x[k];
        }
        sum * pair.1
    }

    // of other floats
    pub fn single(x: &[f32; 3]) -> f32 {
        let mut v = [x[0], x[1]];
        for k in 0..3 {
            let w = [v[1] * x[k], v[0] + x[k]];
            v = w;
        }
        v[0] * v[1]
    }

    // a length that is a constant
    pub fn by_constant(x: &[f64; SIZE], scale: f64) -> f64 {
        let mut sum = 0.0;
        for k in 0..SIZE {
            let mut v: [f64; SIZE] = [scale; SIZE];
            for j in 0..SIZE {
                v[j] *= x[j] * x[k];
            }
            let w = v;
            sum += w[k] * w[0] * v[1];
        }
        sum
    }

    // elements of arguments in pullbacks that stacks hold
    pub fn field(p: &[f64; 3], s: &[f64; 3]) -> [f64; 3] {
        [p[0] * (s[1] - s[0]), s[0] * (p[1] - s[2]) - s[1], s[0] * s[1] - p[2] * s[2]]
    }

    pub fn quotient(p: &[f64; 3], scale: f64) -> f64 {
        let (a, b) = (p[0] * scale, p[1] + p[2] * p[0]);
        a / b * (a * b).sin() * (scale * a - b)
    }

    pub fn trajectory(p: &[f64; 3], start: [f64; 3], steps: usize) -> f64 {
        let mut s = start;
        let mut sum = 0.0;
        for _ in 0..steps {
            let k: [f64; 3] = field(p, &s);
            for i in 0..3 {
                s[i] += 0.1 * k[i];
            }
            sum += quotient(&s, p[1]);
        }
        s[0] * s[1] + s[2] * sum
    }
}

const SIZE: usize = 3;
const X: [f64; 4] = [0.3, -0.8, 1.1, 0.6];

#[test]
fn zeros() {
    map_laws!(turned(v: [0.3, 0.4], by: 0.7));
    laws!(matrices(x: &X.to_vec()));
    laws!(typed(v: [0.3, 0.4], w: &[[0.5, 0.2], [0.1, 0.4], [0.9, -0.3]], x: &X.to_vec()));
    laws!(untyped(x: &X.to_vec()));
    laws!(pairs(x: &X.to_vec()));
    laws!(single(x: &[0.3_f32, -0.8, 1.1]));
    laws!(by_constant(x: &[0.3, -0.8, 1.1], scale: 0.7));
}

#[test]
fn what_pullbacks_own() {
    map_laws!(field(p: &[0.3, -0.8, 1.1], s: &[0.4, 0.2, 0.9]));
    laws!(quotient(p: &[0.3, 0.8, 1.1], scale: 0.7));
    laws!(trajectory(p: &[0.3, 0.8, 1.1], start: [0.4, 0.2, 0.9], _: 4));
}
