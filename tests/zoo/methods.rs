//! Methods and associated functions of impl blocks.

use chainrule::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

/// A line, with a tangent type written by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<const N: usize> {
    pub slopes: [f64; N],
    pub offset: f64,
    pub degree: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LineTangent<const N: usize> {
    pub slopes: [f64; N],
    pub offset: f64,
}

impl<const N: usize> Differentiable for Line<N> {
    type Tangent = LineTangent<N>;
    fn zero_tangent(&self) -> LineTangent<N> {
        LineTangent { slopes: [0.0; N], offset: 0.0 }
    }
}

impl<const N: usize> Differentiable for LineTangent<N> {
    type Tangent = Self;
    fn zero_tangent(&self) -> Self {
        LineTangent { slopes: [0.0; N], offset: 0.0 }
    }
}

impl<const N: usize> Retract for Line<N> {
    fn add_tangent(&mut self, delta: &LineTangent<N>) {
        self.slopes.add_tangent(&delta.slopes);
        self.offset += delta.offset;
    }
}

impl<const N: usize> Accumulate for LineTangent<N> {
    fn accumulate(&mut self, rhs: &Self) {
        self.slopes.accumulate(&rhs.slopes);
        self.offset += rhs.offset;
    }
}

impl<const N: usize> SetZero for LineTangent<N> {
    fn set_to_zero(&mut self) {
        self.slopes.set_to_zero();
        self.offset = 0.0;
    }
}

impl<const N: usize> Tangent for LineTangent<N> {
    fn zip_apply<const M: usize, O: ElementOp<M>>(&mut self, others: [&Self; M], op: &mut O) {
        self.slopes.zip_apply(others.map(|other| &other.slopes), op);
        self.offset.zip_apply(others.map(|other| &other.offset), op);
    }
}

fn line() -> Line<2> {
    Line { slopes: [0.7, -1.2], offset: 0.4, degree: 2 }
}

#[chainrule::differentiable]
impl<const N: usize> Line<N> {
    const STEP: f64 = 0.5;

    pub fn new(degree: usize) -> Self {
        Self { slopes: [1.0; N], offset: 0.0, degree }
    }

    pub fn degree(&self) -> usize {
        self.degree
    }

    pub fn value(&self, xs: &[f64]) -> f64 {
        let mut s = self.offset;
        for i in 0..N {
            s += self.slopes[i] * xs[i];
        }
        s
    }

    pub fn loss(&self, xs: &[f64], y: f64) -> f64 {
        let error = self.value(xs) - y;
        error.powi(self.degree() as i32) + Self::penalty(self.offset) * Self::STEP
    }

    pub fn penalty(x: f64) -> f64 {
        x.sin() * x
    }

    pub fn shift(&mut self, by: f64) {
        self.offset += by * self.offset;
        self.slopes[0] *= by;
    }

    pub fn shifted(mut self, by: f64) -> f64 {
        self.shift(by);
        let before = self.offset;
        self.shift(before * by);
        self.offset * self.slopes[0] + before
    }

    pub fn offset(&self) -> f64 {
        self.offset
    }

    pub fn set_offset(&mut self, offset: f64) {
        self.offset = offset;
    }

    #[differentiable(wrt(x))]
    pub fn only_in_x(&self, x: f64) -> f64 {
        x * x * self.offset
    }

    pub fn at_fixed(#[no_diff] &self, x: f64) -> f64 {
        x.exp() * self.offset
    }

    #[no_diff]
    pub fn label(&self) -> String {
        format!("{:?}", self.slopes)
    }
}

zoo! {
    pub fn calls_loss(line: &Line<2>, xs: &[f64], y: f64) -> f64 {
        line.loss(xs, y) * y + line.value(&xs[..2])
    }

    pub fn calls_by_path(line: &Line<2>, x: f64) -> f64 {
        Line::<2>::penalty(x) * Line::offset(line) + Line::value(line, &[x, x * x])
    }

    pub fn mutate(line: &mut Line<2>, x: f64) -> f64 {
        line.shift(x);
        let y = line.offset();
        line.set_offset(y * y * x);
        line.shift(y);
        line.offset() + y
    }

    pub fn mutate_in_loop(line: &mut Line<2>, xs: &[f64]) {
        for &x in xs {
            line.shift(x);
            let y = line.value(&[x, 2.0]);
            line.set_offset(y);
        }
    }

    pub fn mutates(line: &Line<2>, x: f64) -> f64 {
        let mut line = line.clone();
        line.shift(x);
        let y = mutate(&mut line, x) * line.slopes[0];
        line.set_offset(y * line.offset());
        line.offset() * line.offset
    }

    pub fn mutates_in_loop(line: Line<2>, xs: &[f64]) -> f64 {
        let mut line = line;
        let mut other = line.clone();
        mutate_in_loop(&mut line, xs);
        for &x in xs {
            line.shift(x);
            other.set_offset(line.value(&[x, 2.0]));
        }
        line.loss(xs, other.offset())
    }

    pub fn by_value(line: &Line<2>, x: f64) -> f64 {
        let copy = line.clone();
        copy.shifted(x) + line.offset() * x
    }

    pub fn consumes(line: Line<2>, x: f64) -> f64 {
        let y = line.offset();
        line.shifted(x * y)
    }

    pub fn inactive_receiver(line: &Line<2>, x: f64) -> f64 {
        let fixed = Line::<2>::new(2);
        fixed.value(&[x, 3.0]) * fixed.degree() as f64 + line.offset() * fixed.at_fixed(x)
    }

    pub fn in_branch(line: &Line<2>, x: f64) -> f64 {
        if line.degree() > 1 && line.offset() < x { line.value(&[x, x]) } else { line.offset() * x }
    }

    #[options(wrt(x))]
    pub fn excluded_receiver(line: &Line<2>, x: f64) -> f64 {
        line.only_in_x(x) + line.at_fixed(x * x) * line.offset
    }

    pub fn many(lines: &[Line<2>], x: f64) -> f64 {
        let mut s = 0.0;
        for line in lines {
            s += line.value(&[x, s]) * line.offset();
        }
        s + lines[0].loss(&[x, x], s)
    }

    pub fn unused(line: &Line<2>, x: f64) -> f64 {
        line.value(&[x, x]);
        let _ = line.offset();
        x * x
    }
}

#[test]
fn called_as_methods() {
    laws!(calls_loss(line: &line(), xs: &vec![0.3, 1.1], y: 0.6));
    laws!(calls_by_path(line: &line(), x: 0.8));
    laws!(in_branch(line: &line(), x: 0.8));
    laws!(in_branch(line: &line(), x: 0.2));
    laws!(unused(line: &line(), x: 0.2));
}

#[test]
fn by_every_receiver() {
    laws!(mutates(line: &line(), x: 0.8));
    laws!(mutates_in_loop(line: line(), xs: &vec![0.8, 1.3, -0.4]));
    laws!(by_value(line: &line(), x: 0.8));
    laws!(consumes(line: line(), x: 0.8));
    laws!(many(lines: &vec![line(), Line { slopes: [0.2, 0.9], offset: -0.3, degree: 3 }], x: 0.8));
}

#[test]
fn with_inactive_receivers() {
    laws!(inactive_receiver(line: &line(), x: 0.8));
    let line = line();
    laws!(excluded_receiver(_: &line, x: 0.8));
}

/// The functions beside the method are those of a free function that does the same.
#[test]
fn beside_the_method() {
    #[chainrule::differentiable]
    fn loss(line: &Line<2>, xs: &[f64], y: f64) -> f64 {
        line.loss(xs, y)
    }
    let (line, xs, y) = (line(), [0.3, 1.1], 0.6);
    let gradient = loss::grad(&line, &xs, y);
    assert_eq!(loss(&line, &xs, y), line.loss(&xs, y));
    assert_eq!(line.loss_grad(&xs, y), gradient);
    assert_eq!(line.loss_value_and_grad(&xs, y), (line.loss(&xs, y), gradient.clone()));
    let (value, pullback) = line.loss_vjp(&xs, y);
    assert_eq!((value, pullback(1.0)), (line.loss(&xs, y), gradient.clone()));
    let mut into = (line.zero_tangent(), [9.0; 2], 9.0);
    let value = line.loss_grad_into(&xs, y, (&mut into.0, &mut into.1, &mut into.2));
    assert_eq!((value, (into.0, into.1.to_vec(), into.2)), (line.loss(&xs, y), gradient.clone()));
    let dot = LineTangent { slopes: [0.1, 0.2], offset: 0.3 };
    let along = line.loss_jvp(&xs, y, (&dot, &[0.4, 0.5], 0.6)).1;
    let inner = gradient.0.inner(&dot) + gradient.1[0] * 0.4 + gradient.1[1] * 0.5 + gradient.2 * 0.6;
    assert!((along - inner).abs() < 1e-12);
    assert_eq!(Line::<2>::penalty_grad(0.7), 0.7f64.cos() * 0.7 + 0.7f64.sin());
    let mut bars = (line.zero_tangent(), 0.0);
    line.clone().shift_vjp_into(2.0, (&mut bars.0, &mut bars.1), ());
    assert_eq!(bars, (line.zero_tangent(), 0.0));
    assert_eq!(line.label(), "[0.7, -1.2]");
}
