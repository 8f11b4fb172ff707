//! Makes an int64 tensor in PyTorch, whose division and gradients then surprise
use tintype::prelude::*;

fn main() {
    let x = tensor([1, 2, 3]);
}
