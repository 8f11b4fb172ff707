//! Shapes: tuples of dimensions, from `()` for one number to six axes.
//!
//! A shape is a type and has no value: `(Dim<2>, Dim<3>)`, or [`Rank2<2, 3>`](Rank2), is the shape of every 2×3 tensor.
//! No number needs a bound, so code generic over `const N: usize`, or over `N: Dimension`, needs no `where`.

mod append;
mod axes;
mod broadcast;
mod images;
mod matmul;
mod reshape;

pub use append::Append;
pub use axes::{Axes2, Axes3, Axes4, Axes5, Axes6, HasAxis, InsertAxis, Permute, SizeOne, SwapAxes};
#[doc(hidden)]
pub use axes::{Axis, Differs, HasRoom};
pub use broadcast::BroadcastTo;
pub use images::{Images, Signals};
#[doc(hidden)]
pub use matmul::{BatchSize, InnerSize};
pub use matmul::{LastAxis, RightFactor};
#[doc(hidden)]
pub use reshape::{AsManyEntries, EntriesOf, EqualEntries};
pub use reshape::{FlattenFrom, ReshapeTo};

use crate::dim::{Dim, Dimension};
use core::fmt::Debug;

mod sealed {
    pub trait Sealed {}
}

/// The shape of a tensor: a tuple of up to six dimensions.
///
/// ```
/// use tintype::prelude::*;
/// assert_eq!(Rank3::<2, 3, 4>::RANK, 3);
/// assert_eq!(Rank3::<2, 3, 4>::NUMEL, 24);
/// assert_eq!(Rank3::<2, 3, 4>::DIMS, [2, 3, 4]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the shape of a tensor",
    label = "not a shape",
    note = "a shape is a tuple of up to six dimensions, such as `(Dim<2>, Dim<3>)`, also written `Rank2<2, 3>`"
)]
pub trait Shape: sealed::Sealed + Copy + Default + Debug + Send + Sync + 'static {
    /// The number of axes.
    const RANK: usize;
    /// The number of entries: the product of all sizes, 1 for rank 0.
    const NUMEL: usize;
    /// The size of each axis.
    const DIMS: &'static [usize];
    /// The nested array with the layout of a tensor of this shape: `[[E; B]; A]` for `(Dim<A>, Dim<B>)`.
    type Array<E: Copy + 'static>: Copy + 'static;

    /// The entries of such an array in row-major order: `NUMEL` of them.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Rank2::<2, 3>::entries(&[[1, 2, 3], [4, 5, 6]]), [1, 2, 3, 4, 5, 6]);
    /// ```
    fn entries<E: Copy + 'static>(array: &Self::Array<E>) -> &[E];

    /// The same, to write to.
    fn entries_mut<E: Copy + 'static>(array: &mut Self::Array<E>) -> &mut [E];
}

/// That a shape has `R` axes: what lets a tensor be indexed by `[usize; R]`.
#[diagnostic::on_unimplemented(
    message = "an index of {R} numbers does not fit the shape `{Self}`",
    label = "one number for each axis"
)]
pub trait OfRank<const R: usize>: Shape {}

macro_rules! nested {
    ($element:ty;) => { $element };
    ($element:ty; $first:ident $($rest:ident)*) => { $first::Array<nested!($element; $($rest)*)> };
}

/// A slice of nested arrays, flattened one dimension after the other.
macro_rules! flattened {
    ($flat:ident, $element:ty, $arrays:expr;) => { $arrays };
    ($flat:ident, $element:ty, $arrays:expr; $first:ident $($rest:ident)*) => {
        flattened!($flat, $element, $first::$flat::<nested!($element; $($rest)*)>($arrays); $($rest)*)
    };
}

macro_rules! shapes {
    ($($rank:literal $alias:ident ($($dim:ident)*))*) => { $(
        #[doc = concat!("The shape of rank ", $rank, ": a tuple of ", $rank, " dimensions.")]
        pub type $alias<$(const $dim: usize),*> = ($(Dim<$dim>,)*);

        impl<$($dim: Dimension),*> sealed::Sealed for ($($dim,)*) {}
        impl<$($dim: Dimension),*> Shape for ($($dim,)*) {
            const RANK: usize = $rank;
            const NUMEL: usize = 1 $(* $dim::N)*;
            const DIMS: &'static [usize] = &[$($dim::N),*];
            type Array<T: Copy + 'static> = nested!(T; $($dim)*);
            #[inline(always)]
            fn entries<T: Copy + 'static>(array: &Self::Array<T>) -> &[T] {
                let entries = core::slice::from_ref(array);
                flattened!(flat, T, entries; $($dim)*)
            }
            #[inline(always)]
            fn entries_mut<T: Copy + 'static>(array: &mut Self::Array<T>) -> &mut [T] {
                let entries = core::slice::from_mut(array);
                flattened!(flat_mut, T, entries; $($dim)*)
            }
        }
        impl<$($dim: Dimension),*> OfRank<$rank> for ($($dim,)*) {}
    )* };
}

shapes! {
    0 Rank0 ()
    1 Rank1 (A)
    2 Rank2 (A B)
    3 Rank3 (A B C)
    4 Rank4 (A B C D)
    5 Rank5 (A B C D E)
    6 Rank6 (A B C D E F)
}
