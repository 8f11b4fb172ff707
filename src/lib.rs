//! *Tensors in types*: the compiler computes every output size, refuses every mismatch, and generates each operation's
//! backward function through traits. On stable Rust.

pub mod autograd;
pub mod dim;
mod error;
mod kernels;
pub mod ops;
pub mod shape;
pub mod tensor;

pub use autograd::{Function, GradFn, Gradients, Track, Tracked, Untracked, no_grad};
pub use dim::{Dim, Dimension};
pub use error::{Error, Result};
pub use shape::Shape;
pub use tensor::{Element, Float, Tensor, tensor};

/// What almost every program needs: `use tintype::prelude::*`.
pub mod prelude {
    pub use crate::autograd::{
        Function, GradFn, Gradients, Join, Joined, Track, Tracked, Untracked, gradcheck, no_grad,
    };
    pub use crate::dim::{ConvDim, Dim, Dimension, PoolDim};
    pub use crate::ops::{Concatenate, Labels};
    pub use crate::shape::{Axes2, Axes3, Axes4, Axes5, Axes6, Rank0, Rank1, Rank2, Rank3, Rank4, Rank5, Rank6, Shape};
    pub use crate::tensor::{
        Element, Float, Numeric, Tensor, Tensor0, Tensor1, Tensor2, Tensor3, Tensor4, Tensor5, Tensor6, tensor,
    };
    pub use rand::SeedableRng;
    pub use rand::rngs::StdRng;
}
