//! The groups of a convolution, in types.

use super::bias::{Biased, Unbiased};
use super::window::{Circular, Dilation, Padding, Reflect, Replicate, Same, Stride};
use crate::autograd::{Tracked, Untracked};
use crate::dim::{Dim, Dimension, DividedBy, Share};

/// One group: every output channel sees every input channel.
///
/// It is a type of its own and not `Groups<1>`, so that code generic over channels needs no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ungrouped;

/// Channels in `G` groups, each convolved by itself. `G` divides the number of input and of output channels.
///
/// ```
/// use tintype::prelude::*;
/// let conv = Conv2d::<6, 8, 3, 3, Stride<1>, Padding<0>, Dilation<1>, Groups<2>>::new(&mut StdRng::seed_from_u64(0));
/// assert_eq!(conv.weight.shape(), [8, 3, 3, 3]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups<const G: usize>;

/// How a convolution's `I` input and `O` output channels are grouped: [`Ungrouped`] or [`Groups`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not group {I} input and {O} output channels",
    label = "expected `Ungrouped` or `Groups<G>`"
)]
pub trait GroupSpec<const I: usize, const O: usize> {
    /// The number of groups.
    const GROUPS: usize;
    /// The input channels that an output channel sees: `I / G`.
    type Inputs: Dimension;
}

impl<const I: usize, const O: usize> GroupSpec<I, O> for Ungrouped {
    const GROUPS: usize = 1;
    type Inputs = Dim<I>;
}

impl<const G: usize, const I: usize, const O: usize> GroupSpec<I, O> for Groups<G>
where
    Dim<I>: Share<G>,
{
    const GROUPS: usize = G;
    type Inputs = <Dim<I> as Share<G>>::Out;
}

/// That channels divide into groups without a remainder: what it takes to make a layer.
///
/// (Apart from [`GroupSpec`], because rustc says nothing of a layer's constructor where the layer's own type is not well
/// formed.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not group {I} input and {O} output channels",
    label = "expected `Ungrouped` or `Groups<G>` behind the dilation, found `{Self}`",
    note = "the parameters of a convolution are its channels and kernel, then a `Stride`, a padding, a `Dilation`, `Groups`, the element type, \
            the state and the bias",
    note = "to make a layer, code that is generic over its groups needs `{Self}: EvenGroups<{I}, {O}>`, with `use tintype::nn::EvenGroups`"
)]
pub trait EvenGroups<const I: usize, const O: usize>: GroupSpec<I, O> {}
impl<const I: usize, const O: usize, G: GroupSpec<I, O> + IsGroups<Groups = Of>, Of, Each> EvenGroups<I, O> for G
where
    Dim<I>: SharedBy<Of, Each = Each>,
    Each: Beside<Of, Dim<O>>,
{
}

/// That a [`GroupSpec`] is one, and not what only stands in its place.
pub trait IsGroups {
    /// The groups themselves.
    type Groups;
}
#[diagnostic::do_not_recommend]
impl IsGroups for Ungrouped {
    type Groups = Ungrouped;
}
#[diagnostic::do_not_recommend]
impl<const G: usize> IsGroups for Groups<G> {
    type Groups = Groups<G>;
}

/// A number of channels of which each group has as many.
pub trait SharedBy<G> {
    /// The channels of each group.
    type Each: Dimension;
}
#[diagnostic::do_not_recommend]
impl<N: Dimension> SharedBy<Ungrouped> for N {
    type Each = N;
}
impl<const N: usize, const G: usize> SharedBy<Groups<G>> for Dim<N>
where
    Dim<N>: DividedBy<G>,
{
    type Each = <Dim<N> as DividedBy<G>>::Out;
}

/// Channels of a group, `Self`, beside which the output channels `N` divide into groups as well.
///
/// That is asked of the input channels of a group, and there are none where those do not divide: then rustc says that alone.
pub trait Beside<G, N> {}
#[diagnostic::do_not_recommend]
impl<Each: Dimension, N: Dimension> Beside<Ungrouped, N> for Each {}
impl<Each: Dimension, N: SharedBy<Groups<G>>, const G: usize> Beside<Groups<G>, N> for Each {}

/// What stands in the place of the groups where a parameter is left out, or two are exchanged.
///
/// It has a [`GroupSpec`] all the same, so that the type of the layer exists, and rustc says once, where that is made, that these are
/// no groups.
macro_rules! no_groups {
    ($($name:ident$(<$($number:ident),+>)?)*) => { $(
        #[doc(hidden)]
        #[diagnostic::do_not_recommend]
        impl<const I: usize, const O: usize, $($(const $number: usize),+)?> GroupSpec<I, O> for $name$(<$($number),+>)? {
            const GROUPS: usize = 1;
            type Inputs = Dim<I>;
        }
    )* };
}
no_groups! {
    Stride<H, W> Dilation<H, W> Padding<H, W> Same Circular<H, W> Reflect<H, W> Replicate<H, W>
    f32 f64 Tracked Untracked Biased Unbiased
}
