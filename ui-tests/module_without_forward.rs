//! topic: Functions and modules of one's own
//! pytorch: NotImplementedError: Module [Net] is missing the required "forward" function
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: `impl Module<…> for Net`, or `#[module(sequence)]`
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    layer: Linear<4, 2>,
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = Net { layer: Linear::new(&mut rng) };
    let y = net.forward(&Tensor2::<8, 4>::ones());
}
