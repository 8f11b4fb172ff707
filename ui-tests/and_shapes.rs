//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 2, 3
//! fix: combine masks of one shape
use tintype::prelude::*;

fn main() {
    let both = tensor([1.0, 2.0]).gt(0.0) & tensor([1.0, 2.0, 3.0]).lt(2.0);
}
