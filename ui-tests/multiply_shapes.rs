//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 2, 3
//! fix: transpose a side, `&b.t()`, or multiply matrices by `matmul`
use tintype::prelude::*;

fn main() {
    let a = Tensor2::<2, 3>::ones().requires_grad();
    let b = Tensor2::<3, 2>::ones();
    let y = &a * &b;
}
