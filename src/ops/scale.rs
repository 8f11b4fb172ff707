//! A constant tensor times a number.

use super::reduction::all;
use crate::autograd::{Function, Track};
use crate::kernels::elementwise::map_in_place;
use crate::shape::{Rank0, Shape};
use crate::tensor::{Float, Step, Tensor};

fn times<E: Float>(number: E) -> Step<E> {
    Step {
        number,
        apply: |entries, number| map_in_place(entries, move |entry| entry * number),
    }
}

/// `x·constant`, where `x` is a number: what a loss that knows its derivative gives back.
struct Scale<S: Shape, E: Float>(Tensor<S, E>);

impl<S: Shape, E: Float, A: Track> Function<Tensor<Rank0, E, A>> for Scale<S, E> {
    const NAME: &'static str = "Scale";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<Rank0, E>) -> (Tensor<S, E>, ()) {
        (self.0.clone().then(times(x.item())), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<Rank0, E, G>> {
        A::when(|| (gradient * &self.0).sum_over(all::<S>()))
    }
}

impl<E: Float, A: Track> Tensor<Rank0, E, A> {
    /// This number times a constant.
    pub(super) fn scale<S: Shape>(self, constant: &Tensor<S, E>) -> Tensor<S, E, A> {
        Scale(constant.clone()).apply(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let constant = Tensor2::<2, 2, f64>::from([[0.3, -1.2], [2.0, 0.7]]);
        gradcheck(|x| x.clone().scale(&constant), Tensor0::<f64>::scalar(0.6)).unwrap();
    }
}
