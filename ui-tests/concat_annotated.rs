//! topic: Shapes and axes
//! pytorch: AssertionError: expected 6 columns, got 7, if the program checks it
//! when: where the program checks it
//! seen: https://github.com/pytorch/pytorch/issues/38469
//! numbers: 6, 7
//! fix: 3 columns and 4 columns are 7
use tintype::prelude::*;

fn main() {
    let y: Tensor2<2, 6> = Tensor2::<2, 3>::ones().concat::<1>(&Tensor2::<2, 4>::ones());
}
