//! Rows of a table, chosen by indices.

use super::linear_map::LinearMap;
use crate::autograd::Track;
use crate::dim::Dim;
use crate::error::Error;
use crate::shape::{Append, Rank2, Shape};
use crate::tensor::{Float, Tensor};

/// A tensor of indices of the shape `S`, each below `N`: checked once, where they are made.
///
/// ```
/// use tintype::prelude::*;
/// let words = Indices::<Rank2<2, 3>, 50257>::try_from([[15496, 11, 995], [0, 1, 2]])?;
/// assert_eq!(words.tensor()[[0, 2]], 995);
/// let error = Indices::<Rank1<2>, 7>::try_from([6, 7]).unwrap_err();
/// assert_eq!(error.to_string(), "index 7 at position 1 is out of range: there are 7 entries");
/// # Ok::<(), tintype::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Indices<S: Shape, const N: usize> {
    indices: Tensor<S, usize>,
}

/// What [`Indices::try_from`] takes: all that `Indices<S, N>` are [`TryFrom`], with its error `X`.
///
/// `TryFrom` itself, which is the standard library's, has no words for what it does not take.
#[diagnostic::on_unimplemented(
    message = "indices of the shape `{S}` cannot be made from `{Self}`",
    label = "expected `usize` numbers in the shape `{S}`",
    note = "indices of the shape `(Dim<A>,)` are made from `[usize; A]`, those of `(Dim<A>, Dim<B>)` from `[[usize; B]; A]`, and \
            those of any shape from `Vec<usize>`, `&[usize]` and a tensor of `usize`",
    note = "numbers of another type are converted first: `x.to::<usize>()` for a tensor"
)]
pub trait IndicesFrom<S: Shape, const N: usize, X> {
    /// Makes them.
    fn into_indices(self) -> Result<Indices<S, N>, X>;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, T, X, const N: usize> IndicesFrom<S, N, X> for T
where
    Indices<S, N>: TryFrom<T, Error = X>,
{
    fn into_indices(self) -> Result<Indices<S, N>, X> {
        self.try_into()
    }
}

impl<S: Shape, const N: usize> Indices<S, N> {
    /// Indices from a nested array, from a tensor, or in row-major order from a vector or a slice: the method of [`TryFrom`]
    /// under its own name, so that the compiler says in words what indices are made from.
    ///
    /// # Errors
    /// [`Error::Length`] if there are more or fewer than the shape holds, [`Error::Index`] if one is not below `N`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let read = Tensor2::<2, 3, i64>::from([[15496, 11, 995], [0, 1, 2]]);
    /// let words = Indices::<Rank2<2, 3>, 50257>::try_from(read.to::<usize>())?;
    /// assert_eq!(words, Indices::try_from(vec![15496, 11, 995, 0, 1, 2])?);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    pub fn try_from<T: IndicesFrom<S, N, X>, X>(indices: T) -> Result<Self, X> {
        indices.into_indices()
    }

    /// The indices as a tensor.
    pub fn tensor(&self) -> &Tensor<S, usize> {
        &self.indices
    }

    /// The indices in row-major order.
    pub fn as_slice(&self) -> &[usize] {
        self.indices.as_slice()
    }
}

impl<S: Shape, const N: usize> TryFrom<Tensor<S, usize>> for Indices<S, N> {
    type Error = Error;
    /// # Errors
    /// [`Error::Index`] if one is not below `N`.
    fn try_from(indices: Tensor<S, usize>) -> Result<Self, Error> {
        match indices.iter().position(|&index| index >= N) {
            Some(position) => Err(Error::Index {
                position,
                index: indices.as_slice()[position],
                entries: N,
            }),
            None => Ok(Indices { indices }),
        }
    }
}

macro_rules! from_flat {
    ($($type:ty)*) => { $(
        impl<S: Shape, const N: usize> TryFrom<$type> for Indices<S, N> {
            type Error = Error;
            /// In row-major order.
            ///
            /// # Errors
            /// [`Error::Length`] if there are more or fewer than the shape holds, [`Error::Index`] if one is not below `N`.
            fn try_from(indices: $type) -> Result<Self, Error> {
                Tensor::<S, usize>::try_from(indices)?.try_into()
            }
        }
    )* };
}
from_flat!(Vec<usize> &[usize]);

impl<const A: usize, const N: usize> TryFrom<[usize; A]> for Indices<(Dim<A>,), N> {
    type Error = Error;
    /// # Errors
    /// [`Error::Index`] if one is not below `N`.
    fn try_from(indices: [usize; A]) -> Result<Self, Error> {
        Tensor::from(indices).try_into()
    }
}

impl<const A: usize, const B: usize, const N: usize> TryFrom<[[usize; B]; A]> for Indices<Rank2<A, B>, N> {
    type Error = Error;
    /// # Errors
    /// [`Error::Index`] if one is not below `N`.
    fn try_from(indices: [[usize; B]; A]) -> Result<Self, Error> {
        Tensor::from(indices).try_into()
    }
}

/// That indices are known to be below `N`: [`Indices<S, N>`](Indices) are.
///
/// (A trait for what is no more than that type, for rustc to say in words what it is made of.)
#[diagnostic::on_unimplemented(
    message = "rows of a table of {N} are taken by `Indices<…, {N}>`, and not by `{Self}`",
    label = "expected `Indices<…, {N}>`, found `{Self}`",
    note = "numbers become indices where they are checked: `Indices::<Rank1<4>, {N}>::try_from([2, 0, 2, 1])?`, of an array, a `Vec` or a \
            tensor of `usize`"
)]
pub trait IndicesOf<const N: usize> {
    /// The shape of the indices.
    type Shape: Append;
    /// The indices.
    #[doc(hidden)]
    fn checked(&self) -> &Tensor<Self::Shape, usize>;
}
#[diagnostic::do_not_recommend]
impl<S: Append, const N: usize> IndicesOf<N> for Indices<S, N> {
    type Shape = S;
    fn checked(&self) -> &Tensor<S, usize> {
        &self.indices
    }
}

/// The rows of a matrix that stand at some indices, in their order. On the way back each row's gradient is added to that of
/// the row it was taken from.
#[derive(Clone)]
struct Rows<S: Shape> {
    indices: Tensor<S, usize>,
    width: usize,
}

impl<S: Shape> LinearMap for Rows<S> {
    const NAMES: [&'static str; 2] = ["Embedding", "ScatterAdd"];

    fn map<E: Float>(&self, table: &[E], out: &mut [E]) {
        if self.width > 0 {
            for (row, &index) in out.chunks_mut(self.width).zip(&self.indices) {
                row.copy_from_slice(&table[index * self.width..][..self.width]);
            }
        }
    }

    fn adjoint<E: Float>(&self, rows: &[E], out: &mut [E]) {
        out.fill(E::zero());
        if self.width > 0 {
            for (row, &index) in rows.chunks(self.width).zip(&self.indices) {
                super::add_in_place(&mut out[index * self.width..][..self.width], row);
            }
        }
    }
}

impl<const N: usize, const D: usize, E: Float, A: Track> Tensor<Rank2<N, D>, E, A> {
    /// The rows at some indices, along a new last axis: PyTorch's `torch.nn.functional.embedding`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let table = tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]).requires_grad();
    /// let rows = table.rows_at(&Indices::<Rank1<4>, 3>::try_from([2, 0, 2, 2])?);
    /// assert_eq!(rows.array(), &[[5.0, 6.0], [1.0, 2.0], [5.0, 6.0], [5.0, 6.0]]);
    /// assert_eq!(rows.sum().backward()[&table].array(), &[[1.0, 1.0], [0.0, 0.0], [3.0, 3.0]]);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    #[doc(alias = "index_select")]
    pub fn rows_at<I: IndicesOf<N>>(&self, indices: &I) -> Tensor<<I::Shape as Append>::With<Dim<D>>, E, A> {
        let rows = Rows {
            indices: indices.checked().clone(),
            width: D,
        };
        rows.of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let mut rng = StdRng::seed_from_u64(0);
        let indices = Indices::<Rank2<2, 3>, 4>::try_from([[1, 3, 1], [0, 1, 3]]).unwrap();
        gradcheck(|table| table.rows_at(&indices), Tensor2::<4, 2, f64>::randn(&mut rng)).unwrap();
        let rows = Rows {
            indices: indices.indices.clone(),
            width: 2,
        };
        let back = |rows_: &Tensor3<2, 3, 2, f64, Tracked>| rows.clone().adjoint_of::<_, Rank2<4, 2>, _, _>(rows_);
        gradcheck(back, Tensor3::randn(&mut rng)).unwrap();
    }

    #[test]
    fn wrong_indices_are_errors() {
        let message = |indices: Result<Indices<Rank2<2, 2>, 5>, Error>| indices.unwrap_err().to_string();
        assert_eq!(
            message([[0, 1], [5, 2]].try_into()),
            "index 5 at position 2 is out of range: there are 5 entries"
        );
        assert_eq!(
            message(vec![0, 1, 2].try_into()),
            "a tensor of shape [2, 2] holds 4 entries, and 3 were given"
        );
        assert_eq!(
            message((&[0, 1, 2, 9][..]).try_into()),
            "index 9 at position 3 is out of range: there are 5 entries"
        );
    }
}
