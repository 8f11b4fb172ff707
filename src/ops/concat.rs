//! Tensors put one behind the other, along an axis that both have or along a new one.

use super::SameShape;
use super::slice::{Part, length};
use crate::autograd::{Function, Join, Joined, Moved, Track};
use crate::dim::{Dim, Dimension, Plus};
use crate::kernels::{Axis, buffers, layout};
use crate::shape::{HasAxis, HasRoom, InsertAxis, Shape};
use crate::tensor::{Element, Tensor};
use core::marker::PhantomData;

/// That a tensor of this shape can be put behind one of the shape `Left` along axis `I`: both have the axis, and all other
/// axes are equal.
#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{Self}` cannot be put behind one of the shape `{Left}` along axis {I}",
    label = "both need an axis {I}, and the size of both together must be known here"
)]
pub trait Concat<const I: usize, Left: Shape>: Shape {
    /// The shape of both together: their sizes along axis `I` add.
    type Out: Shape;
    /// Axis `I` of both together: what is before, its size, what is after.
    #[doc(hidden)]
    const AXIS: (usize, usize, usize);
}

#[diagnostic::on_unimplemented(
    message = "to put tensors one behind the other, their other axes must be equal: they are `{Left}` and `{Self}`",
    label = "apart from the axis of concatenation, the shapes are `{Left}` and `{Self}`"
)]
pub trait SameOtherAxes<Left> {}
#[diagnostic::do_not_recommend]
impl<S> SameOtherAxes<S> for S {}

impl<Left, Right, const I: usize> Concat<I, Left> for Right
where
    Left: HasAxis<I>,
    Right: HasAxis<I>,
    Right::Without: SameOtherAxes<Left::Without>,
    Left::Size: Plus<Right::Size>,
{
    type Out = Left::With<<Left::Size as Plus<Right::Size>>::Out>;
    const AXIS: (usize, usize, usize) = (Left::OUTER, <Left::Size as Plus<Right::Size>>::Out::N, Left::INNER);
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
    E: Element,
    A: Track + Join<B>,
    B: Track,
{
    const NAME: &'static str = "Concat";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, (left, right): (Tensor<L, E>, Tensor<R, E>)) -> (Moved<T, E>, ()) {
        let mut joint = buffers::output(T::NUMEL);
        let length = length::<L>(self.axis);
        layout::concat(self.axis, length, left.as_slice(), right.as_slice(), &mut joint);
        (Moved(Tensor::from_buffer(joint)), ())
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

/// Putting tensors one behind the other.
///
/// A trait, and not methods of the tensor itself, so that the axis is all that a caller writes: `a.concat::<1>(&b)`.
pub trait Concatenate<R: Shape, E: Element, B: Track> {
    /// The shape of the tensor in front.
    type Shape: Shape;
    /// Its state.
    type State: Track + Join<B>;

    /// This tensor and another behind it along axis `I`, whose sizes add: PyTorch's `torch.cat((a, b), dim=I)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let features: Tensor2<8, 64> = Tensor2::zeros();
    /// let position: Tensor2<8, 3> = Tensor2::ones();
    /// let both: Tensor2<8, 67> = features.concat::<1>(&position);
    /// assert_eq!(both[[0, 64]], 1.0);
    /// ```
    fn concat<const I: usize>(&self, other: &Tensor<R, E, B>) -> Tensor<R::Out, E, Joined<Self::State, B>>
    where
        R: Concat<I, Self::Shape>;

    /// This tensor and another of the same shape along a new axis `I`, of size 2: PyTorch's `torch.stack((a, b), dim=I)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (left, right) = (tensor([1.0, 2.0]), tensor([3.0, 4.0]));
    /// assert_eq!(left.stack::<0>(&right).array(), &[[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(left.stack::<1>(&right).array(), &[[1.0, 3.0], [2.0, 4.0]]);
    /// ```
    fn stack<const I: usize>(&self, other: &Tensor<R, E, B>) -> Tensor<R::With<Dim<2>>, E, Joined<Self::State, B>>
    where
        R: SameShape<Self::Shape> + InsertAxis<I> + HasRoom;
}

impl<S: Shape, R: Shape, E: Element, A: Track + Join<B>, B: Track> Concatenate<R, E, B> for Tensor<S, E, A> {
    type Shape = S;
    type State = A;

    fn concat<const I: usize>(&self, other: &Tensor<R, E, B>) -> Tensor<R::Out, E, Joined<A, B>>
    where
        R: Concat<I, S>,
    {
        let (outer, length, inner) = R::AXIS;
        Joint {
            axis: Axis { outer, length, inner },
            shape: PhantomData,
        }
        .apply((self, other))
    }

    fn stack<const I: usize>(&self, other: &Tensor<R, E, B>) -> Tensor<R::With<Dim<2>>, E, Joined<A, B>>
    where
        R: SameShape<S> + InsertAxis<I> + HasRoom,
    {
        let (before, after) = R::DIMS.split_at(I);
        let axis = Axis {
            outer: before.iter().product(),
            length: 2,
            inner: after.iter().product(),
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
        gradcheck(|(a, b)| a.concat::<1>(b), (a.clone(), b)).unwrap();
        gradcheck(|(a, b)| a.concat::<0>(b), (a.clone(), a.clone())).unwrap();
        gradcheck(|(a, b)| a.stack::<1>(b), (a.clone(), a.clone())).unwrap();
    }

    #[test]
    fn every_element_type_is_joined() {
        let (a, b) = (Tensor1::<2, bool>::from([true, false]), Tensor1::from([true]));
        assert_eq!(a.concat::<0>(&b).array(), &[true, false, true]);
        let (a, b) = (Tensor1::<2, usize>::from([1, 2]), Tensor1::from([3, 4]));
        assert_eq!(a.stack::<1>(&b).array(), &[[1, 3], [2, 4]]);
    }

    #[test]
    fn nothing_can_be_joined_to_something() {
        let a = tensor([[1.0, 2.0]]).requires_grad();
        let nothing = Tensor2::<0, 2>::zeros().requires_grad();
        let joint: Tensor2<1, 2, f32, Tracked> = nothing.concat::<0>(&a);
        assert_eq!(joint.array(), a.array());
        let gradients = joint.sum().backward();
        assert_eq!(gradients[&a].array(), &[[1.0, 1.0]]);
        assert_eq!(gradients[&nothing].array(), &[[0.0; 2]; 0]);
    }

    #[test]
    fn generic_code_needs_one_bound() {
        fn twice<const B: usize, D: Plus<D>>(x: &Tensor<(Dim<B>, D)>) -> Tensor<(Dim<B>, D::Out)> {
            x.concat::<1>(x)
        }
        assert_eq!(twice(&tensor([[1.0, 2.0]])).array(), &[[1.0, 2.0, 1.0, 2.0]]);
    }
}
