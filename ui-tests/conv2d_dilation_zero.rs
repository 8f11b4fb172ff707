//! topic: Convolution
//! pytorch: RuntimeError: dilation should be greater than zero, but got [0, 0]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/DilatedConvolutionUtils.h, https://github.com/pytorch/pytorch/issues/77838
//! numbers: 0
//! fix: a dilation is at least 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3, 3, Stride<1>, Padding<0>, Dilation<0>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32>::rand(&mut rng));
}
