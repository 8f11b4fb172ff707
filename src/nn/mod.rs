//! Layers: what they compute, the parameters they hold, and how they follow one another.
//!
//! A layer is a struct that implements [`Module`] for each input it takes, [`Parameters`] so that optimisers and files reach
//! what it learns, and [`Stateful`] so that it can be frozen. A tuple of layers is a layer, and so is a struct of layers with
//! `#[derive(Module)]`.

mod activation;
mod array;
mod attention;
mod batch_norm;
mod bias;
mod convolution;
pub mod direct;
mod dropout;
mod elsewhere;
mod embedding;
mod flatten;
mod groups;
mod init;
mod layer;
mod layer_norm;
mod linear;
mod list;
mod module;
mod parameters;
mod pooling;
mod residual;
mod sequence;
mod stateful;
pub mod summary;
mod undecided;
mod weights;
mod window;

pub use activation::{GELU, GELUTanh, Identity, LeakyReLU, ReLU, SiLU, Sigmoid, Tanh};
pub use array::{Repeated, Repeats};
pub use attention::{CausalSelfAttention, MultiheadAttention};
pub use batch_norm::{BatchNorm1d, BatchNorm2d};
pub use bias::{BiasSpec, Biased, HasBias, NoBias, Unbiased, WithoutBias};
pub use convolution::{Conv1d, Conv2d};
pub use direct::{Direct, Infer, Workspace};
pub use dropout::Dropout;
#[doc(hidden)]
pub use elsewhere::*;
pub use embedding::Embedding;
pub use flatten::Flatten;
pub use groups::{Beside, EvenGroups, GroupSpec, Groups, IsGroups, SharedBy, Ungrouped};
pub use layer::{FrozenFrom, Layer, LayerElement, StateOf, TakenForGiven};
pub use layer_norm::{LayerNorm, RmsNorm};
pub use linear::Linear;
pub use list::{List, Sequence};
pub use module::{Forward, Module};
pub use parameters::{Name, Parameters, Visitor, VisitorMut};
pub use pooling::{AvgPool1d, AvgPool2d, GlobalAvgPool2d, MaxPool1d, MaxPool2d};
pub use residual::{AddedTo, Residual, SameShapeAs};
pub use sequence::{Chain, Follows, Layers, Meets, PassesThrough, PassesThroughMany, SequenceOf};
pub use stateful::{In, Stateful};
pub use summary::{GivenBy, Inspect, Outputs, Row, Rows, ShownThrough, Summarize, Summary};
pub use weights::WeightsFor;
pub use window::{
    AxisPadding, Circular, ConvolvedBy, ConvolvedUnder, Dilation, FitsUnder, KeepsSize, OneNumber, Padding,
    PaddingSpec, PooledBy, PooledUnder, Reflect, Replicate, Same, Stride, TakesKernel,
};
