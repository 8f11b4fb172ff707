//! Layers that make images and signals smaller.

use super::module::Module;
use super::parameters::without_parameters;
use super::window::{Dilation, Padding, Pools, Stride};
use crate::autograd::Track;
use crate::dim::{Dim, Dimension};
use crate::kernels::Pooling;
use crate::ops::{average_pool, max_pool};
use crate::shape::{Images, Signals};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

macro_rules! max_pools {
    ($($(#[$doc:meta])* $layer:ident<$($kernel:ident $(= $default:ident)?),+> of $input:ident stride $stride:ty;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $layer<$(const $kernel: usize $(= $default)?,)+ S = $stride, P = Padding<0>, D = Dilation<1>> {
            window: PhantomData<(S, P, D)>,
        }

        impl<$(const $kernel: usize,)+ S, P, D> $layer<$($kernel,)+ S, P, D> {
            /// The layer.
            pub const fn new() -> Self {
                $layer { window: PhantomData }
            }
        }

        impl<$(const $kernel: usize,)+ S, P, D> Default for $layer<$($kernel,)+ S, P, D> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl<X, $(const $kernel: usize,)+ S, P, D, E: Float, A: Track> Module<Tensor<X, E, A>>
            for $layer<$($kernel,)+ S, P, D>
        where
            X: $input,
            (S, P, D): Pools<X, ($(Dim<$kernel>,)+)>,
        {
            type Output = Tensor<<(S, P, D) as Pools<X, ($(Dim<$kernel>,)+)>>::Out, E, A>;
            fn apply(&self, x: &Tensor<X, E, A>) -> Self::Output {
                let windows = <(S, P, D) as Pools<X, ($(Dim<$kernel>,)+)>>::WINDOWS;
                max_pool(Pooling { planes: X::BATCH * X::Channels::N, windows }, x)
            }
        }
    )* };
}
max_pools! {
    /// The largest entry of each window: [PyTorch's `MaxPool1d`](https://pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html).
    ///
    /// The stride is the window, if not given. Takes `(channels, length)` or `(batch, channels, length)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y: Tensor2<1, 2> = MaxPool1d::<2>::new().forward(&tensor([[1.0, 3.0, 2.0, 0.0]]));
    /// assert_eq!(y.array(), &[[3.0, 2.0]]);
    /// ```
    MaxPool1d<K> of Signals stride Stride<K>;
    /// The largest entry of each window: [PyTorch's `MaxPool2d`](https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html).
    ///
    /// The stride is the window, if not given. Takes `(channels, height, width)` or `(batch, channels, height, width)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y: Tensor4<1, 8, 12, 12> = MaxPool2d::<2>::new().forward(&Tensor4::<1, 8, 24, 24>::zeros());
    /// let y: Tensor4<1, 8, 12, 12> =
    ///     MaxPool2d::<3, 3, Stride<2>, Padding<1>>::new().forward(&Tensor4::<1, 8, 24, 24>::zeros());
    /// ```
    MaxPool2d<KH, KW = KH> of Images stride Stride<KH, KW>;
}

without_parameters! {
    MaxPool1d<[K] S P D>;
    MaxPool2d<[KH KW] S P D>;
}
