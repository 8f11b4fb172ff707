//! Datasets, and batches of a size that the compiler knows.
//!
//! A [`Dataset`] has a length and gives its items by index: a slice or a `Vec` of anything, a function of the index
//! ([`from_fn`]), the digits of [`Mnist`], or a type of one's own. [`batches`](Dataset::batches) goes through it, in order or
//! shuffled, and [`stack`](Batch::stack) makes one tensor of a batch.
//!
//! ```
//! use tintype::prelude::*;
//!
//! let points: Vec<Tensor1<2>> = (0..10).map(|i| tensor([i as f32, 1.0])).collect();
//! let mut rng = StdRng::seed_from_u64(0);
//!
//! // Training: shuffled, and every batch full.
//! for batch in points.batches::<4>().shuffle(&mut rng).drop_last() {
//!     let x: Tensor2<4, 2> = batch.stack(|point| point.clone());
//! }
//!
//! // Evaluation: each item exactly once. The last batch holds 2, and its last two rows are zeros.
//! let mut sum = 0.0;
//! for batch in points.batches::<4>() {
//!     let x: Tensor2<4, 2> = batch.stack(|point| point.clone());
//!     sum += x.matmul(&Tensor1::<2>::ones()).dot(&batch.mask::<f32>()).item();
//! }
//! assert_eq!(sum, 55.0);
//! ```

mod batches;
mod dataset;
#[cfg(feature = "io")]
mod idx;
#[cfg(feature = "io")]
mod mnist;

pub use batches::{Batch, Batches};
pub use dataset::{Dataset, FromFn, from_fn};
#[cfg(feature = "io")]
pub use idx::Idx;
#[cfg(feature = "io")]
pub use mnist::{Digit, Digits, Mnist};
