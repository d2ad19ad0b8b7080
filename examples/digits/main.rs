//! Can a network learn to read with nothing but generated derivatives?
//!
//! Trains a multilayer perceptron on 1797 handwritten digits, prints how many it reads rightly, and draws its progress
//! and its mistakes to `target/digits/`. Expected: 97.5% of the test images or more, on average over seeds.
//!
//! ```text
//! cargo run --release --example digits -- --seed 3 --hidden 64,32 --epochs 40
//! ```

mod draw;
mod options;
#[path = "../common/whole.rs"]
mod whole;

use chainrule::data::{Dataset, read_csv};
use chainrule::differentiable;
use chainrule::init::Init;
use chainrule::loss::softmax_cross_entropy;
use chainrule::nn::{Activation, Mlp, mlp};
use chainrule::optim::Adam;
use chainrule::train::{Epoch, Training};
use nalgebra::DMatrix;
use options::Options;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

const CLASSES: usize = 10;
/// Pixels are whole numbers up to this.
const WHITEST: f32 = 16.0;
const TRAINING_SHARE: f64 = 0.75;

/// The loss of a batch; its gradient is what trains the network.
#[differentiable(wrt(model))]
fn loss(model: &Mlp<f32>, images: &DMatrix<f32>, labels: &[usize]) -> f32 {
    let logits = mlp(model, images);
    softmax_cross_entropy(&logits, labels)
}

/// What is measured after an epoch; accuracies are shares of 1.
struct Metrics {
    train_loss: f64,
    test_loss: f64,
    train_accuracy: f64,
    test_accuracy: f64,
}

fn measure(model: &Mlp<f32>, train: &Dataset<f32>, test: &Dataset<f32>) -> Metrics {
    let [(train_loss, train_accuracy), (test_loss, test_accuracy)] = [train, test].map(|part| {
        let logits = model.forward(&part.inputs);
        (f64::from(softmax_cross_entropy(&logits, &part.labels)), part.accuracy(&logits))
    });
    Metrics { train_loss, test_loss, train_accuracy, test_accuracy }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let mut digits = read_csv::<f32>(&options.data, CLASSES)?;
    digits.inputs /= WHITEST;
    let (train, test) = digits.split(TRAINING_SHARE, options.seed)?;

    let widths: Vec<usize> = [&[digits.features()], &options.hidden[..], &[CLASSES]].concat();
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    let mut model = Mlp::new(&widths, Activation::Relu, Init::HeNormal, &mut rng)?;
    println!("{} examples to learn from, {} to test; {} parameters", train.len(), test.len(), model.parameters());

    let training = Training { epochs: options.epochs, batch: options.batch, seed: options.seed, progress: true };
    let begun = Instant::now();
    let epochs = training.run(
        &mut model,
        &Adam::new(options.rate),
        train.len(),
        |model, indices| {
            let batch = train.select(indices);
            let (value, gradient) = loss::value_and_grad(model, &batch.inputs, &batch.labels);
            (f64::from(value), gradient)
        },
        |model| measure(model, &train, &test),
    )?;
    report(&epochs, begun.elapsed().as_secs_f64());

    draw::curves(&options.folder.join("curves.svg"), &epochs)?;
    let read = draw::mistakes(&options.folder.join("mistakes.svg"), &test, &model.forward(&test.inputs))?;
    println!("{read} of {} test images misread; see {}", test.len(), options.folder.display());
    Ok(())
}

fn report(epochs: &[Epoch<Metrics>], seconds: f64) {
    let Some(last) = epochs.last() else { return println!("no epoch, so nothing was learnt") };
    println!("{} epochs in {seconds:.1} s; loss {:.4}", epochs.len(), last.loss);
    println!("accuracy on the training images {:.2}%", 100.0 * last.metrics.train_accuracy);
    println!("accuracy on the test images {:.2}%", 100.0 * last.metrics.test_accuracy);
}

fn main() -> ExitCode {
    match run(&Options::from_command_line()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
