//! Training or not: the state of a layer, in its type.

use crate::autograd::{Track, Tracked, Untracked};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

/// A layer whose last type parameter is the state of its weights.
///
/// [`Tracked`], it learns: its weights are leaves of the graph and dropout drops. [`Untracked`], its weights are constants, no
/// gradient code is generated for them, and dropout is the identity. What a model was left in shows in its type.
///
/// `#[derive(Module)]` implements it. A struct with a parameter `T: Track` is the same struct with another `T`; one that is
/// generic over its layers freezes them; one that has neither gets a frozen twin, `FrozenNet` for `Net`, and may have fields that
/// are frozen from the start, `FrozenBackbone` or `In<Linear<4, 8>, Untracked>`, which stay so.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no layer",
    label = "neither a layer, nor a struct of layers, nor a tensor",
    note = "put `#[derive(Module)]` on a struct of layers, or `#[module(skip)]` on a field that is none; layers of one kind stand in an \
            array, `[Linear<8, 8>; 3]`, and up to 12 of any in a tuple"
)]
pub trait Stateful: Sized {
    /// The same layer in another state.
    type In<T: Track>;

    /// Changes the state. Weights that become tracked become new leaves.
    fn into_state<T: Track>(self) -> Self::In<T>;

    /// The layer that becomes this one when it is frozen: what learned before learns again, and what was frozen before is not.
    fn from_frozen(frozen: Self::In<Untracked>) -> Self;

    /// For use: the weights become constants.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    /// let frozen: Linear<4, 2, f32, Untracked> = layer.freeze();
    /// let y: Tensor1<2> = frozen.forward(&Tensor1::<4>::ones());
    /// ```
    #[doc(alias = "eval")]
    #[must_use = "it gives the frozen layer, which is of another type: `let net = net.freeze();`"]
    fn freeze(self) -> Self::In<Untracked> {
        self.into_state()
    }

    /// For training: the weights become leaves.
    #[doc(alias = "train")]
    #[must_use = "it gives the layer that learns, which is of another type: `let net = net.unfreeze();`"]
    fn unfreeze(self) -> Self::In<Tracked> {
        self.into_state()
    }
}

/// The layer `L` in the state `T`: `In<Conv2d<1, 8, 5>, T>` is `Conv2d<1, 8, 5, 5, …, f32, T>`, without spelling what is between.
pub type In<L, T> = <L as Stateful>::In<T>;

impl<S: Shape, E: Float, G: Track> Stateful for Tensor<S, E, G> {
    type In<T: Track> = Tensor<S, E, T>;
    fn into_state<T: Track>(self) -> Tensor<S, E, T> {
        T::leaf(Tensor::from_storage(self.into_parts().0))
    }
    fn from_frozen(frozen: Tensor<S, E>) -> Self {
        frozen.into_state()
    }
}

impl<L: Stateful> Stateful for Option<L> {
    type In<T: Track> = Option<L::In<T>>;
    fn into_state<T: Track>(self) -> Option<L::In<T>> {
        self.map(L::into_state)
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        frozen.map(L::from_frozen)
    }
}

impl<L: Stateful> Stateful for Box<L> {
    type In<T: Track> = Box<L::In<T>>;
    fn into_state<T: Track>(self) -> Box<L::In<T>> {
        Box::new((*self).into_state())
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        Box::new(L::from_frozen(*frozen))
    }
}
