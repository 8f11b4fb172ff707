//! topic: Two tensors, entry by entry
//! pytorch: no error: (8, 1) − (8) is broadcast to (8, 8), and the loss is wrong
//! when: never: the program runs on
//! seen: https://github.com/deepset-ai/FARM/issues/229
//! numbers: 8, 1
//! fix: say what is meant: `predictions.squeeze::<1>() - targets`
use tintype::prelude::*;

fn main() {
    let predictions = Tensor2::<8, 1>::ones();
    let targets = Tensor1::<8>::ones();
    let errors = predictions - targets;
}
