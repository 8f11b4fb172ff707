//! topic: Training, evaluation and frozen layers
//! pytorch: no error: dropout does not drop, and batch norm learns nothing
//! when: never: the program runs on
//! seen: https://github.com/pytorch/tutorials/issues/1624
//! fix: hand over `model.unfreeze()`
use tintype::prelude::*;

fn train(model: Linear<4, 2>) {}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let model: Linear<4, 2, f32, Untracked> = Linear::new(&mut rng);
    train(model);
}
