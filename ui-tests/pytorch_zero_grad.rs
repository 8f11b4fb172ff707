//! topic: Names that are PyTorch's
//! pytorch: no error: without it, gradients of all steps add up
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/optim/optimizer.py, pytorch/pytorch torch/_tensor.py
//! fix: leave the line out
use tintype::prelude::*;

fn main() {
    let mut optimizer = Sgd::new(0.1);
    optimizer.zero_grad();
}
