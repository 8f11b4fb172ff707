use super::check::check;
use super::off_table::Listed;
use super::window::{DilationSpreads, Slide, StrideMoves};
use super::{Dim, Dimension};

/// What a convolution leaves of a dimension of `N` elements:
/// `Out = floor((N + 2P − D(K − 1) − 1) / S) + 1`, for a kernel of `K`, a stride of `S`, a padding of `P` on either side
/// and a dilation of `D` ([PyTorch's `Conv2d`](https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html)).
///
/// Does not compile where the kernel is larger than the padded input, or `K`, `S` or `D` is zero.
///
/// ```
/// use tintype::dim::{ConvDim, Dim};
///
/// let valid: <Dim<64> as ConvDim<3>>::Out = Dim::<62>;
/// let halved: <Dim<224> as ConvDim<7, 2, 3>>::Out = Dim::<112>;
/// ```
/// ```compile_fail
/// # use tintype::dim::{ConvDim, Dim};
/// let none: <Dim<2> as ConvDim<3>>::Out; // a kernel of 3 with dilation 1 does not fit an input of 2 with padding 0
/// ```
#[diagnostic::on_unimplemented(
    message = "what a convolution leaves of `{Self}` is not known here (kernel {K}, stride {S}, padding {P}, dilation {D})",
    label = "needs `{Self}: ConvDim<{K}, {S}, {P}, {D}>`"
)]
pub trait ConvDim<const K: usize, const S: usize = 1, const P: usize = 0, const D: usize = 1>: Dimension {
    /// The size after the convolution.
    type Out: Dimension;
}

impl<const N: usize, const K: usize, const S: usize, const P: usize, const D: usize> ConvDim<K, S, P, D> for Dim<N>
where
    Dim<N>: ConvolvedSize<N, K, S, P, D>,
{
    type Out = <Dim<N> as ConvolvedSize<N, K, S, P, D>>::Out;
}

/// The same for numbers: apart, and for any type, so that rustc does not quote how it is computed when a check fails.
pub trait ConvolvedSize<const N: usize, const K: usize, const S: usize, const P: usize, const D: usize> {
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
    Fits,
    Entry,
    Sides,
    Moving,
    Spreading,
    Fitting,
> ConvolvedSize<N, K, S, P, D> for Any
where
    Dim<N>: Slide<K, S, P, D, Found = (HasElements, Moves, Spreads, Fits, Entry, Sides)>,
    HasElements: KernelHasElements<K, Then<Moves> = Moving>,
    Moving: StrideMoves<S, Then<Spreads> = Spreading>,
    Spreading: DilationSpreads<D, Then<Fits> = Fitting>,
    Fitting: KernelFits<N, K, P, D>,
    Entry: Listed,
{
    type Out = Fitting::Leaves<Entry::Dim>;
}

check! {
    KernelFits<N, K, P, D>
    "a kernel of {K} with dilation {D} does not fit an input of {N} with padding {P}",
    "the kernel is larger than the padded input"
}

check! {
    KernelHasElements<K>
    "a kernel of {K} covers nothing",
    "a kernel has at least 1 element"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    macro_rules! assert_sizes {
        ($($input:literal, $kernel:literal, $stride:literal, $padding:literal, $dilation:literal => $output:literal;)*) => {$(
            same::<<Dim<$input> as ConvDim<$kernel, $stride, $padding, $dilation>>::Out, Dim<$output>>();
            assert_eq!(($input + 2 * $padding - $dilation * ($kernel - 1) - 1) / $stride + 1, $output);
        )*};
    }

    #[test]
    fn sizes_follow_the_formula() {
        assert_sizes! {
            64, 3, 1, 0, 1 => 62;
            128, 5, 1, 0, 1 => 124;
            224, 7, 2, 3, 1 => 112;
            3, 3, 1, 0, 1 => 1;
            1, 1, 1, 0, 1 => 1;
            2, 3, 1, 1, 1 => 2;
            0, 1, 1, 1, 1 => 2;
            28, 5, 1, 2, 1 => 28;
            10, 3, 2, 1, 2 => 4;
            7, 2, 3, 0, 1 => 2;
            7, 3, 2, 0, 3 => 1;
            4096, 1, 1, 0, 1 => 4096;
            4096, 4096, 1, 0, 1 => 1;
            4096, 1, 1, 2048, 1 => 8192;
            1048576, 1, 1, 0, 1 => 1048576;
            65536, 2, 2, 0, 1 => 32768;
            1048576, 3, 1024, 1, 1 => 1024;
            1000000000, 1, 1000000000, 0, 1 => 1;
            11, 3, 4096, 0, 5 => 1;
            5, 1, 1, 0, 4096 => 5;
        }
    }

    #[test]
    fn generic_code_needs_one_bound_to_a_size_and_chains() {
        fn twice<H: ConvDim<3, Out = H1>, H1: ConvDim<3>>(_: H) -> (usize, H1::Out) {
            (H1::Out::N, H1::Out::default())
        }
        fn whatever_follows<H: ConvDim<3>>(_: H) -> Option<<H::Out as Dimension>::Array<f32>> {
            None
        }
        assert_eq!(twice(Dim::<28>), (24, Dim::<24>));
        assert_eq!(whatever_follows(Dim::<4>), None::<[f32; 2]>);
    }
}
