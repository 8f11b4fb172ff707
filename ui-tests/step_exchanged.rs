//! topic: Training, evaluation and frozen layers
//! pytorch: no error: an optimiser is given the parameters when it is made, and `step()` takes none
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/optim/optimizer.py
//! fix: the model comes first: `optimizer.step(&mut net, &gradients)`
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let mut gradients = net.forward(&Tensor1::<4>::ones()).sum().backward();
    Sgd::new(0.1).step(&mut gradients, &net);
}
