//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)
//! candle: flatten: dimension index 2 out of range for shape [8, 16]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 2, 8, 16
//! fix: a matrix has the axes 0 and 1
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<8, 16>::ones().flatten_from::<2>();
}
