//! Crates of many programs, compiled and run in a target folder that they share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where crates are written.
pub struct Crates {
    folder: PathBuf,
    /// Whether Hessian-vector products are compared too.
    pub second_order: bool,
    /// Whether Jacobians and Hessians are compared instead.
    pub jacobians: bool,
}

/// What became of a program.
#[derive(Clone, Debug)]
pub enum Ran {
    /// It did not compile.
    Refused(String),
    /// It did not come to an end.
    Panicked,
    /// Lists of numbers.
    Returned(Vec<Vec<f64>>),
}

impl Crates {
    /// In a folder for scratch files.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.into(), second_order: false, jacobians: false }
    }

    /// Compiles modules, each with a function `run`, and runs them.
    ///
    /// # Panics
    /// If the crate can neither be compiled nor the module at fault be found.
    pub fn run(&self, modules: &[String]) -> Vec<Ran> {
        let mut refused = BTreeMap::new();
        loop {
            self.write(modules, &refused);
            let output = self.cargo("build");
            if output.status.success() {
                break;
            }
            let messages = String::from_utf8_lossy(&output.stderr);
            let found = errors(&messages);
            assert!(!found.is_empty(), "the crate of programs does not compile:\n{messages}");
            refused.extend(found);
        }
        let output = self.cargo("run");
        let mut returned: BTreeMap<usize, Vec<Vec<f64>>> = BTreeMap::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let mut words = line.split_whitespace();
            let Some(Ok(module)) = words.next().map(str::parse) else { continue };
            let numbers = words.map(|word| word.parse().unwrap_or(f64::NAN));
            returned.entry(module).or_default().push(numbers.collect());
        }
        let ran = (0..modules.len()).map(|module| match (refused.remove(&module), returned.remove(&module)) {
            (Some(message), _) => Ran::Refused(message),
            (None, Some(numbers)) => Ran::Returned(numbers),
            (None, None) => Ran::Panicked,
        });
        ran.collect()
    }

    fn cargo(&self, command: &str) -> std::process::Output {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([command, "--quiet", "--message-format", "short"])
            .current_dir(self.folder.join("crate"))
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo runs")
    }

    fn manifest(&self, root: &Path) -> String {
        let features = if self.jacobians { "\"std\", \"nalgebra\", \"sparse\"" } else { "\"std\"" };
        format!(
            "[package]\nname = \"random-programs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nchainrule = \
             {{ path = {root:?}, default-features = false, features = [{features}] }}\n\n[profile.dev]\ndebug = false\n\n\
             [workspace]\n"
        )
    }

    fn write(&self, modules: &[String], refused: &BTreeMap<usize, String>) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let source = self.folder.join("crate/src");
        let put = |path: PathBuf, text: &str| std::fs::write(path, text).expect("the scratch folder can be written");
        std::fs::create_dir_all(&source).expect("the scratch folder can be written");
        put(self.folder.join("crate/Cargo.toml"), &self.manifest(&root));
        let lock = std::fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
        put(self.folder.join("crate/Cargo.lock"), &lock);
        let mut main = String::from("#![allow(warnings)]\n");
        let mut calls = String::new();
        for (number, module) in modules.iter().enumerate().filter(|(number, _)| !refused.contains_key(number)) {
            put(source.join(format!("p{number}.rs")), module);
            main.push_str(&format!("mod p{number};\n"));
            calls.push_str(&format!("    show({number}, p{number}::run);\n"));
        }
        main.push_str(SHOW);
        main.push_str(&format!("fn main() {{\n    std::panic::set_hook(Box::new(|_| ()));\n{calls}}}\n"));
        put(source.join("main.rs"), &main);
    }
}

/// Prints what a module returns, if it returns.
const SHOW: &str = "
fn show(number: usize, run: fn() -> Vec<Vec<f64>>) {
    for list in std::panic::catch_unwind(run).unwrap_or_default() {
        let words: Vec<String> = list.iter().map(|x| format!(\"{x:?}\")).collect();
        println!(\"{number} {}\", words.join(\" \"));
    }
}
";

/// The first error of each module, from lines such as `src/p3.rs:2:5: error: ..`.
fn errors(messages: &str) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    for line in messages.lines() {
        let Some((place, message)) = line.split_once(": error") else { continue };
        let module =
            place.split('/').next_back().and_then(|file| file.strip_prefix('p')?.split_once(".rs")?.0.parse().ok());
        if let Some(module) = module {
            found.entry(module).or_insert_with(|| message.trim_start_matches(": ").to_string());
        }
    }
    found
}
