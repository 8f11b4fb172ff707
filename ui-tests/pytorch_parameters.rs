//! topic: Names that are PyTorch's
//! pytorch: no error: an optimiser is made of them
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: `optimizer.step(&mut net, &gradients)` takes the model itself
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let parameters = net.parameters();
}
