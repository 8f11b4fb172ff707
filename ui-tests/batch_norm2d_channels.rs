//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: running_mean should contain 17 elements not 16
//! when: in the forward pass
//! seen: pytorch/pytorch aten/src/ATen/native/Normalization.cpp, https://github.com/pytorch/pytorch/issues/9076
//! numbers: 16, 17
//! fix: normalise as many channels as the convolution gives: `BatchNorm2d<17>`

use tintype::prelude::*;

fn main() {
    let norm = BatchNorm2d::<16>::new();
    let y = norm.forward(&Tensor4::<8, 17, 5, 5>::ones());
}
