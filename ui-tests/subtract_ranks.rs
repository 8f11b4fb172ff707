//! Broadcasts silently to 2×2 in PyTorch; here it must be said
//! numbers: 8, 1
use tintype::prelude::*;

fn main() {
    let predictions = Tensor2::<8, 1>::ones();
    let targets = Tensor1::<8>::ones();
    let errors = predictions - targets;
}
