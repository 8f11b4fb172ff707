//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: The size of tensor a (128) must match the size of tensor b (100) at non-singleton dimension 3
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/transformers/attention.cpp
//! fix: name the mask: `Causal`
use tintype::prelude::*;

fn main() {
    let x = Tensor4::<1, 8, 128, 64>::ones();
    let mask = Tensor2::<128, 100>::ones();
    let seen = x.attention(&x, &x, &mask);
}
