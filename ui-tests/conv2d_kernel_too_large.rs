//! topic: Convolution
//! pytorch: RuntimeError: Calculated padded input size per channel: (2 x 8). Kernel size: (3 x 3). Kernel size can't be greater than actual input size
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp, https://github.com/tamarott/SinGAN/issues/28
//! numbers: 3, 2
//! fix: pad, or take a kernel of at most 2 along the height
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<1, 4, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 1, 2, 8>::rand(&mut rng));
}
