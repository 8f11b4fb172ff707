//! Optimisers: twelve steps down `sum((w − target)²·[[1, 2, 3], [4, 5, 6]])` from `[[−1, −0.6, −0.2], [0.2, 0.6, 1]]`.

use crate::harness::{Case, Real, assert_covered};
use tintype::prelude::*;

/// Runs a trajectory and compares every point of it.
fn trajectory<E: Real>(name: &str, mut optimizer: impl Optimizer) {
    let mut case = Case::<E>::open("optim", name);
    let target: Tensor2<2, 3, E> = case.constant("target");
    let factors = Tensor2::<2, 3, E>::from_fn(|i| E::nearest(i as f64 + 1.0));
    let mut w = Tensor2::<2, 3, E>::from_fn(|i| E::nearest(0.4 * i as f64 - 1.0)).requires_grad();
    let mut path = w.iter().copied().collect::<Vec<E>>();
    for _ in 0..12 {
        let loss = ((&w - &target).square() * &factors).sum();
        let gradients = loss.backward();
        optimizer.step(&mut w, &gradients);
        path.extend(&w);
    }
    case.compare("path", &Tensor3::<13, 2, 3, E>::try_from(path).unwrap());
    case.finish();
}

macro_rules! trajectories {
    (without [$($other:ident),* $(,)?]; $($case:ident => $optimizer:expr;)*) => {
        $(
            #[test]
            fn $case() {
                trajectory::<f64>(stringify!($case), $optimizer);
                trajectory::<f32>(stringify!($case), $optimizer);
            }
        )*

        #[test]
        fn every_recorded_case_is_tested_or_named() {
            assert_covered("optim", &[$(stringify!($case)),*], &[$(stringify!($other)),*]);
        }
    };
}
trajectories! {
    without [
        rmsprop, rmsprop_centered_momentum, adagrad, adadelta, adamax, nadam, radam, rprop,
        lr_step, lr_multi_step, lr_exponential, lr_cosine, lr_cosine_restarts, lr_linear, lr_polynomial, lr_one_cycle,
        lr_constant, clip_grad_norm,
    ];
    sgd => Sgd::new(0.01);
    sgd_momentum => Sgd::new(0.01).momentum(0.9);
    sgd_nesterov => Sgd::new(0.01).momentum(0.9).nesterov(true);
    sgd_dampening_decay => Sgd::new(0.01).momentum(0.9).dampening(0.1).weight_decay(0.05);
    adam => Adam::new(0.05);
    adam_decay => Adam::new(0.05).weight_decay(0.1);
    adam_amsgrad => Adam::new(0.05).amsgrad(true);
    adamw => AdamW::new(0.05);
}
