//! topic: Making and reading tensors
//! pytorch: IndexError: too many indices for tensor of dimension 2
//! when: where the tensor is read
//! seen: pytorch/pytorch aten/src/ATen/TensorIndexing.h
//! numbers: 2, 3
//! fix: give one number for each axis
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 3>::ones();
    let entry = x[[0, 1, 2]];
}
