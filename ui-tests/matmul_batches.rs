//! topic: Matrix products
//! pytorch: RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
//! burn: Tensors are not broadcastable along dimension 0: 2 and 3.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 2, 3
//! fix: give both sides one batch size
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().matmul(&Tensor3::<3, 4, 5>::ones());
}
