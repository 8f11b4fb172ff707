//! topic: Element types
//! pytorch: no error: the number is converted
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: write `1.0` for `1`
use tintype::prelude::*;

fn main() {
    let probability = tensor([0.25, 0.75]);
    let other = 1 - &probability;
}
