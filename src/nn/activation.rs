//! Layers that are a function of every entry.

use super::module::Module;
use super::parameters::without_parameters;
use crate::autograd::Track;
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
    /// [`tanh`](Tensor::tanh): the hyperbolic tangent.
    Tanh tanh;
    /// [`sigmoid`](Tensor::sigmoid): the logistic function.
    Sigmoid sigmoid;
}
