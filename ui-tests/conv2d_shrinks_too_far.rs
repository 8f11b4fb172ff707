//! topic: Convolution
//! pytorch: RuntimeError: Calculated padded input size per channel: (4 x 4). Kernel size: (5 x 5). Kernel size can't be greater than actual input size
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp, https://github.com/kijai/ComfyUI-Marigold/issues/34
//! numbers: 5, 4
//! fix: LeNet takes 28×28 and larger: 12 − 5 + 1 = 8, halved 4
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<1, 6, 5>::new(&mut rng);
    let pool = MaxPool2d::<2>::new();
    let x = pool.forward(&conv.forward(&Tensor4::<4, 1, 12, 12>::rand(&mut rng)));
    let y = Conv2d::<6, 16, 5>::new(&mut rng).forward(&x);
}
