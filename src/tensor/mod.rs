//! The tensor: storage, making, reading, printing, converting.

mod access;
mod convert;
mod create;
mod deferred;
mod element;
mod elsewhere;
mod print;
mod storage;
mod todo_shape;

pub use access::{EntryIndex, HasNoGraph, HoldsOneNumber};
pub use convert::{Converts, TensorFrom};
pub use create::{ArrayOf, Nested, tensor};
pub(crate) use deferred::Step;
pub(crate) use element::ByElement;
pub use element::{Element, Float, Numeric};
#[doc(hidden)]
pub use elsewhere::*;
#[doc(hidden)]
pub use storage::Place;
pub(crate) use storage::{Erased, Storage};
#[doc(hidden)]
pub use todo_shape::TodoShape;

use crate::autograd::{Track, Untracked};
use crate::kernels::buffers::Buffer;
use crate::shape::{Rank0, Rank1, Rank2, Rank3, Rank4, Rank5, Rank6, Shape};
use core::marker::PhantomData;

/// A tensor: entries of type `E` in the shape `S`, with a graph behind it where `G` is
/// [`Tracked`](crate::Tracked) and without where it is [`Untracked`].
///
/// A tensor is a value: no operation changes its inputs, and cloning it copies a pointer, whatever its size. What does
/// change a tensor in place ([`as_mut_slice`](Tensor::as_mut_slice)) copies the entries first if another tensor shares them.
///
/// ```
/// use tintype::prelude::*;
/// let x = tensor([[1.0, 2.0], [3.0, 4.0]]); // Tensor2<2, 2>, which is Tensor<(Dim<2>, Dim<2>), f32, Untracked>
/// assert_eq!((&x * 2.0).array(), &[[2.0, 4.0], [6.0, 8.0]]);
/// ```
#[must_use = "no operation changes its inputs: what it gives is a new tensor"]
pub struct Tensor<S: Shape, E: Element = f32, G: Track = Untracked> {
    pub(crate) storage: Storage<E>,
    pub(crate) edge: G::Edge,
    shape: PhantomData<S>,
}

/// One number.
pub type Tensor0<E = f32, G = Untracked> = Tensor<Rank0, E, G>;
/// A vector of `A` entries.
pub type Tensor1<const A: usize, E = f32, G = Untracked> = Tensor<Rank1<A>, E, G>;
/// A matrix of `A` rows and `B` columns.
pub type Tensor2<const A: usize, const B: usize, E = f32, G = Untracked> = Tensor<Rank2<A, B>, E, G>;
/// A tensor of three axes.
pub type Tensor3<const A: usize, const B: usize, const C: usize, E = f32, G = Untracked> = Tensor<Rank3<A, B, C>, E, G>;
/// A tensor of four axes: a batch of images is `Tensor4<BATCH, CHANNELS, HEIGHT, WIDTH>`.
pub type Tensor4<const A: usize, const B: usize, const C: usize, const D: usize, E = f32, G = Untracked> =
    Tensor<Rank4<A, B, C, D>, E, G>;
/// A tensor of five axes.
pub type Tensor5<
    const A: usize,
    const B: usize,
    const C: usize,
    const D: usize,
    const F: usize,
    E = f32,
    G = Untracked,
> = Tensor<Rank5<A, B, C, D, F>, E, G>;
/// A tensor of six axes.
pub type Tensor6<
    const A: usize,
    const B: usize,
    const C: usize,
    const D: usize,
    const F: usize,
    const H: usize,
    E = f32,
    G = Untracked,
> = Tensor<Rank6<A, B, C, D, F, H>, E, G>;

#[cold]
fn wrong_length(found: usize, shape: &[usize]) -> ! {
    panic!("a tensor of shape {shape:?} cannot hold {found} entries")
}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// A tensor from its parts. The length is the caller's promise: kernels are given outputs of the shape's size.
    pub(crate) fn from_parts(storage: Storage<E>, edge: G::Edge) -> Self {
        if storage.len() != S::NUMEL {
            wrong_length(storage.len(), S::DIMS);
        }
        Tensor {
            storage,
            edge,
            shape: PhantomData,
        }
    }

    /// The entries and the place in the graph, taken apart.
    pub(crate) fn into_parts(self) -> (Storage<E>, G::Edge) {
        (self.storage, self.edge)
    }
}

impl<S: Shape, E: Element> Tensor<S, E> {
    /// An untracked tensor of these entries, in row-major order.
    pub(crate) fn from_storage(storage: Storage<E>) -> Self {
        Tensor::from_parts(storage, ())
    }

    /// The same entries, computed now if that was put off.
    pub(crate) fn written(self) -> Self {
        Tensor::from_storage(self.storage.written())
    }

    /// An untracked tensor of these entries, in row-major order.
    pub(crate) fn from_buffer(entries: Buffer<E>) -> Self {
        Tensor::from_storage(entries.into())
    }
}

impl<S: Shape, E: Element, G: Track> Clone for Tensor<S, E, G> {
    /// Shares the entries: O(1). A clone of a leaf is the same variable: there is one gradient between them. A step changes the
    /// handle that it is given, and not the other. (A clone of a layer has leaves of its own.)
    fn clone(&self) -> Self {
        Tensor {
            storage: self.storage.clone(),
            edge: self.edge.clone(),
            shape: PhantomData,
        }
    }
}
