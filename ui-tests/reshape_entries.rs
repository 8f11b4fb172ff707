//! RuntimeError: shape '[4, 2]' is invalid for input of size 6
//! numbers: 2, 3, 4
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().reshape::<Rank2<4, 2>>();
}
