//! RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let y = tensor([1.0, 2.0]) + tensor([1.0, 2.0, 3.0]);
}
