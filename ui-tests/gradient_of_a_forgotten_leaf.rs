//! topic: Gradients and the graph
//! pytorch: RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
//! when: at `backward()`
//! seen: pytorch/pytorch torch/csrc/autograd/autograd.cpp, https://github.com/pytorch/pytorch/issues/19806
//! fix: make the leaf by `requires_grad()`
use tintype::prelude::*;

fn main() {
    let w = tensor([1.0, 2.0]);
    let x = tensor([3.0, 4.0]);
    let gradients = (&w * &x).sum().backward();
    println!("{}", gradients[&w]);
}
