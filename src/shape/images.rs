//! Shapes with channels: what convolution and pooling take.

use super::Shape;
use crate::dim::Dimension;

/// The shape of signals, `(channels, length)` or `(batch, channels, length)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the shape of signals: channels × length, or batch × channels × length",
    label = "expected `(Dim<C>, Dim<L>)` or `(Dim<B>, Dim<C>, Dim<L>)`"
)]
pub trait Signals: Shape {
    /// The number of signals: 1 without a batch.
    const BATCH: usize;
    /// The channels of each.
    type Channels: Dimension;
    /// The length of each.
    type Length: Dimension;
    /// As many signals of other sizes.
    type With<C: Dimension, L: Dimension>: Signals<Channels = C, Length = L>;
}

#[diagnostic::do_not_recommend]
impl<C: Dimension, L: Dimension> Signals for (C, L) {
    const BATCH: usize = 1;
    type Channels = C;
    type Length = L;
    type With<D: Dimension, M: Dimension> = (D, M);
}

#[diagnostic::do_not_recommend]
impl<B: Dimension, C: Dimension, L: Dimension> Signals for (B, C, L) {
    const BATCH: usize = B::N;
    type Channels = C;
    type Length = L;
    type With<D: Dimension, M: Dimension> = (B, D, M);
}

/// The shape of images, `(channels, height, width)` or `(batch, channels, height, width)`.
///
/// ```
/// use tintype::prelude::*;
/// use tintype::shape::Images;
///
/// fn pixels<X: Images>(_: &Tensor<X>) -> usize {
///     X::BATCH * X::Height::N * X::Width::N
/// }
/// assert_eq!(pixels(&Tensor3::<3, 4, 5>::zeros()), 20);
/// assert_eq!(pixels(&Tensor4::<2, 3, 4, 5>::zeros()), 40);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the shape of images: channels × height × width, or batch × channels × height × width",
    label = "expected `(Dim<C>, Dim<H>, Dim<W>)` or `(Dim<B>, Dim<C>, Dim<H>, Dim<W>)`"
)]
pub trait Images: Shape {
    /// The number of images: 1 without a batch.
    const BATCH: usize;
    /// The channels of each.
    type Channels: Dimension;
    /// The height of each.
    type Height: Dimension;
    /// The width of each.
    type Width: Dimension;
    /// As many images of other sizes.
    type With<C: Dimension, H: Dimension, W: Dimension>: Images<Channels = C, Height = H, Width = W>;
}

#[diagnostic::do_not_recommend]
impl<C: Dimension, H: Dimension, W: Dimension> Images for (C, H, W) {
    const BATCH: usize = 1;
    type Channels = C;
    type Height = H;
    type Width = W;
    type With<D: Dimension, I: Dimension, X: Dimension> = (D, I, X);
}

#[diagnostic::do_not_recommend]
impl<B: Dimension, C: Dimension, H: Dimension, W: Dimension> Images for (B, C, H, W) {
    const BATCH: usize = B::N;
    type Channels = C;
    type Height = H;
    type Width = W;
    type With<D: Dimension, I: Dimension, X: Dimension> = (B, D, I, X);
}
