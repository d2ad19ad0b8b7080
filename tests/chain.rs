//! The orders of a chain of Jacobians: the figures of the literature, the formulas, and every bracketing there is.

use chainrule::chain::{Chain, ChainError, Order, WIDEST, product};
use chainrule::init::Init;
use chainrule::nn::{Activation, Mlp, mlp};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

fn chain(widths: &[usize]) -> Chain {
    Chain::new(widths).expect("the widths are a chain")
}

fn costs(widths: &[usize]) -> [u128; 3] {
    let chain = chain(widths);
    [chain.forward(), chain.reverse(), chain.optimal()].map(|order| order.multiplications())
}

/// The least cost among all bracketings of the layers `first..=last`, by trying every one.
fn least(widths: &[usize], first: usize, last: usize) -> u128 {
    let outer = |split: usize| (widths[first - 1] * widths[split] * widths[last]) as u128;
    (first..last)
        .map(|split| least(widths, first, split) + least(widths, split + 1, last) + outer(split))
        .min()
        .unwrap_or(0)
}

#[test]
fn a_classifier_is_cheapest_in_reverse() {
    assert_eq!(costs(&[784, 512, 256, 10]), [104_767_488, 5_324_800, 5_324_800]);
    assert_eq!(chain(&[784, 512, 256, 10]).optimal(), chain(&[784, 512, 256, 10]).reverse());
}

#[test]
fn a_bottleneck_is_cheapest_from_both_ends() {
    assert_eq!(costs(&[10, 50, 2, 50, 10]), [7000, 7000, 2200]);
    assert_eq!(chain(&[10, 50, 2, 50, 10]).optimal().to_string(), "(J4 J3) (J2 J1)");
}

#[test]
fn one_input_is_cheapest_forward() {
    assert_eq!(costs(&[1, 64, 64, 64, 64]), [12_288, 528_384, 12_288]);
}

#[test]
fn a_hidden_bottleneck_of_one_beats_reverse_even_for_one_output() {
    assert_eq!(costs(&[2, 7, 1, 1]), [16, 21, 16]);
}

#[test]
fn the_textbook_chain_has_its_known_minimum() {
    // Cormen et al., section 15.2: 30×35, 35×15, 15×5, 5×10, 10×20, 20×25, ((A1 (A2 A3)) ((A4 A5) A6))
    let order = chain(&[25, 20, 10, 5, 15, 35, 30]).optimal();
    assert_eq!(order.multiplications(), 15_125);
    assert_eq!(order.to_string(), "(J6 (J5 J4)) ((J3 J2) J1)");
}

#[test]
fn orders_are_written_with_the_brackets_they_need() {
    let chain = chain(&[2, 3, 4, 5]);
    assert_eq!(chain.forward().to_string(), "J3 (J2 J1)");
    assert_eq!(chain.reverse().to_string(), "(J3 J2) J1");
    let one = Chain::new([2, 3]).expect("one layer is a chain");
    for order in [one.forward(), one.reverse(), one.optimal()] {
        assert_eq!((order.to_string().as_str(), order.multiplications(), order.memory()), ("J1", 0, 6));
    }
}

#[test]
fn memory_is_what_the_products_hold() {
    let chain = chain(&[10, 50, 2, 50, 10]);
    // J1, J2 and J2 J1: 500 + 100 + 20, then J3 (100) and its product (500), then J4 (500) and the result (100)
    assert_eq!(chain.forward().memory(), 500 + 500 + 100);
    // all four, and J4 J3 (20), which then frees 600; J2 and (10 × 50)
    assert_eq!(chain.reverse().memory(), 500 + 100 + 100 + 500 + 20);
    // J2 J1 (20), J3, J4 and J4 J3: the largest moment is the first
    assert_eq!(chain.optimal().memory(), 20 + 100 + 500 + 20);
}

#[test]
fn what_is_no_chain_is_an_error() {
    assert_eq!(Chain::new([]), Err(ChainError::NoLayer { widths: 0 }));
    assert_eq!(Chain::new([3]), Err(ChainError::NoLayer { widths: 1 }));
    assert_eq!(Chain::new([3, 0, 2]), Err(ChainError::Width { position: 1, width: 0 }));
    assert_eq!(Chain::new([3, 2, WIDEST + 1]), Err(ChainError::Width { position: 2, width: WIDEST + 1 }));
    let [a, b] = [DMatrix::<f64>::zeros(3, 2), DMatrix::<f64>::zeros(4, 5)];
    assert_eq!(product::<f64>(&[]), Err(ChainError::NoLayer { widths: 0 }));
    assert_eq!(product(&[a.clone(), b]), Err(ChainError::Shape { layer: 2, expected: (4, 3), got: (4, 5) }));
    let two = chain(&[2, 3, 4]);
    assert_eq!(two.forward().product(&[a]), Err(ChainError::Count { expected: 2, got: 1 }));
    let message = ChainError::Shape { layer: 2, expected: (4, 3), got: (4, 5) }.to_string();
    assert_eq!(message, "J2 is 4 × 5, and 4 × 3 is expected");
}

#[test]
fn the_widest_and_the_longest_do_not_overflow() {
    assert_eq!(chain(&[WIDEST; 4]).optimal().multiplications(), 2 << 93);
    let long = chain(&[1; 200]);
    assert_eq!(long.optimal().multiplications(), 198);
    assert_eq!(chain(&[1; 20_000]).forward().multiplications(), 19_998);
}

#[test]
fn the_jacobian_of_a_network_has_the_columns_of_forward_mode() {
    // the last is cheapest from both ends
    for widths in [&[4, 3][..], &[7, 5, 2], &[1, 6, 6, 6], &[6, 12, 2, 12, 6]] {
        for activation in [Activation::Identity, Activation::Relu, Activation::Tanh, Activation::Sigmoid] {
            let mut rng = ChaCha8Rng::seed_from_u64(5);
            let model: Mlp<f64> = Mlp::new(widths, activation, Init::GlorotNormal, &mut rng).expect("the widths fit");
            let x = DVector::from_fn(widths[0], |i, _| (i as f64 * 0.73).sin() + 0.2);
            let jacobian = model.jacobian(&x).expect("there are layers");
            let (input, still) =
                (DMatrix::from_column_slice(x.len(), 1, x.as_slice()), chainrule::Differentiable::zero_tangent(&model));
            for j in 0..widths[0] {
                let unit = DMatrix::from_fn(widths[0], 1, |i, _| f64::from(i == j));
                let (_, column) = mlp::jvp(&model, &input, (&still, &unit));
                assert!(
                    (jacobian.column(j) - column.column(0)).amax() < 1e-13,
                    "{widths:?}, {activation:?}, column {j}"
                );
            }
        }
    }
    let empty: Mlp<f64> = Mlp { layers: Vec::new() };
    assert_eq!(empty.jacobian(&DVector::zeros(3)), Err(ChainError::NoLayer { widths: 0 }));
}

fn widths(layers: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(1_usize..=12, layers.start() + 1..=layers.end() + 1)
}

proptest! {
    #[test]
    fn forward_and_reverse_cost_what_their_formulas_say(widths in widths(1..=9)) {
        let last = widths.len() - 1;
        let pairs = |from: usize, to: usize| (from..to).map(|l| widths[l] * widths[l + 1]).sum::<usize>();
        let [forward, reverse, _] = costs(&widths);
        prop_assert_eq!(forward, (widths[0] * pairs(1, last)) as u128);
        prop_assert_eq!(reverse, (widths[last] * pairs(0, last - 1)) as u128);
    }

    #[test]
    fn no_bracketing_is_cheaper_than_the_best(widths in widths(1..=7)) {
        prop_assert_eq!(costs(&widths)[2], least(&widths, 1, widths.len() - 1));
    }

    // d_L = 1, as every loss: see the proof in the documentation of the module
    #[test]
    fn reverse_is_the_best_for_one_output(mut widths in prop::collection::vec(2_usize..=12, 1..=9)) {
        widths.push(1);
        let [_, reverse, best] = costs(&widths);
        prop_assert_eq!(best, reverse);
    }

    #[test]
    fn forward_is_the_best_for_one_input(mut widths in prop::collection::vec(2_usize..=12, 1..=9)) {
        widths.insert(0, 1);
        let [forward, _, best] = costs(&widths);
        prop_assert_eq!(best, forward);
    }

    #[test]
    fn all_orders_have_one_product(widths in widths(1..=7)) {
        // small whole numbers, so that no order rounds
        let entry = |i: usize, j: usize| ((5 * i + 3 * j) % 7) as f64 - 3.0;
        let jacobians: Vec<_> =
            widths.windows(2).map(|pair| DMatrix::from_fn(pair[1], pair[0], entry)).collect();
        let mut expected = DMatrix::identity(widths[0], widths[0]);
        for jacobian in &jacobians {
            expected = jacobian * expected;
        }
        let chain = chain(&widths);
        let of = |order: Order| order.product(&jacobians);
        prop_assert_eq!(of(chain.forward()), Ok(expected.clone()));
        prop_assert_eq!(of(chain.reverse()), Ok(expected.clone()));
        prop_assert_eq!(of(chain.optimal()), Ok(expected.clone()));
        prop_assert_eq!(product(&jacobians), Ok(expected));
    }

    #[test]
    fn every_order_holds_the_result_and_at_most_everything(widths in widths(1..=9)) {
        let chain = chain(&widths);
        let all: usize = widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let result = widths[0] * widths[widths.len() - 1];
        for order in [chain.forward(), chain.reverse(), chain.optimal()] {
            prop_assert!(order.memory() >= result as u128);
            prop_assert_eq!(order.steps().len(), chain.layers() - 1);
        }
        prop_assert!(chain.reverse().memory() >= all as u128);
    }
}
