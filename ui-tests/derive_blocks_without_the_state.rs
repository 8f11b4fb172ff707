//! topic: Training, evaluation and frozen layers
//! pytorch: no error: what `requires_grad_(False)` is not called on goes on learning
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! numbers: 16, 4
//! fix: give them the state of the struct: `[Block<16, T>; 4]`
use tintype::prelude::*;

#[derive(Module)]
struct Block<const D: usize, T: Track = Tracked> {
    layer: In<Linear<D, D>, T>,
}

#[derive(Module)]
struct Net<T: Track = Tracked> {
    blocks: [Block<16>; 4],
    output: In<Linear<16, 2>, T>,
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let blocks = core::array::from_fn(|_| Block { layer: Linear::new(&mut rng) });
    let net: Net = Net { blocks, output: Linear::new(&mut rng) };
    println!("{}", net.freeze().parameter_count());
}
