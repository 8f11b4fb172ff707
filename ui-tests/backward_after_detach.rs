//! RuntimeError: element 0 of tensors does not require grad (after detach())
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]).requires_grad();
    (&x * 2.0).detach().sum().backward();
}
