//! Counts the kinks of a piecewise linear function on [-2, 2] from its values and its derivative.
//!
//! The interval is cut into 2^k cells, and the derivative is taken in the middle of each. Two neighbouring middles
//! either lie on one line, or the lines through them meet at one kink; the function's value confirms it. All numbers are
//! dyadic, so that the comparisons are exact. Where all slopes are ±s and s bounds the slope, as here, a confirmed piece
//! leaves no room for a detour: the count is a proof.

use std::fmt;

/// What is known of a function.
pub struct Census {
    /// Where the slope changes.
    pub kinks: Vec<f64>,
    /// The absolute slopes that occur.
    pub slopes: Vec<f64>,
}

/// Between these two points there is more than one kink, or a jump.
#[derive(Debug)]
pub struct Unresolved(f64, f64);

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "between {} and {} the function is not two straight lines", self.0, self.1)
    }
}

impl std::error::Error for Unresolved {}

/// Counts the kinks with 2^`fineness` cells.
pub fn census(value: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64, fineness: i32) -> Result<Census, Unresolved> {
    let cells = 1_u32 << fineness;
    let width = 4.0 / f64::from(cells);
    let lines: Vec<Line> = (0..cells)
        .map(|i| -2.0 + width * (f64::from(i) + 0.5))
        .map(|x| Line { x, value: value(x), slope: slope(x) })
        .collect();
    for (end, line) in [(-2.0, lines.first()), (2.0, lines.last())] {
        if line.is_none_or(|line| line.at(end) != value(end)) {
            return Err(Unresolved(end, end));
        }
    }
    let mut census = Census { kinks: Vec::new(), slopes: lines.iter().map(|line| line.slope.abs()).collect() };
    for pair in lines.windows(2) {
        let (left, right) = (&pair[0], &pair[1]);
        if left.slope == right.slope && left.at(right.x) == right.value {
            continue;
        }
        let meet = left.meets(right);
        if !(left.x < meet && meet < right.x && left.at(meet) == value(meet)) {
            return Err(Unresolved(left.x, right.x));
        }
        census.kinks.push(meet);
    }
    census.slopes.sort_by(f64::total_cmp);
    census.slopes.dedup();
    Ok(census)
}

/// A straight line through a point.
struct Line {
    x: f64,
    value: f64,
    slope: f64,
}

impl Line {
    fn at(&self, x: f64) -> f64 {
        self.value + self.slope * (x - self.x)
    }

    /// Where two lines meet; not finite where they are parallel.
    fn meets(&self, other: &Line) -> f64 {
        self.x + (other.at(self.x) - self.value) / (self.slope - other.slope)
    }
}
