//! topic: Gradients and the graph
//! pytorch: RuntimeError: grad can be implicitly created only for scalar outputs
//! when: at `backward()`
//! seen: pytorch/pytorch torch/autograd/__init__.py, https://github.com/cybertronai/autograd-hacks/issues/8
//! numbers: 2
//! fix: reduce by `.sum()` or `.mean()`, or call `backward_with`
use tintype::prelude::*;

fn main() {
    let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    (x * 2.0).backward();
}
