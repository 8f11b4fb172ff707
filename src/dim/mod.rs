//! Sizes as types: [`Dim`], and what the compiler computes with it.
//!
//! A size is a const generic, `Dim<64>`, so that types read well and inference works. Stable Rust cannot compute with
//! const generics; where a size follows from other sizes, a trait of this module does it, one trait to each rule:
//!
//! | trait | the size that it gives, or the rule that it checks |
//! | --- | --- |
//! | [`ConvDim`] | what a convolution leaves of a dimension |
//! | [`PoolDim`] | what a pooling window leaves of a dimension |
//! | [`Times`], [`Product`] | a product: of two sizes, of all in a tuple |
//! | [`Plus`], [`Padded`] | a sum: of two sizes, of a size and its padding |
//! | [`DividedBy`], [`Share`] | a quotient without remainder |
//! | [`HasRange`], [`Chunks`] | a slice of a dimension, equal parts of it |
//! | [`Heads`], [`EvenHeads`] | the sizes of attention in heads |
//! | [`CircularPad`], [`ReflectPad`] | how far a dimension can be padded from itself |
//!
//! Code that is generic over a size says which of them it needs, once per computed size:
//!
//! ```
//! use tintype::dim::{ConvDim, Dim, Dimension};
//!
//! fn twice<H, H1>(_: H) -> H1::Out
//! where
//!     H: ConvDim<3, Out = H1>,
//!     H1: ConvDim<3>,
//! {
//!     Default::default()
//! }
//! let out: Dim<24> = twice(Dim::<28>);
//! ```
//!
//! # How it works
//!
//! `Dim<N>` → binary number → `Dim<M>`. The `table` leads from a number to typenum's binary one and back, `binary` has
//! the arithmetic that typenum lacks, `check` what a check is, and each rule **checks first and computes second**:
//!
//! - A check is a trait over the plain numbers that says in words what is wrong. The type `Yes` has it, and `No` has not.
//! - A computation has a result even where the check fails, so that only the check speaks.
//! - That result must not speak either (``expected `62`, found `0` ``), so it goes through the check's `Leaves`. Where
//!   there is no `Leaves`, rustc lets the result be whatever the code around it expects.
//!
//! The table ends somewhere, and `off_table` has the words for that. It holds all sizes up to 4,096 and the usual ones
//! above; the environment variable `TINTYPE_DIMS="50257 123008"` adds others (in `.cargo/config.toml`, under `[env]`).
//! Only arithmetic needs the table: a tensor may have any size.

mod binary;
mod check;
mod conv;
mod dimension;
mod heads;
mod off_table;
mod pad;
mod pool;
mod product;
mod quotient;
mod slice;
mod sum;
mod table;
mod window;

#[doc(hidden)]
pub use check::{Answer, No, Yes};
pub use conv::ConvDim;
#[doc(hidden)]
pub use conv::{ConvolvedSize, KernelFits, KernelHasElements};
pub(crate) use dimension::Undecided;
pub use dimension::{Dim, Dimension};
#[doc(hidden)]
pub use heads::HeadsDivide;
pub use heads::{EvenHeads, Heads};
#[doc(hidden)]
pub use off_table::{HoldsMillions, HoldsThousands, Listed, OffTable};
#[doc(hidden)]
pub use pad::{CircularFits, ReflectionFits};
pub use pad::{CircularPad, ReflectPad};
pub use pool::PoolDim;
#[doc(hidden)]
pub use pool::{PaddingAtMostHalf, PooledSize, WindowFits, WindowHasElements};
#[doc(hidden)]
pub use product::{BinaryProduct, OnceInferred};
pub use product::{Product, Times};
#[doc(hidden)]
pub use quotient::GroupsDivide;
pub use quotient::{DividedBy, Share};
pub use slice::{Chunks, HasRange};
#[doc(hidden)]
pub use slice::{PartsDivide, RangeFits};
pub use sum::{Padded, Plus};
pub(crate) use table::ToDim;
#[doc(hidden)]
pub use table::{Holds, Table};
#[doc(hidden)]
pub use window::{DilationSpreads, Slide, StrideMoves};

/// Compiles if the two types are the same: what the tests of this folder compare with.
#[cfg(test)]
fn same<A, B>()
where
    A: Same<B>,
{
}

#[cfg(test)]
trait Same<B> {}
#[cfg(test)]
impl<A> Same<A> for A {}
