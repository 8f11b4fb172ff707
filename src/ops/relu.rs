//! The rectifier.

use crate::autograd::{Function, Track};
use crate::kernels::elementwise::map_in_place;
use crate::shape::Shape;
use crate::tensor::{Element, Float, Step, Tensor};

fn rectify<E: Float>() -> Step<E> {
    Step {
        number: E::zero(),
        // With nothing added, the compiler writes only the entries that change, each by itself, which is slower.
        apply: |entries, zero| map_in_place(entries, move |x| if x < zero { zero } else { x + zero }),
    }
}

fn number_where_positive<E: Float>(number: E) -> Step<E> {
    Step {
        number,
        apply: |entries, number| map_in_place(entries, move |x| kept_where_positive(number, x)),
    }
}

#[inline]
fn kept_where_positive<E: Float>(x: E, constant: E) -> E {
    if constant <= E::zero() { E::zero() } else { x }
}

/// `x` where it is positive, else 0. The output says where the input was positive, so that it is what is saved.
struct Relu;

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Relu {
    const NAME: &'static str = "Relu";
    type Output = Tensor<S, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, Self::Saved) {
        let output = x.then(rectify());
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

/// The identity where a constant is positive or NaN, and 0 elsewhere.
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
            Some(number) => constant.then(number_where_positive(number)),
            None => x.zip_reusing(constant, kept_where_positive),
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
    /// `x` where it is positive, else 0. The derivative at 0 is 0; NaN stays NaN, and its derivative is 1, as PyTorch's.
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

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn nan_passes_both_ways() {
        let x = tensor([f32::NAN, -1.0, -0.0, f32::INFINITY]).requires_grad();
        let y = x.relu();
        assert!(y[[0]].is_nan());
        assert_eq!(
            y.clone().backward_with(&tensor([2.0, 3.0, 5.0, 7.0]))[&x].array(),
            &[2.0, 0.0, 0.0, 7.0]
        );
        assert_eq!(y.backward_with(&Tensor::ones())[&x].array(), &[1.0, 0.0, 0.0, 1.0]);
    }
}
