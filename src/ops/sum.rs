//! Sums, means and repetition: over all entries, over one axis, along leading axes.
//!
//! All are one pair of functions, each the derivative of the other: to sum runs of entries, and to repeat them.

use super::reduction::{all, axis};
use crate::autograd::{Function, Moved, Track};
use crate::dim::Dim;
use crate::kernels::number;
use crate::kernels::{Axis, buffers, layout};
use crate::shape::{BroadcastTo, HasAxis, Rank0, Shape, SizeOne};
use crate::tensor::{ByElement, Element, Float, Storage, Tensor};
use core::marker::PhantomData;

/// That tensors of this element type have sums and means.
#[diagnostic::on_unimplemented(
    message = "there is no sum of a tensor of `{Self}`",
    label = "only tensors of `f32` and `f64` are summed",
    note = "convert it first: `x.to::<f32>()`; how many entries of a mask are set says `mask.count()`"
)]
pub trait Summed: Float {}
#[diagnostic::do_not_recommend]
impl<E: Float> Summed for E {}

/// The axes that broadcasting `S` to `T` adds, as one. An empty tensor is repeated no times.
fn leading<S: Shape, T: Shape>() -> Axis {
    Axis {
        outer: 1,
        length: T::NUMEL.checked_div(S::NUMEL).unwrap_or(0),
        inner: S::NUMEL,
    }
}

/// The sums over `length`, or their means, in the shape `T`.
struct Sum<T, const MEAN: bool> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track, const MEAN: bool> Function<Tensor<S, E, A>> for Sum<T, MEAN> {
    const NAME: &'static str = if MEAN { "Mean" } else { "Sum" };
    type Output = Tensor<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, ()) {
        let mut sums = buffers::output(T::NUMEL);
        let sum = (self.axis == all::<S>()).then(|| x.storage.read_deferred(E::sum_of_runs));
        match sum.flatten() {
            Some(sum) => sums[0] = sum,
            None => E::sum_axis(self.axis, x.as_slice(), &mut sums),
        }
        if MEAN {
            let count = number::<E>(self.axis.length);
            sums.iter_mut().for_each(|sum| *sum /= count);
        }
        (Tensor::from_buffer(sums), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let count = number::<E>(self.axis.length);
            let gradient = if MEAN { gradient / count } else { gradient };
            gradient.repeat_over(self.axis)
        })
    }
}

/// Each of `outer` blocks of `inner` entries repeated `length` times, in the shape `T`.
struct Expand<T> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Element, A: Track> Function<Tensor<S, E, A>> for Expand<T> {
    const NAME: &'static str = "Expand";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Moved<T, E>, ()) {
        if let [number] = *x.as_slice() {
            return (Moved(Tensor::from_storage(Storage::uniform(T::NUMEL, number))), ());
        }
        let Axis { outer, length, inner } = self.axis;
        let mut repeated = buffers::output(T::NUMEL);
        layout::repeat(outer, length, inner, x.as_slice(), &mut repeated);
        (Moved(Tensor::from_buffer(repeated)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (axis, shape) = (self.axis, PhantomData);
            E::by_element(ExpandGradient { gradient, axis, shape })
        })
    }
}

/// The gradient of a tensor that was repeated to the shape `T`: its sums over where it was repeated to, in the shape `S`.
struct ExpandGradient<S, T: Shape, E: Element, G: Track> {
    gradient: Tensor<T, E, G>,
    axis: Axis,
    shape: PhantomData<S>,
}

impl<S: Shape, T: Shape, E: Element, G: Track> ByElement<E> for ExpandGradient<S, T, E, G> {
    type Out = Tensor<S, E, G>;
    fn float(self) -> Tensor<S, E, G>
    where
        E: Float,
    {
        self.gradient.sum_over(self.axis)
    }
}

impl<S: Shape, E: Float, A: Track> Tensor<S, E, A> {
    pub(super) fn sum_over<T: Shape>(&self, axis: Axis) -> Tensor<T, E, A> {
        Sum::<T, false> {
            axis,
            shape: PhantomData,
        }
        .apply(self)
    }

    fn mean_over<T: Shape>(&self, axis: Axis) -> Tensor<T, E, A> {
        Sum::<T, true> {
            axis,
            shape: PhantomData,
        }
        .apply(self)
    }

    /// The sum over all leading axes, down to the shape `T` that this one ends in: what broadcasting from it goes back to.
    pub(crate) fn sum_leading<T: Shape>(&self) -> Tensor<T, E, A> {
        self.sum_over(leading::<T, S>())
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The sum of all entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 2.0], [3.0, 4.0]]).sum().item(), 10.0);
    /// ```
    pub fn sum(&self) -> Tensor<Rank0, E, A>
    where
        E: Summed,
    {
        self.sum_over(all::<S>())
    }

    /// The mean of all entries.
    pub fn mean(&self) -> Tensor<Rank0, E, A>
    where
        E: Summed,
    {
        self.mean_over(all::<S>())
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The sums over axis `AXIS`, which disappears: PyTorch's `x.sum(dim=AXIS)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 2.0], [3.0, 4.0]]).sum_axis::<0>().array(), &[4.0, 6.0]);
    /// ```
    pub fn sum_axis<const AXIS: usize>(&self) -> Tensor<S::Without, E, A>
    where
        E: Summed,
        S: HasAxis<AXIS>,
    {
        self.sum_over(axis::<S, AXIS>())
    }

    /// The means over axis `AXIS`, which disappears: PyTorch's `x.mean(dim=AXIS)`.
    pub fn mean_axis<const AXIS: usize>(&self) -> Tensor<S::Without, E, A>
    where
        E: Summed,
        S: HasAxis<AXIS>,
    {
        self.mean_over(axis::<S, AXIS>())
    }

    pub(super) fn repeat_over<T: Shape>(&self, axis: Axis) -> Tensor<T, E, A> {
        Expand {
            axis,
            shape: PhantomData,
        }
        .apply(self)
    }

    /// The tensor repeated along new leading axes, up to a shape that ends in its own.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let row = tensor([1.0, 2.0]);
    /// assert_eq!(row.broadcast::<Rank2<3, 2>>().array(), &[[1.0, 2.0]; 3]);
    /// ```
    #[doc(alias = "broadcast_to")]
    pub fn broadcast<T: Shape>(&self) -> Tensor<T, E, A>
    where
        S: BroadcastTo<T>,
    {
        self.repeat_over(leading::<S, T>())
    }

    /// Axis `AXIS`, of size 1, repeated `N` times.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let column = tensor([[1.0], [2.0]]);
    /// assert_eq!(column.expand::<1, 3>().array(), &[[1.0; 3], [2.0; 3]]);
    /// ```
    pub fn expand<const AXIS: usize, const N: usize>(&self) -> Tensor<S::With<Dim<N>>, E, A>
    where
        S: HasAxis<AXIS, Size: SizeOne>,
    {
        self.repeat_over(Axis {
            length: N,
            ..axis::<S, AXIS>()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn every_element_type_is_repeated() {
        let mask = Tensor2::<2, 1, bool>::from([[true], [false]]);
        let square = mask.expand::<1, 2>();
        assert_eq!(square.array(), &[[true, true], [false, false]]);
        let scores = Tensor4::<3, 1, 2, 2>::ones().requires_grad();
        let masked = scores.masked_fill(square.broadcast::<Rank4<3, 1, 2, 2>>(), 0.0);
        assert_eq!(masked.array(), &[[[[0.0, 0.0], [1.0, 1.0]]]; 3]);
        assert_eq!(masked.sum().backward()[&scores], masked);
        let number: Tensor1<3, u8> = Tensor0::scalar(7).broadcast();
        assert_eq!(number.array(), &[7; 3]);
    }
}
