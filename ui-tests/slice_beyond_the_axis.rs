//! topic: Shapes and axes
//! pytorch: RuntimeError: start (18) + length (4) exceeds dimension size (20).
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.cpp
//! numbers: 18, 4, 20
//! fix: the last 4 of 20 begin at 16: `x.slice::<1, 16, 4>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor3::<8, 20, 16>::ones();
    let last = x.slice::<1, 18, 4>();
}
