use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Grid {
    cells: usize,
    width: f64,
}

#[differentiable]
fn of_floats(grid: &Grid, x: f64) -> f64 {
    f64::from(grid.width as i32) * x + (grid.width as i64 - 1) as f64
}

#[differentiable]
fn of_integers(grid: &Grid, x: f64) -> f64 {
    f64::from(grid.cells as u32) * x + (grid.cells as i64 - 1) as f64
}

fn main() {
    let _ = of_integers::grad(&Grid { cells: 2, width: 0.5 }, 1.0);
}
