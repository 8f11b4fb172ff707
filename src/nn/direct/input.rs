//! What a network is run on.

use crate::autograd::Track;
use crate::dim::Dim;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

/// A nested array of `f32` or `f64`, or a tensor: entries whose shape is known from their type.
#[diagnostic::on_unimplemented(
    message = "a network runs directly on arrays of numbers and on tensors, not on `{Self}`",
    label = "not a nested array of `f32` or `f64`, and not a tensor",
    note = "the type of an array has its shape, that of a slice does not: `let x: &[f32; 4] = slice.try_into()?` makes one of it"
)]
pub trait Values {
    /// Its shape: `(Dim<4>,)` for `[f32; 4]`.
    type Shape: Shape;
    /// `f32` or `f64`.
    type Element: Float;
    /// The entries in row-major order.
    fn entries(&self) -> &[Self::Element];
}

/// What a [`Workspace`](super::Workspace) for inputs of the shape `S` and `E` entries runs on: [`Values`] of that shape and type.
#[diagnostic::on_unimplemented(
    message = "the workspace is for inputs of the shape `{S}` with `{E}` entries, not for `{Self}`",
    label = "expected an input of the shape `{S}` with `{E}` entries",
    note = "an input of the shape `(Dim<A>, Dim<B>)` is an array `[[{E}; B]; A]`, A samples of B numbers, or a tensor",
    note = "for inputs of another shape make a workspace of their own: `Workspace::<Net, Rank2<A, B>>::new()`"
)]
pub trait InputFor<S: Shape, E: Float> {
    /// The entries in row-major order.
    fn entries(&self) -> &[E];
}
#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, X: Values<Shape = S, Element = E> + ?Sized> InputFor<S, E> for X {
    #[inline(always)]
    fn entries(&self) -> &[E] {
        Values::entries(self)
    }
}

/// What a network's output of the shape `S` and `E` entries can be compared with, number by number: [`Values`] of that shape and
/// type.
#[diagnostic::on_unimplemented(
    message = "the network gives the shape `{S}` with `{E}` entries, and the target is `{Self}`",
    label = "expected a target of the shape `{S}` with `{E}` entries",
    note = "the target has a number for each of the output: for the shape `(Dim<A>, Dim<B>)` it is an array `[[{E}; B]; A]`, A \
            samples of B numbers, or a tensor"
)]
pub trait TargetFor<S: Shape, E: Float> {
    /// The entries in row-major order.
    fn entries(&self) -> &[E];
}
#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, X: Values<Shape = S, Element = E> + ?Sized> TargetFor<S, E> for X {
    #[inline(always)]
    fn entries(&self) -> &[E] {
        Values::entries(self)
    }
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
