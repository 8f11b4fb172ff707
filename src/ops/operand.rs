//! The other tensor of an operation entry by entry.

use super::SameShape;
use crate::autograd::{Track, Untracked};
use crate::shape::Shape;
use crate::tensor::{Element, Storage, Tensor};

/// What a tensor of the shape `S` can be combined with entry by entry: a tensor of the same shape and element type, owned or
/// borrowed, or a number of that type.
///
/// A method that takes `impl Operand<S, E>` rather than `&Tensor<S, E, B>` says what is wrong in these words, where rustc would
/// say `mismatched types`; and the shape of `Tensor::zeros()` is inferred all the same.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{S}` and `{E}` entries cannot be combined with `{Self}` entry by entry",
    label = "expected a tensor of shape `{S}` and `{E}` entries, found `{Self}`",
    note = "a number in the tensor's place must be of the type `{E}`",
    note = "nothing is broadcast or converted silently: say so by `.broadcast::<Target>()`, `.expand::<AXIS, SIZE>()` or `.to::<{E}>()`"
)]
pub trait Operand<S: Shape, E: Element> {
    /// Whether the tensor is tracked.
    type State: Track;
    /// The tensor, in the shape that it has been found to have; or the number in every place.
    fn operand(&self) -> Tensor<S, E, Self::State>;
}

#[diagnostic::do_not_recommend]
impl<S: SameShape<T>, T: Shape, E: Element, B: Track> Operand<S, E> for Tensor<T, E, B> {
    type State = B;
    fn operand(&self) -> Tensor<S, E, B> {
        self.clone().renamed()
    }
}

#[diagnostic::do_not_recommend]
impl<S: SameShape<T>, T: Shape, E: Element, B: Track> Operand<S, E> for &Tensor<T, E, B> {
    type State = B;
    fn operand(&self) -> Tensor<S, E, B> {
        (*self).operand()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, E: Element> Operand<S, E> for E {
    type State = Untracked;
    fn operand(&self) -> Tensor<S, E> {
        Tensor::from_storage(Storage::uniform(S::NUMEL, *self))
    }
}
