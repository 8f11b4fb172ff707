//! The operations: a file for each, with what it computes, its derivative and its method.
//!
//! Every one is a [`Function`](crate::Function), so that it is recorded where an input is tracked, and every formula of a
//! gradient is written in operations of this folder.

mod arithmetic;
mod attention;
mod compare;
mod concat;
mod convolution;
mod cross_entropy;
mod cumulative;
pub(crate) mod elementwise;
mod embedding;
mod extremum;
mod labels;
mod linear;
mod linear_map;
mod matmul;
mod mse;
mod no_operator;
mod norm;
mod normalize;
mod number;
mod operand;
mod padding;
mod pairwise;
mod permute;
mod pooling;
mod product;
mod reduction;
mod relu;
mod reshape;
mod scale;
mod slice;
mod softmax;
mod sum;
mod variance;

pub use arithmetic::{Arithmetic, SameElement, SameShape};
pub use attention::{AttentionMask, Causal, KeysFor, Unmasked, ValuesFor};
pub(crate) use attention::{merge_heads, split_heads};
#[doc(hidden)]
pub use concat::SameOtherAxes;
pub use concat::{Concat, Concatenate, Multiplied, Stack};
pub(crate) use convolution::{Geometry, convolution, convolution_without_bias};
#[doc(hidden)]
pub use cross_entropy::{Agree, Checked};
pub use cross_entropy::{LabelsFor, LogitsFor};
pub use embedding::{Indices, IndicesFrom, IndicesOf};
pub use labels::{Labels, LabelsFrom};
pub use linear::Features;
pub use matmul::RightVector;
#[doc(hidden)]
pub use no_operator::{AddedToNumber, ChangedInPlace, Ordered, TakesNumber};
pub use operand::Operand;
pub use padding::{PaddedCircular, PaddedReflect};
pub use pairwise::Exponent;
pub use permute::MatrixShape;
pub(crate) use pooling::{average_pool, max_pool};
pub use slice::{Cut, Sliced};
pub use sum::Summed;

use crate::autograd::{Track, Untracked};
use crate::kernels::buffers::Buffer;
use crate::kernels::elementwise as loops;
use crate::shape::Shape;
use crate::tensor::{Element, Float, Step, Storage, Tensor};

/// `sum += term`, entry by entry.
pub(crate) fn add_in_place<E: Float>(sum: &mut [E], term: &[E]) {
    loops::zip_in_place(sum, term, |sum, term| sum + term);
}

/// A function of every entry, in the entries' own buffer if nothing else shares it.
///
/// This, [`zip_entries`] and the functions that they are given know no shape (a closure is generic over all that surrounds it), so
/// that a program has each loop once and not once for every shape.
fn map_entries<E: Element>(entries: Storage<E>, f: impl Fn(E) -> E + Copy + Sync) -> Buffer<E> {
    match entries.into_unique() {
        Ok(mut entries) => {
            loops::map_in_place(&mut entries, f);
            entries
        }
        Err(shared) => loops::map(shared.as_slice(), f),
    }
}

/// A function of every two entries at the same place, in either buffer that nothing else shares.
pub(crate) fn zip_entries<E: Element>(
    left: Storage<E>,
    right: Storage<E>,
    f: impl Fn(E, E) -> E + Copy + Sync,
) -> Storage<E> {
    if let Some(number) = left.number() {
        return map_entries(
            right,
            #[inline(always)]
            move |entry| f(number, entry),
        )
        .into();
    }
    if let Some(number) = right.number() {
        return map_entries(
            left,
            #[inline(always)]
            move |entry| f(entry, number),
        )
        .into();
    }
    let entries = match (left.into_unique(), right.into_unique()) {
        (Ok(mut left), right) => {
            let right = match &right {
                Ok(right) => right,
                Err(shared) => shared.as_slice(),
            };
            loops::zip_in_place(&mut left, right, f);
            left
        }
        (Err(left), Ok(mut right)) => {
            loops::zip_in_place(
                &mut right,
                left.as_slice(),
                #[inline(always)]
                move |right, left| f(left, right),
            );
            right
        }
        (Err(left), Err(right)) => loops::zip(left.as_slice(), right.as_slice(), f),
    };
    entries.into()
}

/// That nothing of a tensor will be differentiated: it is `Untracked`.
#[diagnostic::on_unimplemented(
    message = "a closure has no derivative, and this tensor has a graph: it is `{Self}`",
    label = "this tensor has a graph, which cannot go back through a closure",
    note = "compute it by operations, such as `x.relu()` or `x * 2.0`, or by a `Function` of your own, which has a `backward`",
    note = "without a derivative: `x.detach().map(…)`"
)]
pub trait NotDifferentiated: Track {}
#[diagnostic::do_not_recommend]
impl NotDifferentiated for Untracked {}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// A function of every entry, without a derivative.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.5, -2.5]).map(|x| x > 0.0).array(), &[true, false]);
    /// ```
    pub fn map<T: Element>(&self, f: impl Fn(E) -> T + Sync) -> Tensor<S, T>
    where
        G: NotDifferentiated,
    {
        Tensor::from_buffer(loops::map(self.as_slice(), &f))
    }

    /// A function of every two entries at the same place, without a derivative.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (x, y) = (tensor([3.0, 4.0]), tensor([4.0, 3.0]));
    /// assert_eq!(x.zip(&y, f32::hypot).array(), &[5.0, 5.0]);
    /// ```
    pub fn zip<U: Element, T: Element>(&self, other: &Tensor<S, U>, f: impl Fn(E, U) -> T + Sync) -> Tensor<S, T>
    where
        G: NotDifferentiated,
    {
        Tensor::from_buffer(match other.storage.number() {
            Some(number) => loops::map(self.as_slice(), |entry| f(entry, number)),
            None => loops::zip(self.as_slice(), other.as_slice(), &f),
        })
    }
}

impl<S: Shape, E: Element> Tensor<S, E> {
    /// [`map`](Tensor::map) into the tensor's own buffer if nothing else shares it.
    pub(crate) fn map_reusing(self, f: impl Fn(E) -> E + Copy + Sync) -> Tensor<S, E> {
        Tensor::from_buffer(map_entries(self.storage, f))
    }

    /// What a kernel makes of runs of entries, into the tensor's own buffer if nothing else shares it.
    pub(crate) fn map_runs(self, kernel: fn(&mut [E])) -> Tensor<S, E> {
        Tensor::from_buffer(self.storage.in_runs(&kernel))
    }

    /// A function of every entry and a number, in the tensor's own buffer if nothing else shares it. Where the tensor is large
    /// and another shares it, the entries are computed when they are read.
    pub(crate) fn then(self, step: Step<E>) -> Tensor<S, E> {
        Tensor::from_storage(self.storage.then(step))
    }

    /// [`zip`](Tensor::zip) into the buffer of either tensor that nothing else shares.
    pub(crate) fn zip_reusing(self, other: Tensor<S, E>, f: impl Fn(E, E) -> E + Copy + Sync) -> Tensor<S, E> {
        Tensor::from_storage(zip_entries(self.storage, other.storage, f))
    }
}
