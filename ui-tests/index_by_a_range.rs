//! topic: Making and reading tensors
//! pytorch: no error: `x[0:4]` is a view of rows
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_view.rst
//! numbers: 8, 3
//! fix: `x.slice::<0, 0, 4>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 3>::ones();
    let rows = x[0..4];
}
