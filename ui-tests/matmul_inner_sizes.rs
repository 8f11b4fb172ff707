//! RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)
//! numbers: 3, 4
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().matmul(&Tensor2::<4, 5>::ones());
}
