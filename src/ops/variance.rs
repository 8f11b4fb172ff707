//! Variance and standard deviation: over all entries and over one axis.

use super::reduction::reductions;
use crate::autograd::{Function, Track};
use crate::kernels::Axis;
use crate::kernels::number;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// `Σ(x − mean)² / (n − 1)` of every line along an axis, in the shape `T`, or its root.
///
/// `∂variance/∂x = 2(x − mean)/(n − 1)`, because the mean's own share of it sums to 0; and `∂√v = ∂v / 2√v`, 0 where that is
/// 0, as PyTorch's.
struct Variance<T, const ROOT: bool> {
    axis: Axis,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track, const ROOT: bool> Function<Tensor<S, E, A>> for Variance<T, ROOT> {
    const NAME: &'static str = if ROOT { "Std" } else { "Var" };
    type Output = Tensor<T, E>;
    type Saved = A::When<(Tensor<S, E>, Tensor<T, E>)>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, Self::Saved) {
        let n = number::<E>(self.axis.length);
        let means = x.sum_over::<T>(self.axis) / n;
        let deviations = x - means.repeat_over::<S>(self.axis);
        // Of one entry or none nothing is known: 0/0.
        let degrees = if n > E::one() { n - E::one() } else { E::zero() };
        let variances = deviations.square().sum_over::<T>(self.axis) / degrees;
        let result = if ROOT { variances.sqrt() } else { variances };
        let saved = A::when(|| (deviations, result.clone()));
        (result, saved)
    }

    fn backward<G: Track>(&self, saved: &Self::Saved, gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(saved, |(deviations, result)| {
            let degrees = number::<E>(self.axis.length) - E::one();
            let scale = if ROOT {
                result.map(|root| {
                    if root == E::zero() {
                        root
                    } else {
                        (root * degrees).recip()
                    }
                })
            } else {
                Tensor::full(number::<E>(2) / degrees)
            };
            (gradient * scale).repeat_over::<S>(self.axis) * deviations
        })
    }
}

reductions! {
    /// The variance of all entries, `Σ(x − mean)² / (n − 1)`, as PyTorch's `x.var()`. Not a number for a single entry or none.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 2.0, 3.0, 6.0]).var().item(), 14.0 / 3.0);
    /// ```
    var
    /// The variances along axis `AXIS`, which disappears: PyTorch's `x.var(dim=AXIS)`, over `n − 1`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 5.0], [3.0, 5.0]]).var_axis::<0>().array(), &[2.0, 0.0]);
    /// ```
    var_axis -> Tensor[E, A]: |x, axis| Variance::<_, false> { axis, shape: PhantomData }.apply(x);

    /// The standard deviation of all entries: the root of the [variance](Tensor::var).
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 3.0, 5.0]).std().item(), 2.0);
    /// ```
    std
    /// The standard deviations along axis `AXIS`, which disappears: PyTorch's `x.std(dim=AXIS)`, over `n − 1`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 3.0, 5.0], [4.0, 4.0, 4.0]]).std_axis::<1>().array(), &[2.0, 0.0]);
    /// ```
    std_axis -> Tensor[E, A]: |x, axis| Variance::<_, true> { axis, shape: PhantomData }.apply(x);
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let x = Tensor2::<3, 2, f64>::from([[0.3, -1.2], [2.0, 0.7], [-0.4, 0.1]]);
        gradcheck(|x| x.var(), x.clone()).unwrap();
        gradcheck(|x| x.std(), x.clone()).unwrap();
        gradcheck(|x| x.var_axis::<0>(), x.clone()).unwrap();
        gradcheck(|x| x.std_axis::<1>(), x).unwrap();
    }

    #[test]
    fn one_entry_or_none_has_no_variance() {
        assert!(tensor([1.0]).var().item().is_nan() && Tensor1::<0>::zeros().std().item().is_nan());
        assert!(
            Tensor2::<0, 2>::zeros()
                .var_axis::<0>()
                .iter()
                .all(|variance| variance.is_nan())
        );
    }

    #[test]
    fn equal_entries_have_no_gradient() {
        let x = tensor([2.0, 2.0]).requires_grad();
        assert_eq!(x.std().backward()[&x].array(), &[0.0, 0.0]);
    }
}
