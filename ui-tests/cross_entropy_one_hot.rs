//! topic: Losses and labels
//! pytorch: RuntimeError: 0D or 1D target tensor expected, multi-target not supported
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 2, 3
//! fix: give labels, not rows with a one in them: `Labels::<2, 3>::try_from([0, 2])`
use tintype::prelude::*;

fn main() {
    let targets = tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]);
    let loss = Tensor2::<2, 3>::ones().cross_entropy(&targets);
}
