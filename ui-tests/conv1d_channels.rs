//! topic: Convolution
//! pytorch: RuntimeError: Given groups=1, weight of size [16, 2, 3], expected input[8, 1, 64] to have 2 channels, but got 1 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 2, 1
//! fix: make the layer for 1 channel, or feed it stereo
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<2, 16, 3>::new(&mut rng);
    let y = conv.forward(&Tensor3::<8, 1, 64>::rand(&mut rng));
}
