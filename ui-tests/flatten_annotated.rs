//! topic: Shapes and axes
//! pytorch: AssertionError: expected 255 features, got 256, if the program checks it
//! when: where the program checks it
//! seen: https://github.com/pytorch/pytorch/issues/38469
//! numbers: 255, 256
//! fix: 16 · 4 · 4 is 256
use tintype::prelude::*;

fn main() {
    let y: Tensor2<8, 255> = Tensor4::<8, 16, 4, 4>::ones().flatten_from::<1>();
}
