//! topic: Element types
//! pytorch: no error: the sum is a double tensor, and the float layer after it says `mat1 and mat2 must have the same dtype, but got Double and Float`
//! candle: dtype mismatch in add, lhs: F32, rhs: F64
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst, pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 2
//! fix: convert one side: `y.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<2, f32>::ones() + Tensor1::<2, f64>::ones();
}
