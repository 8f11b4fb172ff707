//! RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]);
    x.sum().backward();
}
