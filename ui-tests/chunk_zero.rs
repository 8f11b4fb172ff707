//! topic: Shapes and axes
//! pytorch: RuntimeError: chunk expects `chunks` to be greater than 0, got: 0
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.cpp
//! numbers: 64, 0
//! fix: at least 1 part
use tintype::prelude::*;

fn main() {
    let gates = Tensor2::<8, 64>::ones();
    let none = gates.chunk::<1, 0>();
}
