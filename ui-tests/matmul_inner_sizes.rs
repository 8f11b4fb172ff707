//! topic: Matrix products
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)
//! burn: The inner dimension of matmul should be the same, but got 3 and 4.
//! candle: shape mismatch in matmul, lhs: [2, 3], rhs: [4, 5]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/pytorch/pytorch/issues/65399
//! numbers: 3, 4
//! fix: transpose a side, `b.t()`, or give the right side 3 rows
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().matmul(&Tensor2::<4, 5>::ones());
}
