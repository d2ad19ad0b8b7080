//! Generated code as files: with `CHAINRULE_EMIT=<dir>` set while a crate compiles, the companion of each function is
//! written to `<dir>/<crate>/<function>.rs`.
//!
//! The text goes through `rustfmt` where that is installed, else through a plain layout of one statement a line. A name
//! that a crate uses twice gets a number from its second function on, in order of expansion.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// The number of files that this compilation has written under a path.
static WRITTEN: Mutex<BTreeMap<PathBuf, usize>> = Mutex::new(BTreeMap::new());

/// Writes generated code if the environment asks for it; says what went wrong.
pub fn write_if_asked(function: &str, generated: &TokenStream) -> Result<(), String> {
    let Some(dir) = std::env::var_os("CHAINRULE_EMIT").filter(|dir| !dir.is_empty()) else { return Ok(()) };
    let dir = Path::new(&dir).join(std::env::var_os("CARGO_CRATE_NAME").unwrap_or_else(|| "crate".into()));
    let path = numbered(&dir, function);
    std::fs::create_dir_all(&dir)
        .and_then(|()| std::fs::write(&path, formatted(generated)))
        .map_err(|error| format!("`CHAINRULE_EMIT`: cannot write `{}`: {error}", path.display()))
}

fn numbered(dir: &Path, function: &str) -> PathBuf {
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let name = function.strip_prefix("r#").unwrap_or(function);
    let count = written.entry(dir.join(name)).or_insert(0);
    *count += 1;
    match *count {
        1 => dir.join(format!("{name}.rs")),
        count => dir.join(format!("{name}_{count}.rs")),
    }
}

fn formatted(generated: &TokenStream) -> String {
    // `rustfmt` leaves the path of a macro as it finds it, and long lines are broken behind it
    let layout = |gates| {
        let text = lines(generated.clone(), 0, gates);
        ["vec! [", "vec!\n["]
            .iter()
            .fold(text, |text, start| text.replace(&format!(":: chainrule :: __private :: {start}"), VEC))
    };
    let source =
        rustfmt(&layout(Gates::AsItems)).map_or_else(|| layout(Gates::AsTheyAre), |source| with_gates(&source));
    source.lines().map(|line| doc_comment(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

const VEC: &str = "::chainrule::__private::vec![";

/// What becomes of `::chainrule::__if_nalgebra! { .. }` and its kin, in which `rustfmt` would change nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gates {
    AsTheyAre,
    /// `fn __if_nalgebra() { impl Gated { .. } }`
    AsItems,
}

/// Writes macros again where items stand for them.
fn with_gates(source: &str) -> String {
    let mut out = String::new();
    let mut source = source.lines();
    while let Some(line) = source.next() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let Some(gate) = line.trim_start().strip_prefix("fn __if_").and_then(|rest| rest.strip_suffix("() {")) else {
            out += &format!("{line}\n");
            continue;
        };
        out += &format!("{indent}::chainrule::__if_{gate}! {{\n");
        let end = format!("{indent}    }}");
        let inside = source.by_ref().skip(1).take_while(|line| *line != end);
        inside.for_each(|line| out += &format!("{}\n", line.strip_prefix("    ").unwrap_or(line)));
    }
    out
}

/// `#[doc = "text"]` as `/// text`.
fn doc_comment(line: &str) -> Option<String> {
    let (indent, attribute) = line.split_at(line.len() - line.trim_start().len());
    let text = attribute.strip_prefix("#[doc = \"")?.strip_suffix("\"]")?;
    let text = text.replace("\\\"", "\"").replace("\\\\", "\\");
    Some(format!("{indent}/// {text}"))
}

fn rustfmt(source: &str) -> Option<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=100"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(source.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    if output.status.success() { String::from_utf8(output.stdout).ok() } else { None }
}

/// One statement a line, indented by the depth of its braces.
fn lines(tokens: TokenStream, depth: usize, gates: Gates) -> String {
    let indent = "    ".repeat(depth);
    let mut out = String::new();
    let mut line = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let head = std::mem::take(&mut line).to_string();
                let body = lines(group.stream(), depth + 1, gates);
                out += &match head.split_once("__if_").filter(|_| gates == Gates::AsItems) {
                    Some((_, gate)) => {
                        let gate = gate.trim_end_matches([' ', '!']);
                        format!("{indent}fn __if_{gate}() {{ impl Gated {{\n{body}{indent}}} }}\n")
                    }
                    None => format!("{indent}{head} {{\n{body}{indent}}}\n"),
                };
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                out += &format!("{indent}{};\n", std::mem::take(&mut line));
            }
            other => line.extend([other]),
        }
    }
    if line.is_empty() { out } else { format!("{out}{indent}{line}\n") }
}
