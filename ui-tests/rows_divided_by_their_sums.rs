//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 2, 3
//! fix: keep the axis: `x.sum_axis::<1>().unsqueeze::<1>().expand::<1, 3>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 3>::ones();
    let y = &x / &x.sum_axis::<1>();
}
