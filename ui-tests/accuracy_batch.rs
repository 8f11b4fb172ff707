//! topic: Losses and labels
//! pytorch: RuntimeError: The size of tensor a (8) must match the size of tensor b (7) at non-singleton dimension 0
//! when: where the accuracy is counted, at the last batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 8, 7
//! fix: count with the labels of the same batch
use tintype::prelude::*;

fn main() {
    let labels = Labels::<7, 10>::try_from([3; 7]).unwrap();
    let right = labels.correct(&Tensor2::<8, 10>::ones());
}
