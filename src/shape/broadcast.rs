//! Which shapes a tensor can be repeated into: those that end in its own.

use super::Shape;
use crate::dim::Dimension;

/// That a tensor of this shape can be repeated along new leading axes to give `Target`.
///
/// It is the part of NumPy's rule that needs no comparison of sizes, so that it holds for any number and in generic code.
/// An axis of size 1 is repeated by [`expand`](crate::Tensor::expand), which names it.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` cannot be broadcast to `{Target}`",
    label = "the target must end in the tensor's own axes",
    note = "broadcasting adds leading axes; to repeat an axis of size 1, name it: `x.expand::<AXIS, SIZE>()`"
)]
pub trait BroadcastTo<Target: Shape>: Shape {}

/// One number can be repeated into any shape, also a generic one.
#[diagnostic::do_not_recommend]
impl<T: Shape> BroadcastTo<T> for () {}

macro_rules! suffixes {
    ($(($($lead:ident)*) ($($own:ident)*);)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($lead: Dimension,)* $($own: Dimension),*> BroadcastTo<($($lead,)* $($own,)*)> for ($($own,)*) {}
    )* };
}
suffixes! {
    () (A);
    () (A B);
    () (A B C);
    () (A B C D);
    () (A B C D E);
    () (A B C D E F);
    (X) (A);
    (X) (A B);
    (X) (A B C);
    (X) (A B C D);
    (X) (A B C D E);
    (X Y) (A);
    (X Y) (A B);
    (X Y) (A B C);
    (X Y) (A B C D);
    (X Y Z) (A);
    (X Y Z) (A B);
    (X Y Z) (A B C);
    (X Y Z U) (A);
    (X Y Z U) (A B);
    (X Y Z U V) (A);
}
