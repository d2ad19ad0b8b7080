//! Generated code as a reader sees it: what `CHAINRULE_EMIT` writes for the functions of `tests/expand/functions`, against
//! the snapshots beside them.
//!
//! With `CHAINRULE_SNAPSHOTS=overwrite` the snapshots are written anew.

use std::path::{Path, PathBuf};
use std::process::Command;

const FUNCTIONS: &[&str] =
    &["product", "dot", "recurrence", "huber", "newton", "smooth", "merge", "centred", "products", "residual", "area"];

/// Expands the functions into a folder. The compilation shares a target folder of its own, which only this test uses.
fn expand(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("expand");
    let into = scratch.join(name);
    // what the environment says at compile time is no input that cargo knows of
    let source = root.join("tests/expand/functions/lib.rs");
    let copy = scratch.join("functions");
    std::fs::create_dir_all(&copy).unwrap();
    let manifest = std::fs::read_to_string(root.join("tests/expand/functions/Cargo.toml")).unwrap();
    let manifest = manifest
        .replace("edition.workspace = true", "edition = \"2024\"")
        .replace("rust-version.workspace = true\n", "")
        .replace("license.workspace = true\n", "")
        .replace("[lints]\nworkspace = true\n", "[workspace]\n")
        .replace("../../..", &root.display().to_string());
    std::fs::write(copy.join("Cargo.toml"), manifest).unwrap();
    let text = std::fs::read_to_string(source).unwrap();
    std::fs::write(copy.join("lib.rs"), format!("{text}\n// {name}\n")).unwrap();
    let lock = std::fs::read(root.join("Cargo.lock")).unwrap();
    std::fs::write(copy.join("Cargo.lock"), lock).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .env("CHAINRULE_EMIT", &into)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    into.join("chainrule_expand")
}

#[test]
fn snapshots() {
    let (first, second) = (expand("first"), expand("second"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let overwrite = std::env::var_os("CHAINRULE_SNAPSHOTS").is_some_and(|value| value == "overwrite");
    for function in FUNCTIONS {
        let read = |folder: &Path| std::fs::read_to_string(folder.join(format!("{function}.rs"))).unwrap();
        let expanded = read(&first);
        assert_eq!(expanded, read(&second), "the expansion of `{function}` differs from run to run");
        absent(function, &expanded);
        let snapshot = folder.join(format!("{function}.expanded.rs"));
        if overwrite {
            std::fs::write(snapshot, expanded).unwrap();
            continue;
        }
        let kept = std::fs::read_to_string(snapshot).unwrap_or_default();
        assert!(kept == expanded, "`{function}` expands to something else than its snapshot:\n{expanded}");
    }
}

/// What hand-written code would not hold: zero terms, factors of one, storage that nothing reads.
fn absent(function: &str, expanded: &str) {
    for text in ["+ 0.0", "0.0 +", "- 0.0", "* 1.0", "1.0 *", "/ 1.0", "0.0 *"] {
        assert!(!expanded.contains(text), "the expansion of `{function}` holds `{text}`:\n{expanded}");
    }
    for line in expanded.lines().filter(|line| line.contains("Stack::")) {
        let name = line.trim().trim_start_matches("let mut ").split([' ', ':']).next().unwrap_or_default();
        let saves = ["push", "frame"].iter().any(|method| expanded.contains(&format!("{name}.{method}(")));
        assert!(saves, "nothing is saved to `{name}` in `{function}`");
    }
    let saves = |name: &str| expanded.contains(&format!("{name}_saved"));
    match function {
        "product" | "dot" | "huber" | "residual" => {
            assert!(!expanded.contains("Stack"), "`{function}` needs no storage:\n{expanded}");
        }
        "centred" => assert!(!saves("offset_value"), "`offset` is filled again:\n{expanded}"),
        "merge" => assert!(!saves("t"), "integers are counted back:\n{expanded}"),
        "recurrence" => assert!(!saves("x"), "`x` never changes:\n{expanded}"),
        _ => {}
    }
}
