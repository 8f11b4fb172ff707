//! topic: Convolution
//! pytorch: RuntimeError: kernel size should be greater than zero, but got kernel_height: 0 kernel_width: 0
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/ConvolutionMM2d.cpp
//! numbers: 0
//! fix: a kernel has at least 1 element
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 0>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32>::rand(&mut rng));
}
