//! Products of matrices and vectors.

use super::{Arithmetic, SameElement};
use crate::autograd::{Function, Join, Joined, Track};
use crate::dim::Dimension;
use crate::kernels::{self, buffers};
use crate::shape::{Rank0, RightFactor, Shape};
use crate::tensor::{Element, Float, Tensor};
use core::marker::PhantomData;

/// `batch` products of an `m`×`k` and a `k`×`n` matrix, in the shape `T`. Either side may hold its matrix transposed.
pub(crate) struct Product<T> {
    batch: usize,
    m: usize,
    k: usize,
    n: usize,
    left_transposed: bool,
    right_transposed: bool,
    shape: PhantomData<T>,
}

impl<L, R, T, E, A, B> Function<(Tensor<L, E, A>, Tensor<R, E, B>)> for Product<T>
where
    L: Shape,
    R: Shape,
    T: Shape,
    E: Float,
    A: Track + Join<B>,
    B: Track,
{
    const NAME: &'static str = "MatMul";
    type Output = Tensor<T, E>;
    type Saved = (A::When<Tensor<R, E>>, B::When<Tensor<L, E>>);

    fn forward(&self, (left, right): (Tensor<L, E>, Tensor<R, E>)) -> (Tensor<T, E>, Self::Saved) {
        let &Product {
            batch,
            m,
            k,
            n,
            left_transposed,
            right_transposed,
            ..
        } = self;
        let mut product = buffers::output(T::NUMEL);
        let sizes = kernels::MatMul {
            m,
            k,
            n,
            a_transposed: left_transposed,
            b_transposed: right_transposed,
        };
        let batch = kernels::Batch {
            count: batch,
            a_stride: m * k,
            b_stride: k * n,
        };
        E::batched_matmul(sizes, batch, left.as_slice(), right.as_slice(), &mut product, false);
        (Tensor::from_buffer(product), (A::when(|| right), B::when(|| left)))
    }

    /// Of `C = L·R`: `∂L = ∂C·Rᵀ` and `∂R = Lᵀ·∂C`. Where a factor is held transposed, so is its gradient: `(∂C·Rᵀ)ᵀ = R·∂Cᵀ`.
    fn backward<G: Track>(
        &self,
        (right, left): &Self::Saved,
        gradient: Tensor<T, E, G>,
    ) -> (A::When<Tensor<L, E, G>>, B::When<Tensor<R, E, G>>) {
        let &Product {
            batch,
            m,
            k,
            n,
            left_transposed,
            right_transposed,
            ..
        } = self;
        let of_left = A::with(right, |right| {
            if left_transposed {
                product((batch, k, n, m), (right, right_transposed), (&gradient, true))
            } else {
                product((batch, m, n, k), (&gradient, false), (right, !right_transposed))
            }
        });
        let of_right = B::with(left, |left| {
            if right_transposed {
                product((batch, n, m, k), (&gradient, true), (left, left_transposed))
            } else {
                product((batch, k, m, n), (left, !left_transposed), (&gradient, false))
            }
        });
        (of_left, of_right)
    }
}

/// The product of sizes `(batch, m, k, n)` of two factors, each with whether it is held transposed.
pub(crate) fn product<L: Shape, R: Shape, T: Shape, E: Float, A: Track + Join<B>, B: Track>(
    (batch, m, k, n): (usize, usize, usize, usize),
    (left, left_transposed): (&Tensor<L, E, A>, bool),
    (right, right_transposed): (&Tensor<R, E, B>, bool),
) -> Tensor<T, E, Joined<A, B>> {
    Product {
        batch,
        m,
        k,
        n,
        left_transposed,
        right_transposed,
        shape: PhantomData,
    }
    .apply((left, right))
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The matrix product, by PyTorch's rules: of vectors (a number), of a matrix and a vector, of matrices, of batches of
    /// matrices, of a batch and one matrix.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let w = tensor([1.0, 2.0, 3.0]);
    /// let x = tensor([4.0, 5.0, 6.0]);
    /// assert_eq!(w.matmul(&x).item(), 32.0);
    /// let y: Tensor2<2, 4> = Tensor2::<2, 3>::ones().matmul(&Tensor2::<3, 4>::ones());
    /// ```
    #[doc(alias = "mm")]
    #[doc(alias = "bmm")]
    #[doc(alias = "mv")]
    pub fn matmul<R: RightFactor<S>, F, B>(&self, right: &Tensor<R, F, B>) -> Tensor<R::Out, E, Joined<A, B>>
    where
        F: SameElement<E> + Arithmetic<E>,
        A: Join<B>,
        B: Track,
    {
        let left = F::real(F::renamed(self.clone()));
        let right = F::real(right.clone());
        F::named_back(F::from_real(product(
            (R::BATCH, R::M, R::K, R::N),
            (&left, false),
            (&right, false),
        )))
    }
}

/// That two shapes are those of vectors of one length, which have a scalar product.
///
/// As [`RightFactor`], it is a trait of the right side, which rustc does not know yet when it looks for the method.
#[diagnostic::on_unimplemented(
    message = "`dot` takes two vectors of one length, and these tensors have the shapes `{Left}` and `{Self}`",
    label = "not two vectors of one length",
    note = "matrices are multiplied by `a.matmul(&b)`, or entry by entry and summed: `(&a * &b).sum()`"
)]
pub trait RightVector<Left: Shape>: RightFactor<Left, Out = Rank0> {}
#[diagnostic::do_not_recommend]
impl<K: Dimension, L: Dimension> RightVector<(K,)> for (L,) where (L,): RightFactor<(K,), Out = Rank0> {}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The scalar product of two vectors.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 2.0]).dot(&tensor([3.0, 4.0])).item(), 11.0);
    /// ```
    pub fn dot<R: RightVector<S>, F, B>(&self, right: &Tensor<R, F, B>) -> Tensor<Rank0, E, Joined<A, B>>
    where
        F: SameElement<E> + Arithmetic<E>,
        A: Join<B>,
        B: Track,
    {
        self.matmul(right)
    }
}
