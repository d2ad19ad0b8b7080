//! `cargo run -p chainrule-fuzz -- [programs] [first seed] [batch]`: checks random programs, and prints each that fails, made
//! small. A fourth number says how many are made small at most: that takes long. A fifth
//! number, 2, adds Hessian-vector products; `jacobians` in its place compares Jacobians and Hessians instead. `show <seed>` instead of the numbers prints the program of a seed.

use chainrule_fuzz::batch::Crates;
use chainrule_fuzz::{check, generate, print};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(default);
    if words.first().is_some_and(|word| word == "show") {
        println!("{}", print::print(&generate::generate(number(1, 0))));
        return ExitCode::SUCCESS;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz");
    let programs = number(0, 2000) as usize;
    let mut crates = Crates::new(&folder);
    crates.second_order = number(4, 1) == 2;
    crates.jacobians = words.get(4).is_some_and(|word| word == "jacobians");
    let (checked, findings) = check(number(1, 1_000_000), programs, number(2, 200) as usize, &crates);
    for finding in &findings {
        println!("seed {}: {}", finding.seed, finding.failure);
    }
    for finding in findings.iter().take(number(3, 5) as usize) {
        let finding = finding.shrunk(&crates);
        println!("// seed {}: {}\n{}", finding.seed, finding.failure, print::print(&finding.program));
    }
    println!("{checked} programs, {} of them fail", findings.len());
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
