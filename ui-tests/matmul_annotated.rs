//! topic: Matrix products
//! pytorch: no error: the product is 2×5, whatever a comment or an annotation says
//! when: never: the program runs on
//! seen: https://github.com/pytorch/pytorch/issues/131054
//! numbers: 5, 2
//! fix: rows come first: (2, 3)·(3, 5) is (2, 5)
use tintype::prelude::*;

fn main() {
    let y: Tensor2<5, 2> = Tensor2::<2, 3>::ones().matmul(&Tensor2::<3, 5>::ones());
}
