//! topic: Shapes and axes
//! pytorch: no error: `x.squeeze(1)` of a 2×3 tensor does nothing, and the shape is wrong later
//! burn: Can't squeeze dimension 1 because its size is not 1
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 1, 3
//! fix: only an axis of size 1 can be removed
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().squeeze::<1>();
}
