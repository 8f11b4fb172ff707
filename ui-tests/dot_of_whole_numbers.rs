//! topic: Matrix products
//! pytorch: RuntimeError: dot : expected both vectors to have same dtype, but found Long and Float
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! fix: convert the counts: `counts.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let counts = Tensor1::<2, i64>::from([3, 4]);
    let prices = tensor([1.0, 2.0]);
    let sum = counts.dot(&prices);
}
