//! topic: Matrix products
//! pytorch: RuntimeError: 1D tensors expected, but got 2D and 2D tensors
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! numbers: 2
//! fix: multiply matrices by `matmul`, or entry by entry and sum: `(a * b).sum()`
use tintype::prelude::*;

fn main() {
    let a = tensor([[1.0, 2.0], [3.0, 4.0]]);
    let y = a.dot(&a);
}
