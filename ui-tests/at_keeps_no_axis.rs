//! topic: Shapes and axes
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x16 and 20x4)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 16, 20
//! fix: the features, not the steps, are left: `Linear::<16, 4>`
use tintype::prelude::*;

fn main() {
    let linear = Linear::<20, 4>::new(&mut StdRng::seed_from_u64(0));
    let x = Tensor3::<8, 20, 16>::ones();
    let y = linear.forward(&x.at::<1>(19));
}
