//! Products: of all entries and of those along one axis.

use super::reduction::reductions;
use crate::autograd::{Function, Track};
use crate::kernels::Axis;
use crate::kernels::buffers::{self, Buffer};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// `Πx` of every line along an axis, in the shape `T`. The derivative is the product of all other entries of the line, which
/// also is right where entries are 0.
struct Prod<T> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Prod<T> {
    const NAME: &'static str = "Prod";
    type Output = Tensor<T, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, Self::Saved) {
        let mut products = buffers::output(T::NUMEL);
        E::product_axis(self.axis, x.as_slice(), &mut products);
        (Tensor::from_buffer(products), A::when(|| x))
    }

    fn backward<G: Track>(&self, x: &Self::Saved, gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(x, |x| {
            let others = Tensor::<S, E>::from_buffer(products_of_others(self.axis, x.as_slice()));
            gradient.repeat_over::<S>(self.axis) * others
        })
    }
}

/// For each entry, the product of all others of its line: of those before it, times that of those after it.
fn products_of_others<E: Float>(axis: Axis, x: &[E]) -> Buffer<E> {
    let Axis { outer, length, inner } = axis;
    let mut products = Buffer::full(x.len(), E::one());
    for o in 0..outer {
        for i in 0..inner {
            let at = |l: usize| (o * length + l) * inner + i;
            let mut before = E::one();
            for l in 0..length {
                products[at(l)] = before;
                before *= x[at(l)];
            }
            let mut after = E::one();
            for l in (0..length).rev() {
                products[at(l)] *= after;
                after *= x[at(l)];
            }
        }
    }
    products
}

reductions! {
    /// The product of all entries.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0], [3.0, 0.0]]).requires_grad();
    /// let product = x.prod();
    /// assert_eq!(product.item(), 0.0);
    /// assert_eq!(product.backward()[&x].array(), &[[0.0, 0.0], [0.0, 6.0]]);
    /// ```
    prod
    /// The products along axis `AXIS`, which disappears: PyTorch's `x.prod(dim=AXIS)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 2.0], [3.0, 4.0]]).prod_axis::<0>().array(), &[3.0, 8.0]);
    /// ```
    prod_axis -> Tensor[E, A]: |x, axis| Prod { axis, shape: PhantomData }.apply(x);
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let x = Tensor2::<3, 2, f64>::from([[0.3, -1.2], [2.0, 0.0], [-0.4, 0.0]]);
        gradcheck(|x| x.prod(), x.clone()).unwrap();
        gradcheck(|x| x.prod_axis::<0>(), x.clone()).unwrap();
        gradcheck(|x| x.prod_axis::<1>(), x).unwrap();
    }
}
