//! topic: Functions and modules of one's own
//! pytorch: TypeError: __main__.Scale is not a Module subclass
//! when: when `nn.Sequential` is made
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: put `#[derive(Module)]` on it and write `impl Module` for it
use tintype::prelude::*;

struct Scale {
    factor: f32,
}

#[derive(Module)]
#[module(sequence)]
struct Net {
    layer: Linear<4, 2>,
    scale: Scale,
}

fn main() {
    let layer = Linear::new(&mut StdRng::seed_from_u64(0));
    let net = Net { layer, scale: Scale { factor: 0.5 } };
    println!("{} {}", net.parameter_count(), net.scale.factor);
}
