//! topic: Element types
//! pytorch: RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float
//! candle: dtype mismatch in matmul, lhs: F64, rhs: F32
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 4, 2
//! fix: convert the input: `x.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let y = layer.forward(&Tensor2::<8, 4, f64>::ones());
}
