//! Softmax and its logarithm along one axis, and the logarithm of the sum of exponentials.

use super::reduction::axis;
use crate::autograd::{Function, Track};
use crate::kernels::{Axis, buffers};
use crate::shape::{HasAxis, Shape};
use crate::tensor::{Element, Float, Tensor};
use core::marker::PhantomData;

/// `y = eˣ / Σeˣ` of every line along an axis.
struct Softmax {
    axis: Axis,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Softmax {
    const NAME: &'static str = "Softmax";
    type Output = Tensor<S, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, Self::Saved) {
        let y = softmax(self.axis, &x);
        let saved = A::when(|| y.clone());
        (y, saved)
    }

    fn backward<G: Track>(&self, y: &Self::Saved, gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(y, |y| {
            let (axis, y) = (self.axis, y.clone());
            SoftmaxGradient { axis, y }.apply(gradient)
        })
    }
}

/// The Jacobian of [`Softmax`], `diag(y) − y yᵀ`, times a gradient: `y ⊙ (g − Σ y⊙g)`. It is symmetric and so its own
/// derivative.
struct SoftmaxGradient<S: Shape, E: Float> {
    axis: Axis,
    y: Tensor<S, E>,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for SoftmaxGradient<S, E> {
    const NAME: &'static str = "SoftmaxGradient";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, gradient: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        let mut product = buffers::output(S::NUMEL);
        E::softmax_gradient(self.axis, self.y.as_slice(), gradient.as_slice(), &mut product);
        (Tensor::from_buffer(product), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (axis, y) = (self.axis, self.y.clone());
            SoftmaxGradient { axis, y }.apply(gradient)
        })
    }
}

/// `y = x − ln Σeˣ` of every line along an axis; `T` is the shape without the axis.
struct LogSoftmax<T> {
    axis: Axis,
    lines: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for LogSoftmax<T> {
    const NAME: &'static str = "LogSoftmax";
    type Output = Tensor<S, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, Self::Saved) {
        let mut y = buffers::output(S::NUMEL);
        E::log_softmax(self.axis, x.as_slice(), &mut y);
        let y = Tensor::from_buffer(y);
        let saved = A::when(|| y.clone());
        (y, saved)
    }

    fn backward<G: Track>(&self, y: &Self::Saved, gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(y, |y| {
            let (axis, y, lines) = (self.axis, y.clone(), self.lines);
            LogSoftmaxGradient { axis, y, lines }.apply(gradient)
        })
    }
}

/// The transposed Jacobian of [`LogSoftmax`], `1 − eʸ 1ᵀ`, times a gradient: `g − eʸ ⊙ Σg`.
struct LogSoftmaxGradient<S: Shape, T, E: Float> {
    axis: Axis,
    y: Tensor<S, E>,
    lines: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for LogSoftmaxGradient<S, T, E> {
    const NAME: &'static str = "LogSoftmaxGradient";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, gradient: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        let mut product = buffers::output(S::NUMEL);
        E::log_softmax_gradient(self.axis, self.y.as_slice(), gradient.as_slice(), &mut product);
        (Tensor::from_buffer(product), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let dots = (&gradient * self.y.exp()).sum_over::<T>(self.axis);
            gradient - dots.repeat_over::<S>(self.axis)
        })
    }
}

/// `y = ln Σeˣ` of every line along an axis, in the shape `T`. The derivative is the softmax.
struct LogSumExp<T> {
    axis: Axis,
    lines: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for LogSumExp<T> {
    const NAME: &'static str = "LogSumExp";
    type Output = Tensor<T, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, Self::Saved) {
        let mut y = buffers::output(T::NUMEL);
        E::logsumexp(self.axis, x.as_slice(), &mut y);
        (Tensor::from_buffer(y), A::when(|| x))
    }

    fn backward<G: Track>(&self, x: &Self::Saved, gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(x, |x| gradient.repeat_over::<S>(self.axis) * softmax(self.axis, x))
    }
}

pub(super) fn softmax<S: Shape, E: Float>(axis: Axis, x: &Tensor<S, E>) -> Tensor<S, E> {
    let mut y = buffers::output(S::NUMEL);
    E::softmax(axis, x.as_slice(), &mut y);
    Tensor::from_buffer(y)
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The exponentials along axis `AXIS`, divided by their sum: numbers that make 1 along the axis.
    ///
    /// `softmax(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)`, computed so that no exponential overflows.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[0.0, 0.0], [1000.0, 0.0]]);
    /// assert_eq!(x.softmax::<1>().array(), &[[0.5, 0.5], [1.0, 0.0]]);
    /// ```
    pub fn softmax<const AXIS: usize>(&self) -> Self
    where
        E: Float,
        S: HasAxis<AXIS>,
    {
        let axis = axis::<S, AXIS>();
        Softmax { axis }.apply(self)
    }

    /// The logarithm of the [`softmax`](Tensor::softmax) along axis `AXIS`, `x − ln Σ exp(x)`: accurate where that is tiny.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1000.0, 0.0]).log_softmax::<0>().array(), &[0.0, -1000.0]);
    /// ```
    pub fn log_softmax<const AXIS: usize>(&self) -> Self
    where
        E: Float,
        S: HasAxis<AXIS>,
    {
        LogSoftmax::<S::Without> {
            axis: axis::<S, AXIS>(),
            lines: PhantomData,
        }
        .apply(self)
    }

    /// The logarithm of the sum of the exponentials along axis `AXIS`, which disappears: `ln Σ exp(x)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1000.0, 0.0], [0.0, -1000.0]]).logsumexp::<1>().array(), &[1000.0, 0.0]);
    /// ```
    pub fn logsumexp<const AXIS: usize>(&self) -> Tensor<S::Without, E, A>
    where
        E: Float,
        S: HasAxis<AXIS>,
    {
        LogSumExp {
            axis: axis::<S, AXIS>(),
            lines: PhantomData,
        }
        .apply(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    fn x() -> Tensor2<2, 3, f64> {
        Tensor2::from([[0.3, -1.2, 2.0], [0.7, -0.4, 0.1]])
    }

    #[test]
    fn gradients() {
        gradcheck(|x| x.softmax::<0>(), x()).unwrap();
        gradcheck(|x| x.softmax::<1>(), x()).unwrap();
        gradcheck(|x| x.log_softmax::<0>(), x()).unwrap();
        gradcheck(|x| x.log_softmax::<1>(), x()).unwrap();
        gradcheck(|x| x.logsumexp::<0>(), x()).unwrap();
        gradcheck(|x| x.logsumexp::<1>(), x()).unwrap();
    }

    /// The gradients are functions with derivatives of their own.
    #[test]
    fn gradients_of_gradients() {
        let axis = Axis::of(&[2, 3], 1);
        let softmax = |g: &Tensor2<2, 3, f64, Tracked>| {
            let y = x().softmax::<1>();
            SoftmaxGradient { axis, y }.apply(g)
        };
        gradcheck(softmax, x()).unwrap();
        let log_softmax = |g: &Tensor2<2, 3, f64, Tracked>| {
            let (y, lines) = (x().log_softmax::<1>(), PhantomData::<Rank1<2>>);
            LogSoftmaxGradient { axis, y, lines }.apply(g)
        };
        gradcheck(log_softmax, x()).unwrap();
    }
}
