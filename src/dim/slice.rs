use super::check::{Answer, check};
use super::table::{Holds, Table};
use super::{Dim, Dimension, Share};
use core::ops::Add;
use typenum::IsGreaterOrEqual;

/// A dimension that has `LEN` elements from `START` on: `START + LEN ≤ N`.
///
/// ```
/// use tintype::dim::{Dim, HasRange};
///
/// fn slice<D: HasRange<5, 3>>(_: D) {}
/// slice(Dim::<8>);
/// ```
/// ```compile_fail
/// # use tintype::dim::{Dim, HasRange};
/// # fn slice<D: HasRange<5, 3>>(_: D) {}
/// slice(Dim::<7>); // a slice of 3 entries from 5 on ends beyond the axis, which has 7
/// ```
#[diagnostic::on_unimplemented(
    message = "whether `{Self}` has {LEN} entries from {START} on is not known here",
    label = "needs `{Self}: HasRange<{START}, {LEN}>`"
)]
pub trait HasRange<const START: usize, const LEN: usize>: Dimension {}
impl<const N: usize, const START: usize, const LEN: usize, Whole, Start, Length, End> HasRange<START, LEN> for Dim<N>
where
    Table: Holds<N, Binary = Whole> + Holds<START, Binary = Start> + Holds<LEN, Binary = Length>,
    Start: Add<Length, Output = End>,
    Whole: IsGreaterOrEqual<End, Output: Answer<Is: RangeFits<START, LEN, N>>>,
{
}

check! {
    RangeFits<START, LEN, N>
    "a slice of {LEN} entries from {START} on ends beyond the axis, which has {N}",
    "the start and the length together are at most {N}"
}

/// A dimension that can be cut into `PARTS` of one size, `Out = N / PARTS`, without remainder.
///
/// ```
/// use tintype::dim::{Chunks, Dim};
///
/// let each: <Dim<64> as Chunks<4>>::Out = Dim::<16>;
/// ```
/// ```compile_fail
/// # use tintype::dim::{Chunks, Dim};
/// let each: <Dim<66> as Chunks<4>>::Out; // an axis of 66 cannot be cut into 4 equal parts
/// ```
#[diagnostic::on_unimplemented(
    message = "whether `{Self}` can be cut into {PARTS} equal parts is not known here",
    label = "needs `{Self}: Chunks<{PARTS}>`"
)]
pub trait Chunks<const PARTS: usize>: Dimension {
    /// The size of each part.
    type Out: Dimension;
}
impl<const N: usize, const PARTS: usize> Chunks<PARTS> for Dim<N>
where
    Dim<N>: Share<PARTS, Exact: PartsDivide<PARTS, N>>,
{
    type Out = <<Dim<N> as Share<PARTS>>::Exact as PartsDivide<PARTS, N>>::Leaves<<Dim<N> as Share<PARTS>>::Out>;
}

check! {
    PartsDivide<PARTS, N>
    "an axis of {N} cannot be cut into {PARTS} equal parts",
    "the size of the axis must be a multiple of the number of parts"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    #[test]
    fn a_range_may_end_where_the_axis_does() {
        fn slice<const START: usize, const LEN: usize>(_: impl HasRange<START, LEN>) {}
        slice::<0, 0>(Dim::<0>);
        slice::<7, 0>(Dim::<7>);
        slice::<0, 7>(Dim::<7>);
        slice::<3, 4>(Dim::<7>);
        slice::<4_095, 1>(Dim::<4_096>);
    }

    #[test]
    fn equal_parts() {
        same::<<Dim<64> as Chunks<4>>::Out, Dim<16>>();
        same::<<Dim<64> as Chunks<64>>::Out, Dim<1>>();
        same::<<Dim<0> as Chunks<3>>::Out, Dim<0>>();
    }
}
