//! topic: Element types
//! pytorch: NotImplementedError: "dot" not implemented for 'Bool'
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! fix: convert both: `mask.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let mask = tensor([1.0, 2.0]).gt(1.5);
    let count = mask.dot(&mask);
}
