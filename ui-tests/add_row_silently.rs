//! topic: Two tensors, entry by entry
//! pytorch: no error: the row is added to every row
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/broadcasting.rst
//! numbers: 2, 3, 1
//! fix: say so: `row.expand::<0, 2>()`
use tintype::prelude::*;

fn main() {
    let matrix = Tensor2::<2, 3>::ones();
    let row = Tensor2::<1, 3>::ones();
    let y = matrix + row;
}
