//! Reading a tensor, and writing to an untracked one.

use super::{Element, Tensor};
use crate::autograd::{Track, Untracked};
use crate::shape::{OfRank, Rank0, Shape};
use core::ops::{Index, IndexMut};

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The number of axes.
    #[doc(alias = "ndim")]
    #[doc(alias = "dim")]
    pub const RANK: usize = S::RANK;
    /// The number of entries.
    #[doc(alias = "numel")]
    pub const NUMEL: usize = S::NUMEL;

    /// The size of each axis, as PyTorch's `x.shape`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Tensor4::<1, 20, 64, 128>::zeros().shape(), [1, 20, 64, 128]);
    /// ```
    #[doc(alias = "size")]
    pub fn shape(&self) -> &'static [usize] {
        S::DIMS
    }

    /// The entries as a nested array, borrowed: `&[[E; B]; A]` for a matrix.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Tensor2::<2, 2>::eye().array(), &[[1.0, 0.0], [0.0, 1.0]]);
    /// ```
    #[doc(alias = "numpy")]
    #[doc(alias = "tolist")]
    pub fn array(&self) -> &S::Array<E> {
        self.storage.as_array::<S>()
    }

    /// The entries in row-major order, borrowed.
    pub fn as_slice(&self) -> &[E] {
        self.storage.as_slice()
    }

    /// The entries in row-major order.
    pub fn iter(&self) -> core::slice::Iter<'_, E> {
        self.as_slice().iter()
    }

    /// The entries in row-major order, in a vector of their own.
    pub fn into_vec(self) -> Vec<E> {
        self.as_slice().to_vec()
    }
}

/// That a tensor holds one number.
#[diagnostic::on_unimplemented(
    message = "`item` reads a tensor of one number, and this one has the shape `{Self}`",
    label = "not one number: its shape is `{Self}`, not `()`",
    note = "reduce it first, by `.sum()` or `.mean()`, or read one entry: `x[[0]]`, with an index for each axis"
)]
pub trait HoldsOneNumber: Shape {}
#[diagnostic::do_not_recommend]
impl HoldsOneNumber for Rank0 {}

/// That a tensor has no graph behind it: it is `Untracked`.
#[diagnostic::on_unimplemented(
    message = "the entries of this tensor are not to be written to: it is `{Self}`",
    label = "this tensor has a graph, which would not know of the change",
    note = "change a leaf by `w.update(|entries| …)`, as an optimiser does, or a copy: `x.detach()`"
)]
pub trait HasNoGraph: Track<Edge = ()> {}
#[diagnostic::do_not_recommend]
impl HasNoGraph for Untracked {}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The number in a tensor of rank 0.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 2.0, 6.0]).mean().item(), 3.0);
    /// ```
    pub fn item(&self) -> E
    where
        S: HoldsOneNumber,
    {
        self.as_slice()[0]
    }
}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The entries to write to, in row-major order: copied first if another tensor shares them.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let before = Tensor1::<2>::zeros();
    /// let mut after = before.clone();
    /// after.as_mut_slice()[0] = 1.0;
    /// assert_eq!((before.array(), after.array()), (&[0.0, 0.0], &[1.0, 0.0]));
    /// ```
    pub fn as_mut_slice(&mut self) -> &mut [E]
    where
        G: HasNoGraph,
    {
        self.storage.make_mut()
    }
}

/// The flat position of an index, checked axis by axis.
fn position<const R: usize>(dims: &[usize], index: [usize; R]) -> usize {
    dims.iter().zip(index).enumerate().fold(0, |flat, (axis, (&size, i))| {
        assert!(i < size, "index {i} is out of range for axis {axis} of size {size}");
        flat * size + i
    })
}

/// The index of an entry of a tensor of the shape `S`: `[usize; 2]` where there are two axes.
///
/// (The entry's type is the index's to say: of what is done with the entry at no index rustc then says nothing more.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the index of an entry of a tensor of the shape `{S}`",
    label = "expected an array of whole numbers, one for each axis",
    note = "an entry is `x[[i, j]]`, where there are two axes, or `x.array()[i][j]`",
    note = "a row or a step is `x.at::<AXIS>(i)`, and a range `x.slice::<AXIS, START, LENGTH>()`"
)]
pub trait EntryIndex<S: Shape> {
    /// What stands there.
    type Entry<E: Element>;
    /// The entry at this index.
    fn entry<E: Element>(self, entries: &[E]) -> &Self::Entry<E>;
    /// The same, to write to.
    fn entry_mut<E: Element>(self, entries: &mut [E]) -> &mut Self::Entry<E>;
}

#[diagnostic::do_not_recommend]
impl<S: OfRank<R>, const R: usize> EntryIndex<S> for [usize; R] {
    type Entry<E: Element> = E;
    fn entry<E: Element>(self, entries: &[E]) -> &E {
        &entries[position(S::DIMS, self)]
    }
    fn entry_mut<E: Element>(self, entries: &mut [E]) -> &mut E {
        &mut entries[position(S::DIMS, self)]
    }
}

impl<S: Shape, E: Element, G: Track, I: EntryIndex<S>> Index<I> for Tensor<S, E, G> {
    type Output = I::Entry<E>;
    /// The entry at one index for each axis: `x[[row, column]]`.
    ///
    /// # Panics
    /// If an index is not smaller than its axis.
    fn index(&self, index: I) -> &I::Entry<E> {
        index.entry(self.as_slice())
    }
}

impl<S: Shape, E: Element, I: EntryIndex<S>> IndexMut<I> for Tensor<S, E> {
    fn index_mut(&mut self, index: I) -> &mut I::Entry<E> {
        index.entry_mut(self.as_mut_slice())
    }
}

impl<'a, S: Shape, E: Element, G: Track> IntoIterator for &'a Tensor<S, E, G> {
    type Item = &'a E;
    type IntoIter = core::slice::Iter<'a, E>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<S: Shape, E: Element, G: Track> IntoIterator for Tensor<S, E, G> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;
    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<S: Shape, E: Element, G: Track, H: Track> PartialEq<Tensor<S, E, H>> for Tensor<S, E, G> {
    /// Whether all entries are equal. Where they come from does not matter.
    fn eq(&self, other: &Tensor<S, E, H>) -> bool {
        self.as_slice() == other.as_slice()
    }
}
