//! Which shapes have as many entries.

use super::Shape;
use crate::dim::{Answer, BinaryProduct, Dim, Dimension, No, Product, Table, ToDim, Yes};
use typenum::IsEqual;

/// That a tensor of this shape can be reshaped to `Target`: both have as many entries.
///
/// The sizes must be in the table of sizes ([`crate::dim`]); the number of entries need not be.
#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{Self}` cannot be reshaped to `{Target}`",
    label = "the two shapes are not known to have as many entries: needs `{Self}: ReshapeTo<{Target}>`"
)]
pub trait ReshapeTo<Target: Shape>: Shape {}

impl<S, T, Entries, After, Wanted, Same, Has, Wants> ReshapeTo<T> for S
where
    S: Shape + BinaryProduct<Binary = Entries, Next = After>,
    T: Shape,
    After: EntriesOf<T, Binary = Wanted>,
    Entries: IsEqual<Wanted, Output: Answer<Is = Same>> + ToDim<Entry = Has>,
    Wanted: ToDim<Entry = Wants>,
    Same: AsManyEntries<S, T, Has, Wants>,
{
}

/// The product of the sizes of another shape, where that of the first is known: rustc speaks of the first alone where it is not.
pub trait EntriesOf<T> {
    type Binary;
}
impl<T: BinaryProduct> EntriesOf<T> for Table {
    type Binary = T::Binary;
}

/// That two shapes have as many entries, `Has` and `Wants`.
#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{S}` cannot be reshaped to `{T}`: the products of the sizes differ",
    label = "the two shapes do not have as many entries"
)]
pub trait AsManyEntries<S, T, Has, Wants> {}
#[diagnostic::do_not_recommend]
impl<S, T, Has, Wants> AsManyEntries<S, T, Has, Wants> for Yes {}
/// Where both numbers are in the table of sizes, the words have them.
impl<S, T, const HAS: usize, const WANTS: usize> AsManyEntries<S, T, Dim<HAS>, Dim<WANTS>> for No where
    Table: EqualEntries<HAS, WANTS, S, T>
{
}

/// The words for two numbers of entries that differ. Nothing has this trait: who needs it is told.
#[diagnostic::on_unimplemented(
    message = "{HAS} entries cannot be reshaped to {WANTS}: `{S}` has {HAS} and `{T}` has {WANTS}",
    label = "expected a shape of {HAS} entries, found one of {WANTS}",
    note = "a reshape keeps every entry: the product of the new sizes must be {HAS}"
)]
pub trait EqualEntries<const HAS: usize, const WANTS: usize, S, T> {}

/// That axis `I` and all after it can be joined to one.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` cannot be flattened from axis {I}",
    label = "there is no such axis, or the size of the joined one is not known here"
)]
pub trait FlattenFrom<const I: usize>: Shape {
    /// The shape with those axes joined.
    type Out: Shape;
}

macro_rules! flattened {
    ($($i:literal: ($($kept:ident)*) ($($joined:ident)*);)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($kept: Dimension,)* $($joined: Dimension),*> FlattenFrom<$i> for ($($kept,)* $($joined,)*)
        where
            ($($joined,)*): Product,
        {
            type Out = ($($kept,)* <($($joined,)*) as Product>::Out,);
        }
    )* };
}
flattened! {
    0: () ();
    0: () (A);
    0: () (A B);
    0: () (A B C);
    0: () (A B C D);
    0: () (A B C D E);
    0: () (A B C D E F);
    1: (A) (B);
    1: (A) (B C);
    1: (A) (B C D);
    1: (A) (B C D E);
    1: (A) (B C D E F);
    2: (A B) (C);
    2: (A B) (C D);
    2: (A B) (C D E);
    2: (A B) (C D E F);
    3: (A B C) (D);
    3: (A B C) (D E);
    3: (A B C) (D E F);
    4: (A B C D) (E);
    4: (A B C D) (E F);
    5: (A B C D E) (F);
}
