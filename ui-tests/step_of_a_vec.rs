//! topic: Training, evaluation and frozen layers
//! pytorch: no error: an optimiser takes any list of tensors
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/optim/optimizer.py
//! fix: put them into an array, a tuple or a struct with `#[derive(Module)]`
use tintype::prelude::*;

fn main() {
    let mut weights = vec![tensor([1.0]).requires_grad(), tensor([2.0]).requires_grad()];
    let gradients = (&weights[0] * &weights[1]).sum().backward();
    Sgd::new(0.1).step(&mut weights, &gradients);
}
