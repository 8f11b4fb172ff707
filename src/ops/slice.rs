//! Parts of a tensor along an axis: a slice of it, one entry of it, equal parts.

use super::reduction::axis;
use crate::autograd::{Function, Moved, Track};
use crate::dim::{Chunks, Dim, Dimension, HasRange};
use crate::kernels::buffers::{self, Buffer};
use crate::kernels::{Axis, layout};
use crate::shape::{HasAxis, Shape};
use crate::tensor::{Element, Tensor};
use core::array;
use core::marker::PhantomData;

/// The entries from `start` along an axis, in the shape `T`.
pub(super) struct Part<T> {
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
    pub(super) fn new(axis: Axis, start: usize) -> Self {
        let shape = PhantomData;
        Part { axis, start, shape }
    }
}

/// The length along the axis of a tensor that is part of another: 0 if it has no entries.
pub(super) fn length<S: Shape>(axis: Axis) -> usize {
    S::NUMEL.checked_div(axis.outer * axis.inner).unwrap_or(0)
}

impl<S: Shape, T: Shape, E: Element, A: Track> Function<Tensor<S, E, A>> for Part<T> {
    const NAME: &'static str = "Slice";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Moved<T, E>, ()) {
        let mut part = buffers::output(T::NUMEL);
        layout::slice(self.axis, self.start, length::<T>(self.axis), x.as_slice(), &mut part);
        (Moved(Tensor::from_buffer(part)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (axis, start, shape) = (self.axis, self.start, PhantomData);
            Whole { axis, start, shape }.apply(gradient)
        })
    }
}

impl<S: Shape, T: Shape, E: Element, A: Track> Function<Tensor<S, E, A>> for Whole<T> {
    const NAME: &'static str = "SliceGradient";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, part: Tensor<S, E>) -> (Moved<T, E>, ()) {
        let mut whole = Buffer::full(T::NUMEL, E::default());
        layout::slice_assign(
            self.axis,
            self.start,
            length::<S>(self.axis),
            part.as_slice(),
            &mut whole,
        );
        (Moved(Tensor::from_buffer(whole)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| Part::new(self.axis, self.start).apply(gradient))
    }
}

/// That axis `AXIS` of a shape has `LEN` entries from `START` on.
///
/// (Every shape with a [`HasRange`] there has it. Were the method to ask for that alone, which has no other implementation than that of
/// `Dim<N>`, rustc would show of a slice past the end how the crate computes where it ends.)
pub trait Sliced<const AXIS: usize, const START: usize, const LEN: usize>: HasAxis<AXIS> {}
impl<S, const AXIS: usize, const START: usize, const LEN: usize> Sliced<AXIS, START, LEN> for S where
    S: HasAxis<AXIS, Size: HasRange<START, LEN>>
{
}

/// That axis `AXIS` of a shape can be cut into `PARTS` of one size.
///
/// (Every shape with [`Chunks`] there has it, and it stands apart for what [`Sliced`] does.)
pub trait Cut<const AXIS: usize, const PARTS: usize>: HasAxis<AXIS> {
    /// The shape of each part.
    type Part: Shape;
    /// Its length along the axis.
    #[doc(hidden)]
    const LENGTH: usize;
}
impl<S, Length, const AXIS: usize, const PARTS: usize> Cut<AXIS, PARTS> for S
where
    S: HasAxis<AXIS, Size: Chunks<PARTS, Out = Length>>,
    Length: Dimension,
{
    type Part = S::With<Length>;
    const LENGTH: usize = Length::N;
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The `LEN` entries from `START` on along axis `AXIS`, whose size becomes `LEN`: PyTorch's
    /// [`x.narrow(AXIS, START, LEN)`](https://pytorch.org/docs/stable/generated/torch.narrow.html).
    ///
    /// A slice that ends beyond the axis does not compile. Its gradient is 0 outside of it.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]).requires_grad();
    /// let middle: Tensor2<2, 2, f32, Tracked> = x.slice::<1, 1, 2>();
    /// assert_eq!(middle.array(), &[[2.0, 3.0], [6.0, 7.0]]);
    /// assert_eq!(middle.sum().backward()[&x].array(), &[[0.0, 1.0, 1.0, 0.0]; 2]);
    /// ```
    #[doc(alias = "narrow")]
    pub fn slice<const AXIS: usize, const START: usize, const LEN: usize>(&self) -> Tensor<S::With<Dim<LEN>>, E, A>
    where
        S: Sliced<AXIS, START, LEN>,
    {
        Part::new(axis::<S, AXIS>(), START).apply(self)
    }

    /// What stands at `index` along axis `AXIS`, which disappears: PyTorch's
    /// [`x.select(AXIS, index)`](https://pytorch.org/docs/stable/generated/torch.select.html), or `x[:, index]` for axis 1.
    ///
    /// The index is a number of the running program, such as a time step. The gradient is 0 at all others.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).requires_grad();
    /// let last: Tensor1<2, f32, Tracked> = x.at::<1>(2);
    /// assert_eq!(last.array(), &[3.0, 6.0]);
    /// assert_eq!(last.sum().backward()[&x].array(), &[[0.0, 0.0, 1.0]; 2]);
    /// ```
    ///
    /// # Panics
    /// If the index is not smaller than the axis.
    #[doc(alias = "select")]
    #[track_caller]
    pub fn at<const AXIS: usize>(&self, index: usize) -> Tensor<S::Without, E, A>
    where
        S: HasAxis<AXIS>,
    {
        let size = S::Size::N;
        assert!(
            index < size,
            "index {index} is out of range for axis {AXIS} of size {size}"
        );
        Part::new(axis::<S, AXIS>(), index).apply(self)
    }

    /// The tensor cut into `PARTS` equal parts along axis `AXIS`: PyTorch's
    /// [`x.chunk(PARTS, dim=AXIS)`](https://pytorch.org/docs/stable/generated/torch.chunk.html).
    ///
    /// A number of parts that does not divide the axis does not compile. (PyTorch then gives a smaller last part, or fewer parts.)
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]);
    /// let [left, right]: [Tensor2<2, 2>; 2] = x.chunk::<1, 2>();
    /// assert_eq!(left.array(), &[[1.0, 2.0], [5.0, 6.0]]);
    /// assert_eq!(right.array(), &[[3.0, 4.0], [7.0, 8.0]]);
    /// ```
    #[doc(alias = "split")]
    pub fn chunk<const AXIS: usize, const PARTS: usize>(&self) -> [Tensor<S::Part, E, A>; PARTS]
    where
        S: Cut<AXIS, PARTS>,
    {
        let length = S::LENGTH;
        array::from_fn(|part| Part::new(axis::<S, AXIS>(), part * length).apply(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    fn cube() -> Tensor3<2, 4, 3, f64> {
        Tensor3::randn(&mut StdRng::seed_from_u64(0))
    }

    #[test]
    fn gradients() {
        gradcheck(|x| x.slice::<0, 1, 1>(), cube()).unwrap();
        gradcheck(|x| x.slice::<1, 1, 2>(), cube()).unwrap();
        gradcheck(|x| x.slice::<2, 0, 3>(), cube()).unwrap();
        gradcheck(|x| x.at::<0>(1), cube()).unwrap();
        gradcheck(|x| x.at::<1>(2), cube()).unwrap();
        gradcheck(|x| x.at::<2>(0), cube()).unwrap();
        gradcheck(
            |x| {
                let [a, b] = x.chunk::<1, 2>();
                a * b.exp()
            },
            cube(),
        )
        .unwrap();
        let axis = Axis::of(&[2, 2], 1);
        let whole = |part: &Tensor2<2, 1, f64, Tracked>| {
            let (start, shape) = (1, PhantomData::<Rank2<2, 2>>);
            Whole { axis, start, shape }.apply(part)
        };
        gradcheck(whole, Tensor2::<2, 1, f64>::from([[0.9], [-1.1]])).unwrap();
    }

    #[test]
    fn entries_are_those_of_the_tensor() {
        let x = cube();
        let middle: Tensor3<2, 2, 3, f64> = x.slice::<1, 1, 2>();
        assert_eq!(middle, Tensor3::from_fn(|n| x[[n / 6, n / 3 % 2 + 1, n % 3]]));
        for j in 0..4 {
            let row: Tensor2<2, 3, f64> = x.at::<1>(j);
            assert_eq!(row, Tensor2::from_fn(|n| x[[n / 3, j, n % 3]]));
        }
        let last: Tensor2<2, 4, f64> = x.at::<2>(2);
        assert_eq!(last, Tensor2::from_fn(|n| x[[n / 4, n % 4, 2]]));
        let number: Tensor0<f64> = x.at::<0>(1).at::<0>(3).at::<0>(2);
        assert_eq!(number.item(), x[[1, 3, 2]]);
    }

    #[test]
    fn parts_are_joined_again() {
        let x = cube();
        let [a, b] = x.chunk::<1, 2>();
        assert_eq!(a.concat::<1>(&b), x);
        let parts: [Tensor3<2, 4, 1, f64>; 3] = x.chunk::<2, 3>();
        assert_eq!(parts[1], x.slice::<2, 1, 1>());
    }

    #[test]
    fn empty_slices() {
        let x = cube().requires_grad();
        let nothing: Tensor3<2, 0, 3, f64, Tracked> = x.slice::<1, 4, 0>();
        assert_eq!(nothing.sum().backward()[&x], Tensor3::zeros());
        let [a, _, _] = nothing.chunk::<1, 3>();
        assert_eq!(a.shape(), [2, 0, 3]);
        let empty = Tensor2::<0, 4>::zeros();
        assert_eq!(
            (empty.at::<1>(3).shape(), empty.slice::<1, 1, 2>().shape()),
            (&[0][..], &[0, 2][..])
        );
    }

    #[test]
    #[should_panic(expected = "index 4 is out of range for axis 1 of size 4")]
    fn an_index_beyond_the_axis_is_named() {
        let _ = cube().at::<1>(4);
    }

    #[test]
    fn generic_code_needs_one_bound_or_none() {
        fn halves<const B: usize, D: Chunks<2>>(x: &Tensor<(Dim<B>, D)>) -> [Tensor<(Dim<B>, D::Out)>; 2] {
            x.chunk::<1, 2>()
        }
        fn first_two<B: HasRange<0, 2>, D: Dimension>(x: &Tensor<(B, D)>) -> Tensor<(Dim<2>, D)> {
            x.slice::<0, 0, 2>()
        }
        fn last<B: Dimension, N: Dimension, D: Dimension>(x: &Tensor<(B, N, D)>) -> Tensor<(B, D)> {
            x.at::<1>(N::N - 1)
        }
        let x = tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
        assert_eq!(halves(&x)[1].array(), &[[2.0], [4.0], [6.0]]);
        assert_eq!(first_two(&x).array(), &[[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(last(&x.unsqueeze::<0>()).array(), &[[5.0, 6.0]]);
    }
}
