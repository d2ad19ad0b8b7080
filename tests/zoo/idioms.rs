//! What numerical Rust is written with: iterators of every kind, sorted copies, stacks, closures in closures.

zoo! {
    // ewma via scan
    pub fn ewma(xs: &[f64], alpha: f64) -> f64 {
        xs.iter().scan(0.0, |s, &x| { *s = alpha * x + (1.0 - alpha) * *s; Some(*s) }).sum()
    }
    pub fn ewma_last(xs: &[f64], alpha: f64) -> f64 {
        xs.iter().scan(0.0, |s, x| { *s += alpha * (x - *s); Some(*s) }).last().unwrap_or(0.0)
    }
    pub fn drawdown(prices: &[f64]) -> f64 {
        let mut peak = f64::MIN;
        prices.iter().map(|&p| { peak = peak.max(p); (peak - p) / peak }).fold(0.0, f64::max)
    }
    pub fn max_reduce(xs: &[f64]) -> f64 {
        xs.iter().copied().reduce(f64::max).unwrap_or(f64::NAN)
    }
    pub fn max_by_total(xs: &[f64]) -> f64 {
        let m = xs.iter().max_by(|a, b| a.total_cmp(b)).unwrap();
        m * m
    }
    pub fn logsumexp(xs: &[f64]) -> f64 {
        let m = xs.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
        m + xs.iter().map(|x| (x - m).exp()).sum::<f64>().ln()
    }
    pub fn while_positive(xs: &[f64]) -> f64 {
        xs.iter().take_while(|x| **x > 0.0).map(|x| x.sqrt()).sum()
    }
    pub fn skip_negative(xs: &[f64]) -> f64 {
        xs.iter().skip_while(|&&x| x < 0.0).map(|x| x * x).sum()
    }
    pub fn flat(rows: &[Vec<f64>]) -> f64 {
        rows.iter().flat_map(|r| r.iter()).map(|x| x.sin()).sum()
    }
    pub fn flat_pairs(xs: &[f64]) -> f64 {
        (0..xs.len()).flat_map(|i| (i + 1..xs.len()).map(move |j| (i, j))).map(|(i, j)| (xs[i] - xs[j]).powi(2)).sum()
    }
    pub fn inspected(xs: &[f64]) -> f64 {
        xs.iter().inspect(|x| assert!(x.is_finite())).map(|x| x * 2.0).sum()
    }
    pub fn last_of(xs: &[f64]) -> f64 {
        let l = xs.iter().last().unwrap();
        l * xs.iter().rev().take(2).sum::<f64>()
    }
    pub fn first_above(xs: &[f64], t: f64) -> f64 {
        match xs.iter().position(|&x| x > t) { Some(i) => xs[i] * t, None => t }
    }
    pub fn found(xs: &[f64], t: f64) -> f64 {
        let x = xs.iter().find(|&&x| x > t).copied().unwrap_or(t);
        x * t
    }
    pub fn parted(xs: &[f64]) -> f64 {
        let (pos, neg): (Vec<f64>, Vec<f64>) = xs.iter().partition(|x| **x > 0.0);
        pos.iter().sum::<f64>() - neg.iter().map(|x| x * x).sum::<f64>()
    }
    pub fn triple(a: &[f64], b: &[f64], c: &[f64]) -> f64 {
        a.iter().zip(b).zip(c).map(|((x, y), z)| x * y * z).sum()
    }
    pub fn triple_loop(a: &[f64], b: &[f64], c: &[f64]) -> f64 {
        let mut s = 0.0;
        for ((x, y), &z) in a.iter().zip(b.iter()).zip(c.iter()) { s += x * y / z; }
        s
    }
    pub fn horner_rev(c: &[f64], x: f64) -> f64 {
        c.iter().rev().enumerate().map(|(i, c)| c * x.powi(i as i32)).sum()
    }
    pub fn median(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        v.sort_by(|a, b| a.partial_cmp(b).unwrap());
        let n = v.len();
        if n % 2 == 1 { v[n / 2] } else { 0.5 * (v[n / 2 - 1] + v[n / 2]) }
    }
    pub fn trimmed_mean(xs: &[f64], k: usize) -> f64 {
        let mut v: Vec<f64> = xs.iter().copied().collect();
        v.sort_by(f64::total_cmp);
        v.truncate(xs.len() - k);
        let v = &v[k..];
        v.iter().sum::<f64>() / v.len() as f64
    }
    pub fn retained(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        v.retain(|x| *x > 0.0);
        v.iter().map(|x| x * x).sum()
    }
    pub fn drained(xs: &[f64]) -> f64 {
        let mut v = xs.to_vec();
        let s: f64 = v.drain(..2).map(|x| x * x).sum();
        s * v[0]
    }
    pub fn mapped_array(a: [f64; 3], s: f64) -> f64 {
        let b = a.map(|x| x * s);
        let [x, y, z] = b;
        x * y + z
    }
    pub fn from_fn(s: f64) -> f64 {
        let b: [f64; 4] = std::array::from_fn(|i| s.powi(i as i32));
        b.iter().sum()
    }
    pub fn stack_machine(x: f64) -> f64 {
        let mut stack = vec![x, x * x, 2.0];
        let mut acc = 1.0;
        while let Some(top) = stack.pop() { acc = acc * top + 1.0; if acc > 100.0 { break; } }
        acc
    }
    pub fn got(xs: &[f64], i: usize) -> f64 {
        if let Some(x) = xs.get(i) { x * x } else { xs[0] }
    }
    pub fn paired(x: f64, y: f64) -> f64 {
        let (a, b) = if x > y { (x, y) } else { (y, x * x) };
        a / b
    }
    pub fn swapped(x: f64, y: f64) -> f64 {
        let mut a = x;
        let old = std::mem::replace(&mut a, y * y);
        old * a
    }
    pub fn taken(x: f64, y: f64) -> f64 {
        let mut v = vec![x, y];
        let w = std::mem::take(&mut v);
        v.push(w[0] * w[1]);
        v[0] + w[1]
    }
    pub fn option_taken(x: f64) -> f64 {
        let mut pending = Some(x * x);
        let mut s = 0.0;
        for i in 0..3 {
            if let Some(p) = pending.take() { s += p; } else { s *= x; }
            if i == 1 { pending = Some(s); }
        }
        s
    }
    pub fn nested_closures(x: f64, y: f64) -> f64 {
        let scale = |a: f64| a * y;
        let shifted = |a: f64| scale(a) + x;
        let twice = |a: f64| shifted(shifted(a));
        twice(x) * twice(y)
    }
    pub fn matched(x: f64, k: u8) -> f64 {
        if matches!(k, 0 | 3..=5) { x.exp() } else { x.ln() }
    }
    pub fn chunked(xs: &[f64]) -> f64 {
        xs.chunks_exact(2).map(|c| c[0] * c[1]).sum::<f64>()
    }
}
#[test]
fn iterators() {
    let v = || vec![1.0, 2.5, 0.5, 3.0, -1.0];
    laws!(ewma(xs: &v(), alpha: 0.3));
    laws!(ewma_last(xs: &v(), alpha: 0.3));
    laws!(drawdown(prices: &vec![1.0, 2.5, 0.5, 3.0, 1.0]));
    laws!(max_reduce(xs: &v()));
    laws!(max_by_total(xs: &v()));
    laws!(logsumexp(xs: &v()));
    laws!(while_positive(xs: &v()));
    laws!(skip_negative(xs: &vec![-1.0, -2.0, 3.0, -4.0]));
    laws!(flat(rows: &vec![vec![1.0, 2.0], vec![], vec![3.0]]));
    laws!(flat_pairs(xs: &v()));
    laws!(inspected(xs: &v()));
    laws!(last_of(xs: &v()));
    laws!(first_above(xs: &v(), t: 2.0));
    laws!(found(xs: &v(), t: 2.0));
    laws!(found(xs: &v(), t: 20.0));
    laws!(parted(xs: &v()));
    laws!(triple(a: &v(), b: &v(), c: &v()));
    laws!(triple_loop(a: &v(), b: &v(), c: &v()));
    laws!(horner_rev(c: &v(), x: 0.7));
    laws!(median(xs: &v()));
    laws!(trimmed_mean(xs: &v(), _: 1));
    laws!(retained(xs: &v()));
    laws!(drained(xs: &v()));
    laws!(mapped_array(a: [1.0, 2.0, 3.0], s: 0.5));
    laws!(from_fn(s: 0.5));
    laws!(stack_machine(x: 1.5));
    laws!(got(xs: &v(), _: 1));
    laws!(got(xs: &v(), _: 10));
    laws!(paired(x: 1.0, y: 2.0));
    laws!(paired(x: 2.0, y: 1.0));
    laws!(swapped(x: 2.0, y: 1.0));
    laws!(taken(x: 2.0, y: 1.0));
    laws!(option_taken(x: 2.0));
    laws!(nested_closures(x: 0.5, y: 0.7));
    laws!(matched(x: 0.5, _: 3));
    laws!(matched(x: 0.5, _: 1));
    laws!(chunked(xs: &v()));
}
