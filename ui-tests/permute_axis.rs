//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-3, 2], but got 3)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 3, 2, 4
//! fix: a tensor of rank 3 has the axes 0, 1 and 2
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().permute::<Axes3<0, 1, 3>>();
}
