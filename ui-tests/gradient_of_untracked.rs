//! x.grad is None: x does not require a gradient
use tintype::prelude::*;

fn main() {
    let w = tensor([1.0, 2.0]).requires_grad();
    let x = tensor([3.0, 4.0]);
    let grads = w.dot(&x).backward();
    println!("{:?}", grads[&x]);
}
