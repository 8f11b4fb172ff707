//! Whether a layer has a bias, in types.

use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use crate::autograd::Track;
use crate::tensor::{Float, Tensor1};
use core::fmt::Debug;

/// The layer has a bias, as layers do unless they are told otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Biased;

/// The layer has no bias.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unbiased;

/// What the bias of an [`Unbiased`] layer would be: nothing is.
#[derive(Clone, Copy, Debug)]
pub enum NoBias {}

/// The two choices, [`Biased`] and [`Unbiased`].
///
/// What a layer of the one kind can hold differs from what one of the other can, so that the number of a model's parameters
/// is known from its type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether a layer has a bias",
    label = "expected `Biased` or `Unbiased`"
)]
pub trait BiasSpec: Copy + Debug + Send + Sync + 'static {
    /// Whether there can be a bias.
    const BIASED: bool;
    /// A bias of `O` numbers: a [`Tensor1`], or a type without values, so that `Option<Of>` is `None`.
    type Of<const O: usize, E: Float, T: Track>: Parameters + Clone + Debug;
    /// The bias, where there is one.
    fn made<const O: usize, E: Float, T: Track>(make: impl FnOnce() -> Tensor1<O, E, T>) -> Option<Self::Of<O, E, T>>;
    /// The bias as a tensor.
    fn tensor<const O: usize, E: Float, T: Track>(bias: &Self::Of<O, E, T>) -> &Tensor1<O, E, T>;
    /// The bias as a tensor, to change it.
    fn tensor_mut<const O: usize, E: Float, T: Track>(bias: &mut Self::Of<O, E, T>) -> &mut Tensor1<O, E, T>;
    /// The bias in another state.
    fn into_state<const O: usize, E: Float, T: Track, U: Track>(bias: Self::Of<O, E, T>) -> Self::Of<O, E, U>;
}

impl BiasSpec for Biased {
    const BIASED: bool = true;
    type Of<const O: usize, E: Float, T: Track> = Tensor1<O, E, T>;
    fn made<const O: usize, E: Float, T: Track>(make: impl FnOnce() -> Tensor1<O, E, T>) -> Option<Tensor1<O, E, T>> {
        Some(make())
    }
    fn tensor<const O: usize, E: Float, T: Track>(bias: &Tensor1<O, E, T>) -> &Tensor1<O, E, T> {
        bias
    }
    fn tensor_mut<const O: usize, E: Float, T: Track>(bias: &mut Tensor1<O, E, T>) -> &mut Tensor1<O, E, T> {
        bias
    }
    fn into_state<const O: usize, E: Float, T: Track, U: Track>(bias: Tensor1<O, E, T>) -> Tensor1<O, E, U> {
        super::Stateful::into_state(bias)
    }
}

impl BiasSpec for Unbiased {
    const BIASED: bool = false;
    type Of<const O: usize, E: Float, T: Track> = NoBias;
    fn made<const O: usize, E: Float, T: Track>(_: impl FnOnce() -> Tensor1<O, E, T>) -> Option<NoBias> {
        None
    }
    fn tensor<const O: usize, E: Float, T: Track>(bias: &NoBias) -> &Tensor1<O, E, T> {
        match *bias {}
    }
    fn tensor_mut<const O: usize, E: Float, T: Track>(bias: &mut NoBias) -> &mut Tensor1<O, E, T> {
        match *bias {}
    }
    fn into_state<const O: usize, E: Float, T: Track, U: Track>(bias: NoBias) -> NoBias {
        bias
    }
}

#[diagnostic::do_not_recommend]
impl Parameters for NoBias {
    const PARAMETERS: usize = 0;
    fn visit(&self, _: &mut Name, _: &mut impl Visitor) {
        match *self {}
    }
    fn visit_mut(&mut self, _: &mut Name, _: &mut impl VisitorMut) {
        match *self {}
    }
}

/// A layer that exists with and without a bias.
#[diagnostic::on_unimplemented(message = "`{Self}` has no form without a bias", label = "not a layer with a bias")]
pub trait HasBias {
    /// The same layer without a bias.
    type Without;
}

/// The layer `L` without a bias: `WithoutBias<Conv2d<3, 64, 7>>` is `Conv2d<3, 64, 7, 7, …, Unbiased>`, without spelling what is
/// between.
///
/// ```
/// use tintype::prelude::*;
/// let layer = <WithoutBias<Linear<4, 2>>>::new(&mut StdRng::seed_from_u64(0));
/// assert_eq!((Linear::<4, 2>::PARAMETERS, <WithoutBias<Linear<4, 2>>>::PARAMETERS), (10, 8));
/// assert!(layer.bias.is_none());
/// ```
pub type WithoutBias<L> = <L as HasBias>::Without;
