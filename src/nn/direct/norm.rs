//! Normalisation of each row by itself, without a graph.

use super::{Direct, Input, learn};
use crate::autograd::Track;
use crate::dim::Dim;
use crate::kernels::number;
use crate::kernels::small::Instructions;
use crate::kernels::{Axis, Vector};
use crate::nn::{LayerNorm, Name, RmsNorm};
use crate::ops::Features;
use crate::shape::{LastAxis, Rank1};
use crate::tensor::{Float, Place};

/// A number for each row: the mean, and `1 / √(variance + ε)`.
type PerRow<S, E> = Place<<S as LastAxis>::With<Dim<1>>, E>;

/// Mean and scale of each row, and where the way back works: the gradient of `x̂ = (x − mean) scale`, and a copy of the input,
/// whose own place becomes the gradient's.
type Rows<S, E> = ((PerRow<S, E>, PerRow<S, E>), (Place<S, E>, Place<S, E>));

/// Each row as a channel.
const fn each_row<S: LastAxis>(columns: usize) -> Axis {
    Axis {
        outer: 1,
        length: S::ROWS,
        inner: columns,
    }
}

/// `y = x̂ weight + bias`.
fn compute<S: LastAxis, E: Float>(
    centred: bool,
    epsilon: f64,
    (x, weight, bias): (&[E], &[E], &[E]),
    y: &mut [E],
    ((mean, scale), _): &mut Rows<S, E>,
) {
    let (mean, scale) = (mean.entries_mut(), scale.entries_mut());
    let epsilon = number(epsilon);
    E::normalize_rows((centred, epsilon), x, weight, bias, y, mean, scale);
}

/// `∂weight = Σ ∂y x̂`.
fn weight_gradient<S: LastAxis, E: Float>(x: &[E], dy: &[E], ((mean, scale), _): &Rows<S, E>, dweight: &mut [E]) {
    dweight.fill(E::zero());
    let columns = dweight.len().max(1);
    let rows = x.chunks_exact(columns).zip(dy.chunks_exact(columns));
    for ((x, dy), (&mean, &scale)) in rows.zip(mean.entries().iter().zip(scale.entries())) {
        for ((sum, &x), &dy) in dweight.iter_mut().zip(x).zip(dy) {
            *sum += dy * ((x - mean) * scale);
        }
    }
}

/// `∂bias = Σ ∂y`.
fn bias_gradient<E: Float>(dy: &[E], dbias: &mut [E]) {
    let columns = dbias.len();
    let rows = Axis {
        outer: 1,
        length: dy.len() / columns.max(1),
        inner: columns,
    };
    E::sum_axis(rows, dy, dbias);
}

/// `∂x`, in the place of `x`.
fn input_gradient<S: LastAxis, E: Float>(
    centred: bool,
    weight: &[E],
    dy: &[E],
    x: &mut [E],
    ((mean, scale), (weighted, input)): &mut Rows<S, E>,
) {
    let columns = weight.len().max(1);
    for (weighted, dy) in weighted
        .entries_mut()
        .chunks_exact_mut(columns)
        .zip(dy.chunks_exact(columns))
    {
        for ((weighted, &dy), &weight) in weighted.iter_mut().zip(dy).zip(weight) {
            *weighted = dy * weight;
        }
    }
    input.entries_mut().copy_from_slice(x);
    let (mean, scale) = (mean.entries(), scale.entries());
    E::normalize_gradient(
        each_row::<S>(weight.len()),
        centred,
        input.entries(),
        mean,
        scale,
        weighted.entries(),
        x,
    );
}

/// A layer, whether it subtracts the mean, and its bias, if it has one; what it saves beside the rows is the bias of one that
/// has none.
macro_rules! layer {
    ($layer:ident, $centred:literal, $($bias:ident)?) => {
        #[diagnostic::do_not_recommend]
        impl<S: LastAxis<Size: Features<N>>, E: Float, T: Track, const N: usize> Direct<S, E> for $layer<N, E, T> {
            type Output = S;
            type Saved = (Rows<S, E>, Place<Rank1<N>, E>);
            type Gradients = (Place<Rank1<N>, E>, Place<Rank1<N>, E>);
            const LEARNS: bool = T::TRACKED;

            #[inline(always)]
            fn compute<V: Vector<E>>(
                &self,
                _: Instructions<E, V>,
                x: &[E],
                y: &mut [E],
                (rows, zeros): &mut Self::Saved,
                _: bool,
            ) {
                let bias = zeros.entries();
                $(let bias = { let _ = bias; self.$bias.as_slice() };)?
                compute($centred, self.epsilon, (x, self.weight.as_slice(), bias), y, rows);
            }

            #[inline(always)]
            fn differentiate<V: Vector<E>>(
                &self,
                _: Instructions<E, V>,
                x: Input<E>,
                dy: &[E],
                (rows, _): &mut Self::Saved,
                (weight, bias): &mut Self::Gradients,
            ) {
                if T::TRACKED {
                    weight_gradient(x.values(), dy, rows, weight.entries_mut());
                    bias_gradient(dy, bias.entries_mut());
                }
                x.replace(|x| input_gradient($centred, self.weight.as_slice(), dy, x, rows));
            }

            fn learn(
                &mut self,
                gradients: &Self::Gradients,
                name: &mut Name,
                change: &mut impl FnMut(&str, &mut [E], &[E]),
            ) {
                learn("weight", &mut self.weight, &gradients.0, name, change);
                $(learn(stringify!($bias), &mut self.$bias, &gradients.1, name, change);)?
            }
        }
    };
}
layer!(LayerNorm, true, bias);
layer!(RmsNorm, false,);
