use chainrule::{Differentiable, differentiable};
use std::ops::{AddAssign, Index};

#[derive(Differentiable, Clone)]
struct Grid {
    values: Vec<f64>,
    width: usize,
}

#[differentiable]
impl Index<(usize, usize)> for Grid {
    type Output = f64;
    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.values[i * self.width + j]
    }
}

#[derive(Differentiable, Clone, Copy)]
struct Pair {
    x: f64,
    y: f64,
}

#[differentiable]
impl AddAssign for Pair {
    fn add_assign(&mut self, other: Self) {
        self.x += other.x;
        self.y += other.y;
    }
}

fn main() {}
