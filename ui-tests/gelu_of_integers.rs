//! topic: Element types
//! pytorch: NotImplementedError: "GeluKernelImpl" not implemented for 'Long'
//! when: in the forward pass
//! seen: pytorch/pytorch aten/src/ATen/native/cpu/Activation.cpp
//! fix: convert first: `x.to::<f32>()`

use tintype::prelude::*;

fn main() {
    let y = GELU.forward(&Tensor1::<3, i64>::from([1, 2, 3]));
}
