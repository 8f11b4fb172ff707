//! topic: Shapes and axes
//! pytorch: RuntimeError: Tensors must have same number of dimensions: got 2 and 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.h
//! numbers: 2, 3
//! fix: give the vector the axis: `v.unsqueeze::<0>()`
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().concat::<0>(&Tensor1::<3>::ones());
}
