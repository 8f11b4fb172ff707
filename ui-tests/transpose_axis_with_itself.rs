//! topic: Shapes and axes
//! pytorch: no error: nothing is transposed
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 1
//! fix: name two different axes
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().transpose::<1, 1>();
}
