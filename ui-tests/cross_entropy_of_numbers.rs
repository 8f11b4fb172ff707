//! topic: Losses and labels
//! pytorch: IndexError: Target 5 is out of bounds.
//! when: where the loss is computed, at the first label that is not below 3
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! fix: check them where they come from: `Labels::<4, 3>::try_from([1, 2, 0, 5])?`
use tintype::prelude::*;

fn main() {
    let classes = Tensor1::<4, usize>::from([1, 2, 0, 5]);
    let loss = Tensor2::<4, 3>::ones().cross_entropy(&classes);
}
