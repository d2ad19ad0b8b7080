//! Whether two functions are one, which rustc answers for generated code: a method of a trait with derivatives, and a method of the type's own
//! with the same name, which a call would take.

/// Two functions, each of which has a type of its own.
pub struct Pair<A, B>(pub A, pub B);

/// The functions are one.
pub struct Same;

/// The functions are two.
pub struct Different;

impl<A> Pair<A, A> {
    /// Of two functions of one type.
    pub fn kind(&self) -> Same {
        Same
    }
}

/// What is found for two functions of different types.
pub trait Kind {
    /// Of two functions of different types.
    fn kind(&self) -> Different {
        Different
    }
}

impl<A, B> Kind for &Pair<A, B> {}

/// What is called, and what has the derivative, are both of the trait or both of the type.
#[diagnostic::on_unimplemented(
    message = "the type has a method of this name too, which is the one that is called, and it has no derivative",
    label = "the method of the trait is called by its path only",
    note = "write `#[differentiable]` before the `impl` block of that method, or give one of the two another name"
)]
pub trait BelongsTo<Derivative> {}

impl BelongsTo<Same> for Same {}

impl BelongsTo<Different> for Different {}

/// With a second implementation rustc does not take the one for what was meant, and gives the message above.
pub struct Neither;

impl BelongsTo<Neither> for Same {}

impl BelongsTo<Neither> for Different {}

/// Checks it.
pub fn belongs_to<Called: BelongsTo<Derivative>, Derivative>(_: Called, _: Derivative) {}
