//! topic: Matrix products
//! pytorch: AssertionError: expected (5, 2), got (2, 5), if the program checks it
//! when: where the program checks it
//! seen: https://github.com/pytorch/pytorch/issues/65120
//! numbers: 5, 2
//! fix: rows come first: (2, 3)·(3, 5) is (2, 5)
use tintype::prelude::*;

fn main() {
    let y: Tensor2<5, 2> = Tensor2::<2, 3>::ones().matmul(&Tensor2::<3, 5>::ones());
}
