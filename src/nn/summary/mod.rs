//! What a network is made of, as a table: layers, the shapes that they give, parameters, multiply-adds.
//!
//! All of it stands in the types. Nothing is computed and no tensor is made.
//!
//! | layer | multiply-adds that are counted |
//! | --- | --- |
//! | [`Linear`](super::Linear) | entries of the output · `I` |
//! | [`Conv1d`](super::Conv1d), [`Conv2d`](super::Conv2d) | entries of the output · `I / G` · `KH` · `KW` |
//! | [`MultiheadAttention`](super::MultiheadAttention) | of each batch, of `S` positions: `4 · S · D²` for the projections, `2 · S² · D` for the scores and their sum |
//! | biases, normalisation, activations, pooling, `Dropout`, `Embedding` | none |
//!
//! That is what [fvcore](https://github.com/facebookresearch/fvcore/blob/main/docs/flop_count.md) counts of products, and what
//! papers print: 15.47 G for VGG-16, 1.81 G for ResNet-18. (torchinfo counts the parameters of biases and of normalisation too,
//! a few thousandths more.) A mask does not make attention cheaper, since what it hides is computed too.

mod inspect;
mod layers;
mod outputs;
mod table;

pub use inspect::{GivenBy, Inspect, Rows, Shown, ShownThrough, Summarize};
pub use outputs::Outputs;
pub use table::{Row, Summary};
