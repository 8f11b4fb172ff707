//! topic: Element types
//! pytorch: RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/ReduceOps.cpp
//! fix: convert first: `x.to::<f32>().mean()`
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<3, i64>::from([1, 2, 3]).mean();
}
