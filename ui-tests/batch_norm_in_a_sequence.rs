//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: running_mean should contain 32 elements not 64
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Normalization.cpp, https://github.com/BayesWatch/pytorch-prunes/issues/6
//! numbers: 32, 64
//! fix: normalise as many channels as the convolution gives: `BatchNorm2d<32>`

use tintype::prelude::*;

fn main() {
    let net = (Conv2d::<3, 32, 3>::new(&mut StdRng::seed_from_u64(0)), BatchNorm2d::<64>::new(), ReLU);
    let y = net.forward(&Tensor4::<8, 3, 32, 32>::ones());
}
