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

/// Numbers, each type by itself: beside an implementation for every element type at once, rustc would not infer the element type
/// from a tensor whose shape is wrong, and could not name it.
macro_rules! numbers {
    ($($element:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<S: Shape> Operand<S, $element> for $element {
            type State = Untracked;
            fn operand(&self) -> Tensor<S, $element> {
                Tensor::from_storage(Storage::uniform(S::NUMEL, *self))
            }
        }
    )* };
}
numbers!(f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize bool);
