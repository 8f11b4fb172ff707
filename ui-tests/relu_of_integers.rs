//! topic: Element types
//! pytorch: no error: an integer tensor comes out, without a gradient
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/Activation.cpp
//! fix: convert it: `x.to::<f32>().relu()`
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<3, i64>::from([1, -2, 3]).relu();
}
