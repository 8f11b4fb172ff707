//! The affine map of the last axis: what a linear layer computes.

use super::matmul::product;
use crate::autograd::{Function, Join, Joined, Track};
use crate::dim::{Dim, Dimension};
use crate::kernels::{self, buffers, layout};
use crate::shape::{LastAxis, Rank1, Rank2, Shape};
use crate::tensor::{Element, Float, Tensor};

/// That the last axis of an input has the size that a linear map takes.
#[diagnostic::on_unimplemented(
    message = "this linear layer takes {I} features, and the input's last axis is `{Self}`",
    label = "expected `Dim<{I}>` as the last axis, found `{Self}`"
)]
pub trait Features<const I: usize> {}
#[diagnostic::do_not_recommend]
impl<const I: usize> Features<I> for Dim<I> {}

/// `x·Wᵀ + b`, the bias written first and the product added to it.
struct Linear;

impl<S, O, I, E, A, W, B, AW> Function<(Tensor<S, E, A>, Tensor<(O, I), E, W>, Tensor<(O,), E, B>)> for Linear
where
    S: LastAxis,
    O: Dimension,
    I: Dimension,
    E: Float,
    A: Track + Join<W, Out = AW>,
    AW: Track + Join<B>,
    W: Track,
    B: Track,
{
    const NAME: &'static str = "Linear";
    type Output = Tensor<S::With<O>, E>;
    type Saved = (A::When<Tensor<(O, I), E>>, W::When<Tensor<S, E>>);

    fn forward(
        &self,
        (x, weight, bias): (Tensor<S, E>, Tensor<(O, I), E>, Tensor<(O,), E>),
    ) -> (Self::Output, Self::Saved) {
        let mut y = buffers::output(S::ROWS * O::N);
        layout::repeat(1, S::ROWS, O::N, bias.as_slice(), &mut y);
        let sizes = kernels::MatMul {
            m: S::ROWS,
            k: I::N,
            n: O::N,
            a_transposed: false,
            b_transposed: true,
        };
        E::matmul(sizes, x.as_slice(), weight.as_slice(), &mut y, true);
        (Tensor::from_buffer(y), (A::when(|| weight), W::when(|| x)))
    }

    fn backward<G: Track>(
        &self,
        (weight, x): &Self::Saved,
        gradient: Tensor<S::With<O>, E, G>,
    ) -> (
        A::When<Tensor<S, E, G>>,
        W::When<Tensor<(O, I), E, G>>,
        B::When<Tensor<(O,), E, G>>,
    ) {
        (
            A::with(weight, |weight| {
                product((1, S::ROWS, O::N, I::N), (&gradient, false), (weight, false))
            }),
            W::with(x, |x| product((1, O::N, S::ROWS, I::N), (&gradient, true), (x, false))),
            B::when(|| gradient.sum_leading()),
        )
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// `x·Wᵀ + b` along the last axis: PyTorch's `torch.nn.functional.linear`. The weight is `[OUT, IN]`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let weight = tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    /// let y = tensor([1.0, 1.0]).linear(&weight, Some(&tensor([0.5, 0.0, 0.0])));
    /// assert_eq!(y.array(), &[3.5, 7.0, 11.0]);
    /// ```
    pub fn linear<const I: usize, const O: usize, T: Track>(
        &self,
        weight: &Tensor<Rank2<O, I>, E, T>,
        bias: Option<&Tensor<Rank1<O>, E, T>>,
    ) -> Tensor<S::With<Dim<O>>, E, Joined<A, T>>
    where
        E: Float,
        S: LastAxis<Size: Features<I>>,
        A: Join<T>,
    {
        match bias {
            Some(bias) => Linear.apply((self, weight, bias)),
            None => product((1, S::ROWS, I, O), (self, false), (weight, true)),
        }
    }

    /// [`linear`](Tensor::linear) where the sizes are computed ones.
    pub(crate) fn project<I: Dimension, O: Dimension, T: Track>(
        &self,
        weight: &Tensor<(O, I), E, T>,
        bias: &Tensor<(O,), E, T>,
    ) -> Tensor<S::With<O>, E, Joined<A, T>>
    where
        E: Float,
        S: LastAxis<Size = I>,
        A: Join<T>,
    {
        Linear.apply((self, weight, bias))
    }
}
