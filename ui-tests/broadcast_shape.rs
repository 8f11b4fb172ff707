//! topic: Shapes and axes
//! pytorch: RuntimeError: The expanded size of the tensor (4) must match the existing size (3) at non-singleton dimension 1.  Target sizes: [2, 4].  Tensor sizes: [3]
//! candle: cannot broadcast [3] to [2, 4]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 3, 4
//! fix: end the target in the tensor's own shape
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<3>::ones().broadcast::<Rank2<2, 4>>();
}
