//! topic: Names that are PyTorch's
//! pytorch: no error: an optimiser is made of parameters
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/optim/adam.py
//! fix: `Adam::new(1e-3)`; `step` takes the model
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let optimizer = Adam::new(&net, 1e-3);
}
