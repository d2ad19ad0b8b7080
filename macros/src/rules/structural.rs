//! Operations that move the elements of a place, or change how many there are: one row per operation.
//!
//! All of them are linear in the values that they move. So the tangents are moved by the same operation, and the
//! cotangents by its transpose: for `y = P x` with a matrix `P` of zeros and ones, `x_bar = P^T y_bar` (Griewank & Walther,
//! Evaluating Derivatives, 2008, §3.3). At each moment of the reverse sweep a cotangent has the shape that its
//! primal had there: where the primal grew, the cotangent shrinks.

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructuralOp {
    // The elements change places.
    Swap,
    Reverse,
    RotateLeft,
    RotateRight,
    Permute,
    Unpermute,
    SwapWithSlice,
    MemSwap,
    CopyWithin,
    CopyBack,
    // A value takes the place of the elements.
    Fill,
    CopyFrom,
    // Elements enter.
    Push,
    Insert,
    SwapInsert,
    Extend,
    ExtendPopped,
    PushBack,
    PushFront,
    ExtendBackPopped,
    ExtendFrontPopped,
    // Elements leave.
    Pop,
    PopBack,
    PopFront,
    TakeBack,
    TakeFront,
    TakeLast,
    Remove,
    SwapRemove,
    SplitOff,
    Truncate,
}

/// How an operation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `place.name(positions.., value)`
    Method(&'static str),
    /// `place.name().unwrap()`
    Unwrapped(&'static str),
    /// `place.name(value)`: the positions are for the transpose.
    Unpositioned(&'static str),
    /// `first.name(&mut second)`
    Exchange(&'static str),
    /// `::core::mem::swap(&mut first, &mut second)`
    MemSwap,
    /// `::chainrule::rules::sequence::name(&mut place, positions.., value)`
    Runtime(&'static str),
}

/// What the transpose of an operation does with the cotangents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transpose {
    /// They change places too.
    Rearrange(StructuralOp),
    /// What entered leaves again, and is the cotangent of the value.
    Leave(StructuralOp),
    /// What left enters again: the cotangent of the result.
    Enter(StructuralOp),
    /// What was dropped enters again, as zeros.
    EnterZeros(StructuralOp),
    /// All of them are the value's, and zeros remain: their sum, if one value went everywhere.
    Overwritten { sum: bool },
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How it is written.
    pub form: Form,
    /// What enters is passed by reference.
    pub by_reference: bool,
    /// The number of elements may change.
    pub resizes: bool,
    /// What the reverse sweep does.
    pub transpose: Transpose,
}

impl StructuralOp {
    /// Whether elements only change places, so that the transpose is the inverse.
    pub const fn is_permutation(self) -> bool {
        use StructuralOp as Op;
        matches!(
            self,
            Op::Swap
                | Op::Reverse
                | Op::RotateLeft
                | Op::RotateRight
                | Op::Permute
                | Op::Unpermute
                | Op::SwapWithSlice
                | Op::MemSwap
        )
    }

    /// The operation's row.
    pub const fn row(self) -> Row {
        use Form::{Exchange, Method, Runtime, Unpositioned, Unwrapped};
        use StructuralOp as Op;
        use Transpose::{Enter, EnterZeros, Leave, Overwritten, Rearrange};
        match self {
            Self::Swap => fixed(Method("swap"), Rearrange(Op::Swap)),
            Self::Reverse => fixed(Method("reverse"), Rearrange(Op::Reverse)),
            Self::RotateLeft => fixed(Method("rotate_left"), Rearrange(Op::RotateRight)),
            Self::RotateRight => fixed(Method("rotate_right"), Rearrange(Op::RotateLeft)),
            Self::Permute => fixed(Runtime("permute"), Rearrange(Op::Unpermute)),
            Self::Unpermute => fixed(Runtime("unpermute"), Rearrange(Op::Permute)),
            Self::SwapWithSlice => fixed(Exchange("swap_with_slice"), Rearrange(Op::SwapWithSlice)),
            Self::MemSwap => resizing(Form::MemSwap, Rearrange(Op::MemSwap)),
            Self::CopyWithin => fixed(Method("copy_within"), Rearrange(Op::CopyBack)),
            Self::CopyBack => fixed(Runtime("copy_back"), Rearrange(Op::CopyWithin)),
            Self::Fill => fixed(Method("fill"), Overwritten { sum: true }),
            Self::CopyFrom => {
                Row { by_reference: true, ..fixed(Method("clone_from_slice"), Overwritten { sum: false }) }
            }
            Self::Push => resizing(Method("push"), Leave(Op::TakeLast)),
            Self::Insert => resizing(Method("insert"), Leave(Op::Remove)),
            Self::SwapInsert => resizing(Runtime("swap_insert"), Leave(Op::SwapRemove)),
            Self::Extend => {
                Row { by_reference: true, ..resizing(Unpositioned("extend_from_slice"), Leave(Op::SplitOff)) }
            }
            Self::ExtendPopped => resizing(Method("extend"), Leave(Op::Pop)),
            Self::PushBack => resizing(Method("push_back"), Leave(Op::TakeBack)),
            Self::PushFront => resizing(Method("push_front"), Leave(Op::TakeFront)),
            Self::ExtendBackPopped => resizing(Method("extend"), Leave(Op::PopBack)),
            Self::ExtendFrontPopped => resizing(Runtime("extend_front"), Leave(Op::PopFront)),
            Self::PopBack => resizing(Method("pop_back"), Enter(Op::ExtendBackPopped)),
            Self::PopFront => resizing(Method("pop_front"), Enter(Op::ExtendFrontPopped)),
            Self::TakeBack => resizing(Unwrapped("pop_back"), Enter(Op::PushBack)),
            Self::TakeFront => resizing(Unwrapped("pop_front"), Enter(Op::PushFront)),
            Self::Pop => resizing(Method("pop"), Enter(Op::ExtendPopped)),
            Self::TakeLast => resizing(Unwrapped("pop"), Enter(Op::Push)),
            Self::Remove => resizing(Method("remove"), Enter(Op::Insert)),
            Self::SwapRemove => resizing(Method("swap_remove"), Enter(Op::SwapInsert)),
            Self::SplitOff => resizing(Method("split_off"), Enter(Op::Extend)),
            Self::Truncate => resizing(Method("truncate"), EnterZeros(Op::Extend)),
        }
    }
}

const fn fixed(form: Form, transpose: Transpose) -> Row {
    Row { form, by_reference: false, resizes: false, transpose }
}

const fn resizing(form: Form, transpose: Transpose) -> Row {
    Row { form, by_reference: false, resizes: true, transpose }
}
