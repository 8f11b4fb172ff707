//! RuntimeError: shape '[2, 2, 2]' is invalid for input of size 9
//! numbers: 9, 2
use tintype::prelude::*;

fn main() {
    let y: Tensor3<2, 2, 2> = Tensor1::<9>::arange().reshape();
}
