//! topic: Losses and labels
//! pytorch: RuntimeError: expected scalar type Long but found Float
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp, pytorch/pytorch aten/src/ATen/templates/TensorMethods.cpp
//! fix: labels are whole numbers: `[0, 1]`
use tintype::prelude::*;

fn main() {
    let labels = Labels::<2, 3>::padded(&[0.0, 1.0]).unwrap();
}
