use core::fmt;

/// One dimension of a shape, of `N` elements: a type without a value's worth of data.
///
/// ```
/// use tintype::dim::{Dim, Dimension};
///
/// fn numbers<D: Dimension>(_: D) -> usize {
///     D::N
/// }
/// assert_eq!(numbers(Dim::<5>), 5);
/// assert_eq!(format!("{:?}", Dim::<5>), "Dim<5>");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Dim<const N: usize>;

impl<const N: usize> fmt::Debug for Dim<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dim<{N}>")
    }
}

/// A size as a type: `Dim<N>` for any `N`, and nothing else.
///
/// Code that is generic over a size may take `D: Dimension` where the size may itself be computed, or
/// `const N: usize` where it is written out. Every computed size is a `Dimension`, without a further bound.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dimension",
    label = "a dimension is a `Dim<N>`, such as `Dim<64>`"
)]
pub trait Dimension: Copy + Default + Send + Sync + fmt::Debug + sealed::Sealed + 'static {
    /// The number of elements along this dimension.
    const N: usize;

    /// `N` values of type `T` in a row: `[T; N]`. Dimensions nest, and so do their arrays.
    type Array<T: Copy + 'static>: Copy + 'static;

    /// Arrays that lie one behind the other, as the values in them.
    #[doc(hidden)]
    fn flat<T: Copy + 'static>(arrays: &[Self::Array<T>]) -> &[T];

    /// The same, to write to.
    #[doc(hidden)]
    fn flat_mut<T: Copy + 'static>(arrays: &mut [Self::Array<T>]) -> &mut [T];
}

macro_rules! arrays_of {
    ($n:expr) => {
        const N: usize = $n;
        type Array<T: Copy + 'static> = [T; $n];
        #[inline(always)]
        fn flat<T: Copy + 'static>(arrays: &[[T; $n]]) -> &[T] {
            arrays.as_flattened()
        }
        #[inline(always)]
        fn flat_mut<T: Copy + 'static>(arrays: &mut [[T; $n]]) -> &mut [T] {
            arrays.as_flattened_mut()
        }
    };
}

impl<const N: usize> Dimension for Dim<N> {
    arrays_of!(N);
}

/// Tensors read their storage as the nested `Array`, which is sound only for arrays of exactly `N`:
/// no other type may be a dimension.
mod sealed {
    pub trait Sealed {}
    impl<const N: usize> Sealed for super::Dim<N> {}
}

/// The size of no tensor.
///
/// A layer that is implemented for it beside the size that it takes makes rustc wait for a size that is still being computed,
/// where it would otherwise conclude that the size must be the one that the layer takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Undecided(());
impl sealed::Sealed for Undecided {}
impl Dimension for Undecided {
    arrays_of!(0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    #[test]
    fn any_number_is_a_dimension() {
        assert_eq!(
            [Dim::<0>::N, Dim::<70_001>::N, Dim::<{ usize::MAX }>::N],
            [0, 70_001, usize::MAX]
        );
        same::<<Dim<2> as Dimension>::Array<<Dim<3> as Dimension>::Array<f32>>, [[f32; 3]; 2]>();
    }

    #[test]
    fn prints_as_it_is_written() {
        assert_eq!(format!("{:?}", (Dim::<3>, Dim::<70_001>)), "(Dim<3>, Dim<70001>)");
    }
}
