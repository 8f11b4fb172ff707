//! topic: Shapes and axes
//! pytorch: RuntimeError: shape '[4, 2]' is invalid for input of size 6
//! candle: shape mismatch in reshape, lhs: [2, 3], rhs: [4, 2]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h, https://github.com/pytorch/pytorch/issues/38469
//! numbers: 6, 8
//! fix: 6 entries make no 4·2
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().reshape::<Rank2<4, 2>>();
}
