//! A loop whose state changes its shape
//! numbers: 3, 4
use tintype::prelude::*;

fn main() {
    let w = Tensor2::<4, 3>::ones();
    let mut state = Tensor1::<3>::ones();
    for _ in 0..10 {
        state = w.matmul(&state).tanh();
    }
}
