//! Not an error in PyTorch: a size that the table of sizes does not hold
//! numbers: 123000
use tintype::prelude::*;

fn main() {
    let y = Tensor4::<1, 41, 50, 60>::ones().flatten_from::<1>();
}
