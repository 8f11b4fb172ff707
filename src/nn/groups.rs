//! The groups of a convolution, in types.

use crate::dim::{Dim, Dimension, DividedBy};

/// One group: every output channel sees every input channel.
///
/// It is a type of its own and not `Groups<1>`, so that code generic over channels needs no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ungrouped;

/// Channels in `G` groups, each convolved by itself. `G` divides the number of input and of output channels.
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

#[diagnostic::do_not_recommend]
impl<const G: usize, const I: usize, const O: usize> GroupSpec<I, O> for Groups<G>
where
    Dim<I>: DividedBy<G>,
    Dim<O>: DividedBy<G>,
{
    const GROUPS: usize = G;
    type Inputs = <Dim<I> as DividedBy<G>>::Out;
}
