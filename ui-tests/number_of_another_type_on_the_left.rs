//! topic: Element types
//! pytorch: no error: the number is rounded to the tensor's type
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: write `rate as f32`
use tintype::prelude::*;

fn main() {
    let rate: f64 = 0.1;
    let gradient = tensor([1.0, 2.0]);
    let step = rate * &gradient;
}
