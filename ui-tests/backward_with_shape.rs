//! topic: Gradients and the graph
//! pytorch: RuntimeError: Mismatch in shape: grad_output[0] has a shape of torch.Size([2]) and output[0] has a shape of torch.Size([3]).
//! when: at `backward(gradient)`
//! seen: pytorch/pytorch torch/autograd/__init__.py
//! numbers: 3, 2
//! fix: start from a gradient of the output's shape
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    (&x * 2.0).backward_with(&tensor([1.0, 1.0]));
}
