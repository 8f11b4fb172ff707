//! topic: What only tintype says
//! pytorch: no error: an optimiser steps whatever parameters it was made with
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/optim/optimizer.py
//! fix: step the network that the workspace was made for
use tintype::prelude::*;

fn main() {
    let rng = &mut StdRng::seed_from_u64(0);
    let (net, mut other) = (Linear::<4, 2>::new(rng), Linear::<4, 3>::new(rng));
    let mut workspace = Workspace::<_, Rank1<4>>::new();
    workspace.mse_loss(&net, &[0.0; 4], &[0.0; 2]);
    Sgd::new(0.1).step(&mut other, &workspace);
}
