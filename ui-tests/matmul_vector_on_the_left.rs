//! topic: Matrix products
//! pytorch: RuntimeError: size mismatch, got input (5), mat (5x3), vec (4)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! numbers: 4, 3
//! fix: a matrix with 3 rows takes a vector of 3
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<4>::ones().matmul(&Tensor2::<3, 5>::ones());
}
