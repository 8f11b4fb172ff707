//! topic: Training, evaluation and frozen layers
//! pytorch: no error: dropout still drops, and the accuracy is lower than it should be
//! when: never: the program runs on
//! seen: https://github.com/ipolharvard/ethos-ares/issues/20
//! fix: hand over `model.freeze()`
use tintype::prelude::*;

fn predict(model: &(Linear<4, 2, f32, Untracked>, Dropout<Untracked>), x: &Tensor2<8, 4>) -> Tensor2<8, 2> {
    model.forward(x)
}

fn main() {
    let model: (Linear<4, 2>, Dropout) = (Linear::new(&mut StdRng::seed_from_u64(0)), Dropout::new(0.5));
    predict(&model, &Tensor2::ones());
}
