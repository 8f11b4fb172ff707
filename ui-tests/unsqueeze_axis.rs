//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-3, 2], but got 3)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 3
//! fix: the new axis may stand at 0, 1 or 2
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().unsqueeze::<3>();
}
