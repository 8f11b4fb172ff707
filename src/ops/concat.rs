//! Tensors put one behind the other, along an axis that both have or along a new one.

use super::reduction::axis;
use super::slice::{Part, length};
use crate::autograd::{Arguments, Function, Join, Joined, Moved, Track};
use crate::dim::{Dim, Dimension, Plus, Times};
use crate::kernels::{Axis, buffers, layout};
use crate::shape::{HasAxis, HasRoom, InsertAxis, Shape};
use crate::tensor::{Element, Tensor};
use core::array;
use core::marker::PhantomData;

/// That a tensor of this shape can be put behind one of the shape `Left` along axis `AXIS`: both have the axis, and all other
/// axes are equal.
#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{Self}` cannot be put behind one of the shape `{Left}` along axis {AXIS}",
    label = "both need an axis {AXIS}, and the size of both together must be known here"
)]
pub trait Concat<const AXIS: usize, Left: Shape>: HasAxis<AXIS> {
    /// The shape of both together: their sizes along axis `AXIS` add.
    type Out: Shape;
}

#[diagnostic::on_unimplemented(
    message = "to put tensors one behind the other, their other axes must be equal: they are `{Left}` and `{Self}`",
    label = "apart from the axis of concatenation, the shapes are `{Left}` and `{Self}`"
)]
pub trait SameOtherAxes<Left> {}
#[diagnostic::do_not_recommend]
impl<S> SameOtherAxes<S> for S {}

impl<Left, Right, const AXIS: usize> Concat<AXIS, Left> for Right
where
    Left: HasAxis<AXIS>,
    Right: HasAxis<AXIS>,
    Right::Without: SameOtherAxes<Left::Without>,
    Left::Size: Plus<Right::Size>,
{
    type Out = Left::With<<Left::Size as Plus<Right::Size>>::Out>;
}

/// Tensors along one axis, in the shape `T`: two of any length, or an array. The gradient is taken apart again.
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

/// Any number of tensors of one shape along one axis.
impl<S, T, E, A, const N: usize> Function<[Tensor<S, E, A>; N]> for Joint<T>
where
    S: Shape,
    T: Shape,
    E: Element,
    A: Track,
{
    const NAME: &'static str = "Concat";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, parts: [Tensor<S, E>; N]) -> (Moved<T, E>, ()) {
        let mut joint = buffers::output(T::NUMEL);
        let length = length::<S>(self.axis);
        for (i, part) in parts.iter().enumerate() {
            layout::slice_assign(self.axis, i * length, length, part.as_slice(), &mut joint);
        }
        (Moved(Tensor::from_buffer(joint)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> [A::When<Tensor<S, E, G>>; N] {
        let (axis, length) = (self.axis, length::<S>(self.axis));
        array::from_fn(|i| A::when(|| Part::new(axis, i * length).apply(&gradient)))
    }
}

/// Putting a tensor behind another.
///
/// A trait, and not methods of the tensor itself, so that the axis is all that a caller writes: `a.concat::<1>(&b)`.
pub trait Concatenate<R: Shape, E: Element, B: Track> {
    /// The shape of the tensor in front.
    type Shape: Shape;
    /// Its state.
    type State: Track + Join<B>;

    /// This tensor and another behind it along axis `AXIS`, whose sizes add: PyTorch's `torch.cat((a, b), dim=AXIS)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let features: Tensor2<8, 64> = Tensor2::zeros();
    /// let position: Tensor2<8, 3> = Tensor2::ones();
    /// let both: Tensor2<8, 67> = features.concat::<1>(&position);
    /// assert_eq!(both[[0, 64]], 1.0);
    /// ```
    #[doc(alias = "cat")]
    fn concat<const AXIS: usize>(&self, other: &Tensor<R, E, B>) -> Tensor<R::Out, E, Joined<Self::State, B>>
    where
        R: Concat<AXIS, Self::Shape>;
}

impl<S: Shape, R: Shape, E: Element, A: Track + Join<B>, B: Track> Concatenate<R, E, B> for Tensor<S, E, A> {
    type Shape = S;
    type State = A;

    fn concat<const AXIS: usize>(&self, other: &Tensor<R, E, B>) -> Tensor<R::Out, E, Joined<A, B>>
    where
        R: Concat<AXIS, S>,
    {
        let mut axis = axis::<R, AXIS>();
        axis.length += length::<S>(axis);
        let shape = PhantomData;
        Joint { axis, shape }.apply((self, other))
    }
}

/// That `Count` tensors of this shape can be put one behind the other along axis `AXIS`: its size is multiplied.
#[diagnostic::on_unimplemented(
    message = "what `{Count}` tensors of the shape `{Self}` are along axis {AXIS} is not known here",
    label = "needs `{Self}: Multiplied<{AXIS}, {Count}>`"
)]
pub trait Multiplied<const AXIS: usize, Count>: HasAxis<AXIS> {
    /// The shape of all together.
    type Out: Shape;
}
impl<S: HasAxis<AXIS, Size: Times<Count>>, Count: Dimension, const AXIS: usize> Multiplied<AXIS, Count> for S {
    type Out = S::With<<S::Size as Times<Count>>::Out>;
}

/// Putting the tensors of an array together: any number, of one shape.
///
/// A trait, because arrays are not this crate's: `[a, b, c].stack::<0>()` or `.concat::<0>()`, of tensors or of references to them.
pub trait Stack {
    /// The shape of each tensor.
    type Shape: Shape;
    /// What each holds.
    type Element: Element;
    /// Their state.
    type State: Track;
    /// How many there are.
    type Count: Dimension;

    /// The tensors along a new axis `AXIS`, whose size is their number:
    /// [PyTorch's `torch.stack`](https://pytorch.org/docs/stable/generated/torch.stack.html).
    ///
    /// What a loop gives step by step, such as the states of a recurrent network, becomes a tensor with an axis of steps. The
    /// gradient of each tensor is its part of the whole.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (left, right) = (tensor([1.0, 2.0]), tensor([3.0, 4.0]));
    /// assert_eq!([&left, &right].stack::<0>().array(), &[[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!([&left, &right].stack::<1>().array(), &[[1.0, 3.0], [2.0, 4.0]]);
    ///
    /// let mut state = Tensor2::<2, 3>::ones().requires_grad();
    /// let states: [_; 5] = std::array::from_fn(|_| {
    ///     state = &state * 0.5;
    ///     state.clone()
    /// });
    /// let steps: Tensor3<2, 5, 3, f32, Tracked> = states.stack::<1>();
    /// assert_eq!(steps[[1, 4, 2]], 1.0 / 32.0);
    /// ```
    #[expect(clippy::type_complexity, reason = "the type says every size")]
    fn stack<const AXIS: usize>(
        &self,
    ) -> Tensor<<Self::Shape as InsertAxis<AXIS>>::With<Self::Count>, Self::Element, Self::State>
    where
        Self::Shape: InsertAxis<AXIS> + HasRoom;

    /// The tensors one behind the other along axis `AXIS`, whose size is multiplied by their number: PyTorch's `torch.cat`. (Two
    /// of different sizes: [`Concatenate`].)
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (left, right) = (tensor([[1.0], [2.0]]), tensor([[3.0], [4.0]]));
    /// assert_eq!([&left, &right].concat::<0>().array(), &[[1.0], [2.0], [3.0], [4.0]]);
    /// assert_eq!([&left, &right].concat::<1>().array(), &[[1.0, 3.0], [2.0, 4.0]]);
    /// ```
    #[doc(alias = "cat")]
    #[expect(clippy::type_complexity, reason = "the type says every size")]
    fn concat<const AXIS: usize>(
        &self,
    ) -> Tensor<<Self::Shape as Multiplied<AXIS, Self::Count>>::Out, Self::Element, Self::State>
    where
        Self::Shape: Multiplied<AXIS, Self::Count>;
}

impl<X, S, E, A, const N: usize> Stack for [X; N]
where
    X: Arguments<Inputs = Tensor<S, E, A>> + Clone,
    S: Shape,
    E: Element,
    A: Track,
{
    type Shape = S;
    type Element = E;
    type State = A;
    type Count = Dim<N>;

    fn stack<const AXIS: usize>(&self) -> Tensor<S::With<Dim<N>>, E, A>
    where
        S: InsertAxis<AXIS> + HasRoom,
    {
        let (before, after) = S::DIMS.split_at(AXIS);
        let axis = Axis {
            outer: before.iter().product(),
            length: N,
            inner: after.iter().product(),
        };
        let shape = PhantomData;
        Joint { axis, shape }.apply(self.clone())
    }

    fn concat<const AXIS: usize>(&self) -> Tensor<S::Out, E, A>
    where
        S: Multiplied<AXIS, Dim<N>>,
    {
        let mut axis = axis::<S, AXIS>();
        axis.length *= N;
        let shape = PhantomData;
        Joint { axis, shape }.apply(self.clone())
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
        gradcheck(|(a, b)| [a, b, a].stack::<0>(), (a.clone(), a.clone())).unwrap();
        gradcheck(|(a, b)| [a, b, a].concat::<1>(), (a.clone(), a.clone())).unwrap();
        gradcheck(|(a, b)| [a, b].stack::<1>(), (a.clone(), a.clone())).unwrap();
        gradcheck(|(a, b)| [a, b].stack::<2>(), (a.clone(), a.clone())).unwrap();
    }

    #[test]
    fn every_element_type_is_joined() {
        let (a, b) = (Tensor1::<2, bool>::from([true, false]), Tensor1::from([true]));
        assert_eq!(a.concat::<0>(&b).array(), &[true, false, true]);
        let (a, b) = (Tensor1::<2, usize>::from([1, 2]), Tensor1::from([3, 4]));
        assert_eq!([&a, &b].stack::<1>().array(), &[[1, 3], [2, 4]]);
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
    fn any_number_of_tensors_is_stacked() {
        let rows: [Tensor1<3, i64>; 20] = array::from_fn(|row| Tensor1::from_fn(|i| (3 * row + i) as i64));
        let all: Tensor2<20, 3, i64> = rows.stack::<0>();
        assert_eq!(all, Tensor2::from_fn(|i| i as i64));
        assert_eq!(rows.stack::<1>(), all.transpose::<0, 1>());
        assert_eq!(rows.concat::<0>(), all.reshape());
        let columns: Tensor2<20, 3, i64> = all.chunk::<1, 3>().concat::<1>();
        assert_eq!(columns, all);
        let numbers = [Tensor0::scalar(1.0), Tensor0::scalar(2.0)];
        assert_eq!(numbers.stack::<0>().array(), &[1.0, 2.0]);
        let none: [Tensor1<3>; 0] = [];
        assert_eq!(none.stack::<1>().array(), &[[0.0; 0]; 3]);
        assert_eq!(
            [Tensor1::<0>::zeros(), Tensor1::zeros()].stack::<0>().array(),
            &[[0.0; 0]; 2]
        );
    }

    #[test]
    fn a_tensor_that_is_stacked_twice_has_both_gradients() {
        let x = tensor([1.0, 2.0]).requires_grad();
        let both = [&x, &x].stack::<0>() * tensor([[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(both.sum().backward()[&x].array(), &[4.0, 6.0]);
    }

    #[test]
    fn generic_code_needs_one_bound() {
        fn twice<const B: usize, D: Plus<D>>(x: &Tensor<(Dim<B>, D)>) -> Tensor<(Dim<B>, D::Out)> {
            x.concat::<1>(x)
        }
        assert_eq!(twice(&tensor([[1.0, 2.0]])).array(), &[[1.0, 2.0, 1.0, 2.0]]);
        fn thrice<D: Times<Dim<3>>>(x: &Tensor<(D, Dim<2>)>) -> Tensor<(D::Out, Dim<2>)> {
            [x; 3].concat::<0>()
        }
        assert_eq!(thrice(&tensor([[1.0, 2.0]])).array(), &[[1.0, 2.0]; 3]);
    }
}
