//! Networks, losses and training, of which every derivative is generated.

use chainrule::check::assert_grad;
use chainrule::data::read_csv;
use chainrule::init::Init;
use chainrule::loss::{mean_squared_error, softmax_cross_entropy};
use chainrule::nn::{Activation, Mlp, MlpTangent, mlp};
use chainrule::optim::{Adam, Optimizer, Sgd};
use chainrule::second_order::{lanczos, power_iteration};
use chainrule::train::Training;
use chainrule::{Differentiable, Error, differentiable};
use nalgebra::DMatrix;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::PathBuf;

#[differentiable(wrt(model), order = 2)]
fn classification(model: &Mlp<f64>, x: &DMatrix<f64>, labels: &[usize]) -> f64 {
    let z = mlp(model, x);
    softmax_cross_entropy(&z, labels)
}

#[differentiable(wrt(model, x), order = 2)]
fn regression(model: &Mlp<f64>, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
    let prediction = mlp(model, x);
    mean_squared_error(&prediction, y)
}

fn network(activation: Activation) -> Mlp<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut model = Mlp::new(&[3, 5, 4, 2], activation, Init::GlorotNormal, &mut rng).unwrap();
    for layer in &mut model.layers {
        layer.bias.fill(0.1);
    }
    model
}

fn input() -> DMatrix<f64> {
    DMatrix::from_fn(3, 6, |i, j| ((3 * j + i) as f64 * 0.73).sin())
}

#[test]
fn gradients_of_networks_agree_with_differences() {
    let (x, labels) = (input(), [0, 1, 1, 0, 1, 0]);
    let y = DMatrix::from_fn(2, 6, |i, j| ((2 * j + i) as f64 * 0.41).cos());
    for activation in [Activation::Identity, Activation::Relu, Activation::Tanh, Activation::Sigmoid] {
        let model = network(activation);
        let gradient = classification::grad(&model, &x, &labels);
        assert_grad(|model| classification(model, &x, &labels), &gradient, &model);
        let gradient = regression::grad(&model, &x, &y);
        assert_grad(|(model, x)| regression(model, x, &y), &gradient, &(model, x.clone()));
    }
}

/// The tangent with these components, in the order of the layers.
fn direction(model: &Mlp<f64>, component: impl Fn(usize) -> f64) -> MlpTangent<f64> {
    let mut direction = model.zero_tangent();
    let entries = direction.layers.iter_mut().flat_map(|layer| layer.weights.iter_mut().chain(layer.bias.iter_mut()));
    entries.enumerate().for_each(|(index, entry)| *entry = component(index));
    direction
}

fn components(tangent: &MlpTangent<f64>) -> Vec<f64> {
    tangent.layers.iter().flat_map(|layer| layer.weights.iter().chain(layer.bias.iter()).copied()).collect()
}

fn dot(a: &MlpTangent<f64>, b: &MlpTangent<f64>) -> f64 {
    components(a).iter().zip(components(b)).map(|(a, b)| a * b).sum()
}

#[test]
fn products_with_the_hessian_agree_with_differences_of_gradients() {
    let (x, labels) = (input(), [0, 1, 1, 0, 1, 0]);
    for activation in [Activation::Identity, Activation::Relu, Activation::Tanh, Activation::Sigmoid] {
        let model = network(activation);
        let [v, w] = [0.37, 0.91].map(|rate| direction(&model, |index| (index as f64 * rate).sin()));
        let product = classification::hvp(&model, &x, &labels, &v);
        let step = 1e-5;
        let gradient = |step: f64| {
            let mut moved = model.clone();
            for (layer, v) in moved.layers.iter_mut().zip(&v.layers) {
                layer.weights += &v.weights * step;
                layer.bias += &v.bias * step;
            }
            components(&classification::grad(&moved, &x, &labels))
        };
        for ((above, below), product) in gradient(step).iter().zip(gradient(-step)).zip(components(&product)) {
            assert!(((above - below) / (2.0 * step) - product).abs() < 1e-8, "{activation:?}");
        }
        // the Hessian is symmetric
        let other = classification::hvp(&model, &x, &labels, &w);
        assert!((dot(&w, &product) - dot(&v, &other)).abs() < 1e-13, "{activation:?}");
    }
}

#[test]
fn the_sharpest_direction_of_a_loss_is_found_by_either_iteration() {
    let (x, labels) = (input(), [0, 1, 1, 0, 1, 0]);
    let model = network(Activation::Tanh);
    let product = |v: &MlpTangent<f64>| classification::hvp(&model, &x, &labels, v);
    let start = direction(&model, |index| 1.0 / (1.0 + index as f64));
    let by_power = power_iteration(product, start.clone(), 1e-7, 2000);
    let by_lanczos = lanczos(product, start, 60).expect("a start that is not zero");
    assert!((by_power.value - by_lanczos.largest.value).abs() < 1e-6 * by_power.value);
    // it is an eigenvector: no other direction of the Krylov space is steeper
    assert!(by_power.value > 0.0 && by_lanczos.smallest.value < by_power.value);
}

#[test]
fn large_logits_do_not_overflow() {
    let z = DMatrix::from_row_slice(2, 2, &[1000.0, -1000.0, 0.0, 1000.0]);
    assert_eq!(softmax_cross_entropy(&z, &[0, 1]), 0.0);
    assert_eq!(softmax_cross_entropy(&z, &[1, 0]), 1500.0);
    let (value, gradient) = softmax_cross_entropy::value_and_grad(&z, &[1, 0]);
    assert_eq!((value, gradient), (1500.0, DMatrix::from_row_slice(2, 2, &[0.5, -0.5, -0.5, 0.5])));
}

#[test]
fn the_loss_of_equal_logits_is_the_logarithm_of_the_classes() {
    let z = DMatrix::<f64>::zeros(10, 3);
    assert!((softmax_cross_entropy(&z, &[1, 4, 9]) - 10.0_f64.ln()).abs() < 1e-15);
}

#[test]
fn training_fits_a_small_problem() {
    let (x, labels) = (input(), [0, 1, 1, 0, 1, 0]);
    fn train<O: Optimizer<Mlp<f64>>>(optimizer: &O, x: &DMatrix<f64>, labels: &[usize]) -> f64 {
        let mut model = network(Activation::Tanh);
        let training = Training { epochs: 400, batch: 4, seed: 1, progress: false };
        let gradient = |model: &Mlp<f64>, batch: &[usize]| {
            let labels: Vec<usize> = batch.iter().map(|&index| labels[index]).collect();
            classification::value_and_grad(model, &x.select_columns(batch), &labels)
        };
        let epochs = training.run(&mut model, optimizer, labels.len(), gradient, |_| ()).unwrap();
        assert_eq!(epochs.len(), 400);
        classification(&model, x, labels)
    }
    assert!(train(&Adam::new(0.02), &x, &labels) < 0.05);
    assert!(train(&Sgd::new(0.1).with_momentum(0.9), &x, &labels) < 0.05);
}

#[test]
fn widths_and_batches_are_checked() {
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    for widths in [&[][..], &[3], &[3, 0, 2]] {
        let made = Mlp::<f64>::new(widths, Activation::Relu, Init::HeNormal, &mut rng);
        assert!(matches!(made, Err(Error::Widths { .. })), "{widths:?}");
    }
    let training = Training { epochs: 1, batch: 0, seed: 0, progress: false };
    let mut x = [0.0_f64];
    assert!(training.run(&mut x, &Sgd::new(0.1), 3, |_, _| (0.0, [0.0]), |_| ()).is_err());
}

/// What reading a file with this text says.
fn complaint(name: &str, text: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    let error = read_csv::<f64>(&path, 10).unwrap_err().to_string();
    error.replace(&path.display().to_string(), "FILE")
}

#[test]
fn bad_files_are_told_by_line_and_column() {
    let missing = read_csv::<f64>(&PathBuf::from("no/such/file.csv"), 10).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read no/such/file.csv: "), "{missing}");
    let cases: [(&str, &[u8], &str); 10] = [
        ("empty.csv", b"", "FILE holds no examples"),
        ("header.csv", b"a,b,label\n", "FILE holds no examples"),
        ("short.csv", b"a,b,label\n1,2,3\n1,2\n", "FILE, line 3, column 3: 2 values instead of 3"),
        ("long.csv", b"a,b,label\n1,2,3,4\n", "FILE, line 2, column 4: 4 values instead of 3"),
        ("word.csv", b"a,b,label\n1,two,3\n", "FILE, line 2, column 2: `two` is not a number"),
        ("nan.csv", b"a,b,label\n1,2,3\nNaN,2,3\n", "FILE, line 3, column 1: `NaN` is not a finite number"),
        ("gap.csv", b"a,b,label\n1,,3\n", "FILE, line 2, column 2: `` is not a number"),
        ("class.csv", b"a,b,label\n1,2,10\n", "FILE, line 2, column 3: the label 10 is not below 10"),
        ("half.csv", b"a,b,label\n1,2,0.5\n", "FILE, line 2, column 3: `0.5` is not a label, a whole number below 10"),
        ("bytes.csv", b"a,b,label\n1,\xff,3\n", "FILE, line 2, column 2: the text is not UTF-8"),
    ];
    for (name, text, expected) in cases {
        assert_eq!(complaint(name, text), expected);
    }
}

#[test]
fn a_good_file_is_read_column_by_column() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("good.csv");
    std::fs::write(&path, "a, b, label\n1, 2.5, 3\n-4, 5e-1, 0\n").unwrap();
    let data = read_csv::<f64>(&path, 4).unwrap();
    assert_eq!(data.inputs, DMatrix::from_row_slice(2, 2, &[1.0, -4.0, 2.5, 0.5]));
    assert_eq!(data.labels, [3, 0]);
}
