//! model.eval() was forgotten: dropout still drops, and PyTorch says nothing
use tintype::prelude::*;

fn predict(model: &(Linear<4, 2, f32, Untracked>, Dropout<Untracked>), x: &Tensor2<8, 4>) -> Tensor2<8, 2> {
    model.forward(x)
}

fn main() {
    let model: (Linear<4, 2>, Dropout) = (Linear::new(&mut StdRng::seed_from_u64(0)), Dropout::new(0.5));
    predict(&model, &Tensor2::ones());
}
