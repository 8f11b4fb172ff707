//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-3, 2], but got 3)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 3
//! fix: axes are counted from 0: `x.slice::<2, 0, 4>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor3::<8, 20, 16>::ones();
    let first = x.slice::<3, 0, 4>();
}
