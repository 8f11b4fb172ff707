//! How weights begin: PyTorch's own distributions.

use crate::autograd::Track;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use rand::Rng;

/// Entries drawn evenly from `±1/√fan_in`, as PyTorch's `Linear` and `Conv` draw weights and biases (their
/// `kaiming_uniform_(a=√5)` comes to that). Without inputs there is nothing to scale by: zeros.
pub(super) fn uniform_by_fan_in<S: Shape, E: Float, T: Track>(
    fan_in: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Tensor<S, E, T> {
    let bound = if fan_in == 0 { 0.0 } else { 1.0 / (fan_in as f64).sqrt() };
    uniform_within(bound, rng)
}

/// Entries drawn evenly between the negative of a bound and the bound.
///
/// Drawn as `f64` for every element type, so that a seed gives the same network in all of them.
pub(super) fn uniform_within<S: Shape, E: Float, T: Track>(
    bound: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Tensor<S, E, T> {
    let entries = Tensor::<S, f64>::uniform(-bound, bound, rng);
    T::leaf(entries.to())
}
