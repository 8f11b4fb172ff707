//! topic: Training, evaluation and frozen layers
//! pytorch: RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
//! when: at `backward()`
//! seen: pytorch/pytorch torch/csrc/autograd/autograd.cpp, https://github.com/pytorch/pytorch/issues/19806
//! fix: train before `freeze()`, or call `unfreeze()`
use tintype::prelude::*;

fn main() {
    let model = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0)).freeze();
    model.forward(&Tensor2::<8, 4>::ones()).square().mean().backward();
}
