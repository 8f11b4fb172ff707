use super::check::{Answer, check};
use super::off_table::Listed;
use super::window::{DilationSpreads, Slide, StrideMoves};
use super::{Dim, Dimension};
use typenum::IsGreaterOrEqual;

/// What a pooling window leaves of a dimension of `N` elements:
/// `Out = floor((N + 2P − D(K − 1) − 1) / S) + 1`, for a window of `K`, a stride of `S`, a padding of `P` on either side
/// and a dilation of `D` ([PyTorch's `MaxPool2d`](https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html)).
///
/// Does not compile where the window is larger than the padded input, `K`, `S` or `D` is zero, or the padding is more than
/// half of the window, which would allow for windows that hold padding alone.
///
/// ```
/// use tintype::dim::{Dim, PoolDim};
///
/// let halved: <Dim<28> as PoolDim<2, 2>>::Out = Dim::<14>;
/// let overlapping: <Dim<112> as PoolDim<3, 2, 1>>::Out = Dim::<56>;
/// ```
/// ```compile_fail
/// # use tintype::dim::{Dim, PoolDim};
/// let none: <Dim<28> as PoolDim<2, 2, 2>>::Out; // a padding of 2 is more than half of a pooling window of 2
/// ```
#[diagnostic::on_unimplemented(
    message = "what pooling leaves of `{Self}` is not known here (window {K}, stride {S}, padding {P}, dilation {D})",
    label = "needs `{Self}: PoolDim<{K}, {S}, {P}, {D}>`"
)]
pub trait PoolDim<const K: usize, const S: usize, const P: usize = 0, const D: usize = 1>: Dimension {
    /// The size after the pooling.
    type Out: Dimension;
}

impl<const N: usize, const K: usize, const S: usize, const P: usize, const D: usize> PoolDim<K, S, P, D> for Dim<N>
where
    Dim<N>: PooledSize<N, K, S, P, D>,
{
    type Out = <Dim<N> as PooledSize<N, K, S, P, D>>::Out;
}

/// The same for numbers: apart, and for any type, so that rustc does not quote how it is computed when a check fails.
pub trait PooledSize<const N: usize, const K: usize, const S: usize, const P: usize, const D: usize> {
    type Out: Dimension;
}

impl<
    Any,
    const N: usize,
    const K: usize,
    const S: usize,
    const P: usize,
    const D: usize,
    HasElements,
    Moves,
    Spreads,
    MeetsInput,
    Fits,
    Entry,
    Window,
    Sides,
    Moving,
    Spreading,
    Meeting,
    Fitting,
> PooledSize<N, K, S, P, D> for Any
where
    Dim<N>: Slide<K, S, P, D, Found = (HasElements, Moves, Spreads, Fits, Entry, (Window, Sides))>,
    Window: IsGreaterOrEqual<Sides, Output: Answer<Is = MeetsInput>>,
    HasElements: WindowHasElements<K, Then<Moves> = Moving>,
    Moving: StrideMoves<S, Then<Spreads> = Spreading>,
    Spreading: DilationSpreads<D, Then<MeetsInput> = Meeting>,
    Meeting: PaddingAtMostHalf<K, P, Then<Fits> = Fitting>,
    Fitting: WindowFits<N, K, P, D>,
    Entry: Listed,
{
    type Out = Fitting::Leaves<Entry::Dim>;
}

check! {
    WindowFits<N, K, P, D>
    "a pooling window of {K} with dilation {D} does not fit an input of {N} with padding {P}",
    "the window is larger than the padded input"
}

check! {
    PaddingAtMostHalf<K, P>
    "a padding of {P} is more than half of a pooling window of {K}",
    "some windows would hold padding alone"
}

check! {
    WindowHasElements<K>
    "a pooling window of {K} covers nothing",
    "a pooling window has at least 1 element"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    macro_rules! assert_sizes {
        ($($input:literal, $window:literal, $stride:literal, $padding:literal, $dilation:literal => $output:literal;)*) => {$(
            same::<<Dim<$input> as PoolDim<$window, $stride, $padding, $dilation>>::Out, Dim<$output>>();
            assert_eq!(($input + 2 * $padding - $dilation * ($window - 1) - 1) / $stride + 1, $output);
        )*};
    }

    #[test]
    fn sizes_follow_the_formula() {
        assert_sizes! {
            28, 2, 2, 0, 1 => 14;
            112, 3, 2, 1, 1 => 56;
            7, 2, 2, 0, 1 => 3;
            1, 1, 1, 0, 1 => 1;
            1, 2, 2, 1, 1 => 1;
            2, 3, 2, 1, 1 => 1;
            0, 2, 2, 1, 1 => 1;
            32, 3, 2, 1, 2 => 15;
            65536, 2, 2, 0, 1 => 32768;
            4096, 4096, 1, 0, 1 => 1;
            4096, 4096, 4096, 2048, 1 => 2;
        }
    }
}
