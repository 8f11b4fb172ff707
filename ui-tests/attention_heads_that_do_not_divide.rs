//! topic: Normalisation, attention and embeddings
//! pytorch: AssertionError: embed_dim must be divisible by num_heads
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/activation.py, https://github.com/facebookresearch/detr/issues/499
//! numbers: 64, 6
//! fix: a number of heads that divides the width: `MultiheadAttention<64, 8>`

use tintype::prelude::*;

fn main() {
    let attention = MultiheadAttention::<64, 6>::new(&mut StdRng::seed_from_u64(0));
}
