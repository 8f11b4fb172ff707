//! topic: Names that are PyTorch's
//! pytorch: no error: a module says itself whether it trains
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: `let net = net.freeze();`
use tintype::prelude::*;

fn main() {
    let mut net = (Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0)), Dropout::new(0.5));
    net.eval();
}
