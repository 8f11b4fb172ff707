//! topic: Convolution
//! pytorch: RuntimeError: Given groups=1, weight of size [8, 1, 3, 3], expected input[1, 8, 28, 28] to have 1 channels, but got 8 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 1, 8
//! fix: a batch of grey images has four axes: `x.unsqueeze::<1>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<1, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor3::<8, 28, 28>::rand(&mut rng));
}
