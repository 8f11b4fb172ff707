//! topic: Training, evaluation and frozen layers
//! pytorch: TypeError: Expected state_dict to be dict-like, got <class 'torch.optim.adam.Adam'>.
//! when: where training goes on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: the model comes first: `load((&mut net, &mut optimizer), path)`
use tintype::io::load;
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let mut optimizer = Adam::new(0.1);
    load((&mut optimizer, &mut net), "training.safetensors").unwrap();
}
