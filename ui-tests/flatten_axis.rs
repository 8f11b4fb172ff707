//! IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)
//! numbers: 2, 8, 16
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<8, 16>::ones().flatten_from::<2>();
}
