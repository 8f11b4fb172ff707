//! topic: Element types
//! pytorch: NotImplementedError: "softmax_lastdim_kernel_impl" not implemented for 'Long'
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/cpu/SoftMaxKernel.cpp
//! fix: convert first: `x.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<3, i64>::from([1, 2, 3]).softmax::<0>();
}
