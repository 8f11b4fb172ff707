//! How a window goes over an input, in types: stride, padding, dilation.
//!
//! A layer's parameters for the two axes of an image are `Stride<2, 1>`: height, then width. Where the second number is left
//! out it is the first one, `Stride<2>`, and that is what layers over one axis take.

use crate::dim::{CircularPad, ConvDim, Dim, Dimension, PoolDim, ReflectPad};
use crate::kernels::{PaddingMode, Window};
use crate::shape::{Images, Shape, Signals};

macro_rules! markers {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name<const H: usize, const W: usize = H>;
    )* };
}
markers! {
    /// From one position of a window to the next. At least 1.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let conv = Conv2d::<3, 8, 3, 3, Stride<2, 1>>::new(&mut StdRng::seed_from_u64(0));
    /// let y: Tensor3<8, 15, 30, f32, Tracked> = conv.forward(&Tensor3::<3, 32, 32>::ones());
    /// ```
    Stride;
    /// From one element of a window to the next: 1 where they lie side by side.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let conv = Conv2d::<3, 8, 3, 3, Stride<1>, Padding<0>, Dilation<2>>::new(&mut StdRng::seed_from_u64(0));
    /// let y: Tensor3<8, 28, 28, f32, Tracked> = conv.forward(&Tensor3::<3, 32, 32>::ones());
    /// ```
    Dilation;
    /// Entries added on either side of each axis: zeros around what is convolved, and nothing that is ever the largest around
    /// what is max-pooled.
    Padding;
    /// Entries added on either side of each axis from its other end, as if it went round in a circle: at most its length.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let conv = Conv1d::<1, 4, 5, Stride<1>, Circular<2>>::new(&mut StdRng::seed_from_u64(0));
    /// let y: Tensor2<4, 8, f32, Tracked> = conv.forward(&Tensor2::<1, 8>::ones());
    /// ```
    Circular;
    /// Entries added on either side of each axis by its mirror image, which leaves out the entry at the edge: less than its
    /// length.
    Reflect;
    /// Entries added on either side of each axis that repeat the entry at the edge.
    Replicate;
}

/// That a parameter of a layer over one axis gives one number: the second one, mostly left out, is the same.
///
/// This is said of the axis, and not of the parameter, so that rustc says it when it knows the input.
#[diagnostic::on_unimplemented(
    message = "`{Parameter}` has numbers for two axes, and a signal has one",
    label = "write one number in `{Parameter}`"
)]
pub trait OneNumber<Parameter> {}

macro_rules! one_number {
    ($($name:ident)*) => { $( impl<N: Dimension, const A: usize> OneNumber<$name<A, A>> for N {} )* };
}
one_number!(Stride Dilation Padding Circular Reflect Replicate);
impl<N: Dimension> OneNumber<Same> for N {}

/// As many zeros as keep the input's size, which takes a stride of 1. An odd one goes to the end of the axis.
///
/// The size need not be known to stay the same:
///
/// ```
/// use tintype::prelude::*;
/// type Filter = Conv2d<8, 8, 3, 3, Stride<1>, Same>;
/// fn residual<H: Dimension, W: Dimension>(x: &Tensor<(Dim<8>, H, W)>, conv: &Filter) -> Tensor<(Dim<8>, H, W), f32, Tracked> {
///     x + conv.forward(x)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Same;

/// The padding of a convolution: [`Padding`], [`Same`], [`Circular`], [`Reflect`] or [`Replicate`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a padding of a convolution",
    label = "expected `Padding`, `Same`, `Circular`, `Reflect` or `Replicate`"
)]
pub trait PaddingSpec {
    /// That of the height, or of the only axis.
    type Height;
    /// That of the width.
    type Width;
    /// What the added entries are.
    #[doc(hidden)]
    const MODE: PaddingMode;
}

impl PaddingSpec for Same {
    type Height = Same;
    type Width = Same;
    const MODE: PaddingMode = PaddingMode::Zeros;
}

/// The padding of one axis, of size `N`, for a kernel of `K`, a stride of `S` and a dilation of `D`.
#[diagnostic::on_unimplemented(
    message = "what a convolution with the padding `{Self}` leaves of `{N}` is not known here (kernel {K}, stride {S}, dilation {D})",
    label = "needs `{Self}: AxisPadding<{N}, {K}, {S}, {D}>`"
)]
pub trait AxisPadding<N, const K: usize, const S: usize, const D: usize> {
    /// What the convolution leaves of the axis.
    type Out: Dimension;
    /// The entries before and behind the axis.
    const AROUND: (usize, usize);
}

macro_rules! modes {
    ($($mode:ident $kind:ident $($limit:ident)?;)*) => { $(
        impl<const H: usize, const W: usize> PaddingSpec for $mode<H, W> {
            type Height = $mode<H>;
            type Width = $mode<W>;
            const MODE: PaddingMode = PaddingMode::$kind;
        }

        impl<N, const P: usize, const K: usize, const S: usize, const D: usize> AxisPadding<N, K, S, D> for $mode<P, P>
        where
            N: $($limit<P> +)? ConvDim<K, S, P, D>,
        {
            type Out = N::Out;
            const AROUND: (usize, usize) = (P, P);
        }
    )* };
}
modes! {
    Padding Zeros;
    Circular Circular CircularPad;
    Reflect Reflect ReflectPad;
    Replicate Replicate;
}

impl<N: KeepsSize<S>, const K: usize, const S: usize, const D: usize> AxisPadding<N, K, S, D> for Same {
    type Out = N::Out;
    const AROUND: (usize, usize) = {
        assert!(K > 0, "a kernel has at least 1 element");
        assert!(D > 0, "a dilation is at least 1: 1 for elements side by side");
        let total = D * (K - 1);
        (total / 2, total - total / 2)
    };
}

/// That a stride keeps the size of an axis, which is what [`Same`] is for: 1, and no other.
///
/// This is said of the axis, and not of `Same`, so that rustc says it when it knows the input.
#[diagnostic::on_unimplemented(
    message = "padding `Same` keeps the size, and a stride of {S} does not: `Same` takes a stride of 1",
    label = "the stride is {S}, and must be 1 for `Same`",
    note = "with another stride, write the padding in numbers: `Padding<1>`"
)]
pub trait KeepsSize<const S: usize>: Dimension {
    /// The same size.
    type Out: Dimension;
}
impl<N: Dimension> KeepsSize<1> for N {
    type Out = N;
}

/// What a stride, a padding and a dilation make of an input of the shape `X` under a kernel of the sizes `Kernel`.
#[diagnostic::on_unimplemented(
    message = "`{Steps}` are not the stride, padding and dilation of a convolution",
    label = "expected a `Stride`, a padding and a `Dilation`, in this order: `Groups` come behind them"
)]
pub trait ConvolvedBy<Steps, Kernel>: Shape {
    /// The shape of the output, with so many channels.
    type Out<Channels: Dimension>: Shape;
    #[doc(hidden)]
    const WINDOWS: [Window; 3];
    #[doc(hidden)]
    const MODE: PaddingMode;
}

/// The same, for any type, so that rustc says which condition of a convolution fails (see [`PassesThrough`](super::PassesThrough)).
pub trait ConvolvedUnder<Steps, Kernel>: Shape {
    /// The shape of the output, with so many channels.
    type Out<Channels: Dimension>: Shape;
    #[doc(hidden)]
    const WINDOWS: [Window; 3];
    #[doc(hidden)]
    const MODE: PaddingMode;
}
impl<X: ConvolvedBy<Steps, Kernel>, Steps, Kernel> ConvolvedUnder<Steps, Kernel> for X {
    type Out<Channels: Dimension> = X::Out<Channels>;
    const WINDOWS: [Window; 3] = X::WINDOWS;
    const MODE: PaddingMode = X::MODE;
}

/// The condition of a convolution's being a [`Module`](super::Module) of an input.
pub trait TakesKernel<Steps, Kernel>: ConvolvedUnder<Steps, Kernel> {}
impl<X: ConvolvedUnder<Steps, Kernel>, Steps, Kernel> TakesKernel<Steps, Kernel> for X {}

/// What a stride, a padding and a dilation make of an input of the shape `X` under a pooling window of the sizes `Kernel`.
#[diagnostic::on_unimplemented(
    message = "`{Steps}` are not the stride, padding and dilation of a pooling",
    label = "expected a `Stride`, a `Padding` and a `Dilation`, in this order"
)]
pub trait PooledBy<Steps, Kernel>: Shape {
    /// The shape of the output.
    type Out: Shape;
    #[doc(hidden)]
    const WINDOWS: [Window; 3];
    #[doc(hidden)]
    const PLANES: usize;
}

/// The same, for any type, so that rustc says which condition of a pooling fails (see [`PassesThrough`](super::PassesThrough)).
pub trait PooledUnder<Steps, Kernel>: Shape {
    /// The shape of the output.
    type Out: Shape;
    #[doc(hidden)]
    const WINDOWS: [Window; 3];
    #[doc(hidden)]
    const PLANES: usize;
}
impl<X: PooledBy<Steps, Kernel>, Steps, Kernel> PooledUnder<Steps, Kernel> for X {
    type Out = X::Out;
    const WINDOWS: [Window; 3] = X::WINDOWS;
    const PLANES: usize = X::PLANES;
}

/// The condition of a pooling layer's being a [`Module`](super::Module) of an input.
pub trait FitsUnder<Steps, Kernel>: PooledUnder<Steps, Kernel> {}
impl<X: PooledUnder<Steps, Kernel>, Steps, Kernel> FitsUnder<Steps, Kernel> for X {}

const fn window<N: Dimension>(kernel: usize, stride: usize, padding: (usize, usize), dilation: usize) -> Window {
    Window {
        input: N::N,
        kernel,
        stride,
        dilation,
        padding,
    }
}

impl<X, P, A, const K: usize, const SH: usize, const SW: usize, const DH: usize, const DW: usize>
    ConvolvedBy<(Stride<SH, SW>, P, Dilation<DH, DW>), (Dim<K>,)> for X
where
    X: Signals<Length: OneNumber<Stride<SH, SW>> + OneNumber<P> + OneNumber<Dilation<DH, DW>>>,
    P: PaddingSpec<Height = A>,
    A: AxisPadding<X::Length, K, SH, DH>,
{
    type Out<C: Dimension> = X::With<C, A::Out>;
    const WINDOWS: [Window; 3] = [
        Window::ABSENT,
        Window::ABSENT,
        window::<X::Length>(K, SH, A::AROUND, DH),
    ];
    const MODE: PaddingMode = P::MODE;
}

impl<X, P, PH, PW, const KH: usize, const KW: usize, const SH: usize, const SW: usize, const DH: usize, const DW: usize>
    ConvolvedBy<(Stride<SH, SW>, P, Dilation<DH, DW>), (Dim<KH>, Dim<KW>)> for X
where
    X: Images,
    P: PaddingSpec<Height = PH, Width = PW>,
    PH: AxisPadding<X::Height, KH, SH, DH>,
    PW: AxisPadding<X::Width, KW, SW, DW>,
{
    type Out<C: Dimension> = X::With<C, PH::Out, PW::Out>;
    const WINDOWS: [Window; 3] = [
        Window::ABSENT,
        window::<X::Height>(KH, SH, PH::AROUND, DH),
        window::<X::Width>(KW, SW, PW::AROUND, DW),
    ];
    const MODE: PaddingMode = P::MODE;
}

impl<
    X,
    const K: usize,
    const SH: usize,
    const SW: usize,
    const PH: usize,
    const PW: usize,
    const DH: usize,
    const DW: usize,
> PooledBy<(Stride<SH, SW>, Padding<PH, PW>, Dilation<DH, DW>), (Dim<K>,)> for X
where
    X: Signals<Length: OneNumber<Stride<SH, SW>> + OneNumber<Padding<PH, PW>> + OneNumber<Dilation<DH, DW>>>,
    X::Length: PoolDim<K, SH, PH, DH>,
{
    type Out = X::With<X::Channels, <X::Length as PoolDim<K, SH, PH, DH>>::Out>;
    const PLANES: usize = X::BATCH * X::Channels::N;
    const WINDOWS: [Window; 3] = [Window::ABSENT, Window::ABSENT, window::<X::Length>(K, SH, (PH, PH), DH)];
}

impl<
    X,
    const KH: usize,
    const KW: usize,
    const SH: usize,
    const SW: usize,
    const PH: usize,
    const PW: usize,
    const DH: usize,
    const DW: usize,
> PooledBy<(Stride<SH, SW>, Padding<PH, PW>, Dilation<DH, DW>), (Dim<KH>, Dim<KW>)> for X
where
    X: Images<Height: PoolDim<KH, SH, PH, DH>, Width: PoolDim<KW, SW, PW, DW>>,
{
    const PLANES: usize = X::BATCH * X::Channels::N;
    type Out =
        X::With<X::Channels, <X::Height as PoolDim<KH, SH, PH, DH>>::Out, <X::Width as PoolDim<KW, SW, PW, DW>>::Out>;
    const WINDOWS: [Window; 3] = [
        Window::ABSENT,
        window::<X::Height>(KH, SH, (PH, PH), DH),
        window::<X::Width>(KW, SW, (PW, PW), DW),
    ];
}
