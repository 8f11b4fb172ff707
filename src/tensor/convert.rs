//! Tensors from and to other things that hold numbers.

use super::{Element, Tensor};
use crate::autograd::{Track, Untracked};
use crate::error::Error;
use crate::kernels::buffers::Buffer;
use crate::shape::{Rank1, Shape};
use generic_array::{ArrayLength, GenericArray, IntoArrayLength};
use typenum::Const;

/// Refuses a number of entries that is not the shape's.
fn check_length<S: Shape>(found: usize) -> Result<(), Error> {
    if found == S::NUMEL {
        Ok(())
    } else {
        Err(Error::Length {
            shape: S::DIMS,
            expected: S::NUMEL,
            found,
        })
    }
}

/// What [`Tensor::try_from`] takes: all that the tensor is [`TryFrom`], with its error `X`.
///
/// `TryFrom` itself, which is the standard library's, has no words for what it does not take.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{S}` and `{E}` entries cannot be made from `{Self}`",
    label = "expected `{E}` entries for the shape `{S}`",
    note = "`Tensor::try_from` takes the entries in row-major order, as `Vec<{E}>` or `&[{E}]`, and `Tensor::from` an array",
    note = "entries of another type become a tensor of that type, which `.to::<{E}>()` converts; a literal `1` of an `f32` tensor \
            is written `1.0`"
)]
pub trait TensorFrom<S: Shape, E: Element, G: Track, X> {
    /// Makes it.
    fn into_tensor(self) -> Result<Tensor<S, E, G>, X>;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, E: Element, G: Track, T, X> TensorFrom<S, E, G, X> for T
where
    Tensor<S, E, G>: TryFrom<T, Error = X>,
{
    fn into_tensor(self) -> Result<Tensor<S, E, G>, X> {
        self.try_into()
    }
}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The tensor of a vector's or a slice's entries, in row-major order, copied: the method of [`TryFrom`] under its own name,
    /// so that the compiler says in words what a tensor is made from.
    ///
    /// # Errors
    /// [`Error::Length`] if there are more or fewer entries than the shape holds.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Tensor2::<2, 2>::try_from(vec![1.0, 2.0, 3.0, 4.0])?.array(), &[[1.0, 2.0], [3.0, 4.0]]);
    /// let error = Tensor2::<2, 2>::try_from(vec![1.0, 2.0, 3.0]).unwrap_err();
    /// assert_eq!(error.to_string(), "a tensor of shape [2, 2] holds 4 entries, and 3 were given");
    /// // Entries of another type.
    /// let wide: Vec<f64> = vec![0.5, 1.5];
    /// let narrow = Tensor1::<2, f64>::try_from(wide)?.to::<f32>();
    /// # Ok::<(), tintype::Error>(())
    /// ```
    pub fn try_from<T: TensorFrom<S, E, G, X>, X>(entries: T) -> Result<Self, X> {
        entries.into_tensor()
    }
}

impl<S: Shape, E: Element> TryFrom<Vec<E>> for Tensor<S, E> {
    type Error = Error;
    /// Entries in row-major order, copied.
    ///
    /// # Errors
    /// [`Error::Length`] if there are more or fewer than the shape holds.
    fn try_from(entries: Vec<E>) -> Result<Self, Error> {
        entries.as_slice().try_into()
    }
}

impl<S: Shape, E: Element> TryFrom<&[E]> for Tensor<S, E> {
    type Error = Error;
    /// Entries in row-major order, copied.
    ///
    /// # Errors
    /// [`Error::Length`] if there are more or fewer than the shape holds.
    fn try_from(entries: &[E]) -> Result<Self, Error> {
        check_length::<S>(entries.len())?;
        Ok(Tensor::from_buffer(entries.into()))
    }
}

impl<S: Shape, E: Element, G: Track> From<Tensor<S, E, G>> for Vec<E> {
    fn from(x: Tensor<S, E, G>) -> Vec<E> {
        x.into_vec()
    }
}

macro_rules! into_arrays {
    ($([$($dim:ident)*] $array:ty;)*) => { $(
        impl<$(const $dim: usize,)* T: Element, G: Track> From<Tensor<($(crate::dim::Dim<$dim>,)*), T, G>> for $array {
            /// The entries as a nested array, copied to wherever it is put. [`array`](Tensor::array) borrows it.
            fn from(x: Tensor<($(crate::dim::Dim<$dim>,)*), T, G>) -> Self {
                *x.array()
            }
        }
    )* };
}
into_arrays! {
    [A] [T; A];
    [A B] [[T; B]; A];
    [A B C] [[[T; C]; B]; A];
    [A B C D] [[[[T; D]; C]; B]; A];
    [A B C D F] [[[[[T; F]; D]; C]; B]; A];
    [A B C D F H] [[[[[[T; H]; F]; D]; C]; B]; A];
}

#[diagnostic::do_not_recommend]
impl<const N: usize, L: ArrayLength, E: Element> From<GenericArray<E, L>> for Tensor<Rank1<N>, E>
where
    Const<N>: IntoArrayLength<ArrayLength = L>,
{
    fn from(entries: GenericArray<E, L>) -> Self {
        Tensor::from_buffer(entries.as_slice().into())
    }
}

impl<const N: usize, L: ArrayLength, E: Element, G: Track> From<Tensor<Rank1<N>, E, G>> for GenericArray<E, L>
where
    Const<N>: IntoArrayLength<ArrayLength = L>,
{
    fn from(x: Tensor<Rank1<N>, E, G>) -> Self {
        x.into_iter().collect()
    }
}

/// That a tensor can become one of another element type: it is `Untracked`.
#[diagnostic::on_unimplemented(
    message = "a tensor with a graph keeps its element type: this one is `{Self}`",
    label = "no gradient goes back through a conversion",
    note = "convert before `requires_grad()`, or convert the numbers without the graph: `x.detach().to::<f64>()`"
)]
pub trait Converts: Track {}
#[diagnostic::do_not_recommend]
impl Converts for Untracked {}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The same numbers as another element type, rounded as Rust's `as` does: PyTorch's `x.to(dtype)`. A mask is 1 where it is
    /// set, and 0 elsewhere; as a mask, every number but 0 is set.
    ///
    /// # Panics
    /// If a number does not fit the other type.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = Tensor1::<3, u8>::from([0, 128, 255]);
    /// assert_eq!((x.to::<f32>() / 255.0)[[2]], 1.0);
    /// assert_eq!(x.gt(100).to::<f32>().array(), &[0.0, 1.0, 1.0]);
    /// ```
    #[doc(alias = "float")]
    #[doc(alias = "double")]
    #[doc(alias = "long")]
    #[doc(alias = "dtype")]
    pub fn to<T: Element>(&self) -> Tensor<S, T>
    where
        G: Converts,
    {
        Tensor::from_buffer(cast(self.as_slice()))
    }
}

#[inline(never)]
fn cast<E: Element, T: Element>(entries: &[E]) -> Buffer<T> {
    let cast =
        |entry: E| T::from_number(entry.to_number()).unwrap_or_else(|| panic!("{entry} does not fit an {}", T::NAME));
    Buffer::from_fn(entries.len(), |i| cast(entries[i]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::{Tensor1, Tensor2};
    use typenum::U3;

    #[test]
    fn generic_arrays_of_rank_one() {
        let array = GenericArray::<f32, U3>::from([1.0, 2.0, 3.0]);
        let x: Tensor1<3> = array.into();
        assert_eq!(x.array(), &[1.0, 2.0, 3.0]);
        assert_eq!(GenericArray::<f32, U3>::from(x), array);
    }

    #[test]
    fn masks_are_numbers_and_back() {
        let mask = Tensor1::<2, bool>::from([true, false]);
        assert_eq!(mask.to::<f32>().array(), &[1.0, 0.0]);
        assert_eq!(mask.to::<i64>().to::<bool>(), mask);
        let numbers = Tensor1::<3>::from([f32::NAN, -0.0, 0.1]);
        assert_eq!(numbers.to::<bool>().array(), &[true, false, true], "as PyTorch");
    }

    #[test]
    fn arrays_and_vectors_and_back() {
        let array = [[1, 2, 3], [4, 5, 6]];
        let x = Tensor2::<2, 3, i64>::from(array);
        assert_eq!(<[[i64; 3]; 2]>::from(x.clone()), array);
        assert_eq!(Vec::from(x), [1, 2, 3, 4, 5, 6]);
        let slice: &[i64] = &[1, 2, 3];
        assert!(Tensor2::<2, 3, i64>::try_from(slice).is_err());
    }
}
