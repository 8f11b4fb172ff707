//! topic: Gradients and the graph
//! pytorch: RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
//! when: at `backward()`
//! seen: pytorch/pytorch torch/csrc/autograd/autograd.cpp
//! fix: go back from a loss, and not from a position: where the largest entry stands has no gradient
use tintype::prelude::*;

fn main() {
    let scores = tensor([0.5, 2.0, 1.0]).requires_grad();
    scores.argmax().backward();
}
