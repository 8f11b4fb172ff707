//! topic: Element types
//! pytorch: no error: the counts are converted to `float32`
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: convert first: `counts.to::<f32>() * 0.5`
use tintype::prelude::*;

fn main() {
    let counts = Tensor1::<2, i64>::from([3, 4]);
    let halves = (&counts * 0.5).sum();
}
