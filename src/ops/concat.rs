//! Tensors put one behind the other, along an axis that both have or along a new one.

use crate::autograd::{Function, Join, Joined, Track};
use crate::dim::{Dim, Dimension, Plus};
use crate::kernels::{Axis, layout};
use crate::shape::{HasAxis, InsertAxis, Shape};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// That a tensor of this shape and one of `Right` can be put one behind the other along axis `I`: both have the axis, and all
/// other axes are equal.
#[diagnostic::on_unimplemented(
    message = "tensors of the shapes `{Self}` and `{Right}` cannot be put one behind the other along axis {I}",
    label = "both need an axis {I}"
)]
pub trait Concat<const I: usize, Right: Shape>: Shape {
    /// The shape of both together: their sizes along axis `I` add.
    type Out: Shape;
    /// Axis `I` of both together.
    #[doc(hidden)]
    const AXIS: (usize, usize, usize);
}

#[diagnostic::on_unimplemented(
    message = "to put tensors one behind the other, their other axes must be equal: they are `{Self}` and `{Right}`",
    label = "apart from the axis of concatenation, the shapes are `{Self}` and `{Right}`"
)]
pub trait SameOtherAxes<Right> {}
#[diagnostic::do_not_recommend]
impl<S> SameOtherAxes<S> for S {}

#[diagnostic::do_not_recommend]
impl<S, Right, Size, const I: usize> Concat<I, Right> for S
where
    S: HasAxis<I>,
    Right: HasAxis<I>,
    S::Without: SameOtherAxes<Right::Without>,
    S::Size: Plus<Right::Size, Out = Size>,
    Size: Dimension,
{
    type Out = S::With<Size>;
    const AXIS: (usize, usize, usize) = (S::OUTER, Size::N, S::INNER);
}

/// Two tensors along one axis, in the shape `T`. The gradient is taken apart again.
struct Joint<T> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<L, R, T, E, A, B> Function<(Tensor<L, E, A>, Tensor<R, E, B>)> for Joint<T>
where
    L: Shape,
    R: Shape,
    T: Shape,
    E: Float,
    A: Track + Join<B>,
    B: Track,
{
    const NAME: &'static str = "Concat";
    type Output = Tensor<T, E>;
    type Saved = ();

    fn forward(&self, (left, right): (Tensor<L, E>, Tensor<R, E>)) -> (Tensor<T, E>, ()) {
        let mut joint = vec![E::zero(); T::NUMEL];
        let length = length::<L>(self.axis);
        layout::concat(self.axis, length, left.as_slice(), right.as_slice(), &mut joint);
        (Tensor::from_vec(joint), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradient: Tensor<T, E, G>,
    ) -> (A::When<Tensor<L, E, G>>, B::When<Tensor<R, E, G>>) {
        let (axis, start) = (self.axis, length::<L>(self.axis));
        (
            A::when(|| Part::new(axis, 0).apply(&gradient)),
            B::when(|| Part::new(axis, start).apply(&gradient)),
        )
    }
}

/// The entries from `start` along an axis, in the shape `T`.
struct Part<T> {
    axis: Axis,
    start: usize,
    shape: PhantomData<T>,
}

/// The part's opposite: its entries in their place in the shape `T`, and 0 elsewhere.
struct Whole<T> {
    axis: Axis,
    start: usize,
    shape: PhantomData<T>,
}

impl<T> Part<T> {
    fn new(axis: Axis, start: usize) -> Self {
        let shape = PhantomData;
        Part { axis, start, shape }
    }
}

/// The length along the axis of a tensor that is part of another: 0 if it has no entries.
fn length<S: Shape>(axis: Axis) -> usize {
    S::NUMEL.checked_div(axis.outer * axis.inner).unwrap_or(0)
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Part<T> {
    const NAME: &'static str = "Slice";
    type Output = Tensor<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, ()) {
        let mut part = vec![E::zero(); T::NUMEL];
        layout::slice(self.axis, self.start, length::<T>(self.axis), x.as_slice(), &mut part);
        (Tensor::from_vec(part), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (axis, start, shape) = (self.axis, self.start, PhantomData);
            Whole { axis, start, shape }.apply(gradient)
        })
    }
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Whole<T> {
    const NAME: &'static str = "SliceGradient";
    type Output = Tensor<T, E>;
    type Saved = ();

    fn forward(&self, part: Tensor<S, E>) -> (Tensor<T, E>, ()) {
        let mut whole = vec![E::zero(); T::NUMEL];
        layout::slice_assign(
            self.axis,
            self.start,
            length::<S>(self.axis),
            part.as_slice(),
            &mut whole,
        );
        (Tensor::from_vec(whole), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| Part::new(self.axis, self.start).apply(gradient))
    }
}

impl<S: Shape, E: Float, A: Track> Tensor<S, E, A> {
    /// This tensor and another behind it along axis `I`, whose sizes add: PyTorch's `torch.cat((a, b), dim=I)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let features: Tensor2<8, 64> = Tensor2::zeros();
    /// let position: Tensor2<8, 3> = Tensor2::ones();
    /// let both: Tensor2<8, 67> = features.concat::<1, _, _>(&position);
    /// assert_eq!(both[[0, 64]], 1.0);
    /// ```
    pub fn concat<const I: usize, R: Shape, B: Track>(&self, other: &Tensor<R, E, B>) -> Tensor<S::Out, E, Joined<A, B>>
    where
        S: Concat<I, R>,
        A: Join<B>,
    {
        let (outer, length, inner) = S::AXIS;
        Joint {
            axis: Axis { outer, length, inner },
            shape: PhantomData,
        }
        .apply((self, other))
    }

    /// This tensor and another of the same shape along a new axis `I`, of size 2: PyTorch's `torch.stack((a, b), dim=I)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (left, right) = (tensor([1.0, 2.0]), tensor([3.0, 4.0]));
    /// assert_eq!(left.stack::<0, _>(&right).array(), &[[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(left.stack::<1, _>(&right).array(), &[[1.0, 3.0], [2.0, 4.0]]);
    /// ```
    pub fn stack<const I: usize, B: Track>(&self, other: &Tensor<S, E, B>) -> Tensor<S::With<Dim<2>>, E, Joined<A, B>>
    where
        S: InsertAxis<I>,
        A: Join<B>,
    {
        let axis = Axis {
            outer: S::DIMS[..I].iter().product(),
            length: 2,
            inner: S::DIMS[I..].iter().product(),
        };
        let shape = PhantomData;
        Joint { axis, shape }.apply((self, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let a = Tensor2::<2, 2, f64>::from([[0.3, -1.2], [2.0, 0.7]]);
        let b = Tensor2::<2, 1, f64>::from([[0.9], [-1.1]]);
        gradcheck(|(a, b)| a.concat::<1, _, _>(b), (a.clone(), b)).unwrap();
        gradcheck(|(a, b)| a.concat::<0, _, _>(b), (a.clone(), a.clone())).unwrap();
        gradcheck(|(a, b)| a.stack::<1, _>(b), (a.clone(), a.clone())).unwrap();
        let axis = Axis::of(&[2, 2], 1);
        gradcheck(|a| Part::<Rank2<2, 1>>::new(axis, 1).apply(a), a).unwrap();
        let whole = |part: &Tensor2<2, 1, f64, Tracked>| {
            let (start, shape) = (1, PhantomData::<Rank2<2, 2>>);
            Whole { axis, start, shape }.apply(part)
        };
        gradcheck(whole, Tensor2::<2, 1, f64>::from([[0.9], [-1.1]])).unwrap();
    }

    #[test]
    fn nothing_can_be_joined_to_something() {
        let a = tensor([[1.0, 2.0]]).requires_grad();
        let nothing = Tensor2::<0, 2>::zeros().requires_grad();
        let joint: Tensor2<1, 2, f32, Tracked> = nothing.concat::<0, _, _>(&a);
        assert_eq!(joint.array(), a.array());
        let gradients = joint.sum().backward();
        assert_eq!(gradients[&a].array(), &[[1.0, 1.0]]);
        assert_eq!(gradients[&nothing].array(), &[[0.0; 2]; 0]);
    }

    #[test]
    fn generic_code_needs_one_bound() {
        fn twice<const B: usize, D: Dimension>(x: &Tensor<(Dim<B>, D)>) -> Tensor<(Dim<B>, D::Out)>
        where
            D: Plus<D>,
        {
            x.concat::<1, _, _>(x)
        }
        assert_eq!(twice(&tensor([[1.0, 2.0]])).array(), &[[1.0, 2.0, 1.0, 2.0]]);
    }
}
