//! RuntimeError: shape '[2, 2]' is invalid for input of size 6
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 2, f64>::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
}
