//! topic: Gradients and the graph
//! pytorch: RuntimeError: can't retain_grad on Tensor that has requires_grad=False
//! when: where it is asked for
//! seen: pytorch/pytorch torch/csrc/autograd/variable.cpp
//! fix: make a leaf that it is computed from by `requires_grad()`
use tintype::prelude::*;

fn main() {
    let y = (tensor([1.0, 2.0]) * 3.0).retain_grad();
}
