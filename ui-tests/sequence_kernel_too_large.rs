//! topic: Convolution
//! pytorch: RuntimeError: Calculated padded input size per channel: (2 x 2). Kernel size: (5 x 5). Kernel size can't be greater than actual input size
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp, https://github.com/XPixelGroup/BasicSR/issues/249
//! numbers: 5, 2
//! fix: 8 − 5 + 1 = 4, halved 2: take a larger image, or a smaller second kernel
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 8, 5>::new(&mut rng), MaxPool2d::<2>::new(), Conv2d::<8, 16, 5>::new(&mut rng));
    let y = net.forward(&Tensor4::<4, 1, 8, 8>::rand(&mut rng));
}
