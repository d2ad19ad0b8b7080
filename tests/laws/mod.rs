//! The laws that every generated derivative keeps, and the macros that put a function through them.
//!
//! ```ignore
//! zoo! {
//!     fn product(x: f64, ys: &[f64], n: usize) -> f64 { x * ys[n] }
//! }
//!
//! #[test]
//! fn products() {
//!     laws!(product(x: 2.0, ys: &vec![3.0, 4.0], _: 1));
//! }
//! ```
//!
//! `zoo!` declares every function twice, as `simplified::product` and as `unsimplified::product`, the second with
//! `#[differentiable(simplify = false)]`; without debug assertions, under optimisation, both are the first. `laws!` names the active arguments and says how each is passed; `_` stands
//! before one that is not differentiated. Where the result is no float, it is `map_laws!`.

pub mod flat;
mod law;
mod program;

pub use law::assert_laws;
#[cfg(debug_assertions)]
pub use law::simplification_changes_nothing;
pub use program::{Layout, Program};

/// Declares functions with their derivatives, simplified and not. `#[options(..)]` before a function passes options on;
/// `#[plain]` stands before what has none.
macro_rules! zoo {
    (@each [$($simplify:tt)*]) => {};
    (@each [$($simplify:tt)*] #[plain] $item:item $($rest:tt)*) => {
        $item
        zoo!(@each [$($simplify)*] $($rest)*);
    };
    (@each [$($simplify:tt)*] #[options($($options:tt)*)] $item:item $($rest:tt)*) => {
        #[::chainrule::differentiable($($simplify)* $($options)*)]
        $item
        zoo!(@each [$($simplify)*] $($rest)*);
    };
    (@each [$($simplify:tt)*] $item:item $($rest:tt)*) => {
        #[::chainrule::differentiable($($simplify)*)]
        $item
        zoo!(@each [$($simplify)*] $($rest)*);
    };
    ($($items:tt)*) => {
        pub mod simplified {
            #[allow(unused_imports)]
            use super::*;
            zoo!(@each [] $($items)*);
        }
        #[cfg(debug_assertions)]
        pub mod unsimplified {
            #[allow(unused_imports)]
            use super::*;
            zoo!(@each [simplify = false,] $($items)*);
        }
        // nobody ships what is not simplified, and optimising it takes as long again
        #[cfg(not(debug_assertions))]
        #[allow(unused_imports)]
        pub use simplified as unsimplified;
    };
}

/// Puts a function with a float as its result through the laws at one point.
macro_rules! laws {
    ($function:ident($($args:tt)*)) => { at_point!(@args [scalar $function] [] [] [] $($args)*) };
}

/// Puts a function with any other result, or with none, through the laws at one point.
macro_rules! map_laws {
    ($function:ident($($args:tt)*)) => { at_point!(@args [map $function] [] [] [] $($args)*) };
}

/// Sorts the arguments: all of them, the active ones, those behind `&mut`.
macro_rules! at_point {
    (@args $f:tt [$($all:tt)*] [$($active:tt)*] [$($mutable:tt)*] _: $value:expr $(, $($rest:tt)*)?) => {
        at_point!(@args $f [$($all)* {inert unused ($value)}] [$($active)*] [$($mutable)*] $($($rest)*)?)
    };
    (@args $f:tt [$($all:tt)*] [$($active:tt)*] [$($mutable:tt)*] $x:ident: &mut $value:expr $(, $($rest:tt)*)?) => {
        at_point!(@args $f [$($all)* {mutable $x ($value)}] [$($active)* {mutable $x ($value)}] [$($mutable)* $x]
            $($($rest)*)?)
    };
    (@args $f:tt [$($all:tt)*] [$($active:tt)*] [$($mutable:tt)*] $x:ident: & $value:expr $(, $($rest:tt)*)?) => {
        at_point!(@args $f [$($all)* {shared $x ($value)}] [$($active)* {shared $x ($value)}] [$($mutable)*]
            $($($rest)*)?)
    };
    (@args $f:tt [$($all:tt)*] [$($active:tt)*] [$($mutable:tt)*] $x:ident: $value:expr $(, $($rest:tt)*)?) => {
        at_point!(@args $f [$($all)* {value $x ($value)}] [$($active)* {value $x ($value)}] [$($mutable)*]
            $($($rest)*)?)
    };
    (@args [$kind:ident $f:ident] $all:tt [$({$how:ident $x:ident ($value:expr)})*] $mutable:tt) => {{
        $(let $x = $value;)*
        let mut layout = $crate::laws::Layout::default();
        $(layout.param(&$x, argument!(@is_mutable $how));)*
        #[allow(clippy::let_unit_value, unused_mut)]
        let like = {
            $(let mut $x = ($x.clone(), ());)*
            argument!(@call (simplified::$f) $all)
        };
        layout.result(&like);
        let program = program!($kind simplified $f, layout like $all [$({$how $x})*] $mutable);
        $crate::laws::assert_laws(&program);
        #[cfg(debug_assertions)]
        {
            let unsimplified = program!($kind unsimplified $f, layout like $all [$({$how $x})*] $mutable);
            $crate::laws::assert_laws(&unsimplified);
            $crate::laws::simplification_changes_nothing(&program, &unsimplified);
        }
    }};
}

/// One argument, one tangent, one buffer: `x` is a pair of a point and a tangent.
macro_rules! argument {
    (@is_mutable mutable) => { true };
    (@is_mutable $how:ident) => { false };
    (@call ($($function:tt)*) [$({$how:ident $x:ident $value:tt})*] $(, $last:expr)*) => {
        $($function)*($(argument!($how $x $value),)* $($last),*)
    };
    (inert $x:ident ($value:expr)) => { $value };
    (value $x:ident $value:tt) => { $x.0.clone() };
    (shared $x:ident $value:tt) => { &$x.0 };
    (mutable $x:ident $value:tt) => { &mut $x.0 };
    (@dot value $x:ident) => { $x.1.clone() };
    (@dot shared $x:ident) => { &$x.1 };
    (@dot mutable $x:ident) => { &mut $x.1 };
}

/// The function of one module with its derivatives.
macro_rules! program {
    ($kind:ident $module:ident $f:ident, $layout:ident $like:ident $all:tt [$({$how:ident $x:ident})*] [$($mutable:ident)*]) => {{
        use $crate::laws::flat::{Reader, append, flat};
        #[allow(unused_mut, unused_variables, clippy::let_unit_value, clippy::clone_on_copy)]
        $crate::laws::Program {
            name: concat!(module_path!(), "::", stringify!($module), "::", stringify!($f)),
            layout: &$layout,
            primal: Box::new(|delta| {
                let mut delta = Reader::new(delta);
                $(let mut $x = (delta.point(&$x), ());)*
                let mut y = flat(&argument!(@call ($module::$f) $all));
                $(append(&mut y, &$mutable.0);)*
                y
            }),
            jvp: Box::new(|x_dot| {
                let mut x_dot = Reader::new(x_dot);
                $(let mut $x = ($x.clone(), x_dot.tangent(&$x));)*
                let (result, dot) = argument!(@call ($module::$f::jvp) $all, ($(argument!(@dot $how $x)),*));
                let (mut y, mut y_dot) = (flat(&result), flat(&dot));
                $(append(&mut y, &$mutable.0);)*
                $(append(&mut y_dot, &$mutable.1);)*
                (y, y_dot)
            }),
            vjp_into: Box::new(|bars, y_bar| {
                let mut bars = Reader::new(bars);
                $(let mut $x = ($x.clone(), bars.tangent(&$x));)*
                let y_bar = Reader::new(y_bar).tangent(&$like);
                let mut y = flat(&argument!(@call ($module::$f::vjp_into) $all, ($(&mut $x.1),*), y_bar));
                $(append(&mut y, &$mutable.0);)*
                let mut x_bar = Vec::new();
                $(append(&mut x_bar, &$x.1);)*
                (y, x_bar)
            }),
            vjp: Box::new(|y_bars| {
                $(let mut $x = ($x.clone(), ());)*
                let (result, pullback) = argument!(@call ($module::$f::vjp) $all);
                let mut y = flat(&result);
                $(append(&mut y, &$mutable.0);)*
                let x_bars = y_bars.iter().map(|y_bar| flat(&pullback(Reader::new(y_bar).tangent(&result)))).collect();
                (y, x_bars)
            }),
            gradients: program!(@gradients $kind $module $f $layout $all [$($x)*] [$($mutable)*]),
        }
    }};
    (@gradients map $($rest:tt)*) => { None };
    (@gradients scalar $module:ident $f:ident $layout:ident $all:tt [$($x:ident)*] [$($mutable:ident)*]) => {
        Some(Box::new(|| {
            let grad = {
                $(let mut $x = ($x.clone(), ());)*
                flat(&argument!(@call ($module::$f::grad) $all))
            };
            let (value, gradient) = {
                $(let mut $x = ($x.clone(), ());)*
                let (value, gradient) = argument!(@call ($module::$f::value_and_grad) $all);
                let mut y = flat(&value);
                $(append(&mut y, &$mutable.0);)*
                (y, flat(&gradient))
            };
            let other = vec![7.5; $layout.inputs];
            let mut other = Reader::new(&other);
            $(let mut $x = ($x.clone(), other.tangent(&$x));)*
            let mut y = flat(&argument!(@call ($module::$f::grad_into) $all, ($(&mut $x.1),*)));
            $(append(&mut y, &$mutable.0);)*
            let mut overwritten = Vec::new();
            $(append(&mut overwritten, &$x.1);)*
            vec![(None, grad), (Some(value), gradient), (Some(y), overwritten)]
        }))
    };
}
