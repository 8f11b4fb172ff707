//! topic: Names that are PyTorch's
//! pytorch: no error: what was loaded before is copied
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: `tintype::io::load(&mut net, path)?`
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    net.load_state_dict("net.safetensors");
}
