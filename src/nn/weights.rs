//! Layers made of weights that somebody has.

use super::bias::BiasSpec;
use crate::autograd::Track;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

/// That weights in this state make a layer in the state `T`: it is the same one.
///
/// (A trait for what is no more than that two states are one, for rustc to say in words where they are not. Were the layer in whatever
/// state its weights have, one that somebody means to train would be a constant where `requires_grad()` is forgotten.)
#[diagnostic::on_unimplemented(
    message = "these weights are `{Self}`, and the layer that they are for is `{T}`",
    label = "expected weights that are `{T}`, found `{Self}`",
    note = "a layer learns leaves: `weight.requires_grad()`, and the bias too",
    note = "a filter of constants, which learns nothing, is a layer of another type: \
            `type Filter = In<Conv2d<1, 1, 3>, Untracked>;`, then `Filter::from_weights(…)`"
)]
pub trait WeightsFor<T: Track>: Track {
    /// The same weight under another name for its state.
    #[doc(hidden)]
    fn weight<S: Shape, E: Float>(weight: Tensor<S, E, Self>) -> Tensor<S, E, T>;
    /// And the bias.
    #[doc(hidden)]
    fn bias<const O: usize, E: Float, B: BiasSpec>(bias: Option<B::Of<O, E, Self>>) -> Option<B::Of<O, E, T>>;
}
#[diagnostic::do_not_recommend]
impl<T: Track> WeightsFor<T> for T {
    fn weight<S: Shape, E: Float>(weight: Tensor<S, E, T>) -> Tensor<S, E, T> {
        weight
    }
    fn bias<const O: usize, E: Float, B: BiasSpec>(bias: Option<B::Of<O, E, T>>) -> Option<B::Of<O, E, T>> {
        bias
    }
}
