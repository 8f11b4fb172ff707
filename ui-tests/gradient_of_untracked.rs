//! topic: Gradients and the graph
//! pytorch: no error: `x.grad` is None, and what reads it says `'NoneType' object has no attribute 'data'`
//! when: after `backward()`, where the gradient is used
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: make `x` a leaf by `requires_grad()`
use tintype::prelude::*;

fn main() {
    let w = tensor([1.0, 2.0]).requires_grad();
    let x = tensor([3.0, 4.0]);
    let grads = w.dot(&x).backward();
    println!("{:?}", grads[&x]);
}
