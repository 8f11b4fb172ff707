//! RuntimeError: Trying to backward through the graph a second time
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]).requires_grad();
    let loss = (&x * &x).sum();
    loss.backward();
    loss.backward();
}
