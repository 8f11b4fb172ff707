use super::off_table::Listed;
use super::table::{Holds, Table, ToDim};
use super::{Dim, Dimension};
use core::ops::Add;

/// The sum of two sizes, `Out = Self + Rhs`: what becomes of two dimensions that are put one behind the other.
///
/// ```
/// use tintype::dim::{Dim, Plus};
///
/// let behind: <Dim<64> as Plus<Dim<3>>>::Out = Dim::<67>;
/// ```
#[diagnostic::on_unimplemented(
    message = "the sum of the sizes `{Self}` and `{Rhs}` is not known here",
    label = "needs `{Self}: Plus<{Rhs}>`"
)]
pub trait Plus<Rhs>: Dimension {
    /// The sum.
    type Out: Dimension;
}
impl<const A: usize, const B: usize, First, After, Second, Sum, Entry> Plus<Dim<B>> for Dim<A>
where
    Table: Holds<A, Binary = First, Next = After>,
    After: Holds<B, Binary = Second>,
    First: Add<Second, Output = Sum>,
    Sum: ToDim<Entry = Entry>,
    Entry: Listed,
{
    type Out = Entry::Dim;
}

/// A size with its padding, `Out = BEFORE + N + AFTER`.
///
/// ```
/// use tintype::dim::{Dim, Padded};
///
/// let wider: <Dim<28> as Padded<2, 1>>::Out = Dim::<31>;
/// ```
#[diagnostic::on_unimplemented(
    message = "the size of `{Self}` with a padding of {BEFORE} before and {AFTER} after is not known here",
    label = "needs `{Self}: Padded<{BEFORE}, {AFTER}>`"
)]
pub trait Padded<const BEFORE: usize, const AFTER: usize>: Dimension {
    /// The padded size.
    type Out: Dimension;
}
impl<const N: usize, const BEFORE: usize, const AFTER: usize, Input, Before, After, Partly, Whole, Entry>
    Padded<BEFORE, AFTER> for Dim<N>
where
    Table: Holds<N, Binary = Input> + Holds<BEFORE, Binary = Before> + Holds<AFTER, Binary = After>,
    Input: Add<Before, Output = Partly>,
    Partly: Add<After, Output = Whole>,
    Whole: ToDim<Entry = Entry>,
    Entry: Listed,
{
    type Out = Entry::Dim;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    #[test]
    fn sums() {
        same::<<Dim<64> as Plus<Dim<3>>>::Out, Dim<67>>();
        same::<<Dim<0> as Plus<Dim<0>>>::Out, Dim<0>>();
        same::<<Dim<65_536> as Plus<Dim<983_040>>>::Out, Dim<1_048_576>>();
    }

    #[test]
    fn paddings() {
        same::<<Dim<28> as Padded<2, 1>>::Out, Dim<31>>();
        same::<<Dim<0> as Padded<0, 0>>::Out, Dim<0>>();
        same::<<Dim<0> as Padded<0, 4_096>>::Out, Dim<4_096>>();
    }
}
