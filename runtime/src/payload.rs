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

/// What `unwrap` takes out.
pub trait Unwrap {
    /// The payload of the successful variant.
    type Payload;

    /// Whether there is a payload.
    fn has_payload(&self) -> bool;
    /// The payload.
    fn unwrapped(&self) -> &Self::Payload;
    /// The payload, to change it.
    fn unwrapped_mut(&mut self) -> &mut Self::Payload;
}

impl<T> Unwrap for Option<T> {
    type Payload = T;

    #[inline(always)]
    fn has_payload(&self) -> bool {
        self.is_some()
    }

    #[inline(always)]
    #[track_caller]
    fn unwrapped(&self) -> &T {
        match self {
            Some(payload) => payload,
            None => panic!("called `Option::unwrap()` on a `None` value"),
        }
    }

    #[inline(always)]
    #[track_caller]
    fn unwrapped_mut(&mut self) -> &mut T {
        some_mut(self)
    }
}

impl<T, E: core::fmt::Debug> Unwrap for Result<T, E> {
    type Payload = T;

    #[inline(always)]
    fn has_payload(&self) -> bool {
        self.is_ok()
    }

    #[inline(always)]
    #[track_caller]
    fn unwrapped(&self) -> &T {
        match self {
            Ok(payload) => payload,
            Err(error) => panic!("called `Result::unwrap()` on an `Err` value: {error:?}"),
        }
    }

    #[inline(always)]
    #[track_caller]
    fn unwrapped_mut(&mut self) -> &mut T {
        ok_mut(self)
    }
}

/// A tangent of what a field holds: of an `Option`, or none where the field has no derivative, which then has none in it either.
pub trait Optional {
    /// The tangent of the payload.
    type Payload;

    /// The payload.
    fn payload(&self) -> &Self::Payload;
    /// The payload, to change it.
    fn payload_mut(&mut self) -> &mut Self::Payload;
}

impl<T> Optional for Option<T> {
    type Payload = T;

    #[inline(always)]
    #[track_caller]
    fn payload(&self) -> &T {
        some(self)
    }

    #[inline(always)]
    #[track_caller]
    fn payload_mut(&mut self) -> &mut T {
        some_mut(self)
    }
}

impl Optional for () {
    type Payload = ();

    #[inline(always)]
    fn payload(&self) -> &() {
        self
    }

    #[inline(always)]
    fn payload_mut(&mut self) -> &mut () {
        self
    }
}

/// [`Optional::payload`].
#[inline(always)]
#[track_caller]
pub fn some_in_field<O: Optional>(of: &O) -> &O::Payload {
    of.payload()
}

/// [`Optional::payload_mut`].
#[inline(always)]
#[track_caller]
pub fn some_in_field_mut<O: Optional>(of: &mut O) -> &mut O::Payload {
    of.payload_mut()
}

impl Unwrap for () {
    type Payload = ();

    #[inline(always)]
    fn has_payload(&self) -> bool {
        true
    }

    #[inline(always)]
    fn unwrapped(&self) -> &() {
        self
    }

    #[inline(always)]
    fn unwrapped_mut(&mut self) -> &mut () {
        self
    }
}

/// [`Unwrap::unwrapped`].
#[inline(always)]
#[track_caller]
pub fn unwrapped<W: Unwrap>(of: &W) -> &W::Payload {
    of.unwrapped()
}

/// [`Unwrap::unwrapped_mut`].
#[inline(always)]
#[track_caller]
pub fn unwrapped_mut<W: Unwrap>(of: &mut W) -> &mut W::Payload {
    of.unwrapped_mut()
}

/// [`Unwrap::has_payload`].
#[inline(always)]
pub fn has_payload<W: Unwrap>(of: &W) -> bool {
    of.has_payload()
}

/// What `unwrap_or_default` gives where there is no payload.
#[inline(always)]
pub fn default_of<W: Unwrap<Payload: Default>>(_: &W) -> W::Payload {
    Default::default()
}
