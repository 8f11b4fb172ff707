//! topic: Gradients and the graph
//! pytorch: RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0
//! when: in the optimiser's step
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 2, 3
//! fix: a gradient has the shape of its leaf
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    let grads = (&x * &x).sum().backward();
    let step: Tensor1<2> = grads[&x].clone();
}
