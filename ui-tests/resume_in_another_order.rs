//! topic: Training, evaluation and frozen layers
//! pytorch: KeyError: 'param_groups'
//! when: where the file is read
//! seen: pytorch/pytorch torch/optim/optimizer.py
//! fix: the model first: `load((&mut net, &mut optimizer), path)`
use tintype::io::load;
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let mut optimizer = Adam::new(1e-3);
    let both = (&mut optimizer, &mut net);
    load(both, "training.safetensors").unwrap();
}
