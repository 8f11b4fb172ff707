use super::binary::Divide;
use super::check::{Answer, No, Yes, check};
use super::off_table::Listed;
use super::table::{Holds, Table, ToDim};
use super::{Dim, Dimension};

/// An equal share of a size, `Out = N / G`, without remainder: the channels in each of `G` groups.
///
/// ```
/// use tintype::dim::{Dim, DividedBy};
///
/// let each: <Dim<64> as DividedBy<4>>::Out = Dim::<16>;
/// ```
/// ```compile_fail
/// # use tintype::dim::{Dim, DividedBy};
/// let each: <Dim<6> as DividedBy<4>>::Out; // 4 groups do not divide 6 channels evenly
/// ```
#[diagnostic::on_unimplemented(
    message = "whether {G} groups divide the channels `{Self}` evenly is not known here",
    label = "needs `{Self}: DividedBy<{G}>`"
)]
pub trait DividedBy<const G: usize>: Dimension {
    /// The size of each group.
    type Out: Dimension;
}
impl<const N: usize, const G: usize, Whole, After, Groups, Share, Exact, Entry> DividedBy<G> for Dim<N>
where
    Table: Holds<N, Binary = Whole, Next = After>,
    After: Holds<G, Binary = Groups>,
    Groups: Divide<Whole, Quotient = Share, Exact: Answer<Is = Exact>>,
    Exact: GroupsDivide<G, N>,
    Share: ToDim<Entry = Entry>,
    Entry: Listed,
{
    type Out = Exact::Leaves<Entry::Dim>;
}

check! {
    GroupsDivide<G, N>
    "{G} groups do not divide {N} channels evenly",
    "the number of channels must be a multiple of the number of groups"
}

/// The same without the check, `Out = 0` where there is a remainder: for types that must exist before the check speaks.
#[diagnostic::on_unimplemented(
    message = "whether {G} groups divide the channels `{Self}` evenly is not known here",
    label = "needs `{Self}: Share<{G}>`"
)]
pub trait Share<const G: usize>: Dimension {
    /// The size of each group.
    type Out: Dimension;
    /// Whether there is no remainder.
    #[doc(hidden)]
    type Exact;
}
impl<const N: usize, const G: usize, Whole, After, Groups, Quotient, Exact, Entry> Share<G> for Dim<N>
where
    Table: Holds<N, Binary = Whole, Next = After>,
    After: Holds<G, Binary = Groups>,
    Groups: Divide<Whole, Quotient = Quotient, Exact: Answer<Is = Exact>>,
    Quotient: ToDim<Entry = Entry>,
    Exact: ShareIfExact<Entry>,
{
    type Out = Exact::Out;
    type Exact = Exact;
}

pub trait ShareIfExact<Entry> {
    type Out: Dimension;
}
impl<Entry> ShareIfExact<Entry> for No {
    type Out = Dim<0>;
}
impl<Entry: Listed> ShareIfExact<Entry> for Yes {
    type Out = Entry::Dim;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    #[test]
    fn quotients_without_remainder() {
        same::<<Dim<64> as DividedBy<4>>::Out, Dim<16>>();
        same::<<Dim<7> as DividedBy<1>>::Out, Dim<7>>();
        same::<<Dim<7> as DividedBy<7>>::Out, Dim<1>>();
        same::<<Dim<0> as DividedBy<7>>::Out, Dim<0>>();
        same::<<Dim<1_048_576> as DividedBy<1_024>>::Out, Dim<1_024>>();
    }

    #[test]
    fn shares_with_and_without_remainder() {
        same::<<Dim<64> as Share<4>>::Out, Dim<16>>();
        same::<<Dim<65_536> as Share<3>>::Out, Dim<0>>();
        same::<<Dim<6> as Share<0>>::Out, Dim<0>>();
    }
}
