//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: Given normalized_shape=[10], expected input with shape [*, 10], but got input of size[5, 8]
//! when: in the forward pass
//! seen: pytorch/pytorch aten/src/ATen/native/layer_norm.h
//! numbers: 10, 8
//! fix: normalise the axis that there is: `LayerNorm<8>`

use tintype::prelude::*;

fn main() {
    let norm = LayerNorm::<10>::new();
    let y = norm.forward(&Tensor2::<5, 8>::ones());
}
