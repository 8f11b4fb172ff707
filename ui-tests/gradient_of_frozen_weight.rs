//! topic: Training, evaluation and frozen layers
//! pytorch: no error: `layer.weight.grad` is None, and what reads it fails
//! when: after `backward()`, where the gradient is used
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: do not ask for it: a frozen weight is a constant
use tintype::prelude::*;

fn main() {
    let layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0)).freeze();
    let x = Tensor1::<4>::ones().requires_grad();
    let grads = layer.forward(&x).sum().backward();
    println!("{:?}", grads[&layer.weight]);
}
