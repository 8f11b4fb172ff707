//! RuntimeError: grad can be implicitly created only for scalar outputs
//! numbers: 2
use tintype::prelude::*;

fn main() {
    let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    (x * 2.0).backward();
}
