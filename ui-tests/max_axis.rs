//! topic: Shapes and axes
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-3, 2], but got 3)
//! candle: max: dimension index 3 out of range for shape [8, 16, 32]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 3, 8, 16, 32
//! fix: axes are counted from 0: the last one is 2
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<8, 16, 32>::ones().max_axis::<3>();
}
