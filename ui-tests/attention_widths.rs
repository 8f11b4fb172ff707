//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: Expected size for first two dimensions of batch2 tensor to be: [8, 64] but got: [8, 32].
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/transformers/attention.cpp
//! numbers: 64, 32
//! fix: give queries and keys one width
use tintype::prelude::*;

fn main() {
    let queries = Tensor4::<1, 8, 128, 64>::ones();
    let keys = Tensor4::<1, 8, 100, 32>::ones();
    let values = Tensor4::<1, 8, 100, 64>::ones();
    let seen = queries.attention(&keys, &values, Unmasked);
}
