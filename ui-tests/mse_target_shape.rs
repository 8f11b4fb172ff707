//! topic: Losses and labels
//! pytorch: no error but a warning: Using a target size (torch.Size([8])) that is different to the input size (torch.Size([8, 1])). This will likely lead to incorrect results due to broadcasting.
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/functional.py, https://github.com/deepset-ai/FARM/issues/229
//! numbers: 8, 1
//! fix: compare like with like: `y.squeeze::<1>().mse_loss(&target)`
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<8, 1>::ones();
    let target = Tensor1::<8>::ones();
    let loss = y.mse_loss(&target);
}
