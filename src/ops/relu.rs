//! The rectifier.

use crate::autograd::{Function, Track};
use crate::kernels::elementwise::map_in_place;
use crate::shape::Shape;
use crate::tensor::{Element, Float, Step, Tensor};

/// `x` where it is positive, else 0. The output says where the input was positive, so that it is what is saved.
struct Relu;

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Relu {
    const NAME: &'static str = "Relu";
    type Output = Tensor<S, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, Self::Saved) {
        // With nothing added, the compiler writes only what changes, one by one: slower than everything at once.
        let output = x.then(Step {
            number: E::zero(),
            apply: |entries, zero| map_in_place(entries, move |x| if x < zero { zero } else { x + zero }),
        });
        let saved = A::when(|| output.clone());
        (output, saved)
    }

    fn backward<G: Track>(&self, output: &Self::Saved, gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(output, |output| {
            KeepWherePositive {
                constant: output.clone(),
            }
            .apply(gradient)
        })
    }
}

/// The identity where a constant is positive, and 0 elsewhere.
struct KeepWherePositive<S: Shape, E: Float> {
    constant: Tensor<S, E>,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for KeepWherePositive<S, E> {
    const NAME: &'static str = "KeepWherePositive";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        let constant = self.constant.clone();
        let kept = match x.storage.number() {
            Some(number) => constant.then(Step {
                number,
                apply: |entries, number| map_in_place(entries, move |c| if c > E::zero() { number } else { E::zero() }),
            }),
            None => x.zip_reusing(constant, |x, c| if c > E::zero() { x } else { E::zero() }),
        };
        (kept, ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            KeepWherePositive {
                constant: self.constant.clone(),
            }
            .apply(gradient)
        })
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// `x` where it is positive, else 0. The derivative at 0 is 0.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([-1.0, 0.0, 2.0]).requires_grad();
    /// let y = x.relu();
    /// assert_eq!(y.array(), &[0.0, 0.0, 2.0]);
    /// assert_eq!(y.sum().backward()[&x].array(), &[0.0, 0.0, 1.0]);
    /// ```
    pub fn relu(&self) -> Tensor<S, E, A>
    where
        E: Float,
    {
        Relu.apply(self)
    }
}
