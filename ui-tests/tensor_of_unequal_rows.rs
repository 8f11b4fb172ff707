//! topic: Making and reading tensors
//! pytorch: ValueError: expected sequence of length 2 at dim 1 (got 3)
//! when: where the tensor is made
//! seen: pytorch/pytorch torch/csrc/utils/tensor_new.cpp
//! numbers: 2, 3
//! fix: give every row one length
use tintype::prelude::*;

fn main() {
    let x = tensor([[1.0, 2.0], [1.0, 2.0, 3.0]]);
}
