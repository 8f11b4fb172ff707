//! topic: Making and reading tensors
//! pytorch: RuntimeError: Boolean value of Tensor with more than one value is ambiguous
//! when: where the condition is evaluated
//! seen: pytorch/pytorch aten/src/ATen/native/prim_native_functions.cpp
//! fix: ask for all or any: `if mask.all()`
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]);
    if x.gt(&Tensor::zeros()) {
        println!("all greater");
    }
}
