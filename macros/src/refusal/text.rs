//! What is said of a refused construct: the message, and what to write instead.

use super::Refusal;
use std::fmt;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFunction => write!(
                f,
                "`#[differentiable]` goes on a function\nhelp: write `#[differentiable] fn f(x: f64) -> f64 {{ .. }}`; for a \
                 struct, `#[derive(Differentiable)]`"
            ),
            Self::Union => write!(
                f,
                "a `union` has no tangent, because nothing tells which field it holds\nhelp: use a struct or an `enum`"
            ),
            Self::ContainsItself(name) => write!(
                f,
                "`{name}` holds a `{name}`, so that its tangent would have no end\nhelp: keep all of them in a `Vec<{name}>` and \
                 refer to them by index, or mark the field `#[no_diff]`"
            ),
            Self::Method => write!(
                f,
                "the derivatives of a method stand in its block, which the attribute has to see\nhelp: put \
                 `#[differentiable]` on the `impl` block; methods opt out with `#[no_diff]`"
            ),
            Self::Receiver => write!(
                f,
                "this receiver is not supported in a differentiable method\nhelp: take `self`, `&self` or `&mut self`, or \
                 mark the method `#[no_diff]`"
            ),
            Self::BlockOption(name) => write!(
                f,
                "`{name}` belongs to one method, not to a block\nhelp: write `#[differentiable({name} ..)]` on the method"
            ),
            Self::OptionOfFunctions(option) => write!(
                f,
                "`{option}` is an option of free functions, and this is a method\nhelp: write it as one: \
                 `#[differentiable({option})] fn f(model: &Model, x: f64) -> f64 {{ .. }}`"
            ),
            Self::StandardTrait(name) => write!(
                f,
                "`{name}` is a trait of the standard library, which has no place for derivatives\nhelp: put the work into a method \
                 of the type, `#[differentiable] impl Model {{ fn value(&self, x: f64) -> f64 {{ .. }} }}`, and call it there"
            ),
            Self::NoSum(name) => write!(
                f,
                "this `{name}` does more than to add or subtract fields, for which generated code takes it\nhelp: return the literal \
                 with sums of fields, `Self {{ x: self.x + other.x, .. }}`, or put the work into a method with a name of its own"
            ),
            Self::OrderOfTrait => write!(
                f,
                "`order = 2` is an option of functions and of methods without a trait\nhelp: write it on a method of the type \
                 itself: `#[differentiable] impl Model {{ #[differentiable(order = 2)] fn loss(&self, x: f64) -> f64 {{ .. }} }}`"
            ),
            Self::JacobianOfImplementation => write!(
                f,
                "the Jacobian of a trait's method stands in the trait\nhelp: write `#[differentiable(jacobian = auto)]` on the \
                 method in the trait"
            ),
            Self::NoDiffMethod(name) => write!(
                f,
                "a derivative would have to pass through `{name}`, which is marked `#[no_diff]` or returns a `&mut` \
                 reference\nhelp: remove the mark from `{name}`, or write `stop_gradient(..)` around the call"
            ),
            Self::Qualifier(word) => write!(
                f,
                "`{word} fn` cannot be differentiated, because the generated derivatives are plain safe functions\n\
                 help: remove `{word}`, or move the numerical part into a plain `fn`"
            ),
            Self::NoActiveParameter => write!(
                f,
                "no parameter carries a float, so there is nothing to differentiate with respect to\nhelp: take `f64`, \
                 `&[f64]`, .. or remove `#[differentiable]`; callers copy calls of plain functions through where no \
                 derivative flows"
            ),
            Self::NoActiveResult => write!(
                f,
                "neither the result nor a `&mut` parameter carries a float, so every derivative is zero\nhelp: return the \
                 value that depends on the parameters"
            ),
            Self::UnknownOption(name) => write!(
                f,
                "unknown option `{name}`\nhelp: the options are `wrt(..)`, `order = 2`, `checkpoint`, `custom_jvp = path`, \
                 `custom_vjp = path`, `jacobian = auto` and `sparse`"
            ),
            Self::Order => {
                write!(
                    f,
                    "`order` is a number from 1 to 8\nhelp: write `order = 2` for `hvp` and `hessian`, and the highest order \
                     for `derivative` and `taylor`"
                )
            }
            Self::JacobianMode(mode) => write!(
                f,
                "`jacobian = {mode}` is not known\nhelp: write `jacobian = auto`, `jacobian = forward`, \
                 `jacobian = reverse` or `jacobian = cross_country`"
            ),
            Self::CrossCountry(what) => write!(
                f,
                "`jacobian = cross_country` eliminates the graph of straight-line code, and cannot follow {what}\nhelp: write \
                 `jacobian = auto`, or write the function with scalars, tuples, arrays of literal length and loops over literal \
                 ranges"
            ),
            Self::Directions(what) => write!(
                f,
                "`sparse` follows tangents along several directions at once, and cannot follow {what}\nhelp: leave `sparse` \
                 out, or write the function with floats of one type, tuples, arrays, slices and `Vec`; what a call returns needs \
                 its type: `let y: [f64; 2] = f(&x);`"
            ),
            Self::HigherOrder { order, operations } => {
                let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];
                let ordinal = ordinals.get(order - 1).unwrap_or(&"eighth");
                write!(
                    f,
                    "the {ordinal} derivative of the {operations} is not known, which `order = {order}` needs\nhelp: leave \
                     `order = {order}` out, or write the operation with others that have one"
                )
            }
            Self::MutableInRule(name) => write!(
                f,
                "a custom rule cannot pass a derivative through the `&mut` parameter `{name}`\nhelp: take `{name}` by `&` and \
                 return the new value, or mark it `#[no_diff]`"
            ),
            Self::OrderOfRule => write!(
                f,
                "a custom rule says nothing of second derivatives, which `order = 2` needs\nhelp: leave `order = 2` out here, or \
                 leave the rule out and let the body be differentiated"
            ),
            Self::MissingRule(option) => write!(
                f,
                "the other mode does not follow from this rule, and a method needs both\nhelp: add `{option} = path`"
            ),
            Self::NoDiffLet => write!(
                f,
                "`#[no_diff]` makes the value of a `let` a constant, and this one has none yet or leaves early with `else`, `?` \
                 or `return`\nhelp: bind it first: `let value = ..;`, then `#[no_diff] let c = value;`"
            ),
            Self::BodyOfStandIn => write!(
                f,
                "a stand-in for another function has no body of its own\nhelp: write `;` instead, or \
                 `#[differentiable(custom_jvp = path)]` on a function with a body"
            ),
            Self::StandInWithoutRule(path) => write!(
                f,
                "`{path}` is another crate's, so its derivative has to be given\nhelp: write \
                 `#[derivative_of({path}, custom_jvp = rule)]` with `fn rule(x: f64, x_dot: f64) -> (f64, f64)`, or `custom_vjp = rule`"
            ),
            Self::RuleOfDeclaration => write!(
                f,
                "this method has no body here, so a rule cannot say what its derivative is\nhelp: write the option on the \
                 method in each `impl`"
            ),
            Self::UnknownWrt { name, known } => {
                write!(f, "`{name}` is no parameter of this function\nhelp: the parameters are {known}")
            }
            Self::RepeatedWrt(name) => write!(f, "`{name}` stands twice in `wrt(..)`\nhelp: name it once"),
            Self::InertWrt(name) => write!(
                f,
                "`{name}` carries no float, so there is no derivative with respect to it\nhelp: leave it out of `wrt(..)`"
            ),
            Self::ContradictoryWrt(name) => {
                write!(f, "`{name}` is in `wrt(..)` and marked `#[no_diff]`\nhelp: remove one of the two")
            }
            Self::ParameterPattern => write!(
                f,
                "a parameter of a differentiable function needs a name\nhelp: write the pattern that the macro expands \
                 to, `(x, y): (f64, f64)`"
            ),
            Self::NoFloat(name) => write!(
                f,
                "no bound says that the generic type of `{name}` is a float, so that the derivatives of its operators are not known\nhelp: \
                 write `T: Float` of num-traits, or `T: RealField` of nalgebra"
            ),
            Self::ImplTrait(name) => write!(
                f,
                "the type of `{name}` is `impl Trait`, which has no tangent type to name\nhelp: name a float: \
                 `fn f<T: Float>({name}: T)`; instead of a function, choose among calls of `#[differentiable]` functions with a \
                 `match`; or mark it `#[no_diff]`"
            ),
            Self::ReturnedReference => write!(
                f,
                "a result that is a reference has no cotangent of its own\nhelp: return the value, or an index into the \
                 argument, or write into a `&mut` parameter"
            ),
            Self::Complex => write!(
                f,
                "a complex number has no derivative here, as it would have to be said what its conjugate is\nhelp: write the real and \
                 the imaginary part as two floats, `re: f64, im: f64`, or mark the parameter `#[no_diff]`"
            ),
            Self::Rotation(name) => write!(
                f,
                "no derivative rule is known for `{name}`, which makes a rotation\nhelp: `Rotation2::new(angle)` or \
                 `Rotation3::new(axis * angle)`, or put the matrix together: `Matrix2::new(c, -s, s, c)`"
            ),
            Self::HalfOfSvd => write!(
                f,
                "the derivative of singular vectors needs those of both sides\nhelp: `a.svd(true, true)`, or \
                 `a.singular_values()` where no vectors are needed"
            ),
            Self::DynTrait(name) => write!(
                f,
                "`{name}` is a trait object, and the macro cannot see which code it runs\nhelp: make the function generic, \
                 or mark the parameter `#[no_diff]`"
            ),
            Self::Pattern => write!(
                f,
                "this pattern is not supported in a differentiable function\nhelp: bind a name and take it apart: \
                 `let p = ..; let x = p.x;`"
            ),
            Self::JumpInValue => write!(
                f,
                "this early exit leaves a value half evaluated, and the reverse sweep has to retrace the way\nhelp: bind the \
                 value first: `let y = ..;`, then `if .. {{ return ..; }}`"
            ),
            Self::ChosenReference => write!(
                f,
                "which place this reference is to is not known where it is used\nhelp: bind it in a block of its own: \
                 `let chosen = if .. {{ &a }} else {{ &b }};`, with names that nothing behind it hides"
            ),
            Self::ListOfReferences => write!(
                f,
                "what is changed through this list of `&mut` references could not be told from its names\nhelp: change one after the other, \
                 or call a `#[differentiable]` function of one of them for each: `step(&mut a); step(&mut b);`"
            ),
            Self::ReboundReference(name) => write!(
                f,
                "`{name}` would refer to another place from here on, and which one is not known where it is used\nhelp: \
                 give the new reference a name of its own: `let next = ..;`, or keep an index instead of a reference"
            ),
            Self::LetChain => write!(
                f,
                "a pattern behind `&&` is matched against something that is no place\nhelp: bind it first: \
                 `let value = ..;`, then `if .. && let Some(x) = value {{ .. }}`"
            ),
            Self::Jump(word) => write!(
                f,
                "`{word}` leaves code that the macro cannot look into, and the reverse sweep has to retrace the way\nhelp: \
                 write the code around it with `if`, `match` and loops over ranges or slices"
            ),
            Self::Construct(what) => write!(
                f,
                "a derivative would have to pass through {what}, which is not supported\nhelp: rewrite it with `let`, \
                 `if`, `for`, `while`, indexing and calls of differentiable functions"
            ),
            Self::Closure => write!(
                f,
                "a derivative would have to pass through a closure that is stored, returned or passed on, whose type has no \
                 tangent\nhelp: call it here, or write `#[differentiable] fn phi(x: f64, a: f64) -> f64 {{ .. }}` with what it \
                 captures as parameters"
            ),
            Self::QuestionMarkInClosure => write!(
                f,
                "`?` leaves the closure, and what it returns then is not visible\nhelp: write the type of its result: \
                 `|x: f64| -> Option<f64> {{ .. }}`"
            ),
            Self::Into => write!(
                f,
                "what `.into()` gives is not visible here, and a derivative would have to pass it\nhelp: name the type: \
                 `f64::from(x)`, or `let y: f64 = x.into();`"
            ),
            Self::OptionOrResult(name) => write!(
                f,
                "whether `{name}` is that of an `Option` or of a `Result` is not visible here\nhelp: name the type: \
                 `let y: Option<f64> = ..;` with the call, and go on with `y`"
            ),
            Self::LengthOfArray => write!(
                f,
                "how long this array is, and what it holds, is not visible here\nhelp: name its type first: \
                 `let xs: [f64; N] = std::array::from_fn(..);`"
            ),
            Self::UnknownMethod(name) => write!(
                f,
                "no derivative rule is known for the method `{name}`\nhelp: put the work into a function: \
                 `#[differentiable] fn {name}(x: f64) -> f64 {{ .. }}`, and call `{name}(x)`"
            ),
            Self::UnknownMacro(name) => write!(
                f,
                "a derivative would have to pass through `{name}!`, whose expansion is not visible here\nhelp: write its \
                 result out, or call a `#[differentiable]` function"
            ),
            Self::Constructor(name) => write!(
                f,
                "a derivative would have to pass through the constructor `{name}`, which is not supported yet\nhelp: keep \
                 the components in variables, a tuple or an array"
            ),
            Self::LossyCast(name) => write!(
                f,
                "the cast to an integer drops the derivative with respect to `{name}`\nhelp: stay in floats, `{name}.floor()` \
                 for instance, whose derivative is zero by convention"
            ),
            Self::OpaqueWrite(name) => write!(
                f,
                "`{name}` carries a derivative and is changed by code that the macro cannot look into\nhelp: change it by \
                 assignment: `{name} = ..;`, `{name}[i] += ..;`, or pass `&mut {name}` to a `#[differentiable]` function"
            ),
            Self::ExcludedWrite(name) => write!(
                f,
                "active values are written into the inactive parameter `{name}` and influence the result\nhelp: let \
                 `{name}` be differentiated too, or use a local variable"
            ),
            Self::ResizedParameter(name) => write!(
                f,
                "the length of `{name}` changes here, but the caller lends its cotangent as a slice, which cannot grow or \
                 shrink\nhelp: take it by value and return it: `fn f(mut {name}: Vec<f64>) -> Vec<f64> {{ .. {name} }}`"
            ),
            Self::UnknownResizing(name) => write!(
                f,
                "`{name}` removes elements that only its code knows, so the reverse sweep cannot put them back\nhelp: \
                 build the `Vec` that remains: `let mut kept = Vec::new(); for i in 0..v.len() {{ if .. {{ kept.push(v[i]); }} }}`"
            ),
            Self::SharedRoot(name) => write!(
                f,
                "two parts of `{name}` are lent to one operation, one of them to be changed\nhelp: copy one of them first: \
                 `let mut part = {name}[..k].to_vec();`"
            ),
            Self::CheckpointPlace => write!(
                f,
                "`#[checkpoint(..)]` belongs on a `for` over a range\nhelp: write `#[checkpoint(every = k)] for i in 0..n`; a whole \
                 function has the option `#[differentiable(checkpoint)]`"
            ),
            Self::CheckpointArguments => write!(
                f,
                "a loop has `#[checkpoint(every = k)]` or `#[checkpoint(binomial = s)]`, with a count of at least 1\nhelp: `every = k` \
                 keeps the state of every k-th iteration, `binomial = s` at most `s` states at a time"
            ),
            Self::CheckpointIterator => write!(
                f,
                "iterations that are run again are counted, which this iterator does not show\nhelp: loop over a range: `for i in \
                 0..xs.len()`"
            ),
            Self::CheckpointExit => write!(
                f,
                "this loop may be left early, and which iterations to keep depends on how many there are\nhelp: count the \
                 iterations before, or leave `#[checkpoint(..)]` out"
            ),
            Self::Iterator => write!(
                f,
                "this iterator is not supported in a differentiable function\nhelp: loop over a range, `for i in 0..xs.len()`, \
                 or over `iter()`, `chunks(n)`, `windows(n)` of slices, with `map`, `zip`, `enumerate`, `rev`, `skip`, `take`, \
                 `step_by`, `filter`, `chain`, `flat_map`, ..; entries of a map in a `Vec`"
            ),
            Self::IteratorMethod(name) => write!(
                f,
                "a derivative would have to pass through `{name}` of this iterator, which is not supported here\nhelp: write \
                 the loop: `for x in xs.iter() {{ .. }}`"
            ),
            Self::JumpOutOfChain => write!(
                f,
                "this loop over several iterators is left early, which is not supported\nhelp: write one loop for each of \
                 them, or loop over a range"
            ),
            Self::SumOfOthers(name) => write!(
                f,
                "`{name}` of what is no float is not supported\nhelp: write the loop: `let mut total = ..; for x in xs.iter() \
                 {{ total += x; }}`"
            ),
            Self::Collect => write!(
                f,
                "only values are collected, no references, and only into a `Vec` or an imported `VecDeque`\nhelp: `copied()` references to floats, \
                 `map(|row| row.to_vec())` rows, or fill a `Vec` in a loop: `let mut ys = vec![0.0; n]; for i in 0..n {{ ys[i] = ..; }}`"
            ),
            Self::Static(name) => write!(
                f,
                "`{name}` is a static, and a derivative cannot be stored beside it\nhelp: pass it as a `&mut` parameter; what nothing changes \
                 may be a `const`"
            ),
            Self::Callee => write!(
                f,
                "only functions called by their path are differentiated\nhelp: write \
                 `#[differentiable] fn g(x: f64) -> f64 {{ .. }}` and call `g(x)`"
            ),
            Self::Attribute(name) => write!(
                f,
                "the attribute `#[{name}]` is not supported inside a differentiable function\nhelp: remove it; instead of `#[cfg(..)]`, \
                 write `if cfg!(..) {{ .. }}`"
            ),
        }
    }
}
