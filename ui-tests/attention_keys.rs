//! topic: Matrix products
//! pytorch: RuntimeError: Expected size for first two dimensions of batch2 tensor to be: [8, 64] but got: [8, 128].
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 64, 128
//! fix: transpose the keys: `keys.transpose::<2, 3>()`
use tintype::prelude::*;

fn main() {
    let queries = Tensor4::<1, 8, 128, 64>::ones();
    let keys = Tensor4::<1, 8, 128, 64>::ones();
    let scores = queries.matmul(&keys);
}
