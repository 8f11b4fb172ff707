//! topic: Shapes and axes
//! pytorch: RuntimeError: shape '[2, 2, 2]' is invalid for input of size 9
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h, https://github.com/pytorch/pytorch/issues/38469
//! numbers: 9, 8
//! fix: 9 entries make no 2·2·2
use tintype::prelude::*;

fn main() {
    let y: Tensor3<2, 2, 2> = Tensor1::<9>::arange().reshape();
}
