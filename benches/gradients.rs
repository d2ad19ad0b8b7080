//! The distribution of the times, variant by variant. `cargo bench --bench gradients [-- filter]`

mod problems;

use divan::Bencher;
use problems::cases;

fn main() {
    divan::main();
}

fn names() -> Vec<String> {
    cases().into_iter().map(|case| case.name).collect()
}

fn time(bencher: Bencher<'_, '_>, name: &str, variant: usize) {
    let mut case = cases().into_iter().find(|case| case.name == name).expect("the names are those of the cases");
    // not every problem has a product with the Hessian
    if let Some((_, run)) = case.variants().into_iter().nth(variant) {
        bencher.bench_local(|| run(1));
    }
}

#[divan::bench(args = names())]
fn primal(bencher: Bencher<'_, '_>, name: &str) {
    time(bencher, name, 0);
}

#[divan::bench(args = names())]
fn generated(bencher: Bencher<'_, '_>, name: &str) {
    time(bencher, name, 1);
}

#[divan::bench(args = names())]
fn by_hand(bencher: Bencher<'_, '_>, name: &str) {
    time(bencher, name, 2);
}

#[divan::bench(args = names())]
fn product(bencher: Bencher<'_, '_>, name: &str) {
    time(bencher, name, 3);
}
