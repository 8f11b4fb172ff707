//! Layers that make images and signals smaller.

use super::module::Module;
use super::parameters::without_parameters;
use super::window::{Dilation, FitsUnder, Padding, PooledUnder, Stride};
use crate::autograd::Track;
use crate::dim::{Dim, Dimension};
use crate::kernels::Pooling;
use crate::ops::{average_pool, max_pool};
use crate::shape::{Images, Shape};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// The largest entry of each window: [PyTorch's `MaxPool1d`](https://pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html).
///
/// The stride is the window, if not given. Takes `(channels, length)` or `(batch, channels, length)`.
///
/// ```
/// use tintype::prelude::*;
/// let y: Tensor2<1, 2> = MaxPool1d::<2>::new().forward(&tensor([[1.0, 3.0, 2.0, 0.0]]));
/// assert_eq!(y.array(), &[[3.0, 2.0]]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MaxPool1d<const K: usize, S = Stride<K>, P = Padding<0>, D = Dilation<1>> {
    window: PhantomData<(S, P, D)>,
}

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
#[derive(Clone, Copy, Debug)]
pub struct MaxPool2d<const KH: usize, const KW: usize = KH, S = Stride<KH, KW>, P = Padding<0>, D = Dilation<1>> {
    window: PhantomData<(S, P, D)>,
}

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
#[derive(Clone, Copy, Debug)]
pub struct AvgPool1d<const K: usize, S = Stride<K>, P = Padding<0>> {
    pub(super) count_padding: bool,
    window: PhantomData<(S, P)>,
}

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
#[derive(Clone, Copy, Debug)]
pub struct AvgPool2d<const KH: usize, const KW: usize = KH, S = Stride<KH, KW>, P = Padding<0>> {
    pub(super) count_padding: bool,
    window: PhantomData<(S, P)>,
}

/// What the layers compute, the same for any number of axes: `compute(sizes, fields of the layer, input)`.
macro_rules! pool {
    (
        $layer:ident<$($kernel:ident),+ $(; $d:ident)?>, dilation $dilation:ty,
        $compute:ident($($field:ident = $value:expr)?)
    ) => {
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

        #[diagnostic::do_not_recommend]
        impl<X: Shape, $(const $kernel: usize,)+ S, P, $($d,)? E: Float, A: Track> Module<Tensor<X, E, A>>
            for $layer<$($kernel,)+ S, P $(, $d)?>
        where
            X: FitsUnder<(S, P, $dilation), ($(Dim<$kernel>,)+)>,
        {
            type Output = Tensor<<X as PooledUnder<(S, P, $dilation), ($(Dim<$kernel>,)+)>>::Out, E, A>;
            fn apply(&self, x: &Tensor<X, E, A>) -> Self::Output {
                let sizes = Pooling {
                    planes: X::PLANES,
                    windows: X::WINDOWS,
                };
                $compute(sizes, $(self.$field,)? x)
            }
        }

        without_parameters!($layer<[$($kernel)+] S P $($d)?>;);
    };
}
pool!(MaxPool1d<K; D>, dilation D, max_pool());
pool!(MaxPool2d<KH, KW; D>, dilation D, max_pool());
pool!(AvgPool1d<K>, dilation Dilation<1>, average_pool(count_padding = true));
pool!(AvgPool2d<KH, KW>, dilation Dilation<1>, average_pool(count_padding = true));

macro_rules! without_counting_padding {
    ($layer:ident<$($kernel:ident),+>) => {
        impl<$(const $kernel: usize,)+ S, P> $layer<$($kernel,)+ S, P> {
            /// The same layer, which divides by the entries of a window that lie in the input: PyTorch's
            /// `count_include_pad=False`.
            pub const fn without_counting_padding(self) -> Self {
                $layer { count_padding: false, window: PhantomData }
            }
        }
    };
}
without_counting_padding!(AvgPool1d<K>);
without_counting_padding!(AvgPool2d<KH, KW>);

/// The mean of each channel over the whole image: PyTorch's
/// [`AdaptiveAvgPool2d(1)`](https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html).
///
/// Takes `(channels, height, width)` or `(batch, channels, height, width)` and gives height and width 1.
///
/// # Panics
/// If the images are empty: they have no mean.
///
/// ```
/// use tintype::prelude::*;
/// let y: Tensor4<2, 512, 1, 1> = GlobalAvgPool2d.forward(&Tensor4::<2, 512, 7, 7>::ones());
/// assert_eq!(y, Tensor4::<2, 512, 1, 1>::ones());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlobalAvgPool2d;

#[diagnostic::do_not_recommend]
impl<X: Images, E: Float, A: Track> Module<Tensor<X, E, A>> for GlobalAvgPool2d {
    type Output = Tensor<X::With<X::Channels, Dim<1>, Dim<1>>, E, A>;
    fn apply(&self, x: &Tensor<X, E, A>) -> Self::Output {
        let image = [X::Height::N, X::Width::N];
        average_pool(Pooling::new(X::BATCH * X::Channels::N, image, image), true, x)
    }
}

without_parameters!(GlobalAvgPool2d;);
