//! RuntimeError: only Tensors of floating point and complex dtype can require gradients
use tintype::prelude::*;

fn main() {
    let x = Tensor1::<3, i64>::from([1, 2, 3]).requires_grad();
}
