//! topic: Losses and labels
//! pytorch: RuntimeError: size mismatch (got input: [10], target: [1])
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 1, 10
//! fix: give the one sample an axis: `logits.unsqueeze::<0>()`
use tintype::prelude::*;

fn main() {
    let labels = Labels::<1, 10>::try_from([3]).unwrap();
    let loss = Tensor1::<10>::ones().cross_entropy(&labels);
}
