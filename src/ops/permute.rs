//! Axes in another order.

use crate::autograd::{Function, Moved, Track};
use crate::dim::Dimension;
use crate::kernels::{buffers, layout};
use crate::shape::{Permute, Shape, SwapAxes};
use crate::tensor::{ByElement, Element, Float, Tensor};
use core::marker::PhantomData;

/// The kernel that transposes a matrix.
struct Transposing;

impl<E: Element> ByElement<E> for Transposing {
    type Out = fn(layout::Transpose<'_, E>);
    fn float(self) -> Self::Out
    where
        E: Float,
    {
        layout::by_vectors
    }
    fn other(self) -> Self::Out {
        layout::one_by_one
    }
}

/// The entries with the axes in another order, which gives the shape `T`.
struct Permuted<T> {
    order: Vec<usize>,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Element, A: Track> Function<Tensor<S, E, A>> for Permuted<T> {
    const NAME: &'static str = "Permute";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Moved<T, E>, ()) {
        let mut permuted = buffers::output(T::NUMEL);
        let transpose = E::by_element(Transposing);
        layout::permute(S::DIMS, &self.order, x.as_slice(), &mut permuted, transpose);
        (Moved(Tensor::from_buffer(permuted)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let mut inverse = vec![0; self.order.len()];
            for (place, &axis) in self.order.iter().enumerate() {
                inverse[axis] = place;
            }
            Permuted {
                order: inverse,
                shape: PhantomData,
            }
            .apply(gradient)
        })
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The axes in another order: axis `k` of the result is the axis of this tensor that stands at place `k`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let images: Tensor4<8, 28, 28, 3> = Tensor4::zeros();
    /// let channels_first: Tensor4<8, 3, 28, 28> = images.permute::<Axes4<0, 3, 1, 2>>();
    /// ```
    pub fn permute<Order>(&self) -> Tensor<S::Out, E, A>
    where
        S: Permute<Order>,
    {
        Permuted {
            order: S::ORDER.to_vec(),
            shape: PhantomData,
        }
        .apply(self)
    }

    /// The axes `AXIS` and `OTHER` exchanged: PyTorch's `x.transpose(AXIS, OTHER)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x: Tensor3<4, 3, 2> = Tensor3::<2, 3, 4>::zeros().transpose::<0, 2>();
    /// ```
    pub fn transpose<const AXIS: usize, const OTHER: usize>(&self) -> Tensor<S::Out, E, A>
    where
        S: SwapAxes<AXIS, OTHER>,
    {
        Permuted {
            order: S::ORDER.to_vec(),
            shape: PhantomData,
        }
        .apply(self)
    }
}

/// That a shape is that of a matrix, which has a transposed one.
#[diagnostic::on_unimplemented(
    message = "`t` transposes a matrix, and this tensor has the shape `{Self}`",
    label = "not a matrix: its shape is `{Self}`",
    note = "name the two axes to exchange: `x.transpose::<1, 2>()`"
)]
pub trait MatrixShape: SwapAxes<0, 1> {}
#[diagnostic::do_not_recommend]
impl<M: Dimension, N: Dimension> MatrixShape for (M, N) {}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The transposed matrix.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 2.0, 3.0]]).t().array(), &[[1.0], [2.0], [3.0]]);
    /// ```
    pub fn t(&self) -> Tensor<S::Out, E, A>
    where
        S: MatrixShape,
    {
        self.transpose::<0, 1>()
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn every_element_type_is_permuted() {
        let mask = Tensor2::<2, 3, bool>::from([[true, false, false], [true, true, false]]);
        assert_eq!(mask.t().array(), &[[true, true], [false, true], [false, false]]);
        let counts = Tensor3::<2, 1, 2, i64>::from([[[1, 2]], [[3, 4]]]);
        assert_eq!(counts.transpose::<0, 2>().array(), &[[[1, 3]], [[2, 4]]]);
        assert_eq!(counts.permute::<Axes3<1, 0, 2>>().array(), &[[[1, 2], [3, 4]]]);
    }
}
