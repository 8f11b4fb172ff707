//! topic: Convolution
//! pytorch: RuntimeError: Calculated padded input size per channel: (2 x 8). Kernel size: (3 x 3). Kernel size can't be greater than actual input size
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 3, 2
//! fix: an image of at least 3 rows, or a padding
use tintype::prelude::*;

fn embedding<H: ConvDim<3>, W: ConvDim<3>>(conv: &Conv2d<3, 8, 3>, x: &Tensor<(Dim<3>, H, W)>) -> Tensor1<8, f32, Tracked> {
    conv.forward(x).relu().mean_axis::<2>().mean_axis::<1>()
}

fn main() {
    let conv = Conv2d::new(&mut StdRng::seed_from_u64(0));
    println!("{}", embedding(&conv, &Tensor3::<3, 2, 8>::zeros()));
}
