//! IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().transpose::<0, 2>();
}
