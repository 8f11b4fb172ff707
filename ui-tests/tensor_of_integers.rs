//! topic: Making and reading tensors
//! pytorch: no error: an int64 tensor, and later `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype`
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/native/ReduceOps.cpp
//! fix: write `1.0`, or `Tensor1::<3, i64>::from([1, 2, 3])`
use tintype::prelude::*;

fn main() {
    let x = tensor([1, 2, 3]);
}
