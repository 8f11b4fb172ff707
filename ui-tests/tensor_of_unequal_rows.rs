//! ValueError: expected sequence of length 2 at dim 1 (got 3)
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let x = tensor([[1.0, 2.0], [1.0, 2.0, 3.0]]);
}
