//! How a tensor is shown.

use super::{Element, Tensor};
use crate::autograd::Track;
use crate::shape::Shape;
use core::fmt;

impl<S: Shape, E: Element, G: Track> fmt::Debug for Tensor<S, E, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tensor({:?}, shape={:?})", self.as_slice(), S::DIMS)
    }
}
