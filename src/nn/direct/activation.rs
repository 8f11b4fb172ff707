//! Layers that are a function of every entry, without a graph.

use super::{Direct, Input, learns_nothing};
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::nn::{GELU, GELUTanh, Identity, LeakyReLU, ReLU, SiLU, Sigmoid, Tanh};
use crate::ops::elementwise::{gelu_derivative, gelu_tanh, silu_derivative};
use crate::shape::Shape;
use crate::tensor::Float;

/// A line for each layer: its value at an entry `x`, and the gradient there from that of the value. The formulas are those of
/// the operations.
macro_rules! activations {
    ($($layer:ident |$self:pat_param, $x:ident| $value:expr; |$dy:ident| $gradient:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<S: Shape, E: Float> Direct<S, E> for $layer {
            type Output = S;
            type Saved = ();
            learns_nothing!(E);

            #[inline(always)]
            fn compute<V: Vector<E>>(&self, on: Instructions<E, V>, x: &[E], y: &mut [E], (): &mut (), _: bool) {
                let $self = self;
                on.map(x, y, |$x| $value);
            }

            #[inline(always)]
            fn differentiate<V: Vector<E>>(
                &self,
                on: Instructions<E, V>,
                x: Input<E>,
                dy: &[E],
                (): &mut (),
                (): &mut (),
            ) {
                let $self = self;
                x.replace(|x| on.zip_in_place(x, dy, |$x, $dy| $gradient));
            }
        }
    )* };
}
activations! {
    ReLU |_, x| if x < E::zero() { E::zero() } else { x };
        |dy| if x <= E::zero() { E::zero() } else { dy };
    GELU |_, x| x.fast_gelu();
        |dy| dy * gelu_derivative(x);
    GELUTanh |_, x| gelu_tanh(x).0;
        |dy| dy * gelu_tanh(x).1;
    SiLU |_, x| x * x.fast_sigmoid();
        |dy| dy * silu_derivative(x);
    Tanh |_, x| x.fast_tanh();
        |dy| { let y = x.fast_tanh(); dy - dy * (y * y) };
    Sigmoid |_, x| x.fast_sigmoid();
        |dy| { let y = x.fast_sigmoid(); dy * y - dy * (y * y) };
    LeakyReLU |layer, x| if x > E::zero() { x } else { x * layer.slope() };
        |dy| dy * if x > E::zero() { E::one() } else { layer.slope() };
    Identity |_, x| x;
        |dy| { let _ = x; dy };
}
