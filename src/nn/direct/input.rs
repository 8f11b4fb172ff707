//! What a network is run on.

use crate::autograd::Track;
use crate::dim::Dim;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

/// A nested array of `f32` or `f64`, or a tensor: entries whose shape is known from their type.
#[diagnostic::on_unimplemented(
    message = "a network runs directly on arrays of numbers and on tensors, not on `{Self}`",
    label = "not a nested array of `f32` or `f64`, and not a tensor"
)]
pub trait Values {
    /// Its shape: `(Dim<4>,)` for `[f32; 4]`.
    type Shape: Shape;
    /// `f32` or `f64`.
    type Element: Float;
    /// The entries in row-major order.
    fn entries(&self) -> &[Self::Element];
}

macro_rules! arrays {
    ($([$($dim:ident)*] $array:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<E: Float, $(const $dim: usize),*> Values for $array {
            type Shape = ($(Dim<$dim>,)*);
            type Element = E;
            #[inline(always)]
            fn entries(&self) -> &[E] {
                <Self::Shape as Shape>::entries(self)
            }
        }
    )* };
}
arrays! {
    [A] [E; A];
    [A B] [[E; B]; A];
    [A B C] [[[E; C]; B]; A];
    [A B C D] [[[[E; D]; C]; B]; A];
}

impl<S: Shape, E: Float, G: Track> Values for Tensor<S, E, G> {
    type Shape = S;
    type Element = E;
    #[inline(always)]
    fn entries(&self) -> &[E] {
        S::entries(self.array())
    }
}
