//! Convolutional layers without a graph.

use super::{Direct, Input, learn_weight_and_bias};
use crate::autograd::Track;
use crate::dim::Dim;
use crate::kernels::small::Instructions;
use crate::kernels::{self, Vector};
use crate::nn::{BiasSpec, Conv1d, Conv2d, ConvolvedBy, GroupSpec, Name};
use crate::ops::Geometry;
use crate::shape::{Images, Rank1, Signals};
use crate::tensor::{Float, Place};

macro_rules! layer {
    ($layer:ident<$($kernel:ident),+> of $input:ident) => {
        #[diagnostic::do_not_recommend]
        impl<X, E, $(const $kernel: usize,)+ S, P, D, G, T, B, const I: usize, const O: usize> Direct<X, E>
            for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, B>
        where
            X: $input<Channels = Dim<I>> + ConvolvedBy<(S, P, D), ($(Dim<$kernel>,)+)>,
            E: Float,
            G: GroupSpec<I, O>,
            T: Track,
            B: BiasSpec,
        {
            type Output = <X as ConvolvedBy<(S, P, D), ($(Dim<$kernel>,)+)>>::Out<Dim<O>>;
            type Saved = ();
            type Gradients = (Place<(Dim<O>, G::Inputs, $(Dim<$kernel>),+), E>, Place<Rank1<O>, E>);
            const LEARNS: bool = T::TRACKED;

            #[inline(always)]
            fn compute<V: Vector<E>>(&self, _: Instructions<E, V>, x: &[E], y: &mut [E], (): &mut (), _: bool) {
                let bias = self.bias.as_ref().map(|bias| B::tensor(bias).as_slice());
                let sizes = sizes::<X, (S, P, D), ($(Dim<$kernel>,)+)>(X::BATCH, I, O, G::GROUPS);
                sizes.output(x, self.weight.as_slice(), bias, y);
            }

            #[inline(always)]
            fn differentiate<V: Vector<E>>(
                &self,
                _: Instructions<E, V>,
                x: Input<E>,
                dy: &[E],
                (): &mut (),
                (weight, bias): &mut Self::Gradients,
            ) {
                let sizes = sizes::<X, (S, P, D), ($(Dim<$kernel>,)+)>(X::BATCH, I, O, G::GROUPS);
                if T::TRACKED {
                    sizes.weight(dy, x.values(), weight.entries_mut());
                    sizes.bias(dy, bias.entries_mut());
                }
                x.replace(|dx| sizes.input(self.weight.as_slice(), dy, dx));
            }

            fn learn(
                &mut self,
                gradients: &Self::Gradients,
                name: &mut Name,
                change: &mut impl FnMut(&str, &mut [E], &[E]),
            ) {
                learn_weight_and_bias::<_, _, _, B, O>(&mut self.weight, &mut self.bias, gradients, name, change);
            }
        }
    };
}
layer!(Conv1d<K> of Signals);
layer!(Conv2d<KH, KW> of Images);

fn sizes<X: ConvolvedBy<Steps, Kernel>, Steps, Kernel>(
    batch: usize,
    in_channels: usize,
    out_channels: usize,
    groups: usize,
) -> Geometry {
    let convolution = kernels::Convolution {
        batch,
        in_channels,
        out_channels,
        groups,
        windows: X::WINDOWS,
    };
    Geometry::new(convolution, X::MODE)
}
