//! Asking the compiler for a shape.

use super::{Element, Tensor};
use crate::autograd::Track;
use crate::shape::Shape;

/// A shape that a program asks for. No shape has this trait, so that the compiler says which it is.
#[diagnostic::on_unimplemented(
    message = "the shape here is `{Self}`",
    label = "and the entries are `{E}`, `{G}`",
    note = "`todo_shape()` only asks for it: take it out again"
)]
pub trait TodoShape<E, G> {}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// Asks the compiler for the shape: `cargo check` stops here and says it, as it does for every other `todo_shape` in the
    /// program. It goes behind any tensor.
    ///
    /// ```compile_fail
    /// use tintype::prelude::*;
    /// let conv = Conv2d::<20, 16, 3, 5>::new(&mut StdRng::seed_from_u64(0));
    /// let y = conv.forward(&Tensor4::<1, 20, 64, 128>::ones()).todo_shape();
    /// // error[E0277]: the shape here is `(Dim<1>, Dim<16>, Dim<62>, Dim<124>)`
    /// ```
    ///
    /// A program that is to be built all the same can show a type in a warning: of `drop(&y)` the compiler says that it does
    /// nothing, and that its ``argument has type `&Tensor<(Dim<1>, Dim<16>, Dim<62>, Dim<124>), f32, Tracked>` ``. When the
    /// program runs, [`shape`](Tensor::shape) gives the numbers, and [`summary`](crate::Summarize::summary) those of a network.
    pub fn todo_shape(self) -> Self
    where
        S: TodoShape<E, G>,
    {
        self
    }
}
