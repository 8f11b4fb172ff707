//! topic: Losses and labels
//! pytorch: RuntimeError: expected target dtype to be Long or Byte, but got Float
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 3
//! fix: labels are whole numbers: `[0, 1, 2]`
use tintype::prelude::*;

fn main() {
    let labels = Labels::<3, 10>::try_from([0.0, 1.0, 2.0]).unwrap();
}
