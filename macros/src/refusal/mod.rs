//! Every refused construct; `text.rs` says it. No other folder holds such texts.

mod text;

/// Why something cannot be differentiated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not a function: a struct, an impl block, ..
    NotAFunction,
    /// `union`
    Union,
    /// A type that holds one of its own kind.
    ContainsItself(String),
    /// `x * x` of `fn f<T: Mul<Output = T>>(x: T)`
    NoFloat(String),
    /// A method with `self` that is not in an impl block with the attribute.
    Method,
    /// `self: Box<Self>`
    Receiver,
    /// An option on a whole block that belongs on a method.
    BlockOption(&'static str),
    /// An option on a method that free functions have only.
    OptionOfFunctions(&'static str),
    /// `impl Index for Grid`
    StandardTrait(String),
    /// `impl Add for LogProbability`
    NoSum(String),
    /// `order = 2` on a method of a trait.
    OrderOfTrait,
    /// `jacobian = auto` on a method of the implementation of a trait.
    JacobianOfImplementation,
    /// A method of the same block that is marked `#[no_diff]`.
    NoDiffMethod(String),
    /// `async fn`, `const fn`, `unsafe fn`, `extern fn`.
    Qualifier(&'static str),
    /// A derivative of nothing.
    NoActiveParameter,
    /// Neither a result nor a `&mut` parameter that carries floats.
    NoActiveResult,
    /// `#[differentiable(foo)]`
    UnknownOption(String),
    /// A custom rule of a function with an active `&mut` parameter.
    MutableInRule(String),
    /// A custom rule of a function with `order = 2`.
    OrderOfRule,
    /// A custom rule for one mode of a method, from which the other does not follow.
    MissingRule(&'static str),
    /// `#[no_diff] let Some(c) = .. else { .. };`, `#[no_diff] let c = f(x)?;`
    NoDiffLet,
    /// `#[derivative_of(path)]` on a function with a body.
    BodyOfStandIn,
    /// `#[derivative_of(path)]` without a custom rule.
    StandInWithoutRule(String),
    /// A custom rule of a method without a body.
    RuleOfDeclaration,
    /// `order = 0`, or one beyond what is generated.
    Order,
    /// `jacobian = sideways`
    JacobianMode(String),
    /// Operations without a derivative of this order, where the function asks for it.
    HigherOrder { order: usize, operations: String },
    /// What has no computational graph, in a function with `jacobian = cross_country`.
    CrossCountry(&'static str),
    /// What has no tangent along several directions, in a function with `sparse`.
    Directions(&'static str),
    /// A name in `wrt(..)` that is no parameter.
    UnknownWrt { name: String, known: String },
    /// A name that stands twice in `wrt(..)`.
    RepeatedWrt(String),
    /// `wrt(n)` where `n: usize`.
    InertWrt(String),
    /// `wrt(x)` and `#[no_diff] x`.
    ContradictoryWrt(String),
    /// A parameter pattern that is not a name.
    ParameterPattern,
    /// `impl Trait` as a parameter.
    ImplTrait(String),
    /// A reference as the result of a function.
    ReturnedReference,
    /// `dyn Trait` as a parameter.
    DynTrait(String),
    /// `Complex<f64>`, as a type or with active parts.
    Complex,
    /// `Rotation3::from_euler_angles(..)` with active angles.
    Rotation(String),
    /// `a.svd(true, false)` with an active `a`.
    HalfOfSvd,
    /// A pattern in `let` or `for` that cannot be taken apart.
    Pattern,
    /// A jump inside of an operand, or of a value that cannot be written down otherwise.
    JumpInValue,
    /// `if c && let pattern = f(x)`
    LetChain,
    /// `f(if c { &a } else { &b })`
    ChosenReference,
    /// `[&mut a, &mut b]`
    ListOfReferences,
    /// `r = &mut b;`, where `r` was `&mut a`.
    ReboundReference(String),
    /// A construct whose control flow leaves its place.
    Jump(&'static str),
    /// A construct that is not part of the language, with active values in it.
    Construct(&'static str),
    /// A closure with active values that is not called here.
    Closure,
    /// `?` in a closure.
    QuestionMarkInClosure,
    /// `f(x).and_then(g)`, where nothing tells an `Option` from a `Result`.
    OptionOrResult(String),
    /// `std::array::from_fn(f)` where no type stands beside it.
    LengthOfArray,
    /// `.into()` where no type stands beside it.
    Into,
    /// A method or an associated function without a rule.
    UnknownMethod(String),
    /// A macro that may do anything, with active values in it.
    UnknownMacro(String),
    /// `Some(x)`, `Point { x }`
    Constructor(String),
    /// Something like `x as i32 as f64`.
    LossyCast(String),
    /// An opaque statement that changes an active variable.
    OpaqueWrite(String),
    /// A `&mut` parameter that is excluded but carries active values.
    ExcludedWrite(String),
    /// `v.push(x)` where `v: &mut Vec<f64>` is a parameter.
    ResizedParameter(String),
    /// `v.drain(..)`, `v.retain(..)`.
    UnknownResizing(String),
    /// `f(left, right)` after `let (left, right) = xs.split_at_mut(k);`
    SharedRoot(String),
    /// `#[checkpoint]` on something else than a `for`.
    CheckpointPlace,
    /// `#[checkpoint(often)]`
    CheckpointArguments,
    /// `#[checkpoint(every = 8)] for x in xs.iter()`
    CheckpointIterator,
    /// `#[checkpoint(every = 8)]` on a loop that is left early.
    CheckpointExit,
    /// `for x in something`
    Iterator,
    /// An adapter or a consumer that is not understood, or not behind the ones before it.
    IteratorMethod(String),
    /// `break` in a loop over `a.chain(b)`.
    JumpOutOfChain,
    /// `sum()` of what is no float.
    SumOfOthers(String),
    /// `collect()` of references, of structs, or into something else than a `Vec`.
    Collect,
    /// A static variable.
    Static(String),
    /// A call of something that is not a path.
    Callee,
    /// A nested function or the like that captures nothing and is fine; attributes are not.
    Attribute(String),
}

impl Refusal {
    /// Whether the reason also says why a variable may not be changed by that code.
    pub fn explains_writes(&self) -> bool {
        matches!(
            self,
            Self::Iterator
                | Self::IteratorMethod(_)
                | Self::JumpOutOfChain
                | Self::SumOfOthers(_)
                | Self::Collect
                | Self::UnknownMacro(_)
                | Self::UnknownResizing(_)
        )
    }
}
