//! topic: Element types
//! pytorch: RuntimeError: expected m1 and m2 to have the same dtype, but got: float != double
//! candle: dtype mismatch in matmul, lhs: F32, rhs: F64
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! fix: convert one side: `b.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().matmul(&Tensor2::<3, 5, f64>::ones());
}
