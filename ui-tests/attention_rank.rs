//! topic: Normalisation, attention and embeddings
//! pytorch: AssertionError: query should be unbatched 2D or batched 3D tensor but received 4-D query tensor
//! when: in the forward pass
//! seen: pytorch/pytorch torch/nn/functional.py
//! fix: a sequence is (batch, positions, width): the layer divides the width into heads by itself

use tintype::prelude::*;

fn main() {
    let attention = CausalSelfAttention::<64, 8>::new(&mut StdRng::seed_from_u64(0));
    let y = attention.forward(&Tensor4::<2, 8, 10, 8>::ones());
}
