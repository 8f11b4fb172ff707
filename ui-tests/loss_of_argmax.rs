//! topic: Gradients and the graph
//! pytorch: RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
//! when: at `backward()`
//! seen: pytorch/pytorch torch/csrc/autograd/autograd.cpp, https://github.com/pytorch/pytorch/issues/19806
//! fix: compute the loss from the logits: `argmax` has no derivative
use tintype::prelude::*;

fn main() {
    let logits = Tensor2::<8, 10>::ones().requires_grad();
    let said = logits.argmax_axis::<1>().to::<f32>();
    said.mse_loss(&Tensor1::<8>::ones()).backward();
}
