//! topic: Matrix products
//! pytorch: RuntimeError: both arguments to matmul need to be at least 1D, but they are 0D and 1D
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 2
//! fix: multiply by a number: `v * 2.0`
use tintype::prelude::*;

fn main() {
    let y = tensor(2.0).matmul(&tensor([1.0, 2.0]));
}
