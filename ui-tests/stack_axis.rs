//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 2
//! fix: the new axis of a stack of vectors is 0 or 1
use tintype::prelude::*;

fn main() {
    let y = [Tensor1::<3>::ones(), Tensor1::<3>::ones()].stack::<2>();
}
