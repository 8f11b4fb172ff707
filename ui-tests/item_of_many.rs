//! RuntimeError: a Tensor with 2 elements cannot be converted to Scalar
//! numbers: 2
use tintype::prelude::*;

fn main() {
    let y = tensor([1.0, 2.0]).item();
}
