//! `jacobian = ..` on methods: `model.pair_jacobian(x)`.

use chainrule::{Differentiable, differentiable};

/// A spring with a mass.
#[derive(Differentiable, Clone, Debug, PartialEq)]
pub struct Spring {
    pub stiffness: f64,
    pub masses: Vec<f64>,
    #[no_diff]
    pub name: String,
}

#[allow(dead_code, reason = "their Jacobians are called")]
#[differentiable]
impl Spring {
    #[differentiable(jacobian = auto)]
    pub fn force_and_energy(&self, x: f64) -> [f64; 2] {
        let force = self.stiffness * x;
        [force * self.masses[0], 0.5 * force * x]
    }

    #[differentiable(jacobian = forward)]
    pub fn by_columns(&self, xs: &[f64]) -> Vec<f64> {
        xs.iter().zip(&self.masses).map(|(x, m)| self.stiffness * x * m).collect()
    }

    #[differentiable(jacobian = reverse)]
    pub fn by_rows(&self, xs: &[f64]) -> Vec<f64> {
        xs.iter().zip(&self.masses).map(|(x, m)| self.stiffness * x * m).collect()
    }

    #[differentiable(jacobian = forward)]
    pub fn consumed(self, x: f64) -> (f64, f64) {
        (self.stiffness * x, self.masses[1] * x * x)
    }

    #[differentiable(jacobian = auto)]
    pub fn loaded(&mut self, x: f64) -> f64 {
        self.stiffness *= x;
        self.stiffness * self.masses[0]
    }

    #[differentiable(jacobian = reverse, wrt(x))]
    pub fn only_in_x(&self, x: f64) -> (f64, f64) {
        (self.stiffness * x, x.sin())
    }

    #[differentiable(jacobian = auto)]
    pub fn without_receiver(x: f64, y: f64) -> (f64, f64, f64) {
        (x * y, x + y, y.sin())
    }
}

/// A law of forces, whose implementations have Jacobians by the trait.
#[differentiable]
pub trait Law {
    #[differentiable(jacobian = auto)]
    fn response(&self, x: f64) -> [f64; 2];

    #[differentiable(jacobian = forward)]
    fn twice(&self, x: f64) -> [f64; 2] {
        let [a, b] = self.response(x);
        self.response(a * b)
    }
}

#[differentiable]
impl Law for Spring {
    fn response(&self, x: f64) -> [f64; 2] {
        [self.stiffness * x, x * x * self.masses[0]]
    }
}

fn spring() -> Spring {
    Spring { stiffness: 0.7, masses: vec![1.2, 0.4], name: "s".to_owned() }
}

/// The rows that forward mode gives, one direction at a time.
fn columns(count: usize, along: impl Fn(&SpringTangent, f64) -> Vec<f64>) -> Vec<Vec<f64>> {
    let direction = |at: usize| {
        let unit = |index: usize| f64::from(at == index);
        (SpringTangent { stiffness: unit(0), masses: vec![unit(1), unit(2)] }, unit(3))
    };
    (0..count).map(|at| direction(at)).map(|(spring_dot, x_dot)| along(&spring_dot, x_dot)).collect()
}

fn assert_columns(jacobian: impl Fn(usize, usize) -> f64, columns: &[Vec<f64>]) {
    for (column, entries) in columns.iter().enumerate() {
        for (row, entry) in entries.iter().enumerate() {
            assert!((jacobian(row, column) - entry).abs() < 1e-14, "({row}, {column})");
        }
    }
}

#[test]
fn of_structs_and_floats() {
    let spring = spring();
    let jacobian = spring.force_and_energy_jacobian(1.3);
    let expected = columns(4, |dot, x_dot| spring.force_and_energy_jvp(1.3, (dot, x_dot)).1.to_vec());
    assert_eq!((jacobian.nrows(), jacobian.ncols()), (2, 4));
    assert_columns(|row, column| jacobian[(row, column)], &expected);
    let jacobian = spring.clone().consumed_jacobian(1.3);
    let expected = columns(4, |dot, x_dot| {
        let (a, b) = spring.clone().consumed_jvp(1.3, (dot.clone(), x_dot)).1;
        vec![a, b]
    });
    assert_columns(|row, column| jacobian[(row, column)], &expected);
    let jacobian = spring.only_in_x_jacobian(1.3);
    assert_eq!((jacobian[(0, 0)], jacobian[(1, 0)]), (0.7, 1.3_f64.cos()));
    let jacobian = Spring::without_receiver_jacobian(0.7, 1.3);
    assert_eq!((jacobian.nrows(), jacobian.ncols(), jacobian[(0, 1)], jacobian[(2, 0)]), (3, 2, 0.7, 0.0));
}

#[test]
fn by_columns_and_by_rows() {
    let xs = [0.3, 1.1];
    let (by_columns, by_rows) = (spring().by_columns_jacobian(&xs), spring().by_rows_jacobian(&xs));
    assert_eq!((by_columns.nrows(), by_columns.ncols()), (2, 5));
    assert!((&by_columns - by_rows).norm() < 1e-14);
    assert_eq!((by_columns[(0, 0)], by_columns[(1, 2)]), (0.3 * 1.2, 0.7 * 1.1));
}

/// What a `&mut` receiver refers to is left as it is.
#[test]
fn of_what_changes() {
    let mut changed = spring();
    let jacobian = changed.loaded_jacobian(1.3);
    assert_eq!(changed, spring());
    let entries: Vec<f64> = jacobian.iter().copied().collect();
    assert_eq!(entries, [1.3 * 1.2, 0.7 * 1.3, 0.0, 0.7 * 1.2]);
}

#[test]
fn of_traits() {
    let spring = spring();
    for (jacobian, expected) in [
        (spring.response_jacobian(1.3), columns(4, |dot, x_dot| spring.response_jvp(1.3, (dot, x_dot)).1.to_vec())),
        (spring.twice_jacobian(1.3), columns(4, |dot, x_dot| spring.twice_jvp(1.3, (dot, x_dot)).1.to_vec())),
    ] {
        assert_columns(|row, column| jacobian[(row, column)], &expected);
    }
}
