//! topic: Making and reading tensors
//! pytorch: RuntimeError: shape '[2, 2]' is invalid for input of size 6
//! candle: Shape mismatch, got buffer of size 6 which is compatible with shape [2, 2]
//! when: where the tensor is made
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h
//! numbers: 2, 3
//! fix: name the shape that the array has: `Tensor2::<2, 3, f64>`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 2, f64>::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
}
