//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 2
//! fix: axes are counted from 0: `[&a, &a, &a].concat::<1>()`
use tintype::prelude::*;

fn main() {
    let a = Tensor2::<3, 4>::ones();
    let y = [&a, &a, &a].concat::<2>();
}
