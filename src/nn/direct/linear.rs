//! The fully connected layer without a graph.

use super::{Direct, Input, learn_weight_and_bias};
use crate::autograd::Track;
use crate::dim::Dim;
use crate::kernels::Vector;
use crate::kernels::small::{Instructions, LinearMap};
use crate::nn::{BiasSpec, Linear, Name};
use crate::ops::Features;
use crate::shape::{LastAxis, Rank1, Rank2, Shape};
use crate::tensor::{Float, Place};

const fn sizes<S: LastAxis, const I: usize, const O: usize>() -> LinearMap {
    LinearMap {
        rows: S::ROWS,
        inputs: I,
        outputs: O,
    }
}

#[diagnostic::do_not_recommend]
impl<S, E, T, B, const I: usize, const O: usize> Direct<S, E> for Linear<I, O, E, T, B>
where
    S: LastAxis<Size: Features<I>>,
    E: Float,
    T: Track,
    B: BiasSpec,
{
    type Output = S::With<Dim<O>>;
    type Saved = ();
    type Gradients = (Place<Rank2<O, I>, E>, Place<Rank1<O>, E>);
    const LEARNS: bool = T::TRACKED;

    #[inline(always)]
    fn compute<V: Vector<E>>(&self, on: Instructions<E, V>, x: &[E], y: &mut [E], (): &mut (), _: bool) {
        let bias = self
            .bias
            .as_ref()
            .map(|bias| Rank1::<O>::entries(B::tensor(bias).array()));
        on.linear(
            sizes::<S, I, O>(),
            x,
            Rank2::<O, I>::entries(self.weight.array()),
            bias,
            y,
        );
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        (): &mut (),
        (weight, bias): &mut Self::Gradients,
    ) {
        let sizes = sizes::<S, I, O>();
        if T::TRACKED {
            on.linear_weight_gradient(sizes, x.values(), dy, weight.entries_mut());
            on.linear_bias_gradient(sizes, dy, bias.entries_mut());
        }
        x.replace(|dx| on.linear_input_gradient(sizes, Rank2::<O, I>::entries(self.weight.array()), dy, dx));
    }

    fn learn(&mut self, gradients: &Self::Gradients, name: &mut Name, change: &mut impl FnMut(&str, &mut [E], &[E])) {
        learn_weight_and_bias::<_, _, _, B, O>(&mut self.weight, &mut self.bias, gradients, name, change);
    }
}
