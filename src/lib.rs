//! *Tensors in types*: the compiler computes every output size, refuses every mismatch, and generates each operation's
//! backward function through traits. On stable Rust.

// What `#[derive(Module)]` writes names this crate as a user does, also in the crate's own tests and examples.
extern crate self as tintype;

pub mod autograd;
pub mod data;
pub mod dim;
mod error;
#[cfg(feature = "io")]
pub mod io;
mod kernels;
pub mod nn;
pub mod ops;
pub mod optim;
pub mod shape;
pub mod tensor;

/// What programs name, in one place for the root and for the prelude.
mod names {
    pub use crate::autograd::{
        Function, GradFn, Gradients, Join, Joined, Track, Tracked, Untracked, gradcheck, no_grad,
    };
    pub use crate::data::Dataset;
    pub use crate::dim::{CircularPad, ConvDim, Dim, Dimension, EvenHeads, Heads, PoolDim, ReflectPad};
    pub use crate::nn::{
        AvgPool1d, AvgPool2d, BatchNorm1d, BatchNorm2d, Biased, CausalSelfAttention, Circular, Conv1d, Conv2d,
        Dilation, Dropout, Embedding, Flatten, Forward, GELU, GELUTanh, GlobalAvgPool2d, GroupSpec, Groups, Identity,
        In, LayerNorm, LeakyReLU, Linear, MaxPool1d, MaxPool2d, Module, MultiheadAttention, Padding, Parameters, ReLU,
        Reflect, Replicate, Residual, RmsNorm, Same, SiLU, Sigmoid, Stateful, Stride, Tanh, Unbiased, Ungrouped,
        WithoutBias,
    };
    pub use crate::ops::{Causal, Concatenate, Indices, Labels, Unmasked};
    pub use crate::optim::{Adam, AdamW, Optimizer, Sgd};
    pub use crate::shape::{Axes2, Axes3, Axes4, Axes5, Axes6, Rank0, Rank1, Rank2, Rank3, Rank4, Rank5, Rank6, Shape};
    pub use crate::tensor::{
        Element, Float, Numeric, Tensor, Tensor0, Tensor1, Tensor2, Tensor3, Tensor4, Tensor5, Tensor6, tensor,
    };
    pub use tintype_derive::Module;
}

pub use error::{Error, Result};
// At the root too, so that rustc's messages say `tintype::Linear` and no longer path.
pub use names::*;

/// What almost every program needs: `use tintype::prelude::*`.
pub mod prelude {
    pub use crate::names::*;
    pub use rand::SeedableRng;
    pub use rand::rngs::StdRng;
}
