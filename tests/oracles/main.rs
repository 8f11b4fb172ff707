//! What PyTorch recorded (`data/`) against what tintype computes: outputs and gradients, in `f64` to 1e-9 and in `f32` to
//! 1e-5, relative to the largest of the recorded number, the root mean square of its tensor, and 1.
//!
//! A group is a module, and a case is a line. The inputs' names are those of the recording, and the case's name is the test's:
//!
//! ```ignore
//! oracles! {
//!     "linalg" without [bilinear];
//!     mm(in0: Rank2<3, 4>, in1: Rank2<4, 5>) => in0.matmul(&in1);
//!     linear(in0: Rank2<4, 5>, weight: Rank2<3, 5>, bias: Rank1<3>) => {
//!         let layer = Linear::<5, 3, E> { weight, bias: Some(bias) };
//!         layer.forward(&in0)
//!     };
//! }
//! ```
//!
//! - The computation is compiled twice, with `E` standing for `f64` and for `f32`.
//! - An input given by a shape is a leaf: an owned, tracked tensor. `Indices<shape>` is a `usize` tensor, and
//!   `Constant<shape>` an untracked one.
//! - The result is a tracked tensor, a `usize` tensor, or a tuple of these: `out0`, `out1`, … in order.
//! - Every tensor that is recorded for the case must be used or compared, every `d.<input>` among them.
//! - Every case that the group's file has must be tested or stand in the list `without`.
//!
//! A case that is no function of leaves (an optimiser's trajectory) is a test by hand with [`harness::Case`]: `open`,
//! `constant`, `compare`, `finish`.

mod harness;

mod activation;
mod attention;
mod conv;
mod elementwise;
mod linalg;
mod loss;
mod norm;
mod optim;
mod pool;
mod reduce;
mod shape;
