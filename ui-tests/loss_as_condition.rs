//! topic: Making and reading tensors
//! pytorch: no error: a tensor of one number is one
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/prim_native_functions.cpp
//! fix: read the number: `loss.item() < best`
use tintype::prelude::*;

fn main() {
    let mut best = f32::MAX;
    let loss = tensor([1.0, 2.0]).square().mean();
    if loss < best {
        best = loss.item();
    }
}
