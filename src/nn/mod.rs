//! Layers: what they compute, the parameters they hold, and how they follow one another.
//!
//! A layer is a struct that implements [`Module`] for each input it takes, [`Parameters`] so that optimisers and files reach
//! what it learns, and [`Stateful`] so that it can be frozen. A tuple of layers is a layer, and so is a struct of layers with
//! `#[derive(Module)]`.

mod activation;
mod array;
mod bias;
mod convolution;
mod dropout;
mod flatten;
mod groups;
mod init;
mod linear;
mod module;
mod parameters;
mod pooling;
mod sequence;
mod stateful;
mod window;

pub use activation::{ReLU, Sigmoid, Tanh};
pub use bias::{BiasSpec, Biased, HasBias, Unbiased, WithoutBias};
pub use convolution::{Conv1d, Conv2d};
pub use dropout::Dropout;
pub use flatten::Flatten;
pub use groups::{EvenGroups, GroupSpec, Groups, Ungrouped};
pub use linear::Linear;
pub use module::{Forward, Module};
pub use parameters::{Name, Parameters, Visitor, VisitorMut};
pub use pooling::{AvgPool1d, AvgPool2d, GlobalAvgPool2d, MaxPool1d, MaxPool2d};
pub use sequence::Follows;
pub use stateful::{In, Stateful};
pub use window::{
    AxisPadding, Circular, ConvolvedBy, Dilation, KeepsSize, OneNumber, Padding, PaddingSpec, PooledBy, Reflect,
    Replicate, Same, Stride,
};
