//! topic: Shapes and axes
//! pytorch: no error: there are 256 features, whatever a comment or an annotation says
//! when: never: the program runs on
//! seen: https://github.com/pytorch/pytorch/issues/131054
//! numbers: 255, 256
//! fix: 16 · 4 · 4 is 256
use tintype::prelude::*;

fn main() {
    let y: Tensor2<8, 255> = Tensor4::<8, 16, 4, 4>::ones().flatten_from::<1>();
}
