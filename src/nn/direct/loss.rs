//! Losses and their gradients, without a graph.

use crate::kernels::Axis;
use crate::kernels::number;
use crate::shape::Shape;
use crate::tensor::{Float, Place};

/// `Σ(y − t)² / n`, with the gradient `2(y − t)/n`.
#[inline(always)]
pub(super) fn mse<S: Shape, E: Float>(y: &Place<S, E>, target: &[E], dy: &mut Place<S, E>) -> E {
    let (count, dy) = (number::<E>(S::NUMEL), dy.entries_mut());
    let differences = y.entries().iter().zip(target).map(|(&y, &target)| y - target);
    dy.iter_mut()
        .zip(differences)
        .for_each(|(dy, difference)| *dy = difference);
    let loss = E::dot(dy, dy) / count;
    let scale = (E::one() + E::one()) / count;
    dy.iter_mut().for_each(|dy| *dy = scale * *dy);
    loss
}

/// The mean of `ln Σeˣ − x[label]` over the samples that count, with the gradient `(softmax(x) − onehot(label)) / n`.
pub(super) fn cross_entropy<S: Shape, E: Float>(
    logits: &Place<S, E>,
    classes: usize,
    labels: &[usize],
    dx: &mut Place<S, E>,
) -> E {
    let samples = labels.len();
    let rows = Axis {
        outer: samples,
        length: classes,
        inner: 1,
    };
    let count = number::<E>(samples);
    let (counted, padding) = dx.entries_mut().split_at_mut(samples * classes);
    E::log_softmax(rows, &logits.entries()[..counted.len()], counted);
    let at = |sample: usize| sample * classes + labels[sample];
    let log_likelihood: E = (0..samples).map(|sample| counted[at(sample)]).sum();
    counted.iter_mut().for_each(|entry| *entry = entry.fast_exp() / count);
    (0..samples).for_each(|sample| counted[at(sample)] -= count.recip());
    padding.fill(E::zero());
    -log_likelihood / count
}
