//! topic: Losses and labels
//! pytorch: RuntimeError: The size of tensor a (8) must match the size of tensor b (4) at non-singleton dimension 0
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 8, 4, 3
//! fix: take outputs and targets of one batch
use tintype::prelude::*;

fn main() {
    let loss = Tensor2::<8, 3>::ones().mse_loss(&Tensor2::<4, 3>::ones());
}
