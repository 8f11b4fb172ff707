//! topic: Element types
//! pytorch: no error: `x.pow(2)` takes whole numbers and others
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/Pow.cpp
//! fix: `x.powi(2)` or `x.pow(2.0)`
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, -2.0]);
    let y = x.pow(2);
}
