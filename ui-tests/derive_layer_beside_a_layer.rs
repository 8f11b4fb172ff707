//! topic: Training, evaluation and frozen layers
//! pytorch: no error: what `requires_grad_(False)` is not called on goes on learning
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! numbers: 8, 2
//! fix: give the struct a state and the layer too: `Net<L, T: Track = Tracked>` and `In<Linear<8, 2>, T>`
use tintype::prelude::*;

#[derive(Module)]
struct Net<L> {
    body: L,
    output: Linear<8, 2>,
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = Net { body: ReLU, output: Linear::new(&mut rng) };
    println!("{}", net.freeze().parameter_count());
}
