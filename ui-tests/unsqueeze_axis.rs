//! IndexError: Dimension out of range (expected to be in range of [-3, 2], but got 3)
//! numbers: 3
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().unsqueeze::<3>();
}
