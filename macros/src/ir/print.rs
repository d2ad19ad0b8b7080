//! The text form of the IR, for messages of the verifier and for debugging.
