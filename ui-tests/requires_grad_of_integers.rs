//! topic: Element types
//! pytorch: RuntimeError: only Tensors of floating point and complex dtype can require gradients
//! when: where the leaf is made
//! seen: pytorch/pytorch torch/csrc/autograd/python_variable.cpp
//! fix: convert it first: `x.to::<f32>().requires_grad()`
use tintype::prelude::*;

fn main() {
    let x = Tensor1::<3, i64>::from([1, 2, 3]).requires_grad();
}
