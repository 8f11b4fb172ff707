//! topic: Gradients and the graph
//! pytorch: RuntimeError: Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed)
//! when: at the second `backward()`
//! seen: pytorch/pytorch torch/csrc/autograd/saved_variable.cpp, https://github.com/lucidrains/denoising-diffusion-pytorch/issues/109
//! fix: clone the loss before the first `backward`, or compute it again
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]).requires_grad();
    let loss = (&x * &x).sum();
    loss.backward();
    loss.backward();
}
