//! x.squeeze(1) of a 2×3 tensor silently does nothing in PyTorch
//! numbers: 1, 3
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().squeeze::<1>();
}
