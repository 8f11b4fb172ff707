//! topic: Matrix products
//! pytorch: RuntimeError: size mismatch, got input (4), mat (4x3), vec (4)
//! when: at the second step of the loop
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! numbers: 3, 4
//! fix: a state that is fed back needs a square matrix
use tintype::prelude::*;

fn main() {
    let w = Tensor2::<4, 3>::ones();
    let mut state = Tensor1::<3>::ones();
    for _ in 0..10 {
        state = w.matmul(&state).tanh();
    }
}
