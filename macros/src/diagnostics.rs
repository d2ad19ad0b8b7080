//! The collector of errors: all of one function, in source order, in one compile.

use crate::refusal::Refusal;
use proc_macro2::{Span, TokenStream};

/// Collects errors; must be finished, so that none is lost.
pub struct Diagnostics {
    errors: Vec<syn::Error>,
    finished: bool,
}

impl Diagnostics {
    /// No error yet.
    pub fn new() -> Self {
        Self { errors: Vec::new(), finished: false }
    }

    /// Records an error found while parsing.
    pub fn error(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Records that a construct is refused. The same refusal at the same place is said once.
    pub fn refuse(&mut self, span: Span, refusal: &Refusal) {
        let error = syn::Error::new(span, refusal.to_string());
        let key = |e: &syn::Error| (format!("{:?}", e.span()), e.to_string());
        if !self.errors.iter().any(|known| key(known) == key(&error)) {
            self.errors.push(error);
        }
    }

    /// Whether something was refused for this reason.
    pub fn has(&self, refusal: &Refusal) -> bool {
        let text = refusal.to_string();
        self.errors.iter().any(|error| error.to_string() == text)
    }

    /// Takes over what another collector has found.
    pub fn absorb(&mut self, mut other: Self) {
        other.finished = true;
        self.errors.append(&mut other.errors);
    }

    /// Forgets what was found, because another pass will look again.
    pub fn discard(mut self) {
        self.finished = true;
    }

    /// Whether anything was recorded.
    pub fn any(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Ends the collection: nothing, or the tokens that report every error.
    pub fn finish(mut self) -> Result<(), TokenStream> {
        self.finished = true;
        let mut errors = std::mem::take(&mut self.errors);
        errors.sort_by_key(|error| (error.span().start().line, error.span().start().column));
        match errors.into_iter().reduce(|mut all, next| {
            all.combine(next);
            all
        }) {
            None => Ok(()),
            Some(all) => Err(all.to_compile_error()),
        }
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        debug_assert!(self.finished || std::thread::panicking(), "diagnostics were dropped unread");
    }
}
