//! The largest and the smallest entry, and where it stands: over all entries and over one axis.

use super::reduction::reductions;
use crate::autograd::{Function, Track};
use crate::kernels::{Axis, buffers, elementwise};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// The largest entry of every line along an axis, or the smallest, in the shape `T`.
///
/// Moving the extremum moves the result as much; where several entries share it, each gets its part of the gradient, as with
/// PyTorch's `amax`.
struct Extremum<T, const MAX: bool> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track, const MAX: bool> Function<Tensor<S, E, A>> for Extremum<T, MAX> {
    const NAME: &'static str = if MAX { "Max" } else { "Min" };
    type Output = Tensor<T, E>;
    type Saved = A::When<(Tensor<S, E>, Tensor<T, E>)>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, Self::Saved) {
        let mut extrema = buffers::output(T::NUMEL);
        let kernel = if MAX { E::max_axis } else { E::min_axis };
        kernel(self.axis, x.as_slice(), &mut extrema);
        let extrema = Tensor::from_buffer(extrema);
        let saved = A::when(|| (x, extrema.clone()));
        (extrema, saved)
    }

    fn backward<G: Track>(&self, saved: &Self::Saved, gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(saved, |(x, extrema)| {
            let extrema = extrema.repeat_over::<S>(self.axis);
            let ties = x.zip(&extrema, |x, extremum| {
                let tie = x == extremum || (x.is_nan() && extremum.is_nan());
                if tie { E::one() } else { E::zero() }
            });
            (gradient / ties.sum_over::<T>(self.axis)).repeat_over::<S>(self.axis) * ties
        })
    }
}

/// Where the extremum of every line stands: its position along the axis, the first of several.
fn places<T: Shape, E: Float>(
    kernel: impl FnOnce(Axis, &[E], &mut [u32]),
    axis: Axis,
    entries: &[E],
) -> Tensor<T, usize> {
    let mut places = buffers::output(T::NUMEL);
    kernel(axis, entries, &mut places);
    Tensor::from_buffer(elementwise::map(&places, |place| place as usize))
}

reductions! {
    /// The largest entry. NaN counts as larger than any number. Entries that share it share its gradient evenly.
    ///
    /// # Panics
    /// If the tensor has no entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 5.0], [5.0, 2.0]]).requires_grad();
    /// let largest = x.max();
    /// assert_eq!(largest.item(), 5.0);
    /// assert_eq!(largest.backward()[&x].array(), &[[0.0, 0.5], [0.5, 0.0]]);
    /// ```
    max
    /// The largest entries along axis `AXIS`, which disappears: PyTorch's `x.amax(dim=AXIS)`. Entries of a line that share its
    /// maximum share its gradient evenly.
    ///
    /// # Panics
    /// If the axis has size 0 and the result has entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 5.0], [4.0, 2.0]]).max_axis::<0>().array(), &[4.0, 5.0]);
    /// ```
    #[doc(alias = "amax")]
    max_axis -> Tensor[E, A]: |x, axis| Extremum::<_, true> { axis, shape: PhantomData }.apply(x);

    /// The smallest entry. NaN counts as smaller than any number. Entries that share it share its gradient evenly.
    ///
    /// # Panics
    /// If the tensor has no entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 5.0], [4.0, 2.0]]).min().item(), 1.0);
    /// ```
    min
    /// The smallest entries along axis `AXIS`, which disappears: PyTorch's `x.amin(dim=AXIS)`. Entries of a line that share its
    /// minimum share its gradient evenly.
    ///
    /// # Panics
    /// If the axis has size 0 and the result has entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 5.0], [4.0, 2.0]]).min_axis::<1>().array(), &[1.0, 2.0]);
    /// ```
    #[doc(alias = "amin")]
    min_axis -> Tensor[E, A]: |x, axis| Extremum::<_, false> { axis, shape: PhantomData }.apply(x);

    /// The position of the largest entry in row-major order: the first, if several share it.
    ///
    /// # Panics
    /// If the tensor has no entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 5.0], [4.0, 2.0]]).argmax().item(), 1);
    /// ```
    argmax
    /// The position along axis `AXIS` of the largest entry of each line: PyTorch's `x.argmax(dim=AXIS)`. The first, if several
    /// share it.
    ///
    /// # Panics
    /// If the axis has size 0 and the result has entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let logits = tensor([[0.1, 2.5, 0.3], [4.0, 0.2, 0.1]]);
    /// assert_eq!(logits.argmax_axis::<1>().array(), &[1, 0]);
    /// ```
    argmax_axis -> Tensor[usize]: |x, axis| places(E::argmax, axis, x.as_slice());

    /// The position of the smallest entry in row-major order: the first, if several share it.
    ///
    /// # Panics
    /// If the tensor has no entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[3.0, 5.0], [4.0, 2.0]]).argmin().item(), 3);
    /// ```
    argmin
    /// The position along axis `AXIS` of the smallest entry of each line: PyTorch's `x.argmin(dim=AXIS)`. The first, if several
    /// share it.
    ///
    /// # Panics
    /// If the axis has size 0 and the result has entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 5.0], [4.0, 2.0]]).argmin_axis::<0>().array(), &[0, 1]);
    /// ```
    argmin_axis -> Tensor[usize]: |x, axis| places(E::argmin, axis, x.as_slice());
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let x = Tensor3::<2, 3, 2, f64>::from([
            [[0.3, -1.2], [2.0, 0.7], [-0.4, 0.1]],
            [[1.5, 0.2], [-2.2, 0.9], [0.6, -0.8]],
        ]);
        gradcheck(|x| x.max(), x.clone()).unwrap();
        gradcheck(|x| x.min(), x.clone()).unwrap();
        gradcheck(|x| x.max_axis::<0>(), x.clone()).unwrap();
        gradcheck(|x| x.max_axis::<1>(), x.clone()).unwrap();
        gradcheck(|x| x.min_axis::<2>(), x).unwrap();
    }

    #[test]
    fn ties_share_the_gradient() {
        let x = tensor([[2.0, 1.0, 2.0], [0.0, 0.0, 0.0]]).requires_grad();
        let gradients = x.max_axis::<1>().backward_with(&tensor([1.0, 6.0]));
        assert_eq!(gradients[&x].array(), &[[0.5, 0.0, 0.5], [2.0, 2.0, 2.0]]);
        assert_eq!(x.min().backward()[&x].array(), &[[0.0; 3], [1.0 / 3.0; 3]]);
        assert_eq!(x.argmax().item(), 0);
        assert_eq!(x.argmin_axis::<1>().array(), &[1, 0]);
    }

    #[test]
    fn nan_is_the_extremum_and_takes_the_gradient() {
        let x = tensor([1.0, f32::NAN, 3.0]).requires_grad();
        for extremum in [x.max(), x.min()] {
            assert!(extremum.item().is_nan());
            assert_eq!(extremum.backward()[&x].array(), &[0.0, 1.0, 0.0]);
        }
        assert_eq!(x.argmax().item(), 1);
    }

    #[test]
    #[should_panic(expected = "an empty axis has no extreme")]
    fn nothing_has_no_extremum() {
        let _ = Tensor1::<0>::zeros().max();
    }
}
