//! topic: Names that are PyTorch's
//! pytorch: no error: what it gives is then saved
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: `tintype::io::save(&net, path)?`
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let state = net.state_dict();
}
