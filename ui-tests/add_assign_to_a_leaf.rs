//! topic: Gradients and the graph
//! pytorch: RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.
//! when: where it is written
//! seen: pytorch/pytorch torch/csrc/autograd/VariableTypeUtils.h
//! fix: let an optimiser step, or `w.update(|entries| …)`
use tintype::prelude::*;

fn main() {
    let mut w = tensor([1.0, 2.0]).requires_grad();
    w -= tensor([0.1, 0.1]);
}
