//! RuntimeError: inconsistent tensor size, expected tensor [3] and src [2] to have the same number of elements
//! numbers: 3, 2
use tintype::prelude::*;

fn main() {
    let y = tensor([1.0, 2.0, 3.0]).dot(&tensor([1.0, 2.0]));
}
