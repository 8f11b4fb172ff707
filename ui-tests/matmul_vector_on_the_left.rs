//! topic: Matrix products
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x4 and 3x5)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 4, 3
//! fix: a matrix with 3 rows takes a vector of 3
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<4>::ones().matmul(&Tensor2::<3, 5>::ones());
}
