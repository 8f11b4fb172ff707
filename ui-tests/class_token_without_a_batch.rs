//! topic: Shapes and axes
//! pytorch: RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 1 but got size 2 for tensor number 1 in the list.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.h
//! numbers: 1, 2
//! fix: repeat it for the batch: `token.expand::<0, 2>()` of one without that axis
use tintype::prelude::*;

fn main() {
    let token = Tensor3::<1, 1, 192>::zeros().requires_grad();
    let patches = Tensor3::<2, 196, 192>::ones();
    let y = token.concat::<1>(&patches);
}
