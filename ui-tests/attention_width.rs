//! topic: Normalisation, attention and embeddings
//! pytorch: AssertionError: was expecting embedding dimension of 64, but got 32
//! when: in the forward pass
//! seen: pytorch/pytorch torch/nn/functional.py
//! numbers: 64, 32
//! fix: vectors as wide as the layer: `MultiheadAttention<32, 8>`

use tintype::prelude::*;

fn main() {
    let attention = MultiheadAttention::<64, 8>::new(&mut StdRng::seed_from_u64(0));
    let y = attention.forward(&Tensor3::<2, 10, 32>::ones());
}
