//! topic: Making and reading tensors
//! pytorch: no error: `x[0]` is the first row
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_view.rst
//! numbers: 3, 2
//! fix: a row is `x.at::<0>(0)`, and an entry `x[[0, 1]]`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<3, 2>::ones();
    let entry = x[0][1] * 2.0;
}
