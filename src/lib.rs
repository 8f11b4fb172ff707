//! *Tensors in types*: the compiler computes every output size, refuses every mismatch, and generates each operation's
//! backward function through traits. On stable Rust.

// What `#[derive(Module)]` writes names this crate as a user does, also in the crate's own tests and examples.
extern crate self as tintype;

pub mod autograd;
pub mod dim;
mod error;
mod kernels;
pub mod nn;
pub mod ops;
pub mod shape;
pub mod tensor;

// Everything that programs name stands at the root, so that rustc's messages say `tintype::Linear` and no longer path.
pub use autograd::{Function, GradFn, Gradients, Join, Joined, Track, Tracked, Untracked, gradcheck, no_grad};
pub use dim::{CircularPad, ConvDim, Dim, Dimension, PoolDim, ReflectPad};
pub use error::{Error, Result};
pub use nn::{
    AvgPool1d, AvgPool2d, Circular, Conv1d, Conv2d, Dilation, Dropout, Flatten, Forward, GlobalAvgPool2d, GroupSpec,
    Groups, In, Linear, MaxPool1d, MaxPool2d, Module, Padding, Parameters, ReLU, Reflect, Replicate, Same, Sigmoid,
    Stateful, Stride, Tanh, Ungrouped,
};
pub use shape::{Axes2, Axes3, Axes4, Axes5, Axes6, Rank0, Rank1, Rank2, Rank3, Rank4, Rank5, Rank6, Shape};
pub use tensor::{
    Element, Float, Numeric, Tensor, Tensor0, Tensor1, Tensor2, Tensor3, Tensor4, Tensor5, Tensor6, tensor,
};
pub use tintype_derive::Module;

/// What almost every program needs: `use tintype::prelude::*`.
///
/// It is all that stands at the root of the crate but its `Error` and `Result`, and rand's `StdRng` and `SeedableRng`.
pub mod prelude {
    pub use crate::{
        AvgPool1d, AvgPool2d, Axes2, Axes3, Axes4, Axes5, Axes6, Circular, CircularPad, Conv1d, Conv2d, ConvDim,
        Dilation, Dim, Dimension, Dropout, Element, Flatten, Float, Forward, Function, GlobalAvgPool2d, GradFn,
        Gradients, GroupSpec, Groups, In, Join, Joined, Linear, MaxPool1d, MaxPool2d, Module, Numeric, Padding,
        Parameters, PoolDim, Rank0, Rank1, Rank2, Rank3, Rank4, Rank5, Rank6, ReLU, Reflect, ReflectPad, Replicate,
        Same, Shape, Sigmoid, Stateful, Stride, Tanh, Tensor, Tensor0, Tensor1, Tensor2, Tensor3, Tensor4, Tensor5,
        Tensor6, Track, Tracked, Ungrouped, Untracked, gradcheck, no_grad, tensor,
    };
    pub use rand::SeedableRng;
    pub use rand::rngs::StdRng;
}
