//! topic: Shapes and axes
//! pytorch: RuntimeError: t() expects a tensor with <= 2 dimensions, but self is 3D
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.cpp
//! numbers: 2, 3, 4
//! fix: name the axes: `x.transpose::<1, 2>()`
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().t();
}
