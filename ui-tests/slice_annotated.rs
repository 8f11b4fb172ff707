//! topic: Shapes and axes
//! pytorch: no error: `x[:, :8]` has 8 columns, whatever a comment or an annotation says
//! when: never: the program runs on
//! seen: https://github.com/pytorch/pytorch/issues/131054
//! numbers: 8, 6
//! fix: `x.slice::<1, 0, 6>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 16>::ones();
    let y: Tensor2<8, 6> = x.slice::<1, 0, 8>();
}
