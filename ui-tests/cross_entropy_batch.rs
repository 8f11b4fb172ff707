//! topic: Losses and labels
//! pytorch: ValueError: Expected input batch_size (8) to match target batch_size (7).
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp, https://github.com/pytorch/pytorch/issues/139031
//! numbers: 8, 7
//! fix: take logits and labels of one batch; a last batch with fewer samples is `Labels::padded`
use tintype::prelude::*;

fn main() {
    let labels = Labels::<7, 10>::try_from([3; 7]).unwrap();
    let loss = Tensor2::<8, 10>::ones().cross_entropy(&labels);
}
