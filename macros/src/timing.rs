//! How long an expansion takes: with `CHAINRULE_TIMINGS=<file>` set while a crate compiles, each item adds the line
//! `name, tab, microseconds` to the file. `benches/expansion.sh` makes a table of it.
//!
//! From the tokens that come in to the tokens that go out; writing for `CHAINRULE_EMIT` is part of it. It is processor time
//! where the system tells that of a thread, as other programs do not lengthen it, and else the time that passed.

use proc_macro2::{TokenStream, TokenTree};
use std::fs::OpenOptions;
use std::io::Write;
use std::time::{Duration, Instant};

/// Runs the expansion of an item, and notes its time if the environment asks for it. An unwritable file loses the note,
/// not the compilation.
pub fn timed(item: TokenStream, expand: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
    let Some(path) = std::env::var_os("CHAINRULE_TIMINGS").filter(|path| !path.is_empty()) else { return expand(item) };
    let name = name(&item);
    let (start, spent_before) = (Instant::now(), processor_time());
    let expanded = expand(item);
    let time = match (spent_before, processor_time()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    };
    let line = format!("{name}\t{}\n", time.as_micros());
    let file = OpenOptions::new().create(true).append(true).open(path);
    if let Err(error) = file.and_then(|mut file| file.write_all(line.as_bytes())) {
        eprintln!("`CHAINRULE_TIMINGS`: {error}");
    }
    expanded
}

/// The processor time of this thread so far, on Linux. The system brings the number up to date when the thread yields.
fn processor_time() -> Option<Duration> {
    std::thread::yield_now();
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The keywords that open an item whose name follows.
const KEYWORDS: [&str; 5] = ["fn", "impl", "trait", "struct", "enum"];

/// What follows the keyword that opens the item.
fn name(item: &TokenStream) -> String {
    let opens = |token: &TokenTree| match token {
        TokenTree::Ident(word) => KEYWORDS.iter().any(|keyword| word == keyword),
        _ => false,
    };
    let mut tokens = item.clone().into_iter().skip_while(|token| !opens(token)).skip(1);
    tokens.next().map_or_else(|| "?".into(), |token| token.to_string())
}
