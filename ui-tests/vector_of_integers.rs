//! topic: Element types
//! pytorch: RuntimeError: mat1 and mat2 must have the same dtype, but got Long and Float
//! when: where the tensor meets a layer
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 2, 3
//! fix: write `1.0` for `1`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 3>::try_from(vec![1, 2, 3, 4, 5, 6]).unwrap();
}
