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

impl<S: OfRank<R>, E: Element, G: Track, const R: usize> Index<[usize; R]> for Tensor<S, E, G> {
    type Output = E;
    /// The entry at one index for each axis: `x[[row, column]]`.
    ///
    /// # Panics
    /// If an index is not smaller than its axis.
    fn index(&self, index: [usize; R]) -> &E {
        &self.as_slice()[position(S::DIMS, index)]
    }
}

impl<S: OfRank<R>, E: Element, const R: usize> IndexMut<[usize; R]> for Tensor<S, E> {
    fn index_mut(&mut self, index: [usize; R]) -> &mut E {
        &mut self.as_mut_slice()[position(S::DIMS, index)]
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
