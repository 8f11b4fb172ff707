//! topic: Element types
//! pytorch: no error: the number is rounded to the tensor's type
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: write `half as f32`
use tintype::prelude::*;

fn main() {
    let half: f64 = 0.5;
    let y = Tensor1::<2, f32>::ones() * half;
}
