//! topic: Convolution
//! pytorch: RuntimeError: Calculated padded input size per channel: (8 x 8). Kernel size: (9 x 9). Kernel size can't be greater than actual input size
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 5, 6
//! fix: a kernel of 5 with dilation 2 spans 9: pad by 2, or dilate by 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<1, 4, 5, 5, Stride<1>, Padding<1>, Dilation<2>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 1, 6, 6>::rand(&mut rng));
}
