//! AssertionError in the user's own shape check: expected (5, 2), got (2, 5)
//! numbers: 5, 2
use tintype::prelude::*;

fn main() {
    let y: Tensor2<5, 2> = Tensor2::<2, 3>::ones().matmul(&Tensor2::<3, 5>::ones());
}
