//! topic: Normalisation, attention and embeddings
//! pytorch: ValueError: expected 2D or 3D input (got 4D input)
//! when: in the forward pass
//! seen: pytorch/pytorch torch/nn/modules/batchnorm.py
//! fix: `BatchNorm2d` is the one for images

use tintype::prelude::*;

fn main() {
    let norm = BatchNorm1d::<16>::new();
    let y = norm.forward(&Tensor4::<8, 16, 5, 5>::ones());
}
