//! topic: Convolution
//! pytorch: RuntimeError: Expected 2D (unbatched) or 3D (batched) input to conv1d, but got input of size: [8, 1, 28, 28]
//! candle: unexpected rank, expected: 3, got: 4 ([8, 1, 28, 28])
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 28
//! fix: use `Conv2d` for images
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<1, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<8, 1, 28, 28>::rand(&mut rng));
}
