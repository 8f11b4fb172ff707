use super::table::Listed;
use super::window::{DilationSpreads, Slide, StrideMoves};
use super::{Dim, Dimension};
use typenum::B1;

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

impl<
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
> ConvDim<K, S, P, D> for Dim<N>
where
    Dim<N>: Slide<K, S, P, D, HasElements = HasElements, Moves = Moves, Spreads = Spreads, Fits = Fits, Entry = Entry>,
    HasElements: KernelHasElements<K>,
    Moves: StrideMoves<S>,
    Spreads: DilationSpreads<D>,
    Fits: KernelFits<N, K, P, D>,
    Entry: Listed,
{
    type Out = HasElements::Then<Moves::Then<Spreads::Then<Fits::Then<Entry::Dim>>>>;
}

#[diagnostic::on_unimplemented(
    message = "a kernel of {K} with dilation {D} does not fit an input of {N} with padding {P}",
    label = "the kernel is larger than the padded input"
)]
pub trait KernelFits<const N: usize, const K: usize, const P: usize, const D: usize> {
    type Then<Out: Dimension>: Dimension;
}
#[diagnostic::do_not_recommend]
impl<const N: usize, const K: usize, const P: usize, const D: usize> KernelFits<N, K, P, D> for B1 {
    type Then<Out: Dimension> = Out;
}

#[diagnostic::on_unimplemented(
    message = "a kernel of {K} covers nothing",
    label = "a kernel has at least 1 element"
)]
pub trait KernelHasElements<const K: usize> {
    type Then<Out: Dimension>: Dimension;
}
#[diagnostic::do_not_recommend]
impl<const K: usize> KernelHasElements<K> for B1 {
    type Then<Out: Dimension> = Out;
}
