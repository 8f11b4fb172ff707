//! topic: Matrix products
//! pytorch: RuntimeError: size mismatch, got input (2), mat (2x3), vec (4)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! numbers: 3, 4
//! fix: a matrix with 3 columns takes a vector of 3
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().matmul(&Tensor1::<4>::ones());
}
