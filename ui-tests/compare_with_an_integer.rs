//! topic: Element types
//! pytorch: no error: the number is converted
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: write `0.0`
use tintype::prelude::*;

fn main() {
    let mask = tensor([1.0, 2.0]).gt(0);
}
