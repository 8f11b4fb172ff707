//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 1, 10
//! fix: a vector has the axis 0
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<10>::ones().softmax::<1>();
}
