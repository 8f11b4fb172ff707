//! topic: Gradients and the graph
//! pytorch: RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch torch/csrc/autograd/python_variable.cpp
//! fix: compute it by operations: `&x * x.sigmoid()`
use tintype::prelude::*;

fn swish(x: &Tensor2<4, 4, f32, Tracked>) -> Tensor2<4, 4> {
    x.map(|x| x / (1.0 + (-x).exp()))
}

fn main() {
    let x = Tensor2::<4, 4>::ones().requires_grad();
    let y = swish(&x);
}
