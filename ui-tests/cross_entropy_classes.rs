//! topic: Losses and labels
//! pytorch: IndexError: Target 57 is out of bounds.
//! when: where the loss is computed, at the first batch with such a label
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 10, 100
//! fix: give the last layer as many features as there are classes
use tintype::prelude::*;

fn main() {
    let labels = Labels::<8, 100>::try_from([57; 8]).unwrap();
    let loss = Tensor2::<8, 10>::ones().cross_entropy(&labels);
}
