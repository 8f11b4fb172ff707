//! Layers that are a function of every entry.

use super::module::Module;
use super::parameters::without_parameters;
use crate::autograd::Track;
use crate::kernels::number;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

macro_rules! activations {
    ($($(#[$doc:meta])* $layer:ident $method:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $layer;

        #[diagnostic::do_not_recommend]
        impl<S: Shape, E: Float, G: Track> Module<Tensor<S, E, G>> for $layer {
            type Output = Tensor<S, E, G>;
            fn apply(&self, x: &Tensor<S, E, G>) -> Tensor<S, E, G> {
                x.$method()
            }
        }

        without_parameters!($layer;);
    )* };
}
activations! {
    /// [`relu`](Tensor::relu): the entry where it is positive, else 0.
    ReLU relu;
    /// [`gelu`](Tensor::gelu): `x Φ(x)`, with the normal distribution function.
    GELU gelu;
    /// [`gelu_tanh`](Tensor::gelu_tanh): the same by a hyperbolic tangent, as PyTorch's `GELU(approximate="tanh")`.
    GELUTanh gelu_tanh;
    /// [`silu`](Tensor::silu): `x / (1 + e⁻ˣ)`.
    SiLU silu;
    /// [`tanh`](Tensor::tanh): the hyperbolic tangent.
    Tanh tanh;
    /// [`sigmoid`](Tensor::sigmoid): the logistic function.
    Sigmoid sigmoid;
}

/// The layer that does nothing: a branch of a network that may be a layer and need not be one.
///
/// ```
/// use tintype::prelude::*;
/// assert_eq!(Identity.forward(&tensor([1.0, -2.0])).array(), &[1.0, -2.0]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity;

#[diagnostic::do_not_recommend]
impl<X: Clone> Module<X> for Identity {
    type Output = X;
    fn apply(&self, x: &X) -> X {
        x.clone()
    }
}

without_parameters!(Identity;);

/// [`leaky_relu`](Tensor::leaky_relu): the entry where it is positive, else a fraction of it:
/// [PyTorch's `LeakyReLU`](https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html).
///
/// ```
/// use tintype::prelude::*;
/// assert_eq!(LeakyReLU::new(0.5).forward(&tensor([3.0, -2.0])).array(), &[3.0, -1.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeakyReLU {
    slope: f64,
}

impl LeakyReLU {
    /// With this slope where entries are negative.
    pub const fn new(slope: f64) -> Self {
        LeakyReLU { slope }
    }

    /// The slope as an entry.
    pub(super) fn slope<E: Float>(&self) -> E {
        number(self.slope)
    }
}

/// The slope 0.01, PyTorch's own.
impl Default for LeakyReLU {
    fn default() -> Self {
        LeakyReLU::new(0.01)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, G: Track> Module<Tensor<S, E, G>> for LeakyReLU {
    type Output = Tensor<S, E, G>;
    fn apply(&self, x: &Tensor<S, E, G>) -> Tensor<S, E, G> {
        x.leaky_relu(self.slope())
    }
}

without_parameters!(LeakyReLU;);
