use super::check::check;
use super::{Dim, Dimension, Share, Times};

/// A width that attention works in, as `HEADS` heads.
///
/// Code that is generic over the width needs this bound, and [`EvenHeads`] to make a layer. (It is no kind of [`Dimension`], so that
/// within such code rustc does not take every size that it has yet to infer for this one.)
#[diagnostic::on_unimplemented(
    message = "the heads of attention over `{Self}` with {HEADS} heads are not known here",
    label = "needs `{Self}: Heads<{HEADS}>`"
)]
pub trait Heads<const HEADS: usize> {
    /// The size of each head: `N / HEADS`.
    type Size: Dimension;
    /// The width of queries, keys and values together: `3 N`.
    type Triple: Dimension;
}
impl<const N: usize, const HEADS: usize> Heads<HEADS> for Dim<N>
where
    Dim<N>: Share<HEADS> + Times<Dim<3>>,
{
    type Size = <Dim<N> as Share<HEADS>>::Out;
    type Triple = <Dim<N> as Times<Dim<3>>>::Out;
}

/// That a width divides into `HEADS` heads without a remainder: what it takes to make a layer of attention.
#[diagnostic::on_unimplemented(
    message = "whether `{Self}` divides into {HEADS} heads is not known here",
    label = "needs `{Self}: EvenHeads<{HEADS}>`"
)]
pub trait EvenHeads<const HEADS: usize>: Heads<HEADS> {}
impl<const N: usize, const HEADS: usize> EvenHeads<HEADS> for Dim<N> where
    Dim<N>: Heads<HEADS> + Share<HEADS, Exact: HeadsDivide<HEADS, N>>
{
}

check! {
    HeadsDivide<HEADS, N>
    "a width of {N} does not divide into {HEADS} heads",
    "the width must be a multiple of the number of heads"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    #[test]
    fn widths_of_heads() {
        same::<<Dim<768> as Heads<12>>::Size, Dim<64>>();
        same::<<Dim<768> as Heads<12>>::Triple, Dim<2_304>>();
        same::<<Dim<10> as Heads<3>>::Size, Dim<0>>();
        fn even<D: EvenHeads<12>>(_: D) {}
        even(Dim::<768>);
    }
}
