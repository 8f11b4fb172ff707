//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 3, 2
//! fix: make the mask from a tensor of the same shape
use tintype::prelude::*;

fn main() {
    let mask = tensor([1.0, 2.0]).gt(&Tensor::zeros());
    let y = tensor([1.0, 2.0, 3.0]).masked_fill(&mask, 0.0);
}
