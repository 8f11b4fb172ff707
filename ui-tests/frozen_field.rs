//! topic: Training, evaluation and frozen layers
//! pytorch: no error: a part of the model does not learn
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/autograd.rst
//! fix: let the field's type say it: `body: Linear<4, 32, f32, Untracked>`
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    body: Linear<4, 32>,
    head: Linear<32, 2>,
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let body = Linear::new(&mut rng).freeze();
    let net = Net { body, head: Linear::new(&mut rng) };
}
