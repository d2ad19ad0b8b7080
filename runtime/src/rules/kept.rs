//! What reverse sweeps keep of the operands of an operator whose types the macro does not know.

/// What the transposed maps of an operator need of its operands, for a reverse sweep that does not have them any more: of those of a
/// sum of floats or matrices nothing.
pub trait Kept<Output, Left, Right>: Clone {
    /// `(∂z/∂a)ᵀ z_bar`.
    fn pull_0(&self, z_bar: &Output) -> Left;
    /// `(∂z/∂b)ᵀ z_bar`.
    fn pull_1(&self, z_bar: &Output) -> Right;
}

/// What the transposed map of a product or a quotient needs of one operand, where the other one is a literal: of a float or a matrix, which
/// is only scaled, nothing.
pub trait KeptBeside<Literal, Output, Operand>: Clone {
    /// `(∂z/∂a)ᵀ z_bar`, where the other operand is the literal.
    fn pull(&self, literal: &Literal, z_bar: &Output) -> Operand;
}

/// A map that needs nothing, or what it owns.
#[derive(Clone, Copy, Debug)]
pub struct Map<F>(pub F);

impl<Literal, Output, Operand, F: Fn(&Literal, &Output) -> Operand + Clone> KeptBeside<Literal, Output, Operand>
    for Map<F>
{
    #[inline(always)]
    fn pull(&self, literal: &Literal, z_bar: &Output) -> Operand {
        (self.0)(literal, z_bar)
    }
}

/// Two maps that need nothing, or what they own.
#[derive(Clone, Copy, Debug)]
pub struct Maps<F, G>(pub F, pub G);

impl<Output, Left, Right, F, G> Kept<Output, Left, Right> for Maps<F, G>
where
    F: Fn(&Output) -> Left + Clone,
    G: Fn(&Output) -> Right + Clone,
{
    #[inline(always)]
    fn pull_0(&self, z_bar: &Output) -> Left {
        (self.0)(z_bar)
    }

    #[inline(always)]
    fn pull_1(&self, z_bar: &Output) -> Right {
        (self.1)(z_bar)
    }
}
