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

macro_rules! pools {
    ($(
        $(#[$doc:meta])*
        $layer:ident<$($kernel:ident $(= $default:ident)?),+> of $input:ident, stride $stride:ty,
            dilation $dilation:ty $([$d:ident])? { $($field:ident: $type:ty = $value:expr)? } $compute:expr;
    )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $layer<$(const $kernel: usize $(= $default)?,)+ S = $stride, P = Padding<0> $(, $d = Dilation<1>)?> {
            $($field: $type,)?
            window: PhantomData<(S, P, $dilation)>,
        }

        impl<$(const $kernel: usize,)+ S, P $(, $d)?> $layer<$($kernel,)+ S, P $(, $d)?> {
            /// The layer.
            pub const fn new() -> Self {
                $layer { $($field: $value,)? window: PhantomData }
            }
        }

        impl<$(const $kernel: usize,)+ S, P $(, $d)?> Default for $layer<$($kernel,)+ S, P $(, $d)?> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl<X, $(const $kernel: usize,)+ S, P, $($d,)? E: Float, A: Track> Module<Tensor<X, E, A>>
            for $layer<$($kernel,)+ S, P $(, $d)?>
        where
            X: $input,
            (S, P, $dilation): Pools<X, ($(Dim<$kernel>,)+)>,
        {
            type Output = Tensor<<(S, P, $dilation) as Pools<X, ($(Dim<$kernel>,)+)>>::Out, E, A>;
            fn apply(&self, x: &Tensor<X, E, A>) -> Self::Output {
                let sizes = Pooling {
                    planes: X::BATCH * X::Channels::N,
                    windows: <(S, P, $dilation) as Pools<X, ($(Dim<$kernel>,)+)>>::WINDOWS,
                };
                $compute(sizes, $(self.$field,)? x)
            }
        }

        without_parameters!($layer<[$($kernel)+] S P $($d)?>;);
    )* };
}
pools! {
    /// The largest entry of each window: [PyTorch's `MaxPool1d`](https://pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html).
    ///
    /// The stride is the window, if not given. Takes `(channels, length)` or `(batch, channels, length)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y: Tensor2<1, 2> = MaxPool1d::<2>::new().forward(&tensor([[1.0, 3.0, 2.0, 0.0]]));
    /// assert_eq!(y.array(), &[[3.0, 2.0]]);
    /// ```
    MaxPool1d<K> of Signals, stride Stride<K>, dilation D [D] {} max_pool;
    /// The largest entry of each window: [PyTorch's `MaxPool2d`](https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html).
    ///
    /// The stride is the window, if not given. Takes `(channels, height, width)` or `(batch, channels, height, width)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = Tensor4::<1, 8, 24, 24>::zeros();
    /// let y: Tensor4<1, 8, 12, 12> = MaxPool2d::<2>::new().forward(&x);
    /// let y: Tensor4<1, 8, 12, 12> = MaxPool2d::<3, 3, Stride<2>, Padding<1>>::new().forward(&x);
    /// ```
    MaxPool2d<KH, KW = KH> of Images, stride Stride<KH, KW>, dilation D [D] {} max_pool;
    /// The mean of each window: [PyTorch's `AvgPool1d`](https://pytorch.org/docs/stable/generated/torch.nn.AvgPool1d.html).
    ///
    /// The stride is the window, if not given. Takes `(channels, length)` or `(batch, channels, length)`. Padding counts as
    /// zeros.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y: Tensor2<1, 2> = AvgPool1d::<2>::new().forward(&tensor([[1.0, 3.0, 2.0, 0.0]]));
    /// assert_eq!(y.array(), &[[2.0, 1.0]]);
    /// ```
    AvgPool1d<K> of Signals, stride Stride<K>, dilation Dilation<1> { count_padding: bool = true } average_pool;
    /// The mean of each window: [PyTorch's `AvgPool2d`](https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html).
    ///
    /// The stride is the window, if not given. Takes `(channels, height, width)` or `(batch, channels, height, width)`.
    /// Padding counts as zeros.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = Tensor4::<1, 8, 24, 24>::ones();
    /// let y: Tensor4<1, 8, 12, 12> = AvgPool2d::<2>::new().forward(&x);
    /// let pool = AvgPool2d::<3, 3, Stride<2>, Padding<1>>::new();
    /// assert_eq!(pool.forward(&x)[[0, 0, 0, 0]], 4.0 / 9.0);
    /// assert_eq!(pool.without_counting_padding().forward(&x)[[0, 0, 0, 0]], 1.0);
    /// ```
    AvgPool2d<KH, KW = KH> of Images, stride Stride<KH, KW>, dilation Dilation<1> { count_padding: bool = true } average_pool;
}

macro_rules! without_counting_padding {
    ($($layer:ident<$($kernel:ident),+>;)*) => { $(
        impl<$(const $kernel: usize,)+ S, P> $layer<$($kernel,)+ S, P> {
            /// The same layer, which divides by the entries of a window that lie in the input: PyTorch's
            /// `count_include_pad=False`.
            pub const fn without_counting_padding(self) -> Self {
                $layer { count_padding: false, window: PhantomData }
            }
        }
    )* };
}
without_counting_padding! {
    AvgPool1d<K>;
    AvgPool2d<KH, KW>;
}
