//! RuntimeError: expected both to have the same dtype, but got Float and Double
//! numbers: 2
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<2, f32>::ones() + Tensor1::<2, f64>::ones();
}
