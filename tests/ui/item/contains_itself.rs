use chainrule::Differentiable;

#[derive(Differentiable, Clone)]
enum Term {
    Number(f64),
    Sum(Box<Term>, Box<Term>),
}

fn main() {}
