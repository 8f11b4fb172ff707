//! topic: What only tintype says
//! pytorch: no error: an editor shows `Tensor` for every tensor, even where its shape is annotated
//! when: never
//! seen: https://github.com/microsoft/pylance-release/issues/7746, https://github.com/facebookresearch/xformers/issues/43
//! fix: none is needed: this is what an editor shows of `y`, with a name for each size that is computed

use tintype::prelude::*;

fn encoder<B: Dimension, H, H1, H2, W, W1, W2>(first: &Conv2d<3, 8, 3>, second: &Conv2d<8, 16, 3>, x: &Tensor<(B, Dim<3>, H, W)>)
where
    H: ConvDim<3, Out = H1>,
    H1: ConvDim<3, Out = H2>,
    W: ConvDim<3, Out = W1>,
    W1: ConvDim<3, Out = W2>,
    H2: Dimension,
    W2: Dimension,
{
    let y = second.forward(&first.forward(x).relu());
    let () = y;
}

fn main() {}
