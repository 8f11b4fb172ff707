//! topic: Matrix products
//! pytorch: RuntimeError: The size of tensor a (8) must match the size of tensor b (4) at non-singleton dimension 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 8, 4
//! fix: give queries and keys as many heads
use tintype::prelude::*;

fn main() {
    let queries = Tensor4::<1, 8, 128, 64>::ones();
    let keys = Tensor4::<1, 4, 64, 128>::ones();
    let scores = queries.matmul(&keys);
}
