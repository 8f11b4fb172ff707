//! Works on int64 in PyTorch, and its gradient does not exist
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<3, i64>::from([1, -2, 3]).relu();
}
