//! topic: Losses and labels
//! pytorch: RuntimeError: Expected target size [8, 1], got [8]
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 8, 10, 1
//! fix: remove the axis of size 1: `logits.squeeze::<2>()`
use tintype::prelude::*;

fn main() {
    let labels = Labels::<8, 10>::try_from([3; 8]).unwrap();
    let loss = Tensor3::<8, 10, 1>::ones().cross_entropy(&labels);
}
