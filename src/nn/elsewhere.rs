//! Names of PyTorch's that layers and models have elsewhere, and under another name here: as those of [tensors](crate::tensor).

use super::activation::{GELU, GELUTanh, Identity, ReLU, SiLU, Sigmoid, Tanh};
use super::flatten::Flatten;
use super::pooling::GlobalAvgPool2d;
use super::stateful::Stateful;

/// (The trait is a `tt`, with which rustc quotes the line of the table and not the whole of it.)
macro_rules! elsewhere {
    ($($name:ident($($argument:ident),*) $asked:tt $message:literal;)*) => {
        $(
            #[diagnostic::on_unimplemented(message = $message, label = "PyTorch's name")]
            #[doc(hidden)]
            pub trait $asked {}
        )*

        /// The names, as methods of every layer. None can be called, since no layer has the trait that it asks for.
        #[doc(hidden)]
        pub trait ModelElsewhere: Stateful { $(
            fn $name<$($argument,)* Any>(&mut self, $(_: $argument),*) -> Any
            where
                Self: $asked,
            {
                unreachable!("no layer has this method")
            }
        )* }
    };
}
elsewhere! {
    eval() HasEval "`eval` is `freeze` here, and gives a layer of another type: `let net = net.freeze();`, and to train it on, `net.unfreeze()`";
    parameters() HasParameters "an optimiser takes the model itself: `optimizer.step(&mut net, &gradients)`; the names of the parameters are `net.parameter_names()`";
    zero_grad() HasGradients "there are no gradients to set to zero: `loss.backward()` returns new ones each time";
    state_dict() HasStateDict "the parameters of a model are saved by `tintype::io::save(&net, path)?`, under PyTorch's names";
    load_state_dict(A) LoadsStateDict "the parameters of a model are loaded by `tintype::io::load(&mut net, path)?`, from a file that has them under PyTorch's names";
    cuda() HasCudaModel "tensors and models are in the memory of the CPU here, and cannot be moved to another device: leave `cuda()` out";
    to(A) HasDevice "a model is in the memory of the CPU here, and its element type stands in its type, `Linear<4, 2, f64>`: leave `to(…)` out";
}
impl<L: Stateful> ModelElsewhere for L {}

/// Nobody has it: it says how layers without settings are written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no settings, and is written without `::new()`",
    label = "leave `::new()` out"
)]
#[doc(hidden)]
pub trait MadeByNew<Any> {}

macro_rules! without_settings {
    ($($layer:ident)*) => { $(
        impl $layer {
            #[doc(hidden)]
            #[allow(clippy::new_ret_no_self)]
            pub fn new<Any>() -> Any
            where
                Self: MadeByNew<Any>,
            {
                unreachable!("no layer without settings has this function")
            }
        }
    )* };
}
without_settings!(ReLU GELU GELUTanh SiLU Tanh Sigmoid Identity Flatten GlobalAvgPool2d);
