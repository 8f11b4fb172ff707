//! topic: Element types
//! pytorch: IndexError: tensors used as indices must be long, int, byte or bool tensors
//! when: where the tensor is read
//! seen: pytorch/pytorch aten/src/ATen/native/IndexingUtils.h
//! numbers: 2
//! fix: an index is a whole number: `x[[0, 1]]`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 3>::ones();
    let entry = x[[0.0, 1.0]];
}
