//! The Euclidean norm: over all entries and over one axis.

use super::reduction::reductions;
use crate::autograd::{Function, Track};
use crate::kernels::Axis;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// `√Σx²` of every line along an axis, in the shape `T`. The derivative is `x / norm`, and 0 where the norm is, as PyTorch's.
struct Norm<T> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Norm<T> {
    const NAME: &'static str = "Norm";
    type Output = Tensor<T, E>;
    type Saved = A::When<(Tensor<S, E>, Tensor<T, E>)>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, Self::Saved) {
        let norms: Tensor<T, E> = if self.axis.reduced() == 1 {
            Tensor::full(E::dot(x.as_slice(), x.as_slice()).sqrt())
        } else {
            let squares = x.map(|x| x * x);
            squares.sum_over::<T>(self.axis).map_reusing(E::sqrt)
        };
        let saved = A::when(|| (x, norms.clone()));
        (norms, saved)
    }

    fn backward<G: Track>(&self, saved: &Self::Saved, gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(saved, |(x, norms)| {
            let scale = norms.map(|norm| if norm == E::zero() { norm } else { norm.recip() });
            (gradient * scale).repeat_over::<S>(self.axis) * x
        })
    }
}

reductions! {
    /// The Euclidean norm of all entries: the root of the sum of their squares. Its gradient where all are 0 is 0.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[3.0, 0.0], [0.0, 4.0]]).requires_grad();
    /// let norm = x.norm();
    /// assert_eq!(norm.item(), 5.0);
    /// assert_eq!(norm.backward()[&x].array(), &[[0.6, 0.0], [0.0, 0.8]]);
    /// ```
    norm
    /// The Euclidean norms of the lines along axis `I`, which disappears: PyTorch's `x.norm(dim=I)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[3.0, 4.0], [5.0, 12.0]]).norm_axis::<1>().array(), &[5.0, 13.0]);
    /// ```
    norm_axis -> Tensor[E, A]: |x, axis| Norm { axis, shape: PhantomData }.apply(x);
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let x = Tensor2::<2, 3, f64>::from([[0.3, -1.2, 2.0], [0.7, -0.4, 0.1]]);
        gradcheck(|x| x.norm(), x.clone()).unwrap();
        gradcheck(|x| x.norm_axis::<0>(), x.clone()).unwrap();
        gradcheck(|x| x.norm_axis::<1>(), x).unwrap();
    }

    #[test]
    fn the_gradient_at_zero_is_zero() {
        let x = tensor([[0.0, 0.0], [3.0, 4.0]]).requires_grad();
        let gradients = x.norm_axis::<1>().backward_with(&tensor([1.0, 5.0]));
        assert_eq!(gradients[&x].array(), &[[0.0, 0.0], [3.0, 4.0]]);
    }
}
