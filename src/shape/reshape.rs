//! Which shapes have as many entries.

use super::Shape;
use crate::dim::{Answer, BinaryProduct, Dimension, Product, Yes};
use typenum::IsEqual;

/// That a tensor of this shape can be reshaped to `Target`: both have as many entries.
///
/// The sizes must be in the table of sizes ([`crate::dim`]); the number of entries need not be.
#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{Self}` cannot be reshaped to `{Target}`",
    label = "the two shapes are not known to have as many entries"
)]
pub trait ReshapeTo<Target: Shape>: Shape {}

impl<S, T, Entries, Wanted, Same> ReshapeTo<T> for S
where
    S: Shape + BinaryProduct<Binary = Entries>,
    T: Shape + BinaryProduct<Binary = Wanted>,
    Entries: IsEqual<Wanted, Output: Answer<Is = Same>>,
    Same: AsManyEntries<S, T>,
{
}

#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{S}` cannot be reshaped to `{T}`: the products of the sizes differ",
    label = "the two shapes do not have as many entries"
)]
pub trait AsManyEntries<S, T> {}
#[diagnostic::do_not_recommend]
impl<S, T> AsManyEntries<S, T> for Yes {}

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
