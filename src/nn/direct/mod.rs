//! Networks run directly on arrays, without a graph: forward and backward composed when the program is compiled.
//!
//! A graph is dynamic: each operation allocates its result and leaves a node, which costs more than the arithmetic of a small
//! network. A sequence of layers needs none. What it does is known from its type, and so is everything that it has to
//! remember, which here is one value, the [`Workspace`]. One sample through a network of 4-32-32-2 takes less than a tenth of
//! a microsecond that way, a step of training less than one; nothing is allocated, and nothing depends on the data.
//!
//! ```
//! use tintype::prelude::*;
//!
//! type Net = (Linear<2, 16>, Tanh, Linear<16, 1>);
//! let mut rng = StdRng::seed_from_u64(0);
//! let mut net: Net = (Linear::new(&mut rng), Tanh, Linear::new(&mut rng));
//!
//! let (x, t) = ([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [[0.0], [1.0], [1.0], [0.0]]);
//! let mut adam = Adam::new(0.03);
//! let mut workspace = Workspace::<Net, Rank2<4, 2>>::new();
//! for _ in 0..500 {
//!     workspace.mse_loss(&net, &x, &t); // forward, loss and backward
//!     adam.step(&mut net, &workspace);
//! }
//! let [y]: [f32; 1] = net.infer(&[0.0, 1.0]);
//! assert!((y - 1.0).abs() < 0.1);
//! ```
//!
//! Use it for small networks, where time counts or memory may not be allocated, and for training loops whose every step is the
//! same. Use the graph ([`forward`](crate::Forward::forward)) where what is computed depends on data, and where a module's `forward`
//! is your own. The weights, the optimisers and the gradients (but for rounding) are the same, so that a network may be trained one
//! way and used the other.
//!
//! | layers that run directly | |
//! | --- | --- |
//! | [`Linear`](crate::Linear), [`Conv1d`](crate::Conv1d), [`Conv2d`](crate::Conv2d) | all their forms |
//! | [`ReLU`](crate::ReLU), [`LeakyReLU`](crate::LeakyReLU), [`GELU`](crate::GELU), [`GELUTanh`](crate::GELUTanh), [`SiLU`](crate::SiLU), [`Tanh`](crate::Tanh), [`Sigmoid`](crate::Sigmoid) | |
//! | [`MaxPool1d`](crate::MaxPool1d), [`MaxPool2d`](crate::MaxPool2d), [`AvgPool1d`](crate::AvgPool1d), [`AvgPool2d`](crate::AvgPool2d), [`GlobalAvgPool2d`](crate::GlobalAvgPool2d) | |
//! | [`LayerNorm`](crate::LayerNorm), [`RmsNorm`](crate::RmsNorm), [`Dropout`](crate::Dropout), [`Flatten`](crate::Flatten), [`Identity`](crate::Identity) | |
//! | tuples and arrays of them, [`Residual`](crate::Residual), structs with `#[module(sequence)]` | |
//!
//! Networks may be deep: what there is to compile grows with the layers. (A flat sequence of more than about fifty of them asks for
//! `#![recursion_limit = "256"]` in the program, as rustc counts; sequences of sequences do not.)
//!
//! Small products ([`Linear`](crate::Linear) of up to 4,096 weights) are compiled into the network, for each instruction set; all
//! else goes through the kernels that the graph uses.

mod activation;
mod convolution;
mod dropout;
mod flatten;
mod infer;
mod input;
mod linear;
mod loss;
mod norm;
mod pooling;
mod repeated;
mod sequence;
mod workspace;

pub use infer::Infer;
pub use input::{InputFor, TargetFor, Values};
pub use sequence::{After, First, FollowsDirectly, Placed, RunsThrough};
pub use workspace::Workspace;

/// What `#[derive(Module)]` names.
#[doc(hidden)]
pub mod written {
    pub use crate::kernels::Vector;
    pub use crate::kernels::small::Instructions;
    pub use crate::nn::Name;
}

use super::bias::BiasSpec;
use super::parameters::Name;
use crate::autograd::Track;
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::kernels::zeroed::Zeroed;
use crate::shape::{Rank1, Shape};
use crate::tensor::{Float, Place, Tensor};

/// A layer that can be run without a graph on inputs of the shape `S`: see the [module](self).
///
/// Tuples of such layers are such layers, and so are structs of them with `#[derive(Module)]` and `#[module(sequence)]`. Run it by
/// [`infer`](Infer::infer) or in a [`Workspace`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run without a graph on an input of the shape `{S}` with `{E}` entries",
    label = "does not run directly on `{S}` with `{E}` entries",
    note = "the layers that can are listed in `tintype::nn::direct`; each takes what the one before it gives, the first the input, \
            and all take entries of their own type: `Linear<I, O>` takes `f32`, `Linear<I, O, f64>` takes `f64`"
)]
pub trait Direct<S: Shape, E: Float = f32> {
    /// The shape of what the layer gives.
    type Output: Shape;
    /// What the way back needs of the way forward, besides the input.
    #[doc(hidden)]
    type Saved: Zeroed;
    /// A gradient for each parameter.
    #[doc(hidden)]
    type Gradients: Zeroed;
    /// Whether there is a parameter that learns.
    #[doc(hidden)]
    const LEARNS: bool;
    /// How many layers stand in here, as a measure of how much there is to compile.
    #[doc(hidden)]
    const LAYERS: usize = 1;

    /// Computes the output. In training, dropout drops.
    #[doc(hidden)]
    fn compute<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    );

    /// From the gradient of the output, computes those of the parameters and, where it is asked for, of the input.
    #[doc(hidden)]
    fn differentiate<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut Self::Saved,
        gradients: &mut Self::Gradients,
    );

    /// Shows every parameter that learns to `change`, with its name and its gradient.
    #[doc(hidden)]
    fn learn(&mut self, gradients: &Self::Gradients, name: &mut Name, change: &mut impl FnMut(&str, &mut [E], &[E]));
}

/// The input of a layer on the way back.
#[doc(hidden)]
pub enum Input<'a, E> {
    /// Nothing before the layer learns, and the input's gradient is not asked for.
    Constant(&'a [E]),
    /// Once the input is not needed any more, its gradient takes its place.
    Replaced(&'a mut [E]),
}

impl<E> Input<'_, E> {
    /// The input itself.
    #[inline(always)]
    fn values(&self) -> &[E] {
        match self {
            Input::Constant(x) => x,
            Input::Replaced(x) => x,
        }
    }

    /// Puts the gradient in its place, if that is asked for.
    #[inline(always)]
    fn replace(self, gradient: impl FnOnce(&mut [E])) {
        if let Input::Replaced(x) = self {
            gradient(x);
        }
    }
}

/// Shows a parameter of a layer to `change`.
fn learn<S: Shape, E: Float, T: Track>(
    field: &str,
    parameter: &mut Tensor<S, E, T>,
    gradient: &Place<S, E>,
    name: &mut Name,
    change: &mut impl FnMut(&str, &mut [E], &[E]),
) {
    if T::TRACKED {
        name.field(field, |name| {
            parameter.update(|entries| change(name.as_str(), entries, gradient.entries()));
        });
    }
}

/// Shows the weight and, where there is one, the bias of a layer to `change`.
fn learn_weight_and_bias<S: Shape, E: Float, T: Track, B: BiasSpec, const O: usize>(
    weight: &mut Tensor<S, E, T>,
    bias: &mut Option<B::Of<O, E, T>>,
    gradients: &(Place<S, E>, Place<Rank1<O>, E>),
    name: &mut Name,
    change: &mut impl FnMut(&str, &mut [E], &[E]),
) {
    learn("weight", weight, &gradients.0, name, change);
    if let Some(own) = bias {
        learn("bias", B::tensor_mut(own), &gradients.1, name, change);
    }
}

/// The items of [`Direct`] for layers that learn nothing.
macro_rules! learns_nothing {
    ($e:ident) => {
        type Gradients = ();
        const LEARNS: bool = false;
        fn learn(&mut self, _: &(), _: &mut crate::nn::Name, _: &mut impl FnMut(&str, &mut [$e], &[$e])) {}
    };
}
use learns_nothing;
