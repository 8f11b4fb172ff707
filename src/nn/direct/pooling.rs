//! Layers that make images and signals smaller, without a graph.

use super::{Direct, Input, learns_nothing};
use crate::dim::{Dim, Dimension};
use crate::kernels::small::Instructions;
use crate::kernels::{Pooling, Vector};
use crate::nn::{AvgPool1d, AvgPool2d, Dilation, FitsUnder, GlobalAvgPool2d, MaxPool1d, MaxPool2d, PooledUnder};
use crate::shape::{Images, Shape};
use crate::tensor::{Float, Place};

/// The sizes of a pooling of an input of the shape `X`.
const fn sizes<X: PooledUnder<Steps, Kernel>, Steps, Kernel>() -> Pooling {
    Pooling {
        planes: X::PLANES,
        windows: X::WINDOWS,
    }
}

/// Saves the place of the largest entry of each window.
macro_rules! max_pool {
    ($layer:ident<$($kernel:ident),+>) => {
        #[diagnostic::do_not_recommend]
        impl<X: Shape, E: Float, $(const $kernel: usize,)+ S, P, D> Direct<X, E> for $layer<$($kernel,)+ S, P, D>
        where
            X: FitsUnder<(S, P, D), ($(Dim<$kernel>,)+)>,
        {
            type Output = <X as PooledUnder<(S, P, D), ($(Dim<$kernel>,)+)>>::Out;
            type Saved = Place<Self::Output, u32>;
            learns_nothing!(E);

            #[inline(always)]
            fn compute<V: Vector<E>>(
                &self,
                _: Instructions<E, V>,
                x: &[E],
                y: &mut [E],
                places: &mut Self::Saved,
                _: bool,
            ) {
                E::max_pool(&sizes::<X, _, _>(), x, y, places.entries_mut());
            }

            #[inline(always)]
            fn differentiate<V: Vector<E>>(
                &self,
                _: Instructions<E, V>,
                x: Input<E>,
                dy: &[E],
                places: &mut Self::Saved,
                (): &mut (),
            ) {
                x.replace(|dx| E::max_pool_gradient(&sizes::<X, _, _>(), dy, places.entries(), dx));
            }
        }
    };
}
max_pool!(MaxPool1d<K>);
max_pool!(MaxPool2d<KH, KW>);

macro_rules! average_pool {
    ($layer:ty, [$($parameters:tt)*] $x:ident: $bound:path, $out:ty, |$self:ident| $sizes:expr, $count_padding:expr) => {
        #[diagnostic::do_not_recommend]
        impl<$x: $bound, E: Float, $($parameters)*> Direct<$x, E> for $layer {
            type Output = $out;
            type Saved = ();
            learns_nothing!(E);

            #[inline(always)]
            fn compute<V: Vector<E>>(&$self, _: Instructions<E, V>, x: &[E], y: &mut [E], (): &mut (), _: bool) {
                E::average_pool(&$sizes, x, y, $count_padding);
            }

            #[inline(always)]
            fn differentiate<V: Vector<E>>(
                &$self,
                _: Instructions<E, V>,
                x: Input<E>,
                dy: &[E],
                (): &mut (),
                (): &mut (),
            ) {
                x.replace(|dx| E::average_pool_gradient(&$sizes, dy, dx, $count_padding));
            }
        }
    };
}
average_pool!(
    AvgPool1d<K, S, P>, [const K: usize, S, P] X: FitsUnder<(S, P, Dilation<1>), (Dim<K>,)>,
    <X as PooledUnder<(S, P, Dilation<1>), (Dim<K>,)>>::Out, |self| sizes::<X, _, _>(), self.count_padding
);
average_pool!(
    AvgPool2d<KH, KW, S, P>, [const KH: usize, const KW: usize, S, P]
    X: FitsUnder<(S, P, Dilation<1>), (Dim<KH>, Dim<KW>)>,
    <X as PooledUnder<(S, P, Dilation<1>), (Dim<KH>, Dim<KW>)>>::Out, |self| sizes::<X, _, _>(), self.count_padding
);
average_pool!(
    GlobalAvgPool2d, [] X: Images, X::With<X::Channels, Dim<1>, Dim<1>>,
    |self| Pooling::new(X::BATCH * X::Channels::N, [X::Height::N, X::Width::N], [X::Height::N, X::Width::N]), true
);
