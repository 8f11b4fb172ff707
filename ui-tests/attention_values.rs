//! topic: Normalisation, attention and embeddings
//! pytorch: no error: `scaled_dot_product_attention` gives something for 100 keys and 90 values
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/transformers/attention.cpp
//! numbers: 100, 90
//! fix: make a value for each key
use tintype::prelude::*;

fn main() {
    let queries = Tensor4::<1, 8, 128, 64>::ones();
    let keys = Tensor4::<1, 8, 100, 64>::ones();
    let values = Tensor4::<1, 8, 90, 64>::ones();
    let seen = queries.attention(&keys, &values, Unmasked);
}
