//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (8) must match the size of tensor b (16) at non-singleton dimension 3
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 16, 8
//! fix: keep the axes: `scale.unsqueeze::<2>().expand::<2, 8>().unsqueeze::<3>().expand::<3, 8>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor4::<2, 16, 8, 8>::ones();
    let scale = x.mean_axis::<3>().mean_axis::<2>().sigmoid();
    let y = x * scale;
}
