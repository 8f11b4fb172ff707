//! topic: Element types
//! pytorch: RuntimeError: where expected condition to be a boolean tensor, but got a tensor with dtype Float
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorCompare.cpp
//! fix: keep the mask as it is, a tensor of `bool`: `x.gt(0.0).select(&x, 0.0)`
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, -2.0]);
    let positive = x.gt(0.0).to::<f32>();
    let y = positive.select(&x, 0.0);
}
