//! RuntimeError: both arguments to matmul need to be at least 1D, but they are 0D and 1D
//! numbers: 2
use tintype::prelude::*;

fn main() {
    let y = tensor(2.0).matmul(&tensor([1.0, 2.0]));
}
