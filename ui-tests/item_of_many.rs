//! topic: Making and reading tensors
//! pytorch: RuntimeError: a Tensor with 2 elements cannot be converted to Scalar
//! burn: Only tensors with 1 element can be converted into scalar. Current tensor has 2 elements
//! when: where the loss is printed
//! seen: pytorch/pytorch aten/src/ATen/native/Scalar.cpp
//! numbers: 2
//! fix: reduce it first, or read one entry: `x[[0]]`
use tintype::prelude::*;

fn main() {
    let y = tensor([1.0, 2.0]).item();
}
