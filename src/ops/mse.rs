//! The mean squared error.

use super::operand::Operand;
use crate::autograd::{Function, Join, Joined, Track};
use crate::kernels::number;
use crate::shape::{Rank0, Shape};
use crate::tensor::{Float, Tensor};

/// `Σ(y − t)² / n`. Only the difference is saved.
struct Mse;

impl<S: Shape, E: Float, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for Mse {
    const NAME: &'static str = "MseLoss";
    type Output = Tensor<Rank0, E>;
    type Saved = (A::When<Tensor<S, E>>, B::When<Tensor<S, E>>);

    fn forward(&self, (y, target): (Tensor<S, E>, Tensor<S, E>)) -> (Tensor<Rank0, E>, Self::Saved) {
        let difference = y.zip_reusing(target, core::ops::Sub::sub);
        let loss = E::dot(difference.as_slice(), difference.as_slice()) / count::<S, E>();
        (
            Tensor::scalar(loss),
            (A::when(|| difference.clone()), B::when(|| difference)),
        )
    }

    /// `∂/∂y = 2(y − t)/n`, and `∂/∂t` is its opposite.
    fn backward<G: Track>(
        &self,
        (for_y, for_target): &Self::Saved,
        gradient: Tensor<Rank0, E, G>,
    ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
        let scale = (E::one() + E::one()) / count::<S, E>();
        let back = |scale: E, difference: &Tensor<S, E>| (&gradient * scale).scale(difference);
        (
            A::with(for_y, |difference| back(scale, difference)),
            B::with(for_target, |difference| back(-scale, difference)),
        )
    }
}

fn count<S: Shape, E: Float>() -> E {
    number(S::NUMEL)
}

impl<S: Shape, E: Float, A: Track> Tensor<S, E, A> {
    /// The mean of the squared differences from a target, `Σ(y − t)² / n`: PyTorch's `F.mse_loss(y, t)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    /// let loss = y.mse_loss(&tensor([[1.0, 2.0], [3.0, 0.0]]));
    /// assert_eq!(loss.item(), 4.0);
    /// assert_eq!(loss.backward()[&y].array(), &[[0.0, 0.0], [0.0, 2.0]]);
    /// ```
    pub fn mse_loss<O: Operand<S, E>>(&self, target: &O) -> Tensor<Rank0, E, Joined<A, O::State>>
    where
        A: Join<O::State>,
    {
        Mse.apply((self, target.operand()))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let y = Tensor2::<2, 2, f64>::from([[0.3, -1.2], [2.0, 0.7]]);
        let target = Tensor2::<2, 2, f64>::from([[0.9, -1.1], [2.5, -0.2]]);
        gradcheck(|(y, target)| y.mse_loss(target), (y.clone(), target.clone())).unwrap();
        gradcheck(|y| y.mse_loss(&target), y).unwrap();
    }
}
