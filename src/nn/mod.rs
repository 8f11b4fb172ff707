//! Layers: what they compute, the parameters they hold, and how they follow one another.
//!
//! A layer is a struct that implements [`Module`] for each input it takes, [`Parameters`] so that optimisers and files reach
//! what it learns, and [`Stateful`] so that it can be frozen. A tuple of layers is a layer, and so is a struct of layers with
//! `#[derive(Module)]`.

mod activation;
mod dropout;
mod flatten;
mod init;
mod linear;
mod module;
mod parameters;
mod sequence;
mod stateful;

pub use activation::{ReLU, Sigmoid, Tanh};
pub use dropout::Dropout;
pub use flatten::Flatten;
pub use linear::Linear;
pub use module::{Forward, Module};
pub use parameters::{Name, Parameters, Visitor, VisitorMut};
pub use sequence::Follows;
pub use stateful::{In, Stateful};
