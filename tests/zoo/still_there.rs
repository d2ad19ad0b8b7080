//! What an inner loop reads, and its reverse reads again where it still stands.

zoo! {
    // the reverse of an inner loop finds scratch and sums where they were
    pub fn attention(q: &[f64], k: &[f64], n: usize) -> f64 {
        let mut scores = vec![0.0; n];
        let mut out = 0.0;
        for i in 0..q.len() {
            let mut total = 0.1;
            for j in 0..n {
                scores[j] = (q[i] * k[j]).exp();
                total += scores[j];
            }
            for c in 0..n {
                let mut y = 0.0;
                for j in 0..n {
                    y += scores[j] / total * k[(j + c) % k.len()];
                }
                out += y * y;
            }
        }
        out
    }

    // .. and where it does not: what was read is changed behind the loop, or in it
    pub fn changed_behind(q: &[f64], k: &[f64], n: usize) -> f64 {
        let mut out = 0.0;
        for i in 0..q.len() {
            let mut scale = 1.5 + q[i];
            let mut y = 0.0;
            for j in 0..n {
                y += (scale * k[j]).sin();
            }
            scale *= y;
            for j in 0..n {
                y += scale * k[j] * y;
                scale += k[j] * q[i];
            }
            out += y * y * scale;
        }
        out
    }

    pub fn changed_list_behind(q: &[f64], k: &[f64], n: usize) -> f64 {
        let mut v = vec![0.0; n];
        let mut out = 0.0;
        for i in 0..q.len() {
            for j in 0..n {
                v[j] = q[i] + k[j];
            }
            let mut y = 0.0;
            for j in 0..n {
                y += v[j] * v[n - 1 - j] * q[i];
            }
            for j in 0..n {
                v[j] *= y;
            }
            for j in 1..n {
                y += v[j] * v[j - 1];
            }
            out += y * y;
        }
        out
    }

    // what is saved of `s` is not what it was at first
    pub fn forward_substitution(p: &[f64]) -> f64 {
        let mut y = [0.0; 3];
        for i in 0..3 {
            let mut s = p[i];
            for k in 0..i { s -= 0.5 * y[k]; }
            y[i] = s / p[i];
        }
        y.iter().map(|v| v * v).sum::<f64>()
    }
}

fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.3 + 0.45 * ((i * i + 1) as f64).sin()).collect()
}

#[test]
fn what_is_still_there() {
    laws!(forward_substitution(p: &point(3)));
    laws!(attention(q: &point(3), k: &point(4), _: 3));
    laws!(changed_behind(q: &point(3), k: &point(4), _: 3));
    laws!(changed_list_behind(q: &point(3), k: &point(4), _: 3));
}
