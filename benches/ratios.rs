//! What a gradient costs relative to its primal: one line a problem.
//!
//! `cargo bench --bench ratios` times the variants of a problem in turn, so that a machine that slows down slows
//! all of them, and prints the shortest times: what other programs take away only ever makes a time longer. `cargo bench --bench ratios -- gmm` takes the problems with `gmm` in their names.
//!
//! `ratios CASE VARIANT TIMES` runs one variant that many times and prints no more than the value, and `ratios --list`
//! prints the cases: `benches/instructions.sh` counts instructions with them.

mod problems;

use problems::{Case, cases};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long a sample of one variant takes at least, and how many there are.
struct Effort {
    sample: Duration,
    rounds: usize,
}

const FULL: Effort = Effort { sample: Duration::from_millis(1), rounds: 101 };
/// Enough to see that everything runs: what `cargo test --benches` does.
const SMOKE: Effort = Effort { sample: Duration::from_micros(1), rounds: 1 };

fn main() -> ExitCode {
    let (flags, words): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let effort = if flags.iter().any(|flag| flag == "--bench") { FULL } else { SMOKE };
    match &words[..] {
        _ if flags.iter().any(|flag| flag == "--list") => list(),
        [case, variant, times] => run_only(case, variant, times),
        [] => print_table("", &effort),
        [filter] => print_table(filter, &effort),
        _ => fail("expected nothing, a filter, or CASE VARIANT TIMES"),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("ratios: {message}");
    ExitCode::FAILURE
}

fn list() -> ExitCode {
    for case in cases() {
        println!("{}", case.name);
    }
    ExitCode::SUCCESS
}

/// Runs one variant, so that a tool can count what it does.
fn run_only(name: &str, variant: &str, times: &str) -> ExitCode {
    let Ok(times) = times.parse() else { return fail(&format!("`{times}` is no number of times")) };
    let Some(mut case) = cases().into_iter().find(|case| case.name == name) else {
        return fail(&format!("there is no case `{name}`"));
    };
    let Some((_, run)) = case.variants().into_iter().find(|(name, _)| *name == variant) else {
        return fail(&format!("there is no variant `{variant}`: primal, generated, by-hand, product"));
    };
    println!("{}", run(times));
    ExitCode::SUCCESS
}

fn print_table(filter: &str, effort: &Effort) -> ExitCode {
    println!(
        "| problem | primal | generated gradient | gradient by hand | generated / primal | by hand / primal \
         | Hessian times vector / gradient | .. / primal |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for mut case in cases().into_iter().filter(|case| case.name.contains(filter)) {
        let seconds = shortest_times(&mut case, effort);
        let [primal, generated, by_hand] = [seconds[0], seconds[1], seconds[2]];
        let product = match seconds.get(3) {
            Some(product) => format!("{:.2} | {:.2}", product / generated, product / primal),
            None => "- | -".to_owned(),
        };
        println!(
            "| {} | {} | {} | {} | {:.2} | {:.2} | {product} |",
            case.name,
            in_units(primal),
            in_units(generated),
            in_units(by_hand),
            generated / primal,
            by_hand / primal
        );
    }
    ExitCode::SUCCESS
}

/// Seconds for one run of each variant: the least over rounds in which they take turns.
fn shortest_times(case: &mut Case, effort: &Effort) -> Vec<f64> {
    let times: Vec<usize> = case.variants().into_iter().map(|(_, run)| times_of_a_sample(run, effort)).collect();
    let mut seconds = vec![f64::INFINITY; times.len()];
    for _ in 0..effort.rounds {
        for (i, (_, run)) in case.variants().into_iter().enumerate() {
            seconds[i] = seconds[i].min(sample(run, times[i]).as_secs_f64() / times[i] as f64);
        }
    }
    seconds
}

/// How many runs take as long as a sample has to.
fn times_of_a_sample(run: &mut dyn FnMut(usize) -> f64, effort: &Effort) -> usize {
    let mut times = 1;
    while sample(run, times) < effort.sample {
        times *= 2;
    }
    times
}

fn sample(run: &mut dyn FnMut(usize) -> f64, times: usize) -> Duration {
    let start = Instant::now();
    run(times);
    start.elapsed()
}

fn in_units(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s => format!("{:.2} ms", s * 1e3),
    }
}
