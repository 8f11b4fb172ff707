//! topic: Shapes and axes
//! pytorch: no error: the tensor has 7 columns, whatever a comment or an annotation says
//! when: never: the program runs on
//! seen: https://github.com/pytorch/pytorch/issues/131054
//! numbers: 6, 7
//! fix: 3 columns and 4 columns are 7
use tintype::prelude::*;

fn main() {
    let y: Tensor2<2, 6> = Tensor2::<2, 3>::ones().concat::<1>(&Tensor2::<2, 4>::ones());
}
