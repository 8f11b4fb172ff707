//! topic: Convolution
//! pytorch: RuntimeError: Given groups=1, weight of size [16, 300, 3], expected input[8, 50, 300] to have 300 channels, but got 50 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 300, 50
//! fix: put the channels first: `x.transpose::<1, 2>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<300, 16, 3>::new(&mut rng);
    let y = conv.forward(&Tensor3::<8, 50, 300>::rand(&mut rng));
}
