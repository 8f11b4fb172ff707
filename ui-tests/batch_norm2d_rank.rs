//! topic: Normalisation, attention and embeddings
//! pytorch: ValueError: expected 4D input (got 3D input)
//! when: in the forward pass
//! seen: pytorch/pytorch torch/nn/modules/batchnorm.py
//! fix: batch normalisation needs a batch: `x.unsqueeze::<0>()`, or `BatchNorm1d` for signals

use tintype::prelude::*;

fn main() {
    let norm = BatchNorm2d::<16>::new();
    let y = norm.forward(&Tensor3::<16, 5, 5>::ones());
}
