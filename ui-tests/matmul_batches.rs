//! topic: Matrix products
//! pytorch: RuntimeError: Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [3, 4].
//! burn: Tensors are not broadcastable along dimension 0: 2 and 3.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 2, 3
//! fix: give both sides one batch size
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().matmul(&Tensor3::<3, 4, 5>::ones());
}
