//! RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let a = Tensor2::<2, 3>::ones().requires_grad();
    let b = Tensor2::<3, 2>::ones();
    let y = &a * &b;
}
