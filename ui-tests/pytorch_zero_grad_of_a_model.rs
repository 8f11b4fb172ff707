//! topic: Names that are PyTorch's
//! pytorch: no error: without it, gradients of all steps add up
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: leave the line out
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    net.zero_grad();
}
