//! What the variants of `Option` and `Result` carry, for generated code that knows which variant there is.

const OTHER: &str = "a tangent must have the variant of its value";

/// Generated code reads a payload only where the value has the variant.
///
/// # Panics
/// Always.
#[cold]
#[track_caller]
pub fn other_variant() -> ! {
    panic!("{OTHER}")
}

macro_rules! variant {
    ($([$($generics:ident),*] $of:ty => $item:ident: $name:ident, $name_mut:ident, $variant:path);* $(;)?) => {
        $(
            /// The payload.
            #[inline(always)]
            #[track_caller]
            pub fn $name<$($generics),*>(of: &$of) -> &$item {
                match of {
                    $variant(payload) => payload,
                    _ => other_variant(),
                }
            }

            /// The payload, to change it.
            #[inline(always)]
            #[track_caller]
            pub fn $name_mut<$($generics),*>(of: &mut $of) -> &mut $item {
                match of {
                    $variant(payload) => payload,
                    _ => other_variant(),
                }
            }
        )*
    };
}

variant! {
    [T] Option<T> => T: some, some_mut, Some;
    [T, E] Result<T, E> => T: ok, ok_mut, Ok;
    [T, E] Result<T, E> => E: err, err_mut, Err;
}

/// What may carry a payload: an `Option`, a `Result`, and the tangent of a field that has no derivative, which has none in it either.
pub trait Carrier {
    /// What it carries.
    type Payload;

    /// The payload, if there is one.
    fn payload(&self) -> Option<&Self::Payload>;
    /// The same, to change it.
    fn payload_mut(&mut self) -> Option<&mut Self::Payload>;
    /// What `unwrap` says where there is none.
    fn missing(&self) -> !;
}

impl<T> Carrier for Option<T> {
    type Payload = T;

    #[inline(always)]
    fn payload(&self) -> Option<&T> {
        self.as_ref()
    }

    #[inline(always)]
    fn payload_mut(&mut self) -> Option<&mut T> {
        self.as_mut()
    }

    #[cold]
    #[track_caller]
    fn missing(&self) -> ! {
        panic!("called `Option::unwrap()` on a `None` value")
    }
}

impl<T, E: core::fmt::Debug> Carrier for Result<T, E> {
    type Payload = T;

    #[inline(always)]
    fn payload(&self) -> Option<&T> {
        self.as_ref().ok()
    }

    #[inline(always)]
    fn payload_mut(&mut self) -> Option<&mut T> {
        self.as_mut().ok()
    }

    #[cold]
    #[track_caller]
    fn missing(&self) -> ! {
        match self {
            Err(error) => panic!("called `Result::unwrap()` on an `Err` value: {error:?}"),
            Ok(_) => other_variant(),
        }
    }
}

impl Carrier for () {
    type Payload = ();

    #[inline(always)]
    fn payload(&self) -> Option<&()> {
        Some(self)
    }

    #[inline(always)]
    fn payload_mut(&mut self) -> Option<&mut ()> {
        Some(self)
    }

    #[cold]
    #[track_caller]
    fn missing(&self) -> ! {
        other_variant()
    }
}

/// What `unwrap` takes out.
#[inline(always)]
#[track_caller]
pub fn unwrapped<C: Carrier>(of: &C) -> &C::Payload {
    match of.payload() {
        Some(payload) => payload,
        None => of.missing(),
    }
}

/// The same, to change it, where the value has been unwrapped.
#[inline(always)]
#[track_caller]
pub fn unwrapped_mut<C: Carrier>(of: &mut C) -> &mut C::Payload {
    match of.payload_mut() {
        Some(payload) => payload,
        None => other_variant(),
    }
}

/// The payload of a tangent of what a field holds.
#[inline(always)]
#[track_caller]
pub fn some_in_field<C: Carrier>(of: &C) -> &C::Payload {
    match of.payload() {
        Some(payload) => payload,
        None => other_variant(),
    }
}

/// Whether there is a payload.
#[inline(always)]
pub fn has_payload<C: Carrier>(of: &C) -> bool {
    of.payload().is_some()
}

/// What `unwrap_or_default` gives where there is no payload.
#[inline(always)]
pub fn default_of<C: Carrier<Payload: Default>>(_: &C) -> C::Payload {
    Default::default()
}
