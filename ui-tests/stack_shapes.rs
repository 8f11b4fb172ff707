//! topic: Shapes and axes
//! pytorch: RuntimeError: stack expects each tensor to be equal size, but got [3] at entry 0 and [4] at entry 1
//! burn: Can't stack tensors with different shapes
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.cpp
//! numbers: 3, 4
//! fix: stack tensors of one shape
use tintype::prelude::*;

fn main() {
    let y = [Tensor1::<3>::ones(), Tensor1::<4>::ones()].stack::<0>();
}
