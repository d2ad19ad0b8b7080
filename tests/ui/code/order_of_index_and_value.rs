use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Track {
    points: Vec<nalgebra::Vector2<f64>>,
}

fn next(k: &mut usize) -> usize {
    *k += 1;
    *k - 1
}

#[differentiable]
fn f(track: &Track, xs: &[f64]) -> f64 {
    let mut track = track.clone();
    let mut k = 0;
    track.points[next(&mut k)] *= xs[k];
    track.points[0].norm()
}

fn main() {}
