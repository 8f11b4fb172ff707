//! *Tensors in types*: the compiler computes every output size, refuses every mismatch, and generates each operation's
//! backward function through traits. On stable Rust.
//!
//! ```
//! use tintype::prelude::*;
//!
//! let mut rng = StdRng::seed_from_u64(0);
//! let conv = Conv2d::<20, 16, 3, 5>::new(&mut rng); // weight 16×20×3×5, bias 16
//! let x = Tensor4::<1, 20, 64, 128>::rand(&mut rng);
//! let y: Tensor4<1, 16, 62, 124, f32, Tracked> = conv.forward(&x); // 64-3+1, 128-5+1
//!
//! let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad(); // Tensor2<2, 2, f32, Tracked>
//! let y = &x - 2.0;
//! let z = &y * &y * 3.0;
//! let grads = z.mean().backward();
//! assert_eq!(grads[&x].array(), &[[-1.5, 0.0], [1.5, 3.0]]);
//! ```
//!
//! # A tour
//!
//! * A [`Tensor<S, E, G>`](Tensor) has a [`Shape`], a tuple of [dimensions](dim); an [element](Element) type; and a
//!   [gradient state](Track), [`Tracked`] or [`Untracked`]. [`Tensor4<B, C, H, W>`](Tensor4) is how it is mostly written.
//! * [Operations](ops) are methods: `x.relu()`, `a.matmul(&b)`, `&a + &b`. Each is a [`Function`], which is what to implement for
//!   one of your own. With a tracked input it leaves a node in the graph; [`backward`](Tensor::backward) gives the [`Gradients`].
//! * [Layers](nn) are [modules](Module), and called by [`forward`](Forward::forward). A tuple of layers is one, and so is a struct
//!   with `#[derive(Module)]`. [`freeze`](Stateful::freeze) makes its weights constants.
//! * [`net.summary::<Tensor4<1, 3, 224, 224>>()`](Summarize::summary) is the table of a network: layers, shapes, parameters,
//!   multiply-adds, from the types alone. [`y.todo_shape()`](Tensor::todo_shape) makes `cargo check` say the shape of `y`.
//! * [Optimisers](optim) step a model along its gradients; [datasets](data) come in batches of a static size; [files](io) hold
//!   weights.
//! * What the types cannot know gives an [`Error`].

// What `#[derive(Module)]` writes names this crate as a user does, also in the crate's own tests and examples.
extern crate self as tintype;

/// The programs of the README compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

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
pub mod rules;
pub mod shape;
pub mod tensor;

/// What programs name, in one place for the root and for the prelude.
mod names {
    pub use crate::autograd::{
        Function, GradFn, Gradients, Join, Joined, Track, Tracked, Untracked, gradcheck, no_grad,
    };
    pub use crate::data::Dataset;
    pub use crate::dim::{CircularPad, ConvDim, Dim, Dimension, EvenHeads, Heads, PoolDim, ReflectPad};
    #[doc(hidden)]
    pub use crate::nn::ModelElsewhere;
    pub use crate::nn::{
        AvgPool1d, AvgPool2d, BatchNorm1d, BatchNorm2d, Biased, CausalSelfAttention, Circular, Conv1d, Conv2d,
        Dilation, Dropout, Embedding, Flatten, Forward, GELU, GELUTanh, GlobalAvgPool2d, GroupSpec, Groups, Identity,
        In, Infer, LayerNorm, LeakyReLU, Linear, MaxPool1d, MaxPool2d, Module, MultiheadAttention, Padding, Parameters,
        ReLU, Reflect, Replicate, Residual, RmsNorm, Same, SiLU, Sigmoid, Stateful, Stride, Summarize, Summary, Tanh,
        Unbiased, Ungrouped, WithoutBias, Workspace,
    };
    pub use crate::ops::{Causal, Concatenate, Indices, Labels, Stack, Unmasked};
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
