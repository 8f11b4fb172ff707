//! IndexError: too many indices for tensor of dimension 2
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 3>::ones();
    let entry = x[[0, 1, 2]];
}
