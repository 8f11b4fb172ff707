//! topic: Gradients and the graph
//! pytorch: RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
//! when: at `backward()`
//! seen: pytorch/pytorch torch/csrc/autograd/autograd.cpp
//! fix: leave `detach` out of the way from the weights to the loss
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]).requires_grad();
    (&x * 2.0).detach().sum().backward();
}
