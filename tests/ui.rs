//! Every refusal, at its token, with its help; and what must compile beside.

use std::path::{Path, PathBuf};

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}

/// Every text of `refusal/text.rs` stands in an expected message, and has a row in `docs/limitations.md` that names a case which
/// expects it. Every row is one of a text that is there.
#[test]
fn every_refusal_has_a_case_and_an_entry() {
    let refusals = refusals_of_the_macro();
    let expected: Vec<String> = expectations().iter().map(|path| read(path)).collect();
    let rows = rows("## Every refusal");
    assert!(refusals.len() > 50, "{}", refusals.len());
    for refusal in &refusals {
        assert!(expected.iter().any(|text| refusal.stands_in(text)), "no file in tests/ui expects {refusal:?}");
        let entries = rows.iter().filter(|row| refusal.stands_in(&row.message)).count();
        assert!(entries > 0, "docs/limitations.md has no entry for {refusal:?}");
    }
    for row in &rows {
        let of_row: Vec<&Refusal> = refusals.iter().filter(|refusal| refusal.stands_in(&row.message)).collect();
        assert!(!of_row.is_empty(), "no refusal says `{}`", row.message);
        for case in row.cases() {
            let text = read(&case);
            assert!(
                of_row.iter().any(|refusal| refusal.stands_in(&text)),
                "{case:?} does not expect `{}`",
                row.message
            );
        }
    }
}

/// What rustc reports has a section of its own, with cases too.
#[test]
fn every_entry_of_rustc_has_a_case() {
    for row in rows("## What rustc reports") {
        for case in row.cases() {
            assert!(read(&case).contains("error[E"), "{case:?} expects nothing of rustc's");
        }
    }
}

/// What of the first line of a refusal is the same for every function, in order.
#[derive(Debug)]
struct Refusal {
    #[allow(dead_code, reason = "shown where a test fails")]
    name: String,
    parts: Vec<String>,
}

impl Refusal {
    /// Whether a line of the text consists of the parts, with anything in between.
    fn stands_in(&self, text: &str) -> bool {
        text.lines().any(|line| {
            let message = line.trim_start_matches("error: ");
            let Some(mut rest) = message.strip_prefix(self.parts[0].as_str()) else { return false };
            for part in &self.parts[1..] {
                match rest.split_once(part.as_str()) {
                    Some((_, after)) => rest = after,
                    None => return false,
                }
            }
            rest.is_empty() || self.parts.last().is_some_and(String::is_empty)
        })
    }
}

fn refusals_of_the_macro() -> Vec<Refusal> {
    let source = read(&root().join("macros/src/refusal/text.rs"));
    let (_, display) = source.split_once("Display for Refusal").expect("the texts of the refusals");
    let refusal = |arm: &str| {
        let name: String = arm.chars().take_while(|c| c.is_alphanumeric()).collect();
        let text = arm.split('"').skip(1).step_by(2).find(|text| text.contains(' '));
        let text = text.unwrap_or_else(|| panic!("{name} has no text"));
        let text: String = text.split("\\\n").map(str::trim_start).collect();
        let line = text.split("\\n").next().unwrap_or_default();
        let parts =
            line.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest).to_owned()).collect();
        Refusal { name, parts }
    };
    display.split("\n            Self::").skip(1).map(refusal).collect()
}

/// A row of a table in `docs/limitations.md`.
struct Row {
    message: String,
    cases: String,
}

impl Row {
    /// The expected messages that the row names.
    fn cases(&self) -> Vec<PathBuf> {
        let names = self.cases.split('`').skip(1).step_by(2);
        names.map(|name| root().join(format!("tests/ui/{name}.stderr"))).collect()
    }
}

fn rows(section: &str) -> Vec<Row> {
    let document = read(&root().join("docs/limitations.md"));
    let (_, text) = document.split_once(&format!("\n{section}\n")).unwrap_or_else(|| panic!("a section `{section}`"));
    let text = text.split("\n## ").next().unwrap_or_default();
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.ends_with("| test |"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let row = Row { message: cells[0].to_owned(), cases: cells[cells.len() - 1].to_owned() };
        assert!(!row.cases().is_empty(), "a row without a case: {line}");
        row
    };
    lines.map(row).collect()
}

/// The files with expected messages.
fn expectations() -> Vec<PathBuf> {
    let files = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let all = files(root().join("tests/ui")).flat_map(files);
    all.filter(|path| path.extension().is_some_and(|extension| extension == "stderr")).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}
