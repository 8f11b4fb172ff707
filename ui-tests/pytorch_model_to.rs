//! topic: Names that are PyTorch's
//! pytorch: no error: the parameters are moved to the device
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: leave it out
use tintype::prelude::*;

fn main() {
    let mut net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let net = net.to("cuda");
}
