//! topic: Convolution
//! pytorch: RuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [28, 28]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 28
//! fix: add the axis of channels: `x.unsqueeze::<0>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<1, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor2::<28, 28>::rand(&mut rng));
}
