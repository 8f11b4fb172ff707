//! The shapes of what a layer gives.

use crate::autograd::Track;
use crate::ops::Indices;
use crate::shape::Shape;
use crate::tensor::{Element, Tensor};
use core::mem::size_of;

/// What a layer gives, as a summary shows it: a tensor, or tensors in a tuple.
///
/// A type of one's own that is no tensor says so by `impl tintype::nn::Outputs for Mine {}`, and is shown without a shape.
#[diagnostic::on_unimplemented(
    message = "the shapes in `{Self}` are not known",
    label = "a summary shows tensors, and tuples of them",
    note = "put `impl tintype::nn::Outputs for …` beside a type of your own; without methods, it is shown without a shape"
)]
pub trait Outputs {
    /// The bytes of all entries.
    const BYTES: usize = 0;
    /// The shape of each tensor.
    fn shapes() -> Vec<&'static [usize]> {
        Vec::new()
    }
}

impl<S: Shape, E: Element, G: Track> Outputs for Tensor<S, E, G> {
    const BYTES: usize = S::NUMEL * size_of::<E>();
    fn shapes() -> Vec<&'static [usize]> {
        vec![S::DIMS]
    }
}

impl<S: Shape, const C: usize> Outputs for Indices<S, C> {
    const BYTES: usize = S::NUMEL * size_of::<usize>();
    fn shapes() -> Vec<&'static [usize]> {
        vec![S::DIMS]
    }
}

macro_rules! tuples {
    ($(($($output:ident)*))*) => { $(
        impl<$($output: Outputs),*> Outputs for ($($output,)*) {
            const BYTES: usize = 0 $(+ $output::BYTES)*;
            fn shapes() -> Vec<&'static [usize]> {
                [$($output::shapes()),*].concat()
            }
        }
    )* };
}
tuples!((A) (A B) (A B C) (A B C D));
