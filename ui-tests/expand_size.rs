//! topic: Shapes and axes
//! pytorch: RuntimeError: The expanded size of the tensor (4) must match the existing size (3) at non-singleton dimension 1.  Target sizes: [2, 4].  Tensor sizes: [2, 3]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 1, 3
//! fix: only an axis of size 1 can be repeated
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().expand::<1, 4>();
}
