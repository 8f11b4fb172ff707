//! An encoder generic over the size of the image: each size that a convolution computes takes one bound.

use tintype::prelude::*;

/// `H::Out` is what a kernel of 3 leaves of the height.
fn block<B: Dimension, H: ConvDim<3>, W: ConvDim<3>>(
    conv: &Conv2d<8, 16, 3>,
    x: &Tensor<(B, Dim<8>, H, W)>,
) -> Tensor<(B, Dim<16>, H::Out, W::Out), f32, Tracked> {
    conv.forward(x).relu()
}

/// Two blocks: the second's bound is on what the first leaves.
fn encoder<B: Dimension, H, W>(
    convs: &(Conv2d<8, 16, 3>, Conv2d<16, 16, 3>),
    x: &Tensor<(B, Dim<8>, H, W)>,
) -> Tensor<(B, Dim<16>, <H::Out as ConvDim<3>>::Out, <W::Out as ConvDim<3>>::Out), f32, Tracked>
where
    H: ConvDim<3, Out: ConvDim<3>>,
    W: ConvDim<3, Out: ConvDim<3>>,
{
    convs.1.forward(&block(&convs.0, x)).relu()
}

/// A mean over the image makes its size disappear, so that what follows has none.
fn embedding<B: Dimension, H, W>(
    convs: &(Conv2d<8, 16, 3>, Conv2d<16, 16, 3>),
    x: &Tensor<(B, Dim<8>, H, W)>,
) -> Tensor<(B, Dim<16>), f32, Tracked>
where
    H: ConvDim<3, Out: ConvDim<3>>,
    W: ConvDim<3, Out: ConvDim<3>>,
{
    encoder(convs, x).mean_axis::<3>().mean_axis::<2>()
}

pub fn show(rng: &mut StdRng) {
    let convs = (Conv2d::new(rng), Conv2d::new(rng));
    let small: Tensor4<1, 16, 4, 4, f32, Tracked> = encoder(&convs, &Tensor4::<1, 8, 8, 8>::rand(rng));
    let large: Tensor4<2, 16, 60, 28, f32, Tracked> = encoder(&convs, &Tensor4::<2, 8, 64, 32>::rand(rng));
    println!("any image: {:?} and {:?}", small.shape(), large.shape());
    let embedded: Tensor2<2, 16, f32, Tracked> = embedding(&convs, &Tensor4::<2, 8, 64, 32>::rand(rng));
    assert_eq!(embedded.shape(), [2, 16]);
}
