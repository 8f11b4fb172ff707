//! topic: Matrix products
//! pytorch: RuntimeError: Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [2, 5].
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 4, 5
//! fix: the left side has 4 columns: give the right side 4 rows
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().matmul(&Tensor3::<2, 5, 6>::ones());
}
