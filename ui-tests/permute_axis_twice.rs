//! topic: Shapes and axes
//! pytorch: RuntimeError: permute(): duplicate dims are not allowed.
//! burn: The axes must be unique. The axes '[0, 1, 1]' are not unique.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.cpp
//! numbers: 1
//! fix: name every axis once
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().permute::<Axes3<0, 1, 1>>();
}
