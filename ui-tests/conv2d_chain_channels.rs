//! topic: Convolution
//! pytorch: RuntimeError: Given groups=1, weight of size [4, 17, 3, 3], expected input[1, 16, 26, 26] to have 17 channels, but got 16 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 17, 16
//! fix: make the second layer take 16 channels
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 16, 3>::new(&mut rng), ReLU, Conv2d::<17, 4, 3>::new(&mut rng));
    let y = net.forward(&Tensor4::<1, 1, 28, 28>::rand(&mut rng));
}
