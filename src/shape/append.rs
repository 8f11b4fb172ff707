//! A new last axis.

use super::Shape;
use crate::dim::Dimension;

/// That a shape can have one axis more, at its end: what an embedding adds to a tensor of indices.
#[diagnostic::on_unimplemented(
    message = "no axis can be added to the shape `{Self}`",
    label = "a tensor has at most 6 axes"
)]
pub trait Append: Shape {
    /// The shape with `D` as its last axis.
    type With<D: Dimension>: Shape;
}

macro_rules! append {
    ($(($($dim:ident)*))*) => { $(
        impl<$($dim: Dimension),*> Append for ($($dim,)*) {
            type With<New: Dimension> = ($($dim,)* New,);
        }
    )* };
}
append! { () (A) (A B) (A B C) (A B C D) (A B C D F) }
